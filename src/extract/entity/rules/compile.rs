//! The rules compiled to phrase tries and word classes.

use super::anaphor::Anaphor;
use super::capitals::Capitals;
use super::classes::class;
use super::common::CommonRule;
use super::file::{AnaphorRule, HeadRule};
use super::files::EntityFiles;
use super::holder::Holder;
use super::name_words::NameWords;
use super::standing::Standing;
use super::tables::{Common, Cue, Entry, Head, Tables};
use crate::extract::entity::EntityKind;
use crate::extract::weigh::{WordClasses, WordValues};
use crate::extract::words::vocabulary::{Vocabulary, WordId};

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
            (&names.lasting, &mut self.lasting),
            (&names.people, &mut self.people),
            (&names.men, &mut self.men),
            (&names.women, &mut self.women),
            (&names.plural, &mut self.plural),
            (&names.offices, &mut self.offices),
        ] {
            into.extend(words.iter().map(|word| vocabulary.intern(word)));
        }
        for (phrases, into) in [
            (&names.not_names, &mut self.not_names),
            (&names.fields, &mut self.fields),
            (&names.open_fields, &mut self.open_fields),
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
        self.home.clone_from(&names.home);
        self.no_persons.clone_from(&names.no_persons);
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
            let CommonRule { alone, whole, thing, stands_for, .. } = *rule;
            self.commons.push(Common { alone, whole, thing, stands_for });
        }
        for rule in &files.holders {
            for noun in &rule.words {
                self.holder_words.insert(vocabulary, noun, self.holders.len() as u32);
            }
            self.holders.push(Holder::new(rule));
        }
        let words = &files.common_words;
        self.standing = Standing::new(words, vocabulary);
        for (from, into) in [
            (&words.measures, &mut self.measures),
            (&words.dimensions, &mut self.dimensions),
            (&words.compounds, &mut self.compounds),
            (&words.predicates, &mut self.predicates),
            (&words.ends, &mut self.ends),
            (&words.leads, &mut self.leads),
            (&words.actions, &mut self.actions),
            (&words.open, &mut self.open),
            (&words.owners, &mut self.owners),
            (&words.modifiers, &mut self.modifiers),
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
        let (to, else_to) = (rule.to.clone(), rule.else_to.clone());
        let (bare, opens, of) = (rule.bare, rule.opens, rule.of);
        self.anaphors.push(Anaphor { to, else_to, bare, opens, of, after, not_after, not_before });
        for text in &rule.words {
            self.anaphor_words.insert(vocabulary, text, index);
            self.mark(vocabulary, text, class::ANAPHOR);
        }
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
