//! Common nouns, which tell whom or what a value is of where nobody is named.

use std::ops::Range;

use super::assign::{Assigner, Choice};
use super::compile::class;
use super::layout::Spot;
use super::memory::EntityMemory;
use super::role::Roles;
use crate::extract::mention::Mention;
use crate::extract::token::TokenKind;
use crate::fact::Kind;

/// How many words that belong to a noun may follow it.
const MODIFIERS: usize = 5;

/// How many words and time expressions may stand before the noun at the beginning of its clause.
const OPENERS: usize = 6;

/// How many words before its length or weight the noun may stand.
const BESIDE: usize = 6;

/// How many words back from its value a subject is looked for.
const FAR: usize = 120;

/// How many words between a noun and its length or weight may say which it is.
const DIMENSIONS: usize = 3;

impl Assigner<'_, '_, '_> {
    /// The tokens of the common nouns that a value is of: those right before an age, or the subject of its clause or of one
    /// before or behind it.
    pub(super) fn common_noun(&self, mention: &Mention<'_>) -> Option<Range<usize>> {
        let at = self.scene.sentence.token_at(mention.phrase.start);
        let person = if self.aged(mention) { self.nouns_before(at) } else { None };
        person.or_else(|| {
            let subject = self.subject_before(mention, at).or_else(|| self.noun_behind(mention, at));
            subject.filter(|nouns| !self.is_unit(mention, nouns))
        })
    }

    /// The nearest common nouns before token `at` that are the subject of a clause around it.
    fn subject_before(&self, mention: &Mention<'_>, at: usize) -> Option<Range<usize>> {
        let own = self.layout.at(at);
        if own.bracket != 0 {
            return None;
        }
        // People of any age are spoken of elsewhere in a sentence.
        let far = |spot: Spot| spot.part != own.part || self.aged(mention) && spot.clause != own.clause;
        let inside = |spot: Spot| spot.bracket == 0 && spot.quoted == own.quoted;
        let near = (at.saturating_sub(FAR)..=at).rev().take_while(|&i| !far(self.layout.at(i)));
        near.filter(|&i| inside(self.layout.at(i))).find_map(|i| {
            if self.begins(i) { self.subject_at(i, at) } else { self.subject_behind_value(i, at) }
        })
    }

    /// The subject of the clause that a conjunction begins right behind a value; without one, what stands there is what
    /// the value counts.
    fn subject_behind_value(&self, start: usize, at: usize) -> Option<Range<usize>> {
        let joined = self.ends_value(start) && self.scene.sentence.tokens[start].kind == TokenKind::Word;
        let subject = if joined { self.subject_at(start, at) } else { None };
        subject.filter(|nouns| nouns.start > start)
    }

    /// The common nouns that are the subject of the next clause, where that of the value is a phrase before it (Với 3
    /// thân, tàu chạy êm).
    fn noun_behind(&self, mention: &Mention<'_>, at: usize) -> Option<Range<usize>> {
        let (sentence, own) = (self.scene.sentence, self.layout.at(at));
        let context = Roles { tables: &self.rules.tables, sentence };
        let opens = self.layout.start(at);
        let end = sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        let next = (end..sentence.tokens.len()).find(|&i| self.layout.at(i) != own)?;
        let follows = self.layout.at(next) == Spot { clause: own.clause + 1, ..own };
        let verb =
            |nouns: &Range<usize>| sentence.tokens.get(nouns.end).is_some_and(|t| t.kind == TokenKind::Word);
        (follows && context.fronted(opens))
            .then(|| self.subject_at(next, sentence.tokens.len()))
            .flatten()
            .filter(verb)
    }

    /// Whether nouns only say what the value counts.
    fn is_unit(&self, mention: &Mention<'_>, nouns: &Range<usize>) -> bool {
        let text = self.scene.sentence.words(nouns.start, nouns.end).to_lowercase();
        let unit = mention.unit.as_deref().unwrap_or_default().to_lowercase();
        let counts = mention.kind == Kind::Count && !unit.is_empty();
        counts && (begins_with_words(&unit, &text) || begins_with_words(&text, &unit))
    }

    /// Whether bare nouns stand for the topic, which was named before (xe for a car, công ty for a company).
    pub(super) fn stands_for(&self, nouns: &Range<usize>, topic: Choice, memory: &EntityMemory) -> bool {
        let Choice::Known(known) = topic else { return false };
        let hit = self.rules.tables.common.longest(&self.scene.sentence.tokens, nouns.start);
        hit.filter(|hit| hit.last == nouns.end).is_some_and(|hit| {
            let may = &self.rules.tables.commons[hit.value as usize].stands_for;
            may.contains(&memory.known[known].kind)
        })
    }

    /// Whether a value ends right before token `at`.
    fn ends_value(&self, at: usize) -> bool {
        let (mentions, tokens) = (self.scene.mentions, &self.scene.sentence.tokens);
        let last = mentions.partition_point(|m| m.phrase.start < tokens[at].start).checked_sub(1);
        last.is_some_and(|m| {
            at > 0
                && (tokens[at - 1].start..tokens[at].start)
                    .contains(&mentions[m].phrase.end.saturating_sub(1))
        })
    }

    /// The common nouns right before a size or price and its word (một hố sâu 3 m, túi bánh giá 9.000 đồng), or those of the
    /// size before it (dài 4 m, rộng 2 m).
    pub(super) fn thing_beside(&self, mention: &Mention<'_>, previous: Choice) -> Option<Range<usize>> {
        let tables = &self.rules.tables;
        let words = match mention.kind {
            Kind::Quantity => &tables.dimensions,
            Kind::Money => &tables.price_words,
            _ => return None,
        };
        let tokens = &self.scene.sentence.tokens;
        let at = self.scene.sentence.token_at(mention.phrase.start);
        let ends = |&i: &usize| words.longest(tokens, i).is_some_and(|hit| hit.last == at);
        let word = (at.saturating_sub(DIMENSIONS)..at).find(ends)?;
        let opens = self.begins(word);
        match previous {
            Choice::Thing(first, last) if opens && !self.named_within(&(last..word)) => Some(first..last),
            // … chiếc đồng hồ, trị giá 9 triệu đồng
            _ => self.nouns_before(word - usize::from(opens && word > 0)),
        }
        .filter(|nouns| !self.named_within(nouns))
    }

    /// Whether a clause begins at token `at`.
    fn begins(&self, at: usize) -> bool {
        at == 0 || self.layout.at(at) != self.layout.at(at - 1)
    }

    /// Whether a name stands within some nouns.
    pub(super) fn named_within(&self, nouns: &Range<usize>) -> bool {
        self.scene.entities.iter().any(|e| e.first < nouns.end && nouns.start < e.last)
    }

    /// The common nouns that end right before token `end`.
    pub(super) fn nouns_before(&self, end: usize) -> Option<Range<usize>> {
        let (tables, tokens) = (&self.rules.tables, &self.scene.sentence.tokens);
        (end.saturating_sub(BESIDE)..end).find_map(|i| {
            let hit = tables.common.longest_where(tokens, i, |hit| hit.last <= end)?;
            let alone = tables.commons[hit.value as usize].alone;
            let own = (hit.last..end).all(|j| self.is_noun(j));
            (own && (alone || hit.last < end)).then_some(hit.first..end)
        })
    }

    /// The common nouns that are the subject of the clause that begins at token `start`, before the value at token `at`.
    fn subject_at(&self, start: usize, at: usize) -> Option<Range<usize>> {
        let (tables, tokens) = (&self.rules.tables, &self.scene.sentence.tokens);
        let first = self.past_openers(start, at);
        let hit = tables.common.longest(tokens, first).filter(|hit| hit.last <= at)?;
        let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
        if capital(hit.first) && capital(hit.last) {
            return None; // a name begins with the noun
        }
        let more = (hit.last..at).take(MODIFIERS + 1).take_while(|&i| self.is_noun(i)).count();
        // Where no verb comes soon, the words behind the noun are not only its own.
        let more = if more > MODIFIERS { 0 } else { more };
        let last = hit.last + more;
        let context = Roles { tables, sentence: self.scene.sentence };
        let enough = tables.commons[hit.value as usize].alone || more > 0;
        (enough && !context.says(last)).then_some(first..last)
    }

    /// Where what may stand before a subject ends: conjunctions, determiners, times and marks.
    fn past_openers(&self, start: usize, at: usize) -> usize {
        let (tables, scene) = (&self.rules.tables, self.scene);
        let tokens = &scene.sentence.tokens;
        let mut first = start;
        for _ in 0..OPENERS {
            if first >= at {
                break;
            }
            let time = scene.times.partition_point(|t| t.span.end <= tokens[first].start);
            let time = scene.times.get(time).filter(|t| t.span.contains(&tokens[first].start));
            first = match (time, tables.openers.longest(tokens, first)) {
                (Some(time), _) => tokens.partition_point(|t| t.start < time.span.end),
                (None, Some(hit))
                    if tables.common.longest(tokens, first).is_none_or(|noun| noun.last <= hit.last) =>
                {
                    hit.last
                }
                _ if tokens[first].kind == TokenKind::Mark => first + 1,
                _ => break,
            };
        }
        first
    }

    /// Whether the word at token `i` may belong to a noun phrase.
    fn is_noun(&self, i: usize) -> bool {
        let (tables, sentence) = (&self.rules.tables, self.scene.sentence);
        let token = &sentence.tokens[i];
        let class = tables.classes.of(token.word);
        token.kind == TokenKind::Word
            && class & (class::STOP | class::VERB) == 0
            && tables.cues.longest(&sentence.tokens, i).is_none()
    }
}

/// Whether `text` begins with `words` and ends there, or goes on with another word.
fn begins_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
