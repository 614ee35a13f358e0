//! The rules as phrase tries and word classes.

use rustc_hash::FxHashMap;

use super::classes::{Classes, class};
use super::file::{AnaphorRule, EntityFiles, HeadRule, Run, Thing};
use super::name_words::NameWords;
use crate::extract::entity::find::anaphor::Anaphor;
use crate::extract::entity::find::capitals::{Capitals, is_upper};
use crate::extract::entity::find::foreign::Foreign;
use crate::extract::entity::memory::known::Sex;
use crate::extract::entity::{EntityKind, Role};
use crate::extract::weigh::{WordClasses, WordValues};
use crate::extract::words::lexicon::{Hit, Lexicon};
use crate::extract::words::token::{Token, Vocabulary, WordId};

/// An entity that the gazetteers or the group rules know.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: Option<String>,
    pub(crate) kind: EntityKind,
    /// Whether its name of one syllable is also a common word.
    pub(crate) ambiguous: bool,
    /// Whether a page may be about it without naming it again.
    pub(crate) carries: bool,
    /// Whether its words are common ones, which name it only at the beginning of a clause.
    pub(crate) leads: bool,
    /// The group rule, if it is of one.
    pub(crate) rule: Option<u32>,
}

/// What a rule says of its common nouns.
#[derive(Debug)]
pub(crate) struct Common {
    /// Whether a noun says enough without a word behind it.
    pub(crate) alone: bool,
    /// Whether no word behind it belongs to it.
    pub(crate) whole: bool,
    /// What it names.
    pub(crate) thing: Thing,
}

/// What a cue says of the names behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) role: Role,
    pub(crate) far: bool,
}

/// A head noun rule.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) kind: EntityKind,
    pub(crate) run: Run,
    pub(crate) bridge: usize,
    pub(crate) numbers: bool,
    pub(crate) same: bool,
}

/// Everything that `find` and `assign` look words up in.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) classes: Classes,
    pub(crate) entries: Vec<Entry>,
    pub(crate) names: Lexicon<u32>,
    pub(crate) name_capitals: Vec<Capitals>,
    pub(crate) heads: Vec<Head>,
    pub(crate) head_words: Lexicon<u32>,
    pub(crate) head_capitals: Vec<Capitals>,
    pub(crate) anaphors: Vec<Anaphor>,
    pub(crate) anaphor_words: Lexicon<u32>,
    pub(crate) cues: Lexicon<Cue>,
    /// Common nouns, by the number of their rule.
    pub(crate) common: Lexicon<u32>,
    pub(crate) commons: Vec<Common>,
    /// What may stand between a thing and its size, weight or price.
    pub(crate) measures: Lexicon<()>,
    /// Words for a measure, behind which what it is of begins.
    pub(crate) dimensions: Lexicon<()>,
    /// Words in which a noun is none of its own.
    pub(crate) compounds: Lexicon<()>,
    /// Verbs and adverbs with which a predicate begins, where a noun phrase or name ends.
    pub(crate) predicates: Lexicon<()>,
    /// Words for when, where or how much, at which a common noun ends.
    pub(crate) ends: Lexicon<()>,
    /// Words that end a common noun where a figure follows, which they lead to.
    pub(crate) leads: Lexicon<()>,
    /// Words that say nothing without the next one: no common noun ends with them.
    pub(crate) open: Lexicon<()>,
    /// Words for whose something is: a common noun ends with them.
    pub(crate) owners: Lexicon<()>,
    /// Phrases that are no names.
    pub(crate) not_names: Lexicon<()>,
    /// Parts of names that end in small letters.
    pub(crate) fields: Lexicon<()>,
    /// Words and phrases that begin a sentence or caption.
    pub(crate) openers: Lexicon<()>,
    /// Words that give values out to the names before them in turn.
    pub(crate) in_turn: Lexicon<()>,
    pub(crate) foreign: Foreign,
    /// The words that join the last two names of a list.
    and: Vec<WordId>,
    from: Vec<WordId>,
    to: Vec<WordId>,
    /// The word before the country that somebody is from.
    people: Vec<WordId>,
    /// Words for what a number counts, so that it is none of a name.
    counted: Vec<WordId>,
    /// Titles, and parts of names, of men and of women.
    men: Vec<WordId>,
    women: Vec<WordId>,
    /// Words that make a body of speakers of one.
    plural: Vec<WordId>,
    /// Words of address.
    pub(crate) address: Vec<String>,
    /// Units of what is never the topic's.
    pub(crate) own_units: Vec<String>,
    /// Units of what people alone have.
    pub(crate) person_units: Vec<String>,
    /// Units in which a place may be measured that is not named beside the value.
    pub(crate) place_units: Vec<String>,
    /// Words that candidates for a value are told apart by.
    pub(crate) word_values: WordValues,
    /// Stock codes, read beside words about shares only.
    pub(crate) tickers: FxHashMap<Box<str>, u32>,
}

impl Tables {
    pub(crate) fn compile(files: &EntityFiles, classes: &WordClasses, vocabulary: &mut Vocabulary) -> Self {
        let mut tables = Self { foreign: files.names.foreign.clone(), ..Self::default() };
        tables.add_entries(files, vocabulary);
        tables.add_groups(files, vocabulary);
        tables.add_common(files, vocabulary);
        for (i, head) in files.heads.iter().enumerate() {
            tables.add_head(i as u32, head, vocabulary);
        }
        for (i, anaphor) in files.anaphors.iter().enumerate() {
            tables.add_anaphor(i as u32, anaphor, vocabulary);
        }
        for cue in &files.cues {
            for words in &cue.words {
                tables.cues.insert(vocabulary, words, Cue { role: cue.role, far: cue.far });
                tables.mark(vocabulary, words, class::CUE);
            }
        }
        tables.add_words(&files.names, vocabulary);
        tables.word_values = WordValues::new(files.weights.words(), classes, vocabulary);
        tables
    }

    /// The lists of words that tell names, and what stands around them.
    fn add_words(&mut self, names: &NameWords, vocabulary: &mut Vocabulary) {
        for (words, class) in [
            (&names.stop, class::STOP),
            (&names.verbs, class::VERB),
            (&names.acts, class::ACTS),
            (&names.surnames, class::SURNAME),
            (&names.given, class::GIVEN),
            (&names.openers, class::OPENER),
            (&names.speakers, class::SPEAKER),
            (&names.address, class::ADDRESS),
            (&names.credits, class::CREDIT),
            (&names.shares, class::SHARES),
            (&names.not_names, class::NOT_NAME),
        ] {
            for phrase in words {
                self.mark(vocabulary, phrase, class);
            }
        }
        for (words, into) in [
            (&names.and, &mut self.and),
            (&names.from, &mut self.from),
            (&names.to, &mut self.to),
            (&names.counted, &mut self.counted),
            (&names.people, &mut self.people),
            (&names.men, &mut self.men),
            (&names.women, &mut self.women),
            (&names.plural, &mut self.plural),
        ] {
            into.extend(words.iter().map(|word| vocabulary.intern(word)));
        }
        for (phrases, into) in [
            (&names.not_names, &mut self.not_names),
            (&names.fields, &mut self.fields),
            (&names.openers, &mut self.openers),
            (&names.in_turn, &mut self.in_turn),
        ] {
            for phrase in phrases {
                into.insert(vocabulary, phrase, ());
            }
        }
        for (words, into) in [
            (&names.address, &mut self.address),
            (&names.own_units, &mut self.own_units),
            (&names.person_units, &mut self.person_units),
            (&names.place_units, &mut self.place_units),
        ] {
            into.clone_from(words);
        }
    }

    fn add_entries(&mut self, files: &EntityFiles, vocabulary: &mut Vocabulary) {
        for (id, (kind, rule)) in &files.entries {
            let entry = self.entries.len() as u32;
            self.entries.push(Entry {
                id: Some(id.clone()),
                kind: *kind,
                carries: !rule.general,
                ambiguous: rule.ambiguous,
                leads: false,
                rule: None,
            });
            for text in std::iter::once(&rule.name).chain(&rule.also) {
                self.add_name(entry, text, true, vocabulary);
            }
            if let Some(ticker) = &rule.ticker {
                self.tickers.insert(ticker.as_str().into(), entry);
            }
        }
    }

    fn add_groups(&mut self, files: &EntityFiles, vocabulary: &mut Vocabulary) {
        for (i, group) in files.groups.iter().enumerate() {
            let entry = self.entries.len() as u32;
            self.entries.push(Entry {
                id: group.id.clone(),
                kind: EntityKind::Group,
                carries: group.id.is_some(),
                ambiguous: false,
                leads: group.leads,
                rule: Some(i as u32),
            });
            for text in &group.words {
                self.add_name(entry, text, false, vocabulary);
            }
        }
    }

    fn add_common(&mut self, files: &EntityFiles, vocabulary: &mut Vocabulary) {
        // Nouns that say enough alone take the place of the same ones as classifiers.
        let (alone, classifiers): (Vec<_>, Vec<_>) = files.commons.iter().partition(|rule| rule.alone);
        for rule in classifiers.into_iter().chain(alone) {
            for noun in &rule.words {
                self.common.insert(vocabulary, noun, self.commons.len() as u32);
            }
            self.commons.push(Common { alone: rule.alone, whole: rule.whole, thing: rule.thing });
        }
        let words = &files.common_words;
        for (from, into) in [
            (&words.measures, &mut self.measures),
            (&words.dimensions, &mut self.dimensions),
            (&words.compounds, &mut self.compounds),
            (&words.predicates, &mut self.predicates),
            (&words.ends, &mut self.ends),
            (&words.leads, &mut self.leads),
            (&words.open, &mut self.open),
            (&words.owners, &mut self.owners),
        ] {
            for word in from {
                into.insert(vocabulary, word, ());
            }
        }
    }

    fn add_name(&mut self, entry: u32, text: &str, strict: bool, vocabulary: &mut Vocabulary) {
        self.mark(vocabulary, text, class::NAME);
        let mut tokens = Vec::new();
        vocabulary.tokenize(text, &mut tokens);
        let capitals = Capitals::new(entry, text, &tokens, strict);
        if capitals.capital & 1 == 0 {
            self.mark(vocabulary, text, class::SMALL);
        }
        let old = self.names.longest(&tokens, 0).filter(|hit| hit.last == tokens.len());
        if let Some(old) =
            old.map(|hit| &mut self.name_capitals[hit.value as usize]).filter(|s| s.value == entry)
        {
            return old.loosen(&capitals);
        }
        self.names.insert(vocabulary, text, self.name_capitals.len() as u32);
        self.name_capitals.push(capitals);
    }

    fn add_head(&mut self, index: u32, rule: &HeadRule, vocabulary: &mut Vocabulary) {
        let HeadRule { kind, run, bridge, numbers, same, .. } = *rule;
        self.heads.push(Head { kind, run, bridge, numbers, same });
        let mut tokens = Vec::new();
        for text in &rule.words {
            vocabulary.tokenize(text, &mut tokens);
            let next = self.head_capitals.len() as u32;
            self.head_capitals.push(Capitals::new(index, text, &tokens, rule.case));
            self.head_words.insert(vocabulary, text, next);
            self.mark(vocabulary, text, class::HEAD);
        }
    }

    fn add_anaphor(&mut self, index: u32, rule: &AnaphorRule, vocabulary: &mut Vocabulary) {
        let mut ids = |texts: &[String]| texts.iter().map(|t| word_ids(vocabulary, t)).collect();
        let (after, not_after, not_before) = (ids(&rule.after), ids(&rule.not_after), ids(&rule.not_before));
        let (to, bare, opens) = (rule.to.clone(), rule.bare, rule.opens);
        self.anaphors.push(Anaphor { to, bare, opens, after, not_after, not_before });
        for text in &rule.words {
            self.anaphor_words.insert(vocabulary, text, index);
            self.mark(vocabulary, text, class::ANAPHOR);
        }
    }

    /// The word for a person's trade or office, of at most `longest` words, that ends right before token `at`.
    pub(crate) fn trade_before(&self, tokens: &[Token], at: usize, longest: usize) -> Option<Hit<u32>> {
        let trade = |hit: &Hit<u32>| {
            let head = self.head_capitals[hit.value as usize].value;
            hit.last == at && self.heads[head as usize].kind == EntityKind::Person
        };
        let begins = |&first: &usize| self.classes.of(tokens[first].word) & class::HEAD != 0;
        let mut starts = (at.saturating_sub(longest)..at).filter(begins);
        starts.find_map(|first| self.head_words.longest_where(tokens, first, trade))
    }

    /// Whether a word is an abbreviation or no Vietnamese syllable.
    pub(crate) fn foreign_word(&self, word: &str) -> bool {
        word.len() > 1 && (is_upper(word) || self.foreign.is(word))
    }

    /// Whether a word joins the last two names of a list.
    pub(crate) fn is_and(&self, word: WordId) -> bool {
        self.and.contains(&word)
    }

    /// Whether a word in the name or title of a person says which sex they are of.
    pub(crate) fn sex(&self, word: WordId) -> Option<Sex> {
        let man = self.men.contains(&word).then_some(Sex::Man);
        man.or_else(|| self.women.contains(&word).then_some(Sex::Woman))
    }

    /// Whether a word makes more of the speaker behind it (chúng tôi).
    pub(crate) fn is_plural(&self, word: WordId) -> bool {
        self.plural.contains(&word)
    }

    /// Whether a word says that the number before it counts something.
    pub(crate) fn is_counted(&self, word: WordId) -> bool {
        self.counted.contains(&word)
    }

    /// Whether a word stands before the country that somebody is from.
    pub(crate) fn is_people(&self, word: WordId) -> bool {
        self.people.contains(&word)
    }

    /// Whether a word stands before the first place of a stretch.
    pub(crate) fn is_from(&self, word: WordId) -> bool {
        self.from.contains(&word)
    }

    /// Whether a word stands before the last place of a stretch.
    pub(crate) fn is_to(&self, word: WordId) -> bool {
        self.to.contains(&word)
    }

    /// Gives the first word of `text` a class.
    fn mark(&mut self, vocabulary: &mut Vocabulary, text: &str, class: u32) {
        // All words are interned, the first is marked.
        if let Some(&first) = word_ids(vocabulary, text).first() {
            self.classes.add(first, class);
        }
    }
}

fn word_ids(vocabulary: &mut Vocabulary, text: &str) -> Vec<WordId> {
    let mut tokens = Vec::new();
    vocabulary.tokenize(text, &mut tokens);
    tokens.iter().map(|t| vocabulary.intern(t.text(text))).collect()
}
