//! What the rules compile to: phrase tries and word classes.

use rustc_hash::FxHashMap;

use super::anaphor::Anaphor;
use super::capitals::{Capitals, is_upper};
use super::classes::{Classes, class};
use super::common::{StandsFor, Thing};
use super::file::Run;
use super::foreign::Foreign;
use super::holder::Holder;
use super::standing::Standing;
use crate::extract::entity::mention::Sex;
use crate::extract::entity::{CueRole, EntityKind};
use crate::extract::weigh::WordValues;
use crate::extract::words::lexicon::{Hit, Lexicon};
use crate::extract::words::token::{Token, TokenKind};
use crate::extract::words::vocabulary::WordId;

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
    /// What named before it may stand for.
    pub(crate) stands_for: Option<StandsFor>,
}

/// What a cue says of the names behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) role: CueRole,
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
    /// Verbs with which no noun begins that no rule lists, but behind which one may.
    pub(crate) actions: Lexicon<()>,
    /// Words that say nothing without the next one: no common noun ends with them.
    pub(crate) open: Lexicon<()>,
    /// Words for whose something is: a common noun ends with them.
    pub(crate) owners: Lexicon<()>,
    /// Words that belong to the noun before them, though they may begin like a verb.
    pub(crate) modifiers: Lexicon<()>,
    /// Nouns that have a value themselves where a name right behind them says which are meant, by the number of their rule.
    pub(crate) holder_words: Lexicon<u32>,
    pub(crate) holders: Vec<Holder>,
    /// Phrases that are no names.
    pub(crate) not_names: Lexicon<()>,
    /// Parts of names that end in small letters.
    pub(crate) fields: Lexicon<()>,
    /// Those of `fields` that say of what behind them.
    pub(crate) open_fields: Lexicon<()>,
    /// Words and phrases that begin a sentence or caption.
    pub(crate) openers: Lexicon<()>,
    /// Words that give values out to the names before them in turn.
    pub(crate) in_turn: Lexicon<()>,
    pub(crate) foreign: Foreign,
    /// The words that join the last two names of a list.
    pub(super) and: Vec<WordId>,
    pub(super) from: Vec<WordId>,
    pub(super) to: Vec<WordId>,
    /// The word before the country that somebody is from.
    pub(super) people: Vec<WordId>,
    pub(crate) standing: Standing,
    /// Words for what a number counts, so that it is none of a name.
    pub(super) counted: Vec<WordId>,
    /// Words for how long or how often.
    pub(super) lasting: Vec<WordId>,
    /// Titles, and parts of names, of men and of women.
    pub(super) men: Vec<WordId>,
    pub(super) women: Vec<WordId>,
    /// Words right before a noun that make an office of it.
    pub(super) offices: Vec<WordId>,
    /// Words that make a body of speakers of one.
    pub(super) plural: Vec<WordId>,
    /// Words of address.
    pub(crate) address: Vec<String>,
    /// The id of the country whose bodies are listed, if the rules name one.
    pub(crate) home: Option<String>,
    /// Words in names that are no person's.
    pub(crate) no_persons: Vec<String>,
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

    /// Whether a person's office or trade, which the words behind it belong to, ends right before token `at` (chủ | quán, phi công | máy bay).
    pub(crate) fn office_before(&self, tokens: &[Token], at: usize) -> bool {
        let person = |hit: &Hit<u32>| {
            hit.last == at && matches!(self.commons[hit.value as usize].thing, Thing::Person | Thing::People)
        };
        let from = at.saturating_sub(self.common.most_words());
        self.offices.contains(&tokens[at - 1].word)
            || self.trade_before(tokens, at, at - from).is_some()
            || (from..at).any(|i| self.common.longest(tokens, i).as_ref().is_some_and(person))
    }

    /// Whether words that rules list together begin before token `first` and end at `last` or behind it (họp trực | tuyến).
    pub(crate) fn compound_over(&self, tokens: &[Token], first: usize, last: usize) -> bool {
        let from = first.saturating_sub(self.compounds.most_words().saturating_sub(1));
        (from..first).any(|i| self.compounds.longest(tokens, i).is_some_and(|hit| hit.last >= last))
    }

    /// Whether a common noun or the head noun of a name begins before token `first` and ends behind it (chủ | quán).
    pub(crate) fn noun_over(&self, tokens: &[Token], first: usize) -> bool {
        let noun = |i: usize| {
            let common = self.common.longest(tokens, i).map(|hit| hit.last);
            common.max(self.head_words.longest(tokens, i).map(|hit| hit.last))
        };
        let most = self.common.most_words().max(self.head_words.most_words());
        (first.saturating_sub(most - 1)..first).any(|i| noun(i).is_some_and(|last| last > first))
    }

    /// Whether a word is an abbreviation or no Vietnamese syllable.
    pub(crate) fn foreign_word(&self, word: &str) -> bool {
        word.len() > 1 && (is_upper(word) || self.foreign.is(word))
    }

    /// Whether a word joins the last two names of a list.
    pub(crate) fn is_and(&self, word: WordId) -> bool {
        self.and.contains(&word)
    }

    /// Whether values of a unit are somebody's age, never that of more than one person.
    pub(crate) fn is_age(&self, unit: &str) -> bool {
        self.person_units.iter().any(|own| own == unit)
    }

    /// Whether a word in the name or title of a person says which sex they are of.
    pub(crate) fn sex(&self, word: WordId) -> Option<Sex> {
        let man = self.men.contains(&word).then_some(Sex::Man);
        man.or_else(|| self.women.contains(&word).then_some(Sex::Woman))
    }

    /// Whether what stands at token `at` may be what the number before it counts: no mark, verb or function word, nor a word for a
    /// size or price.
    pub(crate) fn may_be_counted(&self, text: &str, tokens: &[Token], at: usize) -> bool {
        tokens.get(at).is_some_and(|next| {
            let mark = next.kind == TokenKind::Mark && next.text(text) != "%";
            let function = self.classes.of(next.word) & (class::STOP | class::VERB) != 0;
            let verb = || self.predicates.longest(tokens, at).is_some();
            let measure = || self.measures.longest(tokens, at).is_some();
            self.is_counted(next.word)
                || self.lasting.contains(&next.word)
                || !(mark || function || verb() || measure())
        })
    }

    /// Whether a title is a word of address, in whatever letter case.
    pub(crate) fn is_address(&self, title: &str) -> bool {
        self.address.contains(&title.to_lowercase())
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
}
