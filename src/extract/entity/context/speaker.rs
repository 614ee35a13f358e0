//! Who says a quotation, whom the first person in it stands for.

use std::ops::Range;

use super::Context;
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::{EntityKind, EntityMention, Origin, Role};
use crate::extract::words::quotation::mark_at;
use crate::extract::words::token::TokenKind;

/// How many sentences a speaker goes on.
const SPEECH: u32 = 3;

/// How many sentences before a quotation of which nobody tells who says it may be about them.
const LED: u32 = 2;

impl Context<'_, '_, '_> {
    /// Whom the first person at token `at` stands for: who says its quotation or, where nobody tells, or it is they who are named
    /// beside it, whom the sentence before was about, or the page.
    pub(crate) fn first_person(&self, at: usize, memory: &EntityMemory) -> Option<usize> {
        let quoted = self.quotation(at, memory)?;
        if let Some(speaker) = self.speaker(&quoted, memory) {
            return Some(speaker);
        }
        let silent = || !self.outside(&quoted);
        let beside = |k: usize| self.sayers(&quoted) == 0 && self.named_outside(k, &quoted);
        let person = |k: &usize| memory.known[*k].kind == EntityKind::Person;
        let led = || memory.led.filter(|&(_, led)| led + LED >= memory.sentence).map(|(k, _)| k);
        let main = || memory.main(|known| known.kind == EntityKind::Person);
        led().filter(person).or_else(main).filter(|&k| silent() || beside(k))
    }

    /// The tokens of the quotation that token `at` stands in, unless somebody else may be quoted inside.
    fn quotation(&self, at: usize, memory: &EntityMemory) -> Option<Range<usize>> {
        let within = self.layout.at(at).quoted as usize;
        if within > 0 {
            let inner = |i: usize| matches!(self.mark_at(i), ":" | "‘" | "'");
            return (!(within..at).any(inner)).then(|| within..self.closing(at));
        }
        let closing = self.closing(0);
        (memory.quoting && closing > at).then_some(0..closing)
    }

    /// Whether an entity is named, by no mere word for it, outside of a quotation.
    fn named_outside(&self, known: usize, quoted: &Range<usize>) -> bool {
        let named = |e: &EntityMention| e.known == known && !matches!(e.origin, Origin::Anaphor(_));
        self.scene.entities.iter().any(|e| named(e) && !quoted.contains(&e.first))
    }

    /// Whether words stand around a quotation.
    fn outside(&self, quoted: &Range<usize>) -> bool {
        let tokens = &self.scene.sentence.tokens;
        (0..tokens.len()).any(|i| !quoted.contains(&i) && tokens[i].kind == TokenKind::Word)
    }

    /// How many say something outside of a quotation, two at most.
    fn sayers(&self, quoted: &Range<usize>) -> usize {
        let reader = self.reader();
        let says = |i: &usize| !quoted.contains(i) && reader.somebody_says_at(*i);
        (0..self.scene.sentence.tokens.len()).filter(says).take(2).count()
    }

    /// Who says a quotation: the only one of whom the words around it tell that, or, where there are no such words, who spoke
    /// before.
    fn speaker(&self, quoted: &Range<usize>, memory: &EntityMemory) -> Option<usize> {
        if self.outside(quoted) {
            // Of two that say something, the second may have no name (bà Sáu cho biết, chủ quán nói: …).
            let two = self.sayers(quoted) == 2;
            return self.only_speaker(|entity| !two && !quoted.contains(&entity.first));
        }
        spoke(memory)
    }

    /// The person who says something, if it is only one of those that are told `outside` of quotations.
    pub(crate) fn only_speaker(&self, outside: impl Fn(&EntityMention) -> bool) -> Option<usize> {
        let says = |(entity, role): &(&EntityMention, &Role)| {
            let person = matches!(entity.kind, EntityKind::Person | EntityKind::Name);
            person && **role == Role::Says && outside(entity)
        };
        let mut speakers = self.scene.entities.iter().zip(&self.roles).filter(says).map(|(e, _)| e.known);
        let speaker = speakers.next()?;
        speakers.all(|other| other == speaker).then_some(speaker)
    }

    /// The mark at token `i`, or nothing.
    fn mark_at(&self, i: usize) -> &str {
        mark_at(self.scene.sentence.text, &self.scene.sentence.tokens, i)
    }

    /// Where a quotation that goes on at token `from` ends, or the sentence.
    fn closing(&self, from: usize) -> usize {
        let sentence = self.scene.sentence;
        let closes = |&i: &usize| matches!(self.mark_at(i), "”" | "\"");
        (from..sentence.tokens.len()).find(closes).unwrap_or(sentence.tokens.len())
    }
}

/// Who spoke in the last sentences.
fn spoke(memory: &EntityMemory) -> Option<usize> {
    memory.spoke.filter(|(_, spoke)| memory.sentence - spoke <= SPEECH).map(|(k, _)| k)
}
