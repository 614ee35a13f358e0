//! What stands behind a figure: the counted noun phrase, what is said of it, and `về …`.

mod again;
mod done_for;
mod ends;
mod group;
mod joined;
mod said;

use std::ops::Range;

use crate::extract::mention::Mention;
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};
use crate::extract::reading::apposed::{self, Between};
use crate::extract::words::token::TokenKind;
use crate::fact::Kind;

/// Longest counted noun phrase, in tokens.
pub(super) const MAX_COUNTED: usize = 16;
/// Most words from a part to the number of its whole, and this.
const MAX_TO_NUMBER_OF_WHOLE: usize = 3;
/// Longest place between a noun phrase and what is said of it, in tokens.
const MAX_PLACE_BEFORE_HARM: usize = 5;
/// How far behind a rank its list is looked for, in tokens.
const MAX_TO_RANKING: usize = 8;
/// How far before a rank its list is looked for, in tokens.
const MAX_BACK: usize = 40;
/// Classes that no counted noun phrase begins with.
const NO_NOUN: [Class; 14] = [
    Class::Edge,
    Class::Change,
    Class::Part,
    Class::Have,
    Class::Adverb,
    Class::Break,
    Class::Locator,
    Class::Stop,
    Class::After,
    Class::About,
    Class::Conjunction,
    Class::Passive,
    Class::With,
    Class::Relative,
];
/// Classes that end one.
pub(super) const ENDS: [Class; 12] = [
    Class::Level,
    Class::Change,
    Class::Part,
    Class::Have,
    Class::Adverb,
    Class::Break,
    Class::Locator,
    Class::Stop,
    Class::After,
    Class::About,
    Class::With,
    Class::Relative,
];

impl TaggedSentence<'_, '_> {
    /// The noun phrase right behind figure `index`, or behind its `là`.
    pub(crate) fn counted(&self, index: usize) -> Option<Range<usize>> {
        let end = self.figures[index].end;
        let noun = self.noun_behind(self.whole_end(index).unwrap_or(end))?;
        let noun = noun.start..noun.end.max(self.list_behind(index, noun.start).unwrap_or(noun.end));
        let noun = noun.start..self.without_names(index, &noun);
        let noun = self.whole(index, &noun).unwrap_or(noun);
        Some(if self.behind_owner(index) { self.without_fate(noun) } else { noun })
    }

    /// Where the whole ends that figure `index` is a part of, if its number stands behind it (9 trong 12 | trận).
    fn whole_end(&self, index: usize) -> Option<usize> {
        if self.mentions[index].kind != Kind::Share {
            return None;
        }
        let end = self.figures[index].end;
        let number = (end..self.tags.len().min(end + MAX_TO_NUMBER_OF_WHOLE)).find(|&i| !self.is_word(i))?;
        let whole = number > end && self.sentence.tokens[number].kind == TokenKind::Number;
        (whole && !self.tags[number].figure).then_some(number + 1)
    }

    /// The unit of figure `index` where `noun` begins with it and nothing behind belongs to it (tầng | bốc cháy).
    fn whole(&self, index: usize, noun: &Range<usize>) -> Option<Range<usize>> {
        let end =
            self.tags[noun.start].is(&[Class::Whole]).then(|| self.unit_behind(index, noun.start))??;
        (end <= noun.end).then_some(noun.start..end)
    }

    /// Where the unit of figure `index` ends, in tokens, if it stands at token `first`.
    pub(super) fn unit_behind(&self, index: usize, first: usize) -> Option<usize> {
        let unit = self.mentions[index].unit.as_deref().filter(|unit| !unit.is_empty())?;
        let start = self.sentence.tokens.get(first)?.start;
        let end = start + unit.len();
        self.sentence.text[start..].starts_with(unit).then(|| self.sentence.token_at(end - 1) + 1)
    }

    /// The same where the unit is nouns with a comma between them that are counted as one (cá nhân, tổ chức), and not those
    /// that a ranking is of.
    pub(super) fn list_behind(&self, index: usize, first: usize) -> Option<usize> {
        let Mention { unit, kind, .. } = &self.mentions[index];
        let list = *kind != Kind::Rank && unit.as_deref().is_some_and(|unit| unit.contains(','));
        list.then(|| self.unit_behind(index, first)).flatten()
    }

    /// The owners `noun` without what was done to what they own (nhà của 7 hộ nghèo | bị lũ cuốn trôi).
    fn without_fate(&self, noun: Range<usize>) -> Range<usize> {
        let fate = noun.clone().skip(1).find(|&i| self.tags[i].is(&[Class::Passive]));
        noun.start..fate.unwrap_or(noun.end)
    }

    /// Where `noun` ends that figure `index` counts: before the names of the counted things.
    fn without_names(&self, index: usize, noun: &Range<usize>) -> usize {
        let between = |at: usize| match &self.tags[at] {
            tag if tag.is(&[Class::Conjunction]) => Between::And,
            tag if tag.is(&ENDS) => Between::Ends,
            _ => Between::Other,
        };
        let count = self.mentions[index].value;
        let names = apposed::names(self.sentence, noun.start, count, between);
        names.map_or(noun.end, |names| names.min(noun.end))
    }

    /// The noun phrase behind figure `index` and its physical unit (12 ha | đất lúa).
    pub(crate) fn measured(&self, index: usize) -> Option<Range<usize>> {
        let first = self.figures[index].end;
        self.noun_behind(self.unit_behind(index, first).unwrap_or(first))
    }

    /// The noun phrase that figure `index` is a part of (73% trong số | thủ phạm).
    pub(crate) fn among(&self, index: usize) -> Option<Range<usize>> {
        let end = self.figures[index].end;
        let words =
            self.tags.get(end..)?.iter().take_while(|t| t.is(&[Class::Among]) && t.first == end).count();
        let behind = end + words..self.tags.len();
        let number = |i: usize| self.tags[i].figure || self.sentence.tokens[i].kind == TokenKind::Number;
        let whole = behind.clone().take_while(|&i| number(i) || self.tags[i].is(&[Class::Adverb])).count();
        let noun = behind.start + if whole < behind.len() { whole } else { 0 };
        (words > 0).then(|| self.noun_behind(noun)).flatten()
    }

    fn noun_behind(&self, mut first: usize) -> Option<Range<usize>> {
        if self.tags.get(first)?.is(&[Class::Level]) {
            first += 1;
        }
        while self.tags.get(first)?.is(&[Class::Determiner]) || matches!(self.tags.get(first)?.mark, b'"') {
            first += 1;
        }
        let tag = self.tags.get(first)?;
        if !self.is_word(first) || tag.time || tag.figure || tag.is(&NO_NOUN) || tag.is(&[Class::Level]) {
            return None;
        }
        let last = if tag.is(&[Class::Body]) { self.bodies_end(first) } else { self.noun_end(first) };
        Some(first..last)
    }

    /// Bodies end where anything is said of them (bộ, tỉnh | kết nối dữ liệu).
    fn bodies_end(&self, first: usize) -> usize {
        let mut at = first;
        while let Some(tag) = self.tags.get(at) {
            let joins = matches!(tag.mark, b',' | b'/') || tag.is(&[Class::Conjunction]);
            let body = |i: usize| self.tags.get(i).is_some_and(|t| t.is(&[Class::Body]) && !t.figure);
            if !(body(at) || joins && body(at + 1)) {
                break;
            }
            at += 1;
        }
        at
    }

    fn noun_end(&self, first: usize) -> usize {
        let mut at = first + 1;
        let mut passive = false;
        while at < self.len() && at - first < MAX_COUNTED {
            let tag = &self.tags[at];
            passive |= tag.is(&[Class::Passive]);
            let through = passive && tag.is(&[Class::Stop, Class::After]) && !tag.is(&[Class::When])
                || self.tags[tag.first - 1].is(&[Class::Passive]);
            let ends = tag.figure || tag.time || tag.is(&ENDS) && !through && !self.undergoes(at);
            let joins = self.joins_another(at) || !passive && self.joins_clause(first, at);
            if ends || joins || self.mark_ends(first, at) {
                break;
            }
            at += 1;
        }
        while at > first + 1 && (self.trails(at - 1) || self.dangles(at - 1, passive)) {
            at -= 1;
        }
        at
    }

    /// Whether a place at `at` only stands before what is said of the noun (công nhân tại công trường | bị thương).
    fn undergoes(&self, at: usize) -> bool {
        let next = |t: &&Tag| !t.figure && !t.time && t.mark == 0 && (t.is_plain() || t.is(&[Class::Body]));
        let words = self.tags[at + 1..].iter().take(MAX_PLACE_BEFORE_HARM).take_while(next).count();
        matches!(self.tags[at].class, Some(Class::Locator | Class::Owner))
            && words > 0
            && self.tags.get(at + 1 + words).is_some_and(|t| t.is(&[Class::Suffered]))
    }

    /// Whether a verb of doing at `at`, the last word, has lost what it governs (chữ số chuyển | về); in a passive that stands
    /// before it.
    fn dangles(&self, at: usize, passive: bool) -> bool {
        let cut = self.tags.get(at + 1).is_some_and(|t| t.is(&[Class::About, Class::Locator, Class::Stop]));
        cut && self.tags[at].is(&[Class::Do])
            && self.tags[at].first == at
            && (!passive || self.tags[at - 1].is(&[Class::Conjunction]))
            && !self.tags[at - 1].is(&[Class::Passive, Class::Do])
    }

    /// Whether a mark or loose word stands at `at`, with which no noun phrase ends.
    pub(super) fn trails(&self, at: usize) -> bool {
        let tag = &self.tags[at];
        let loose =
            [Class::Conjunction, Class::Determiner, Class::Passive, Class::Adverb, Class::Stop, Class::After];
        tag.mark != 0 || tag.is(&loose)
    }

    /// The noun phrase behind `về` that follows figure `index` (xếp hạng 7/19 huyện về …).
    pub(crate) fn about(&self, index: usize) -> Option<Range<usize>> {
        let mut at = self.figures[index].end;
        while !self.tags.get(at)?.is(&[Class::About]) {
            let tag = &self.tags[at];
            if let Some(close) = self.aside_behind(at) {
                at = close + 1;
                continue;
            }
            if tag.figure || tag.is(&[Class::Break]) || !matches!(tag.mark, 0 | b',') || self.ends_list(at) {
                return None;
            }
            at += 1;
        }
        let mut first = at + 1;
        while self.tags.get(first)?.is(&[Class::Determiner, Class::Adverb]) {
            first += 1;
        }
        if !self.is_word(first) || self.tags[first].figure {
            return None;
        }
        Some(first..self.noun_end(first))
    }

    /// Where the figureless bracket closes that opens at `at`.
    pub(super) fn aside_behind(&self, at: usize) -> Option<usize> {
        let close = || (at..self.len()).find(|&i| self.tags[i].mark == b')');
        let close = (self.tags[at].mark == b'(').then(close)??;
        self.closed_aside(close).map(|_| close)
    }

    /// The list in which figure `index` is a place (đứng thứ 3 trong danh sách …, vị trí số 1 trên bảng xếp hạng …).
    pub(crate) fn ranking(&self, index: usize) -> Option<Range<usize>> {
        let end = self.figures[index].end;
        let ends =
            |i: &usize| self.tags[*i].figure || self.tags[*i].mark != 0 || self.tags[*i].is(&[Class::Break]);
        let first = (end..self.len().min(end + MAX_TO_RANKING))
            .take_while(|i| !ends(i))
            .find(|&i| self.tags[i].is(&[Class::Ranking]))?;
        Some(first..self.noun_end(first))
    }

    /// The last list named before figure `index` in its sentence (trong bảng xếp hạng …, tỉnh đứng thứ 3).
    pub(super) fn ranking_before(&self, index: usize) -> Option<Range<usize>> {
        let at = self.figures[index].start;
        let last = (0..at).rev().take(MAX_BACK).find(|&i| self.tags[i].is(&[Class::Ranking]))?;
        let first = self.tags[last].first;
        let right = (last + 1..at).find(|&i| self.separates(i) || self.tags[i].figure).unwrap_or(at);
        Some(self.trimmed(first, right))
    }

    /// A comma ends the reach of a figure, but not inside its unit (tỉnh, thành phố).
    fn ends_list(&self, at: usize) -> bool {
        self.tags[at].mark == b',' && !self.tags.get(at + 1).is_some_and(|t| t.is(&[Class::Body]))
    }
}
