//! What is known of the words that may name what a figure measures: the vocabulary of `rules/metric-weights.toml`.

use crate::extract::mention::Mention;
use crate::extract::metric::choose::Choice;
use crate::extract::metric::clause::Class;
use crate::extract::weigh::{DISTANCES, FEW, FLAG, KINDS, WORD, chained, features};
use crate::fact::Direction;

/// What a token is where no list has it.
const UNLISTED: &[&str] = &["none", "beyond", "number", "time", "entity", "name", "comma", "mark"];

/// The same, and behind that the values of [`Class`].
const CLASSES: &[&str] = &chained::<{ UNLISTED.len() + Class::NAMES.len() }>(UNLISTED, Class::NAMES);

/// The values of [`CLASSES`] for what no list has.
pub(super) const BEYOND: usize = 1;
pub(super) const NUMBER: usize = 2;
pub(super) const TIME: usize = 3;
pub(super) const ENTITY: usize = 4;
pub(super) const NAME: usize = 5;
pub(super) const COMMA: usize = 6;
pub(super) const MARK: usize = 7;

/// The value of [`CLASSES`] for words of a class. Which statistic of a measure is meant bears on where its words end only once they
/// are chosen ([`crate::extract::metric::told_apart`]); until then these words are adverbs as others.
pub(super) fn class(class: Option<Class>) -> usize {
    let class = if class == Some(Class::Statistic) { Some(Class::Adverb) } else { class };
    class.map_or(0, |class| MARK + 1 + class as usize)
}

/// The values of [`Choice`].
const CHOICES: &[&str] = &["own", "carried", "unit", "level", "equal", "absent"];

/// The value of [`CHOICES`] for a choice.
pub(super) fn choice(choice: &Choice) -> usize {
    match choice {
        Choice::Own(_) => 0,
        Choice::Carried(_) => 1,
        Choice::Unit { level: false, .. } => 2,
        Choice::Unit { level: true, .. } => 3,
        Choice::Equal { .. } => 4,
        Choice::Absent => 5,
    }
}

/// The value of [`Feature::Change`].
pub(super) fn change(mention: &Mention<'_>) -> usize {
    let direction = match mention.direction {
        None => 0,
        Some(Direction::Increase) => 1,
        Some(Direction::Decrease) => 2,
    };
    direction + if mention.is_change { 3 } else { 0 }
}

features! {
    pub, "metric-weights.toml"
    "# The network that scores words that may name what a figure measures. The greatest score wins, if it is greater than that of what the
# lists of `metric-text/` alone come to by more than `margin`: hundredths of the natural logarithm of odds.
"
    /// Kind of the value.
    Kind "kind" KINDS;
    /// Which way it went, and whether it is the amount of that change.
    Change "change" &["no", "up", "down", "by", "by up", "by down"];
    /// The last word of its number expression.
    OfValue "of-value" WORD;
    /// The word before it.
    BeforeValue "before-value" WORD;
    /// The second word before it.
    BeforeValue2 "before-value-2" WORD;
    /// The word behind it.
    BehindValue "behind-value" WORD;
    /// The second word behind it.
    BehindValue2 "behind-value-2" WORD;
    /// What the lists alone choose for it.
    Choice "choice" CHOICES;
    /// Where the words are from.
    Source "source" super::Source::NAMES;
    /// Whether the lists alone come to the same words.
    Chosen "chosen" FLAG;
    /// Whether the words of an earlier sentence were of a value of the same kind and unit.
    Fits "fits" FLAG;
    /// How many words stand between, at most.
    Distance "distance" DISTANCES;
    /// How many values stand between.
    Values "values" FEW;
    /// How many words there are.
    Words "words" DISTANCES;
    /// The word before them.
    WordBefore "word-before" WORD;
    /// The first of them.
    FirstWord "first-word" WORD;
    /// The second of them.
    SecondWord "second-word" WORD;
    /// The last of them.
    LastWord "last-word" WORD;
    /// The word behind them.
    WordBehind "word-behind" WORD;
    /// What the word before them does.
    ClassBefore "class-before" CLASSES;
    /// What the first of them does.
    FirstClass "first-class" CLASSES;
    /// What the last of them does.
    LastClass "last-class" CLASSES;
    /// What the word behind them does.
    ClassBehind "class-behind" CLASSES;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_behind_what_no_list_has() {
        assert_eq!([CLASSES[ENTITY], CLASSES[MARK]], ["entity", "mark"]);
        assert_eq!(CLASSES[class(Some(Class::Suffered))], "suffered");
        let different: std::collections::BTreeSet<_> = CLASSES.iter().collect();
        assert_eq!(different.len(), CLASSES.len());
    }
}
