//! Which words name what lasts as long as a figure says.

use std::ops::Range;

use super::Choice;
use crate::extract::metric::clause::subject::Subject;
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Longest words for what was done so long, in tokens.
const MAX_LASTED: usize = 7;
/// Classes behind these words, where no verb makes them a subject.
const LASTING_ENDS: [Class; 7] =
    [Class::Locator, Class::Conjunction, Class::Stop, Class::About, Class::With, Class::Break, Class::After];
/// Longest words for what is done in a length of time, in tokens.
const MAX_AIMED: usize = 9;
/// Classes that end these behind their verb and its object.
const AIMED_ENDS: [Class; 4] = [Class::Locator, Class::Stop, Class::After, Class::With];
/// Classes that end these words to the left.
const LASTED_ENDS: [Class; 10] = [
    Class::Edge,
    Class::Pronoun,
    Class::Passive,
    Class::Auxiliary,
    Class::Break,
    Class::Stop,
    Class::After,
    Class::Have,
    Class::Conjunction,
    Class::Relative,
];
/// Classes that they do not begin with.
const NOT_LASTED: [Class; 4] = [Class::Pronoun, Class::Locator, Class::With, Class::Adverb];
/// Those that end them behind which a verb stands.
const LED_BY: [Class; 4] = [Class::Passive, Class::Auxiliary, Class::Pronoun, Class::Aim];

impl TaggedSentence<'_, '_> {
    /// A length of time is one of what was done, or lasts, right before it or behind it, else of the verb that takes it.
    pub(super) fn choose_duration(&self, index: usize, subject: Subject) -> Choice {
        if let Some(event) = self.recalled(index) {
            return Choice::Own(event);
        }
        let aims = self.tags.get(self.figures[index].end).is_some_and(|t| t.is(&[Class::Aim]));
        if let Some(aim) = self.lasting(index).filter(|_| aims && subject.head.is_none()) {
            return Choice::Own(aim);
        }
        // What somebody was kept from is not what lasted (bị cấm thi đấu 5 năm).
        let kept = |done: &Range<usize>| {
            done.start.checked_sub(1).is_some_and(|i| self.tags[i].is(&[Class::Suffered]))
        };
        if let Some(done) = self.lasted(index).filter(kept) {
            return Choice::Own(done);
        }
        let took = subject.doing.clone().filter(|doing| self.tags[doing.start].is(&[Class::Take]));
        let subject = self.near(index, subject);
        let governed = subject.verb.is_some_and(|v| v != Class::Have && v != Class::Do);
        let listed = index > 0 && self.unit_is(index - 1, Class::Duration);
        let unnamed = subject.noun.is_none() && !governed && subject.bare.is_none();
        if unnamed
            && listed
            && let Some(own) = self.lasting(index).filter(|_| self.parted(index))
        {
            return Choice::Own(own);
        }
        if unnamed && !listed {
            let lasting = self.lasting(index).or_else(|| self.lasted(index)).or(took);
            return lasting.map_or(Choice::Absent, Choice::Own);
        }
        self.choose_subject(index, self.acted(subject))
    }

    /// Whether a verb or noun stands between figure `index` and the one before: it begins anew (20 năm hát, có | 15 năm …).
    fn parted(&self, index: usize) -> bool {
        let between = self.figures[index - 1].end..self.figures[index].start;
        let word = |t: &Tag| t.is_plain() && t.mark == 0 && !t.time || t.is(&[Class::Have]);
        self.tags.get(between).is_some_and(|tags| tags.iter().any(word))
    }

    /// What lasts as long as figure `index` says, right behind it (20 phút đi bộ; 3 ngày để dọn bùn; 9 năm dạy chữ).
    fn lasting(&self, index: usize) -> Option<Range<usize>> {
        let end = self.figures[index].end;
        let quoted = self.tags.get(end)?.mark == b'"' && self.tags.get(end + 1)?.is_plain();
        let first = if quoted { end + 1 } else { end };
        let tag = self.tags.get(first)?;
        if tag.is(&[Class::Dimension]) {
            let last = (first..self.tags.len()).take_while(|&i| self.tags[i].first == first).last()?;
            return Some(first..last + 1);
        }
        if tag.is(&[Class::Aim]) {
            return self.aimed_at(first + 1);
        }
        // tròn 15 năm | họ gặp nhau
        let whose = tag.is(&[Class::Pronoun]) && !tag.entity;
        self.deed_behind(if whose { self.behind_phrase(first) } else { first })
    }

    /// Behind the phrase that begins at `first`.
    fn behind_phrase(&self, first: usize) -> usize {
        first + self.tags[first..].iter().take_while(|t| t.first == first).count()
    }

    /// The plain words at `first`, where they are neither a name nor the subject of a verb (9 năm | dạy chữ).
    fn deed_behind(&self, first: usize) -> Option<Range<usize>> {
        let tag = self.tags.get(first)?;
        let goes_on = |t: &&Tag| t.is_plain() && t.mark == 0 && !t.figure && !t.time;
        let words = self.tags[first..].iter().take(MAX_LASTED + 1).take_while(goes_on).count();
        let other = tag.entity || tag.is(&[Class::Lapse]) || self.sentence.tokens[first].capital;
        // A verb behind them shows that they are a subject.
        let ends = |t: &Tag| t.mark != 0 || t.is(&LASTING_ENDS);
        let last = first + words;
        let lasts = words > 0 && words <= MAX_LASTED && !other;
        (lasts && self.tags.get(last).is_none_or(ends)).then_some(first..last)
    }

    /// What is done in a length of time before token `first` (3 giờ để | vá con đê).
    pub(super) fn aimed_at(&self, first: usize) -> Option<Range<usize>> {
        let ends = |i: &usize| {
            let tag = &self.tags[*i];
            let clause = tag.is(&[Class::Break, Class::Relative, Class::Conjunction]);
            tag.mark != 0 || tag.figure || tag.time || clause || i - first > 1 && tag.is(&AIMED_ENDS)
        };
        let last = (first..self.len().min(first + MAX_AIMED)).take_while(|i| !ends(i)).last()? + 1;
        let noun = self.without_loose_end(first, last);
        (!self.loose_start(first)).then_some(noun)
    }

    /// Whether no verb can begin at `at`: words there belong to what stands before.
    fn loose_start(&self, at: usize) -> bool {
        let tag = &self.tags[at];
        tag.entity
            || !(tag.is_plain() || tag.is(&[Class::Act, Class::Change, Class::Dimension, Class::Passive]))
    }

    /// What lasted as long as figure `index` says, before it and its preposition: the words of the clause behind the
    /// subject's auxiliary or passive (bị | cấm hoạt động trên sàn | 5 năm).
    pub(super) fn lasted(&self, index: usize) -> Option<Range<usize>> {
        let start = self.figures[index].start;
        let reached = |t: &Tag| t.class == Some(Class::Passive);
        let skipped =
            |t: &Tag| t.is(&[Class::Adverb, Class::Edge, Class::Locator, Class::Determiner]) || reached(t);
        let last = (0..start).rev().find(|&i| !skipped(&self.tags[i]))? + 1;
        let ends = |i: usize| {
            let tag = &self.tags[i];
            tag.figure || tag.time || tag.mark != 0 || tag.is(&LASTED_ENDS)
        };
        let first = (0..last).rev().find(|&i| ends(i)).map_or(0, |i| i + 1);
        // Who did it may be named without any auxiliary (Văn Tám khoác áo đội | 6 năm).
        let name = self.tags[first..last].iter().take_while(|t| t.entity).count();
        let named = name > 0 && last - first > name + 1;
        let first = if named { first + name } else { first };
        // What has lasted so long (đi làm được 3 năm) may be a clause of its own.
        let clause = self.tags[last..start].iter().any(reached);
        let behind = |t: &Tag| {
            let edge = last - first > 1 && t.is(&[Class::Edge]);
            t.mark != 0 || t.is(&LED_BY) || clause && (edge || t.is(&[Class::After, Class::Break]))
        };
        let led = named || first == 0 || behind(&self.tags[first - 1]);
        let does = |tag: &Tag| !tag.entity && !tag.is(&NOT_LASTED);
        let done = first < last
            && last - first <= MAX_LASTED
            && does(&self.tags[first])
            && !self.tags[last - 1].is(&[Class::With])
            && !self.loose_start(first)
            && !self.tags[first..last].iter().any(|t| t.is(&[Class::Level]));
        // One word behind a conjunction of time may be who has that age (từ khi bé 3 tháng).
        let when = first > 0 && self.tags[first - 1].is(&[Class::When]);
        let dated = when && (last - first > 1 || self.tags[first].is(&[Class::Dimension]));
        (done && (led || dated)).then_some(first..last)
    }
}
