//! The words of a sentence that may name what a figure measures.

use std::ops::Range;

use super::Source;
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};
use crate::fact::Kind;

/// Classes that no metric begins or ends with.
const LOOSE: [Class; 18] = [
    Class::About,
    Class::Adverb,
    Class::After,
    Class::Break,
    Class::Change,
    Class::Conjunction,
    Class::Determiner,
    Class::Edge,
    Class::Filler,
    Class::Have,
    Class::Level,
    Class::Locator,
    Class::Part,
    Class::Passive,
    Class::Pronoun,
    Class::Relative,
    Class::Stop,
    Class::With,
];

/// How many words there are at most.
const MOST_WORDS: usize = 12;
/// Up to how many words behind a figure may end wherever a word ends.
const CUT_ANYWHERE: usize = 8;
/// How many loose words behind a figure are passed over.
const PASSED: usize = 4;
/// The stretches before a figure in which words are looked for, and by how many tokens they may lie apart.
const STRETCHES: [Source; 3] = [Source::Before, Source::Before2, Source::Before3];
const MOST_APART: usize = 60;
/// At how many places words of a stretch may end.
const ENDS: usize = 3;
/// The last words of a stretch, of so many, may begin wherever a word begins.
const BEGIN_ANYWHERE: usize = 5;

impl TaggedSentence<'_, '_> {
    /// Gives words around figure `index` to `add`, as tokens.
    pub(super) fn spans(&self, index: usize, mut add: impl FnMut(Source, Range<usize>)) {
        let figure = &self.figures[index];
        let ranks = self.mentions[index].kind == Kind::Rank;
        // Cut quotations say nothing, nor does the place in a ranking of anything but a rank.
        let mut add = |source, span: Range<usize>| {
            let quotes = self.tags[span.clone()].iter().filter(|tag| tag.mark == b'"').count();
            if quotes % 2 == 0 && (ranks || !self.is_place(&span)) {
                add(source, span);
            }
        };
        self.spans_behind(index, &mut add);
        let mut right = figure.start;
        for source in STRETCHES {
            let apart = (0..right).rev().take(MOST_APART).take_while(|&i| self.parts(i)).count();
            let ends = |tag: &Tag| matches!(tag.mark, b'.' | b'!' | b'?');
            if apart == MOST_APART || self.tags[right - apart..right].iter().any(ends) {
                return;
            }
            right -= apart;
            let left = (0..right).rev().take_while(|&i| !self.parts(i)).last().unwrap_or(right);
            self.spans_in(left, right, |span| add(source, span));
            right = left;
        }
    }

    fn spans_behind(&self, index: usize, add: &mut impl FnMut(Source, Range<usize>)) {
        let first = self.figures[index].end;
        let list = self.list_behind(index, first).unwrap_or(first);
        let passed = |i: &usize| {
            let tag = &self.tags[*i];
            (tag.figure || self.loose(*i)) && matches!(tag.mark, 0 | b'"')
        };
        let behind = first + (first..self.len()).take(PASSED).take_while(passed).count();
        let starts = [first].into_iter().chain((behind != first).then_some(behind));
        for start in starts {
            if self.tags.get(start).is_none_or(|tag| tag.mark != 0) {
                continue;
            }
            for end in start + 1..=self.len().min(start + MOST_WORDS) {
                if end > list && self.parts(end - 1) {
                    break;
                }
                let short = end - start <= CUT_ANYWHERE;
                if !self.loose(end - 1) && (short && !self.splits(end) || self.ends(end)) {
                    add(Source::Behind, start..end);
                }
            }
        }
    }

    /// Words of the stretch `left..right`.
    fn spans_in(&self, left: usize, right: usize, mut add: impl FnMut(Range<usize>)) {
        let ends =
            (left + 1..=right).rev().filter(|&end| !self.loose(end - 1) && (end == right || self.loose(end)));
        for (i, end) in ends.take(ENDS).enumerate() {
            for start in left.max(end.saturating_sub(MOST_WORDS))..end {
                let anywhere = i == 0 && end - start <= BEGIN_ANYWHERE;
                let begins = start == left || self.loose(start - 1) || self.begins_phrase(start);
                if !self.loose(start) && (begins || anywhere) {
                    add(start..end);
                }
            }
        }
    }

    /// Whether words that end before token `at` are cut within a plain phrase of the lists (đảo nhân | tạo).
    fn splits(&self, at: usize) -> bool {
        self.tags.get(at).is_some_and(|t| t.is(&[Class::Plain]) && t.first < at)
    }

    fn begins_phrase(&self, at: usize) -> bool {
        self.tags[at].class.is_some() && self.tags[at].first == at
    }

    fn ends(&self, at: usize) -> bool {
        at == self.len() || self.parts(at) || self.loose(at)
    }

    /// Whether no metric goes on over token `at`.
    fn parts(&self, at: usize) -> bool {
        let Tag { figure, time, mark, .. } = self.tags[at];
        figure || time || !matches!(mark, 0 | b'/' | b'-' | b'"' | b'\'')
    }

    fn loose(&self, at: usize) -> bool {
        self.tags[at].mark != 0 || self.tags[at].is(&LOOSE)
    }
}
