//! What is said of things that are counted, behind them.

use std::ops::Range;

use super::MAX_COUNTED;
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Longest noun phrase that a cause belongs to (ca do lây nhiễm), in tokens.
const MAX_CAUSED: usize = 2;
/// Classes before a noun phrase that is no subject.
const PREPOSITIONS: [Class; 3] = [Class::Locator, Class::Stop, Class::About];
/// Longest place or bracket between a noun phrase and what is said of it, in tokens.
const MAX_PLACE_OR_BRACKET: usize = 8;
/// Classes that end what is said of counted things.
const SAID_ENDS: [Class; 7] =
    [Class::Locator, Class::Stop, Class::After, Class::About, Class::With, Class::Conjunction, Class::Adverb];
/// Classes before which what is said of counted things is whole.
const WHOLE_BEFORE: [Class; 5] = [Class::Locator, Class::Stop, Class::After, Class::With, Class::Conjunction];

impl TaggedSentence<'_, '_> {
    /// What is said of a counted noun phrase that ends at `noun.end` (… có nền tảng tích hợp).
    pub(crate) fn predicate(&self, noun: &Range<usize>) -> Option<Range<usize>> {
        let mut first = noun.end;
        // A judgement tells nothing of how many (chuyện của 2 người | rất buồn).
        if noun.len() == 1 && self.tags.get(first)?.is(&[Class::Degree]) {
            return None;
        }
        while self.tags.get(first)?.is(&[Class::Adverb, Class::Passive]) {
            first += 1;
        }
        let tag = self.tags.get(first)?;
        let begins = tag.mark == 0 && !tag.figure && !tag.time;
        if !begins
            || tag.is(&[
                Class::Break,
                Class::Relative,
                Class::Locator,
                Class::Stop,
                Class::After,
                Class::With,
                Class::About,
                Class::Conjunction,
                Class::Include,
                Class::Demonstrative,
            ])
        {
            return None;
        }
        let mut last = self.said_end(first);
        let trails = [Class::Locator, Class::Level, Class::Have];
        while last > first && self.tags[last - 1].is(&trails) {
            last -= 1;
        }
        (last > first + 1).then_some(first..last)
    }

    /// The noun phrase that figure `index` counts, with what is said of it behind an adverb of time or will (binh sĩ | đang
    /// diễn tập) or as its cause, where that is whole.
    pub(crate) fn with_said(&self, index: usize, noun: Range<usize>) -> Range<usize> {
        if let Some(known) = self.pointed_out(&noun) {
            return known;
        }
        if self.tags[noun.start].is(&[Class::Whole]) {
            return noun;
        }
        // Behind a whole it is said of the part (66% trong số 90 hộ | đã …), behind a preposition perhaps of the words before.
        if self.modifies_noun(index) || self.behind_preposition(index) {
            return self.without_lost_verb(index, noun);
        }
        let said = self
            .caused(&noun)
            .or_else(|| self.said_of(&noun))
            .or_else(|| self.said_behind_place(index, &noun));
        said.map_or_else(
            || {
                let thing = self.thing_before(index, &noun);
                thing.unwrap_or_else(|| self.without_lost_verb(index, noun.clone()))
            },
            |said| noun.start..said.end,
        )
    }

    /// Whether figure `index` stands behind a preposition: what is said behind it may be said of the words before.
    pub(super) fn behind_preposition(&self, index: usize) -> bool {
        self.led_by(index).is_some_and(|t| t.is(&PREPOSITIONS))
    }

    /// Whether figure `index` counts owners (nhà của | 7 | hộ).
    pub(super) fn behind_owner(&self, index: usize) -> bool {
        self.led_by(index).is_some_and(|t| t.is(&[Class::Owner]))
    }

    /// What leads to figure `index`, before the words that only say how exact it is (trên 30 hộ).
    pub(crate) fn led_by(&self, index: usize) -> Option<&Tag> {
        let phrase = self.sentence.token_at(self.mentions[index].phrase.start);
        let before = self.tags[..self.figures[index].start.min(phrase)].iter();
        before.rev().find(|t| !t.is(&[Class::Adverb, Class::Determiner]))
    }

    /// What is said of the noun phrase `noun` that figure `index` counts; behind a preposition a verb with an adverb of doing
    /// or a copula has another subject (ở 9 xã | đã …, ranh giới của 2 xã | là …).
    pub(crate) fn predicate_of(&self, index: usize, noun: &Range<usize>) -> Option<Range<usize>> {
        let other = [Class::Auxiliary, Class::Doing, Class::Respective, Class::Level];
        let led = self
            .tags
            .get(noun.end)
            .is_some_and(|t| t.is(&other) || t.is(&[Class::Passive]) && self.behind_owner(index));
        let governed =
            || self.led_by(index).is_some_and(|t| t.is(&PREPOSITIONS) && !t.is(&[Class::Recipient]));
        self.predicate(noun).filter(|_| !(led && governed()))
    }

    /// The cause behind a noun phrase (ca | do lây nhiễm), unless it names who did it.
    fn caused(&self, noun: &Range<usize>) -> Option<Range<usize>> {
        let begins = self.tags.get(noun.end)?.is(&[Class::Cause]);
        let cause = noun.end + 1..self.said_end(noun.end);
        let named = |i: usize| self.tags[i].entity || self.sentence.tokens[i].capital;
        (begins
            && noun.len() <= MAX_CAUSED
            && !cause.is_empty()
            && !cause.clone().any(named)
            && self.says_all(&cause))
        .then_some(cause)
    }

    /// What is said of a noun phrase behind an adverb of time or will.
    fn said_of(&self, noun: &Range<usize>) -> Option<Range<usize>> {
        let adverb = self.tags.get(noun.end)?;
        if !adverb.is(&[Class::Auxiliary, Class::Doing, Class::Respective, Class::Suffered]) || adverb.time {
            return None;
        }
        let skipped =
            self.tags[noun.end..].iter().take_while(|t| t.is(&[Class::Adverb, Class::Passive])).count();
        let first = noun.end + skipped;
        let said = self.predicate(noun).filter(|said| said.start == first)?;
        let ends = |&i: &usize| {
            self.tags[i].first == i && (self.tags[i].is(&SAID_ENDS) || self.heads_figure(i, said.end))
        };
        let last = (first + 1..said.end).find(ends).unwrap_or(said.end);
        let quoted = self.tags.get(last).is_some_and(|t| t.mark == b':');
        Some(first..last).filter(|said| !quoted && self.says_all(said))
    }

    /// What is said of a noun phrase behind a place or a bracket (4 nhà máy ở phía bắc | đã ngừng hoạt động), where the
    /// noun phrase begins its clause: elsewhere it may be said of another.
    pub(crate) fn said_behind_place(&self, index: usize, noun: &Range<usize>) -> Option<Range<usize>> {
        let end = self.place_end(noun.end).filter(|_| self.opens_clause(index))?;
        self.said_of(&(noun.start..end))
    }

    /// Where the place or bracket at `first` ends, if what is said begins right behind it.
    fn place_end(&self, first: usize) -> Option<usize> {
        let tag = self.tags.get(first)?;
        let mut at = match tag.mark {
            b'(' => first,
            _ if tag.is(&[Class::Locator, Class::Stop])
                && !tag.is(&[Class::Recipient, Class::Owner])
                && !tag.time =>
            {
                first + 1
            }
            _ => return None,
        };
        let word = |t: &Tag| t.mark == 0 && !t.figure && !t.time && (t.is_plain() || t.is(&[Class::Body]));
        while at - first < MAX_PLACE_OR_BRACKET {
            let tag = self.tags.get(at)?;
            at = match self.aside_behind(at) {
                Some(close) => close + 1,
                None if word(tag) => at + 1,
                None => break,
            };
        }
        let begins = [Class::Auxiliary, Class::Doing, Class::Suffered];
        (at > first + 1 && self.tags.get(at)?.is(&begins)).then_some(at)
    }

    /// Whether the noun phrase that figure `index` counts begins a clause, or is what there is.
    fn opens_clause(&self, index: usize) -> bool {
        let before = self.led_by(index);
        before.is_none_or(|t| {
            t.time || matches!(t.mark, b',' | b':' | b'"' | b';') || t.is(&[Class::Break, Class::Have])
        })
    }

    /// Whether nothing is lost where `said` ends: neither an object nor the words that its verb is nothing without.
    fn says_all(&self, said: &Range<usize>) -> bool {
        let adverbs = self.tags[said.end..].iter().take_while(|t| t.is(&[Class::Adverb]) && !t.time).count();
        let Some(tag) = self.tags.get(said.end + adverbs) else { return true };
        if tag.figure {
            return false;
        }
        if tag.mark != 0 || tag.time {
            return tag.time || !matches!(tag.mark, b'"' | b'/' | b'-');
        }
        if adverbs == 0 && self.heads_figure(said.end, said.end) || tag.is(&[Class::Aim]) {
            return true;
        }
        let passive = self.tags[said.start - 1].is(&[Class::Passive]);
        let one_verb = !passive
            && self.tags[said.end - 1].first <= said.start
            && self.tags[said.start].is(&[Class::Dimension, Class::Open]);
        tag.is(&WHOLE_BEFORE) && !one_verb
    }

    /// Whether the measure at `at` is the last thing said before a figure at `end` (không hoàn lại trị giá | 2 tỷ đồng).
    fn heads_figure(&self, at: usize, end: usize) -> bool {
        let behind = at + self.tags[at..].iter().take_while(|t| t.first == at).count();
        let next = self.tags[behind..].iter().find(|t| !t.is(&[Class::Adverb]) || t.figure);
        self.tags[at].is(&[Class::Head]) && behind >= end && next.is_some_and(|t| t.figure)
    }

    /// Where what is said from token `first` on ends.
    pub(crate) fn said_end(&self, first: usize) -> usize {
        let circumstance = |at: usize| at > first + 1 && self.tags[at].is(&[Class::After]);
        let goes_on =
            |at: usize| !circumstance(at) && (!self.ends_predicate(at) || self.goes_on_behind(first, at));
        let other = |at: usize| self.tags.get(at).is_some_and(|t| t.is(&[Class::Person]));
        let joins = |at: usize| {
            self.tags[at].is(&[Class::Conjunction]) && (self.leads_to_figure(at + 1) || other(at + 1))
        };
        let mut last = first;
        while last < self.len() && last - first < MAX_COUNTED && goes_on(last) && !joins(last) {
            last += 1;
        }
        while last > first && self.trails(last - 1) {
            last -= 1;
        }
        last
    }

    /// Whether a comma at `at` only joins a second verb to a first of one word (kết nối, chia sẻ dữ liệu).
    fn goes_on_behind(&self, first: usize, at: usize) -> bool {
        let next = self.tags.get(at + 1);
        self.tags[at].mark == b','
            && at > first
            && at - first <= 2
            && next.is_some_and(|t| t.is_plain() && t.mark == 0 && !t.figure && !t.entity)
            && !self.sentence.tokens[at + 1].capital
    }

    fn ends_predicate(&self, at: usize) -> bool {
        let tag = &self.tags[at];
        tag.figure
            || tag.time
            || tag.is(&[Class::Break, Class::Relative])
            || tag.is(&[Class::With])
                && self.tags.get(at + 1).is_some_and(|t| t.is(&[Class::Head, Class::Ratio]))
            || !matches!(tag.mark, 0 | b'/' | b'-')
    }
}
