//! Noun phrases: where one begins and ends, of what sort it is, and how the figure behind it hangs on it.

use std::ops::Range;

use super::class::VERBS;
use super::{Class, Tag, TaggedSentence};

/// Words that a noun phrase never begins with.
const LEADING: [Class; 10] = [
    Class::Adverb,
    Class::Conjunction,
    Class::Determiner,
    Class::Break,
    Class::Pronoun,
    Class::Passive,
    Class::Have,
    Class::Level,
    Class::With,
    Class::Edge,
];
/// Words that make no noun phrase.
const NAMELESS: [Class; 6] =
    [Class::Pronoun, Class::Body, Class::Edge, Class::Dimension, Class::Adverb, Class::Duration];
/// Words behind which the rest of a clause may stand for what is measured.
const BEFORE_REST: [Class; 7] =
    [Class::Auxiliary, Class::Have, Class::Passive, Class::Level, Class::Change, Class::Part, Class::Do];
/// Longest noun phrase, in tokens, that is not headed by a measure.
const MAX_PLAIN: usize = 12;
/// The same without any verb.
const MAX_WHOLE: usize = 14;
/// Longest noun phrase, in tokens.
const MAX_NOUN: usize = 20;

impl TaggedSentence<'_, '_> {
    /// Whether every word of a noun phrase is written as a name.
    pub(crate) fn is_name(&self, noun: &Range<usize>) -> bool {
        noun.start > 0 && noun.clone().all(|i| self.sentence.tokens[i].capital && self.tags[i].is_plain())
    }

    /// Whether a noun phrase begins with a word that names a measure.
    pub(crate) fn is_measure(&self, noun: &Range<usize>) -> bool {
        self.tags[noun.start].is(&[Class::Head, Class::Ratio, Class::Act])
    }

    /// Whether a noun phrase begins with a word for a body, which is counted for what it does.
    pub(crate) fn is_body(&self, noun: &Range<usize>) -> bool {
        self.tags[noun.start].is(&[Class::Body])
    }

    /// Whether nothing but a name, or several, is the subject of figure `index` (kế đến là Hàn Quốc với gần | 45 tỷ USD).
    pub(crate) fn follows_name(&self, index: usize) -> bool {
        let joins =
            |t: &Tag| matches!(t.mark, b'(' | b':') || t.is(&[Class::Adverb, Class::With, Class::Level]);
        let Some(last) = (0..self.figures[index].start).rev().find(|&i| !joins(&self.tags[i])) else {
            return false;
        };
        let name =
            |i: usize| self.tags[i].entity || self.sentence.tokens[i].capital && self.tags[i].is_plain();
        let lists = |i: usize| self.separates(i) || self.tags[i].is(&[Class::Conjunction]);
        let before = (0..last).rev().find(|&i| !name(i) && !lists(i));
        let opens = |i: usize| {
            let tag = &self.tags[i];
            tag.figure
                || tag.time
                || tag.mark != 0
                || tag.is(&[Class::Level, Class::Break, Class::Determiner])
        };
        name(last) && before.is_none_or(opens)
    }

    /// Whether a phrase only says that a place in a ranking follows (đứng thứ).
    pub(crate) fn is_place(&self, noun: &Range<usize>) -> bool {
        noun.clone().all(|i| self.tags[i].is(&[Class::Place]))
    }

    /// Whether a noun phrase is nothing but one that takes up what was named before.
    pub(crate) fn points_back(&self, noun: &Range<usize>) -> bool {
        let tag = &self.tags[noun.start];
        noun.len() > 1 && tag.is(&[Class::Pronoun]) && self.tags[noun.end - 1].first == noun.start
    }

    /// Whether the words of `noun` all stand in `of`.
    pub(crate) fn repeats(&self, of: &Range<usize>, noun: &Range<usize>) -> bool {
        noun.clone().all(|n| of.clone().any(|o| self.sentence.same_word(o, n)))
    }

    /// Whether figure `index` stands right behind a word that it may belong to (hộp số | 5 cấp).
    pub(crate) fn modifies_noun(&self, index: usize) -> bool {
        let before = self.figures[index].start.checked_sub(1);
        before.is_some_and(|i| {
            let tag = &self.tags[i];
            tag.is_plain() && !tag.is(&[Class::Do]) && tag.mark == 0 && !tag.time
        })
    }

    /// The verb that recalls, right before a figure at `start`.
    pub(crate) fn recalling(&self, start: usize) -> Option<Range<usize>> {
        let verb = (0..start).rev().find(|&i| !self.tags[i].is(&[Class::Adverb, Class::Determiner]))?;
        let tag = &self.tags[verb];
        tag.is(&[Class::Recalled]).then_some(tag.first..verb + 1)
    }

    /// Whether figure `index` only says whose or where something is (hình ảnh của 2 người).
    pub(crate) fn owns(&self, index: usize) -> bool {
        let before = self.tags[..self.figures[index].start].iter().rev();
        before
            .into_iter()
            .find(|t| !t.is(&[Class::Adverb, Class::Determiner]))
            .is_some_and(|t| t.is(&[Class::Locator]))
    }

    /// Whether only linking words stand between a noun phrase and figure `index`.
    pub(crate) fn adjoins(&self, noun: &Range<usize>, index: usize) -> bool {
        let links = |t: &Tag| {
            !t.is(&[Class::Stop, Class::After]) && (!t.is_plain() || t.mark != 0 || t.time || t.entity)
        };
        self.tags[noun.end..self.figures[index].start].iter().all(links)
    }

    /// A noun phrase without a measure word, if it is more than an entity or a pronoun.
    pub(crate) fn plain(&self, start: usize, right: usize) -> Option<Range<usize>> {
        let mut first = start;
        while first < right {
            let tag = &self.tags[first];
            if tag.is(&[Class::Locator, Class::Stop, Class::After]) && !tag.time {
                return None;
            }
            if !(tag.time || tag.entity || tag.mark != 0 || tag.is(&LEADING)) {
                break;
            }
            first += 1;
        }
        let mut noun = self.trimmed(first, right);
        if noun.len() > MAX_PLAIN {
            noun = self.shortened(noun)?;
        }
        let says = |i: usize| self.is_word(i) && !self.tags[i].is(&NAMELESS);
        (noun.clone().any(says)).then_some(noun)
    }

    /// What a whole clause leaves behind its last verb; a noun phrase may be a little longer.
    fn shortened(&self, noun: Range<usize>) -> Option<Range<usize>> {
        let begins = |&i: &usize| {
            let verb = &self.tags[i - 1];
            let inside = verb.is(&[Class::Do]) && !self.begins_doing(verb.first.saturating_sub(1));
            verb.is(&BEFORE_REST) && !inside && self.tags[i].first == i
        };
        let Some(first) = (noun.start + 1..noun.end).rev().find(begins) else {
            return (noun.len() <= MAX_WHOLE).then_some(noun);
        };
        let loose = self.tags[first].is(&LEADING)
            || self.tags[first].is(&[Class::Locator, Class::Stop, Class::After]);
        (!loose && noun.end - first <= MAX_PLAIN).then_some(first..noun.end)
    }

    /// The noun phrase that begins at `first`, without what only says where, when or whose.
    pub(crate) fn trimmed(&self, first: usize, right: usize) -> Range<usize> {
        let class = self.tags[first.min(self.len() - 1)].measure();
        let mut last = first;
        while last < right && last - first < MAX_NOUN {
            let tag = &self.tags[last];
            let own = self.tags[first..last].iter().any(|t| t.first != first && !t.is(&[Class::Adverb]));
            let ends = tag.time || tag.mark == b'(' || tag.is(&[Class::Locator, Class::After]);
            let judged = tag.is(&[Class::Degree]) && class == Some(Class::Head);
            let other = judged || tag.is(&[Class::Relative]) || self.equates(last, right);
            if last > first && (other || ends && (own || class != Some(Class::Ratio))) {
                break;
            }
            last += 1;
        }
        self.without_loose_end(first, last)
    }

    /// The words `first..last` without those at their end that name nothing.
    pub(crate) fn without_loose_end(&self, first: usize, mut last: usize) -> Range<usize> {
        while last > first + 1 && self.loose_end(last - 1) {
            last -= 1;
        }
        first..last
    }

    fn loose_end(&self, at: usize) -> bool {
        let tag = &self.tags[at];
        let loose = [
            Class::Adverb,
            Class::Conjunction,
            Class::Determiner,
            Class::Stop,
            Class::After,
            Class::Locator,
            Class::Passive,
            Class::Edge,
        ];
        tag.mark != 0 && tag.mark != b')' || tag.is(&loose) || tag.is(&VERBS) || tag.is(&[Class::Break])
    }
}
