//! What the chosen words leave out that tells one metric from another: which statistic of a measure is meant, and what is said of the
//! things that are counted.

use std::ops::Range;

use super::clause::{Class, Tag, TaggedSentence};
use super::taken::Taken;
use crate::fact::Kind;

/// How far behind a measure its value is looked for, in tokens.
const MAX_TO_VALUE: usize = 16;
/// How many figures back a statistic is looked for.
const MAX_FIGURES: usize = 8;
/// Classes between a measure with its statistic and a value that is of another one.
const OF_ANOTHER: [Class; 3] = [Class::With, Class::Break, Class::Conjunction];
/// Classes between a statistic and its value.
const LEADS: [Class; 3] = [Class::Adverb, Class::Level, Class::Stop];
/// Classes before a statistic without its measure.
const BEFORE_ALONE: [Class; 3] = [Class::With, Class::Break, Class::Conjunction];
/// Classes with which what is said of counted things begins.
const SAYS: [Class; 4] = [Class::Passive, Class::Auxiliary, Class::Doing, Class::Have];
/// Verbs that begin it without an adverb.
const ACTS: [Class; 1] = [Class::Next];
/// The same behind the place of these things.
const SAYS_BEHIND_PLACE: [Class; 3] = [Class::Auxiliary, Class::Doing, Class::Suffered];
/// The same behind whose they are.
const SUFFERS: [Class; 1] = [Class::Suffered];
/// Classes of words for what things have, besides plain ones.
const HAD: [Class; 4] = [Class::Head, Class::Ratio, Class::Act, Class::Dimension];
/// Classes that what they have does not begin with.
const NOT_HAD: [Class; 3] = [Class::Numeral, Class::Open, Class::Next];
/// Most words for what things have, and from there to a value of it.
const MOST_HAD: usize = 9;
const MOST_TO_VALUE: usize = 3;
/// Classes before which it is whole.
const WHOLE_BEFORE: [Class; 6] =
    [Class::Locator, Class::Stop, Class::After, Class::With, Class::Conjunction, Class::Break];

impl TaggedSentence<'_, '_> {
    /// `taken` for figure `index`, which the network chose, with what tells it from others; the lists alone come to `ruled`.
    pub(super) fn told_apart(&self, index: usize, taken: Taken, ruled: &Taken) -> Taken {
        let earlier = match &taken {
            Taken::Last => Some(index),
            Taken::Measured => Some(0),
            Taken::Own(noun) => self.figures.iter().position(|figure| noun.end <= figure.start),
            _ => None,
        };
        if let Some(first) = earlier
            && let Some(other) = self.other_statistic(first, index)
        {
            return Taken::Other(other);
        }
        match (taken, ruled) {
            (Taken::Own(noun), _) if noun.end <= self.figures[index].start => {
                Taken::Own(self.with_statistic(index, noun))
            }
            (Taken::Own(noun), ruled) => {
                let whole = ruled.own().and_then(|whole| self.telling(index, &noun, whole));
                Taken::Own(whole.or_else(|| self.having(index, &noun)).unwrap_or(noun))
            }
            (taken, _) => taken,
        }
    }

    /// The measure `noun` before figure `index` with the words right behind it that say which of its values is meant (nhiệt độ | cao
    /// nhất), if the value follows: elsewhere they compare (diện tích lớn nhất cả nước). They are not those of what is listed apart.
    pub(super) fn with_statistic(&self, index: usize, noun: Range<usize>) -> Range<usize> {
        let value = self.figures[index].start;
        let first = self.figures.iter().find(|figure| figure.start >= noun.end);
        if first.is_some_and(|first| self.is_parted(first.end.min(value)..value)) {
            return noun;
        }
        let words = self.tags[noun.end..].iter().take_while(|t| t.is(&[Class::Statistic]) && !t.time);
        let end = noun.end + words.count();
        let measures = || self.tags[noun.clone()].iter().any(|t| t.is(&[Class::Head, Class::Ratio]));
        if end > noun.end && measures() && self.value_follows(end) {
            return noun.start..end;
        }
        noun
    }

    /// `noun` without the words at its end that say which of its values is meant.
    pub(super) fn without_statistic(&self, noun: &Range<usize>) -> Range<usize> {
        let words = self.tags[noun.clone()].iter().skip(1).rev();
        noun.start..noun.end - words.take_while(|t| t.is(&[Class::Statistic])).count()
    }

    /// Whether only linking words, or a verb of level, stand between token `at` and the next figure.
    fn value_follows(&self, at: usize) -> bool {
        let behind = &self.tags[at..self.len().min(at + MAX_TO_VALUE)];
        let Some(figure) = behind.iter().position(|t| t.figure) else { return false };
        let between = &behind[..figure];
        let parts =
            |t: &Tag| !t.time && (matches!(t.mark, b',' | b';' | b'.' | b'!' | b'?') || t.is(&OF_ANOTHER));
        let links = |t: &Tag| t.time || !t.is_plain() && !t.is(&[Class::Locator]) || t.mark != 0;
        !between.iter().any(parts)
            && (between.iter().all(links) || between.iter().any(|t| t.is(&[Class::Level, Class::Change])))
    }

    /// The statistic that figure `index` is of, where one of the figures from `first` on has it right before it without its measure, and
    /// an earlier one is of another (thấp nhất 12 độ, | cao nhất | 20 độ, có nơi 22 độ).
    fn other_statistic(&self, first: usize, index: usize) -> Option<Range<usize>> {
        let like = |i: &usize| self.mentions[*i].kind == self.mentions[index].kind;
        let own = |i: usize| Some((i, self.statistic_before(i)?));
        let (at, own) = (first..=index).rev().take(MAX_FIGURES).filter(like).find_map(own)?;
        if at < index && self.is_parted(self.figures[at].end..self.figures[index].start) {
            return None;
        }
        let alone = own.start.checked_sub(1).is_some_and(|i| {
            let tag = &self.tags[i];
            tag.figure || tag.time || tag.mark != 0 || tag.is(&BEFORE_ALONE)
        });
        let mut before = (0..at).rev().take(MAX_FIGURES).filter(like);
        let other = before.find_map(|i| self.statistic_before(i)).filter(|_| alone)?;
        (!self.repeats(&other, &own)).then_some(own)
    }

    /// Whether a mark stands in these tokens behind which something else is listed.
    fn is_parted(&self, tokens: Range<usize>) -> bool {
        self.tags[tokens].iter().any(|t| matches!(t.mark, b';' | b':'))
    }

    /// The statistic right before figure `index`.
    fn statistic_before(&self, index: usize) -> Option<Range<usize>> {
        let says = |t: &Tag| t.is(&[Class::Statistic]);
        let links = |t: &Tag| !t.figure && (t.is(&LEADS) && !says(t) || matches!(t.mark, b':' | b'('));
        let end = (0..self.figures[index].start).rev().find(|&i| !links(&self.tags[i]))? + 1;
        let words = self.tags[..end].iter().rev().take_while(|t| says(t) && !t.time).count();
        (words > 0).then_some(end - words..end)
    }

    /// `whole`, or as much of it as tells, where it goes on behind the counted `noun` of figure `index` with what says which ones are
    /// counted (doanh nghiệp | đã đóng cửa), and nothing is lost where it ends.
    fn telling(&self, index: usize, noun: &Range<usize>, whole: &Range<usize>) -> Option<Range<usize>> {
        let counts = !matches!(self.mentions[index].kind, Kind::Money | Kind::Rank | Kind::Multiple);
        // All of those who were named before are told apart already (cả 3 em | đều …).
        let known = self.figures[index].start.checked_sub(1).is_some_and(|i| {
            self.mentions[index].kind == Kind::Count && self.tags[i].is(&[Class::Determiner])
        });
        if !counts || known || noun.start != whole.start || whole.end <= noun.end {
            return None;
        }
        let says = self.says_at(index, noun.end, whole.end)?;
        let first = (says..whole.end).find(|&i| !self.tags[i].is(&SAYS))?;
        let end = (first + 2..whole.end).find(|&i| self.tags[i].is(&[Class::After])).unwrap_or(whole.end);
        let stands = self.tags.get(end).is_none_or(|t| t.time || t.mark != 0);
        let ends = self.is_whole_before(end);
        let suffered = self.tags[first - 1].is(&[Class::Suffered]);
        (ends && (end - first > 1 || stands || suffered)).then_some(noun.start..end)
    }

    /// Whether what is said may end before token `at`: there is a mark, a time or a preposition, or nothing.
    fn is_whole_before(&self, at: usize) -> bool {
        self.tags.get(at).is_none_or(|t| {
            t.time
                || !t.figure && t.is(&WHOLE_BEFORE)
                || !matches!(t.mark, 0 | b'"' | b'\'' | b'/' | b'-' | b'&')
        })
    }

    /// Where in `at..end`, behind what figure `index` counts, begins what is said of it: right there, or behind a place.
    fn says_at(&self, index: usize, at: usize, end: usize) -> Option<usize> {
        let tag = &self.tags[at];
        if tag.time || tag.figure {
            return None;
        }
        let joined = || self.modifies_noun(index) || self.led_by(index).is_some_and(|t| t.is(&[Class::With]));
        if tag.is(&SAYS) || tag.is(&ACTS) {
            return Some(at).filter(|_| tag.is(&[Class::Suffered]) || !joined());
        }
        let classes: &[Class] = if tag.is(&[Class::Owner]) { &SUFFERS } else { &SAYS_BEHIND_PLACE };
        let place = tag.is(&[Class::Locator, Class::Stop]);
        let says = (at + 1..end).find(|&i| self.tags[i].is(&SAYS)).filter(|_| place)?;
        let one = self.tags[at + 1..says].iter().all(|t| t.is_plain() || t.is(&[Class::Body]));
        (one && self.tags[says].is(classes) && !joined()).then_some(says)
    }

    /// The counted `noun` of figure `index` with what these things have (gia đình | có con nhỏ), where that is whole and is neither a
    /// value nor one of them.
    fn having(&self, index: usize, noun: &Range<usize>) -> Option<Range<usize>> {
        let counts = matches!(self.mentions[index].kind, Kind::Count | Kind::Percentage | Kind::Share);
        let verb = self.tags.get(noun.end)?;
        let has = verb.class == Some(Class::Have) && !verb.time && self.is_one_word(noun.end);
        let among = self.led_by(index).is_some_and(|t| t.is(&[Class::Locator]));
        if !counts || !has || among || self.modifies_noun(index) || noun.start != self.figures[index].end {
            return None;
        }
        let first = noun.end + 1;
        let begins = self.tags.get(first).is_some_and(|t| (t.is_plain() || t.is(&HAD)) && !t.is(&NOT_HAD));
        let last = first + self.tags[first..].iter().take(MOST_HAD + 1).take_while(|t| goes_on(t)).count();
        let next = |classes: &[Class]| self.tags.get(last).is_some_and(|t| t.is(classes));
        let ends = self.is_whole_before(last) && !next(&[Class::Break]) || next(&SAYS);
        let whole = ends && !self.tags[last - 1].is(&[Class::Open]);
        let valued = self.tags[last..].iter().take(MOST_TO_VALUE).any(|t| t.figure);
        (begins && last > first + 1 && last - first <= MOST_HAD && whole && !valued)
            .then_some(noun.start..last)
    }

    /// Whether the phrase at `at` is one word.
    fn is_one_word(&self, at: usize) -> bool {
        self.tags[at].first == at && self.tags.get(at + 1).is_none_or(|t| t.first != at)
    }
}

/// Whether what things have goes on over a token.
fn goes_on(tag: &Tag) -> bool {
    let word = tag.is_plain() || tag.is(&HAD) || tag.is(&[Class::Statistic, Class::Body]);
    word && !tag.figure && !tag.time && tag.mark == 0
}
