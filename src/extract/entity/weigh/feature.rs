//! What is known of a candidate: the vocabulary of `rules/entities/weights.toml`.

use super::Source;
use crate::extract::entity::rules::common::Thing;
use crate::extract::entity::{EntityKind, Role};
use crate::extract::weigh::{DISTANCES, FEW, FLAG, KINDS, WORD, chained, features};
use crate::rules::named_values;

/// The values of [`crate::fact::Kind`], in its order, and what quantities are of by their unit.
const SORTS: &[&str] = &chained::<{ KINDS.len() + 3 }>(KINDS, &["own", "age", "land"]);

/// The value of [`Feature::Sort`] for quantities that whoever is named has of its own.
pub(super) const OWN: usize = KINDS.len();

/// The value of [`Feature::Sort`] for quantities of people.
pub(super) const AGE: usize = OWN + 1;

/// The value of [`Feature::Sort`] for quantities of places.
pub(super) const LAND: usize = AGE + 1;

/// The values of [`Thing`], and that of nouns that no rule lists.
const THINGS: &[&str] = &chained::<{ Thing::NAMES.len() + 1 }>(Thing::NAMES, &["unlisted"]);

/// The value of [`Feature::Thing`] for nouns that no rule lists.
pub(super) const UNLISTED: usize = THINGS.len() - 1;

named_values! {
    /// What the value before was given to.
    pub(super) enum Given {
        Nobody = "nobody",
        Named = "named",
        Known = "known",
        Nouns = "nouns",
    }
}

named_values! {
    /// Where a candidate stands, seen from a value.
    pub(super) enum Side {
        Before = "before",
        Inside = "inside",
        Behind = "behind",
        /// Right before the bracket that the value stands in.
        Bracket = "bracket",
    }
}

named_values! {
    /// Which of a value and a candidate stands in brackets that the other is not in.
    pub(super) enum Bracketed {
        /// They stand in the same, or in none.
        Same = "same",
        Candidate = "candidate",
        Value = "value",
        Both = "both",
    }
}

/// How many ages of topics are told apart; behind them, [`TOPICS`] has those of what led its sentence.
pub(super) const TOPIC_AGES: usize = 4;

/// The values of [`Feature::Topic`].
const TOPICS: &[&str] = &["no", "1", "2", "3", "more", "1 led", "2 led", "3 led", "more led"];

features! {
    pub, "entities/weights.toml"
    "# The network that scores whom a value may be of by what is known of a candidate. The greatest score wins, if it is greater than that of
# nobody by at least `margin`: hundredths of the natural logarithm of odds. Below 0 somebody is named unless nobody is likelier by that much.
# Common nouns have a handicap against names: readers who saw no output of the program prefer a name where the network is in doubt.
"
    /// Where it is from.
    Source "source" Source::NAMES;
    /// Sort of the value: its kind, or of a quantity, whose such quantities are.
    Sort "sort" SORTS;
    /// Whether a subject stands before the value in its clause.
    OwnSubject "own-subject" FLAG;
    /// How many values the sentence has.
    SentenceValues "sentence-values" &["1", "2", "more"];
    /// What the value before it in the sentence was given to.
    Before "value-before" Given::NAMES;
    /// Whether people without a name speak or act before the value.
    Speaker "speaker" FLAG;
    /// The word before the value.
    BeforeValue "before-value" WORD;
    /// The second word before the value.
    BeforeValue2 "before-value-2" WORD;
    /// The third word before the value.
    BeforeValue3 "before-value-3" WORD;
    /// The last word of the value, which is its unit or a number.
    OfValue "of-value" WORD;
    /// The word behind the value.
    BehindValue "behind-value" WORD;
    /// The second word behind the value.
    BehindValue2 "behind-value-2" WORD;
    /// Type of the entity.
    Type "type" EntityKind::NAMES;
    /// How often the page has named it so far.
    Count "count" &["1", "2", "3", "4", "5", "more"];
    /// How many sentences ago it was last made the topic; `led`: it began that sentence.
    Topic "topic" TOPICS;
    /// Whether it, or another, is whom the page is about.
    Main "main" &["nobody", "other", "yes"];
    /// Whether the headline names it.
    Headline "headline" FLAG;
    /// Whether a gazetteer has it.
    Listed "listed" FLAG;
    /// Whether later sentences may be about it without naming it.
    Carries "carries" FLAG;
    /// Whether it is the person, or what may be one, that the sentence before is about.
    Led "led" FLAG;
    /// How many sentences ago it was last named.
    Ago "ago" &["0", "1", "2", "3", "4", "5", "more"];
    /// The part that it played there.
    LastRole "last-role" Role::NAMES;
    /// Whether that sentence began with it.
    LastEarly "last-early" FLAG;
    /// How many others were named since, of those that this sentence does not name.
    Newer "newer" FEW;
    /// Its place among those that this sentence does not name, the last one first.
    Recent "recent" &["0", "1", "2", "3", "4", "more"];
    /// Whether none of these that is of its type was named since.
    LastOfType "last-of-type" FLAG;
    /// Its part in the sentence.
    Role "role" Role::NAMES;
    /// Where it stands, seen from the value; `bracket`: right before the bracket that the value stands in.
    Side "side" Side::NAMES;
    /// How many clauses away it stands.
    Clause "clause" FEW;
    /// How many words stand between, at most.
    Distance "distance" DISTANCES;
    /// How many names stand between.
    Names "names" FEW;
    /// How many values stand between.
    Values "values" &["0", "1", "2", "more"];
    /// Whether it stands among the first words of a clause, or behind a cue.
    Leads "leads" FLAG;
    /// Whether it is the first name of its sentence.
    First "first" FLAG;
    /// Whether a semicolon stands between.
    Apart "apart" FLAG;
    /// Which of the two stands in brackets that the other is not in.
    Brackets "brackets" Bracketed::NAMES;
    /// Whether a verb follows, as it follows a subject.
    Verb "verb" FLAG;
    /// Whether a number counts it.
    Counted "counted" FLAG;
    /// Whether a neighbouring value has a name of the same type at the same distance.
    Parallel "parallel" FLAG;
    /// How a name was found.
    Origin "origin" &["listed", "group", "head", "anaphor", "bare", "glued"];
    /// How many words it has.
    Words "words" &["1", "2", "3", "4", "5", "more"];
    /// Whether it has a foreign word or an abbreviation in it.
    Foreign "foreign" FLAG;
    /// The word before it.
    WordBefore "word-before" WORD;
    /// The second word before it.
    WordBefore2 "word-before-2" WORD;
    /// Its first word.
    FirstWord "first-word" WORD;
    /// Its second word.
    SecondWord "second-word" WORD;
    /// Its last word.
    LastWord "last-word" WORD;
    /// The word behind it.
    WordBehind "word-behind" WORD;
    /// The second word behind it.
    WordBehind2 "word-behind-2" WORD;
    /// Whether it begins with the word behind the value.
    SameWord "same-word" FLAG;
    /// Whether a word that may belong to the same nouns stands before them.
    Inner "inner" FLAG;
    /// Whether only a word for what is measured stands between a thing and the value.
    Measured "measured" FLAG;
    /// Whether it begins with a capital letter.
    Capital "capital" FLAG;
    /// What nouns name.
    Thing "thing" THINGS;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_code_names_are_called_so() {
        assert_eq!([OWN, AGE, LAND].map(|sort| SORTS[sort]), ["own", "age", "land"]);
        assert_eq!((THINGS[UNLISTED], THINGS[Thing::One as usize]), ("unlisted", "one"));
    }
}
