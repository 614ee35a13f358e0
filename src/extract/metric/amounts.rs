//! Which words name what an amount of money or a physical quantity measures.

use std::ops::Range;

use super::choose::Choice;
use super::clause::{Clauses, Tag};
use super::subject::Subject;
use super::words::Class;

/// Most plain words between a noun phrase without a measure and its money or quantity.
const MAX_BETWEEN: usize = 3;
/// How far back a verb is looked for that a place parts from its sum, in tokens.
const MAX_TO_VERB: usize = 12;
/// Longest noun phrase without a measure that lasts, in tokens.
const MAX_LASTING: usize = 4;

/// Longest words for what was done so long, in tokens.
const MAX_LASTED: usize = 7;
/// Classes behind these words, where no verb makes them a subject.
const LASTING_ENDS: [Class; 5] = [Class::Locator, Class::Conjunction, Class::Stop, Class::About, Class::With];
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
const LED_BY: [Class; 3] = [Class::Passive, Class::Auxiliary, Class::Pronoun];

impl Clauses<'_, '_> {
    /// Money is what a measure before it or behind it names, else what was done with it.
    pub(super) fn choose_money(&self, index: usize) -> Choice {
        let subject = self.subject(index);
        if subject.head.is_none()
            && let Some(noun) = self.counted(index).filter(|n| self.is_measure(n))
        {
            return Choice::Own(noun);
        }
        match &subject.doing {
            Some(doing) if subject.head.is_none() => Choice::Own(doing.clone()),
            _ => match self.choose_subject(index, self.acted(self.near(index, subject))) {
                Choice::Carried(weak) => {
                    Choice::own_or_carried(self.goes_to(index).or_else(|| self.done_far(index)), weak)
                }
                choice => choice,
            },
        }
    }

    /// What money that nothing stands before is for (2 tỷ USD | mua xe cứu hỏa; 5 tỷ đồng | được giải ngân).
    fn goes_to(&self, index: usize) -> Option<Range<usize>> {
        let Range { start, end } = self.figures[index];
        let leads = |t: &Tag| t.mark != 0 || t.time || t.is(&[Class::Adverb, Class::Have]);
        if !self.tags[..start].iter().all(leads) {
            return None;
        }
        match self.tags.get(end) {
            Some(tag) if tag.is(&[Class::Passive]) => self.predicate(&(end..end)),
            _ => self.counted(index).filter(|noun| noun.len() > 1),
        }
    }

    /// The verb of doing before figure `index`, where only a place stands between them (thu giữ tại nhà hắn | 3 tỷ đồng).
    fn done_far(&self, index: usize) -> Option<Range<usize>> {
        let start = self.figures[index].start;
        let ends = |i: &usize| {
            let tag = &self.tags[*i];
            tag.figure || tag.mark != 0 || tag.is(&[Class::Break, Class::Level, Class::Change, Class::Have])
        };
        let verb = (0..start).rev().take(MAX_TO_VERB).take_while(|i| !ends(i)).find(|&i| {
            let tag = &self.tags[i];
            tag.is(&[Class::Do, Class::Act]) && !tag.entity
        })?;
        let behind = (verb + 1..start).find(|&i| self.tags[i].class != Some(Class::Passive))?;
        self.tags[behind].is(&[Class::Locator, Class::Stop]).then_some(self.tags[verb].first..verb + 1)
    }

    /// A physical quantity is one of what stands behind it, or what a measure or adjective before it names.
    pub(super) fn choose_quantity(&self, index: usize) -> Choice {
        let subject = self.subject(index);
        let measured = || self.near(index, subject.clone()).noun.is_some();
        if !self.mentions[index].is_change
            && self.unit_tells(index)
            && !(subject.head.is_some_and(|h| matches!(h, Class::Head | Class::Ratio | Class::Apart))
                && measured())
        {
            let unit = self.unit_token(index, Class::Score).map(|i| i..i + 1);
            let level = matches!(subject.verb, Some(Class::Level | Class::Change));
            return unit.map_or(Choice::Absent, |unit| Choice::Unit { unit, level });
        }
        let names = |n: &Range<usize>| {
            let pronoun = n.len() == 1 && self.tags[n.start].is(&[Class::Pronoun]);
            !pronoun && !self.tags[n.start].is(&[Class::Unit])
        };
        let noun = self.measured(index).filter(names);
        match noun {
            Some(noun) if subject.head.is_none() && !self.unit_is(index, Class::Duration) => {
                Choice::Own(noun)
            }
            _ if self.unit_is(index, Class::Duration) => {
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
                let subject = self.near(index, subject);
                let governed = subject.verb.is_some_and(|v| v != Class::Have && v != Class::Do);
                let listed = index > 0 && self.unit_is(index - 1, Class::Duration);
                if subject.noun.is_none() && !governed && !listed && subject.bare.is_none() {
                    let lasting = self.lasting(index).or_else(|| self.lasted(index));
                    return lasting.map_or(Choice::Absent, Choice::Own);
                }
                self.choose_subject(index, self.acted(subject))
            }
            _ => self.choose_subject(index, self.acted(self.near(index, subject))),
        }
    }

    /// What lasts as long as figure `index` says, right behind it (20 phút đi bộ; 3 ngày để dọn bùn; 9 năm dạy chữ).
    fn lasting(&self, index: usize) -> Option<Range<usize>> {
        let first = self.figures[index].end;
        let tag = self.tags.get(first)?;
        if tag.is(&[Class::Dimension]) {
            let last = (first..self.tags.len()).take_while(|&i| self.tags[i].first == first).last()?;
            return Some(first..last + 1);
        }
        if tag.is(&[Class::Aim]) {
            return self.aimed_at(first + 1);
        }
        self.deed_behind(first)
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
    fn aimed_at(&self, first: usize) -> Option<Range<usize>> {
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
        // What has lasted so long (đi làm được 3 năm) may be a clause of its own.
        let clause = self.tags[last..start].iter().any(reached);
        let behind = |t: &Tag| {
            let edge = last - first > 1 && t.is(&[Class::Edge]);
            t.mark != 0 || t.is(&LED_BY) || clause && (edge || t.is(&[Class::After, Class::Break]))
        };
        let led = first == 0 || behind(&self.tags[first - 1]);
        let does = |tag: &Tag| !tag.entity && !tag.is(&NOT_LASTED);
        let done = first < last
            && last - first <= MAX_LASTED
            && does(&self.tags[first])
            && !self.loose_start(first)
            && !self.tags[first..last].iter().any(|t| t.is(&[Class::Level]));
        (done && led).then_some(first..last)
    }

    /// A noun phrase without a measure names money or a quantity only from nearby; a length of time from right before it.
    fn near(&self, index: usize, mut subject: Subject) -> Subject {
        let Some(noun) = subject.noun.clone() else { return subject };
        let between = &self.tags[noun.end.min(self.figures[index].start)..self.figures[index].start];
        let far = between
            .iter()
            .filter(|t| t.is_plain() && !t.figure && !t.entity && !t.time && t.mark == 0)
            .count()
            > MAX_BETWEEN;
        let duration = self.unit_is(index, Class::Duration) || self.unit_tells(index);
        if subject.head.is_some() {
            let level = matches!(subject.verb, Some(Class::Level | Class::Change));
            subject.noun = subject.noun.filter(|_| !(far && duration) || level);
            return subject;
        }
        if far || duration && (noun.len() > MAX_LASTING || !self.adjoins(&noun, index)) {
            subject.noun = None;
        }
        subject
    }

    /// What somebody did, without who did it (hắn đã lừa, xã phải tạm ứng), where no measure is named.
    fn acted(&self, mut subject: Subject) -> Subject {
        if let Some(noun) = subject.noun.clone().filter(|_| subject.head.is_none()) {
            let verb = |&i: &usize| self.tags[i].is(&[Class::Auxiliary]) && self.tags[i + 1].first == i + 1;
            let last = (noun.start + 1..noun.end - 1).rfind(verb);
            subject.noun = Some(last.map_or(noun.start, |i| i + 1)..noun.end);
        }
        subject
    }
}
