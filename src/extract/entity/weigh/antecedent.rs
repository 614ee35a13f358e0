//! Which entity that the page has named common nouns stand for.

use super::sentence_candidates::Page;
use crate::extract::entity::EntityKind;
use crate::extract::entity::memory::known::Known;
use crate::extract::entity::rules::common::{StandsFor, Thing};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};
use crate::text::same_in_any_case;

/// How many sentences what was named stays what nouns stand for that are no more than its sort.
const LASTS: u32 = 12;

/// Within how many words behind nouns it may be said that they are the first of all.
const MOST: usize = 3;

/// How many sentences words for any product mean the last one that was named.
const SOON: u32 = 3;

impl Page<'_, '_, '_, '_> {
    /// The entity that nouns stand for which begin with `head` and end at token `last`.
    pub(super) fn antecedent(&self, head: &Hit<u32>, last: usize) -> Option<usize> {
        let common = &self.context.rules.tables.commons[head.value as usize];
        if common.stands_for == Some(StandsFor::Speaker) {
            return self.context.first_person(head.first, self.memory);
        }
        if common.thing == Thing::Person
            && let Some(which) = self.which_person(head.last)
        {
            return self.described_person(head, &which);
        }
        if !self.definite(head.first, last) {
            return None;
        }
        let free = last == head.last && self.stands_free(head.first, last);
        match common.stands_for {
            Some(StandsFor::Named) if free => self.called(head.first, last),
            Some(StandsFor::Product) if free => {
                self.called(head.first, last).or_else(|| self.product(head.first, last))
            }
            _ => self.begun_by(head.first, last),
        }
    }

    /// The person that a pronoun stands for with which nouns begin, or end behind words that belong to none (ban đầu | ông).
    pub(super) fn pronoun(&self, first: usize, last: usize) -> Option<usize> {
        let (tables, tokens) = (&self.context.rules.tables, self.tokens());
        let adverb = tables.compounds.longest(tokens, first).map(|hit| hit.last);
        let at = adverb.filter(|behind| behind + 1 == last).unwrap_or(first);
        let one = |hit: &Hit<u32>| {
            let anaphor = &tables.anaphors[hit.value as usize];
            anaphor.opens && anaphor.allowed(tokens, hit)
        };
        let hit = tables.anaphor_words.longest_where(tokens, at, one)?;
        // A noun behind it says which other one is meant (bà | nội trợ).
        let alone = hit.last == last || tables.actions.longest(tokens, hit.last).is_some();
        if !alone || !self.definite(at, hit.last) {
            return None;
        }
        let word = self.context.scene.sentence.words(at, hit.last);
        let k = self.memory.person_called(word, tables)?;
        let person = self.memory.known[k].kind == EntityKind::Person;
        let sexes = self.memory.known[k].sex.zip(tables.sex(tokens[at].word));
        (person && sexes.is_none_or(|(own, other)| own == other)).then_some(k)
    }

    /// The body whose name begins with the word with a capital that nouns are (Sở | đã cấp phép).
    pub(super) fn body(&self, first: usize, last: usize) -> Option<usize> {
        let (tables, tokens) = (&self.context.rules.tables, self.tokens());
        let head = tables.head_words.longest(tokens, first).is_some_and(|hit| hit.last == last);
        let named = tokens[first].capital && last == first + 1 && head;
        let body =
            |k: &usize| matches!(self.memory.known[*k].kind, EntityKind::Agency | EntityKind::Organisation);
        self.begun_by(first, last).filter(body).filter(|_| named)
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.context.scene.sentence.tokens
    }

    /// The entity, of those that earlier sentences named last, whose name begins with the words `first..last`.
    pub(super) fn begun_by(&self, first: usize, last: usize) -> Option<usize> {
        let words = self.context.scene.sentence.words(first, last);
        let begins = |text: &str| {
            let begin = text.get(..words.len()).filter(|_| text[words.len()..].starts_with(' '));
            begin.is_some_and(|begin| same_in_any_case(begin, words))
        };
        self.last_named(|known| begins(&known.text))
    }

    /// The entity before whose name in the last sentences the words `first..last` stood, if it is the only one, or whose name
    /// begins with them.
    fn called(&self, first: usize, last: usize) -> Option<usize> {
        let (memory, words) = (self.memory, &self.tokens()[first..last]);
        let same = |known: &Known| known.called.iter().copied().eq(words.iter().map(|token| token.word));
        let lately = |known: &Known| memory.sentence - known.seen <= LASTS;
        let last_called = self.last_named(same);
        let begin = |k: usize| memory.known[k].text.split([' ', '-']).next();
        // The same one with more of its name, or less.
        let only = |&of: &usize| {
            memory.known.iter().enumerate().all(|(k, known)| !same(known) || begin(k) == begin(of))
        };
        let found = last_called.filter(only).filter(|&k| lately(&memory.known[k]));
        found.or_else(|| self.begun_by(first, last))
    }

    /// The entity that earlier sentences named last, of those that fit.
    pub(super) fn last_named(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        let memory = self.memory;
        let earlier = (0..memory.known.len()).filter(|&k| memory.known[k].seen < memory.sentence);
        earlier.filter(|&k| fits(&memory.known[k])).max_by_key(|&k| memory.known[k].last)
    }

    /// Whether what stands before token `first`, and at token `behind`, lets nouns mean one that was named before: no words that
    /// say otherwise, and no name behind them.
    pub(super) fn definite(&self, first: usize, behind: usize) -> bool {
        let others = &self.context.rules.tables.standing.others;
        let other = |t: &Token| t.capital || others.contains(&t.word);
        self.no_other(first) && !self.tokens().get(behind).is_some_and(other)
    }

    /// Whether no word before token `first` says that nouns mean no one that was named before.
    pub(super) fn no_other(&self, first: usize) -> bool {
        let indefinite = &self.context.rules.tables.standing.indefinite;
        let other = |t: &Token| t.kind == TokenKind::Number || indefinite.contains(&t.word);
        !first.checked_sub(1).is_some_and(|i| other(&self.tokens()[i]))
    }

    /// Whether nouns are no part of other ones, nor what something is done to: they begin a clause, or stand behind words
    /// or before one that mean what was named, and no words behind them say which other one is meant.
    fn stands_free(&self, first: usize, last: usize) -> bool {
        let (standing, tokens) = (&self.context.rules.tables.standing, self.tokens());
        let behind = &tokens[last..tokens.len().min(last + MOST)];
        let other = behind.first().is_some_and(|t| standing.which.contains(&t.word))
            || behind.iter().any(|t| standing.most.contains(&t.word));
        self.begins_or_is_told(first) && !other || self.is_this(last)
    }

    /// Whether nouns at token `first` begin a clause, or stand behind words that mean what was named.
    pub(super) fn begins_or_is_told(&self, first: usize) -> bool {
        let definite = &self.context.rules.tables.standing.definite;
        let free = |t: &Token| t.kind == TokenKind::Mark || definite.contains(&t.word);
        first.checked_sub(1).is_none_or(|i| free(&self.tokens()[i]))
    }

    /// Whether a word that means the one that was named last stands at token `at`.
    pub(super) fn is_this(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|t| self.context.rules.tables.standing.this.contains(&t.word))
    }

    /// The product that the page is about, if it named no other one since; the last one, if the word behind the nouns of tokens
    /// `first..last` says so, or they begin a clause soon after it was named.
    fn product(&self, first: usize, last: usize) -> Option<usize> {
        let standing = &self.context.rules.tables.standing;
        let fits = |known: &Known| known.is_product() && !standing.is_part(&known.text);
        let (named, main) = (self.last_named(fits), self.memory.main(fits));
        let opens = first.checked_sub(1).is_none_or(|i| self.tokens()[i].kind == TokenKind::Mark);
        let soon = |known: &Known| opens && self.memory.sentence - known.seen <= SOON;
        named.filter(|&k| self.is_this(last) || main == named || soon(&self.memory.known[k]))
    }
}
