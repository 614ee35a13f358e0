//! Which words name what an amount of money or a physical quantity measures.

use std::ops::Range;

use super::Choice;
use crate::extract::metric::clause::subject::Subject;
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Most plain words between a noun phrase without a measure and its money or quantity.
const MAX_BETWEEN: usize = 3;
/// How far back a verb is looked for that a place parts from its sum, in tokens.
const MAX_TO_VERB: usize = 12;
/// Longest noun phrase without a measure that lasts, in tokens.
const MAX_LASTING: usize = 4;

impl TaggedSentence<'_, '_> {
    /// Money is what a measure before it or behind it names, else what was done with it.
    pub(super) fn choose_money(&self, index: usize) -> Choice {
        let subject = self.subject(index);
        if subject.head.is_none()
            && let Some(noun) = self.counted(index).filter(|n| self.is_measure(n))
        {
            return Choice::Own(noun);
        }
        if subject.head.is_none()
            && let Some(said) = self.given(index).or_else(|| self.undergone(index))
        {
            return Choice::Own(said);
        }
        let governed = subject.verb.is_some_and(|v| v != Class::Have);
        match &subject.doing {
            Some(doing) if subject.head.is_none() => Choice::Own(doing.clone()),
            _ => match self.choose_subject(index, self.acted(self.near(index, subject))) {
                Choice::Carried(weak) => {
                    let said = self.goes_to(index).or_else(|| self.done_far(index));
                    Choice::own_or_carried(said.or_else(|| self.spent_on(index).filter(|_| !governed)), weak)
                }
                Choice::Own(noun) => Choice::Own(self.with_deed(noun)),
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
        if let Some(verb) = self.sentenced(index) {
            return Choice::Own(verb);
        }
        let mut subject = self.subject(index);
        let scored = self.unit_is(index, Class::Score).then(|| self.scored(index)).flatten();
        if let (Some(noun), Some(scored)) = (&mut subject.noun, &scored)
            && noun.start == scored.start
            && self.sentence.tokens[scored.end - 1].capital
        {
            noun.end = noun.end.min(scored.end);
        }
        let measured = || self.near(index, subject.clone()).noun.is_some();
        if !self.mentions[index].is_change
            && self.unit_tells(index)
            && !(subject.head.is_some_and(|h| matches!(h, Class::Head | Class::Ratio | Class::Apart))
                && measured())
        {
            let unit = self.unit_token(index, Class::Score).map(|i| i..i + 1);
            if let Some(scored) = scored {
                return Choice::Own(scored);
            }
            let level = matches!(subject.verb, Some(Class::Level | Class::Change)) || subject.bare.is_some();
            return unit.map_or(Choice::Absent, |unit| Choice::Unit { unit, level });
        }
        let names = |n: &Range<usize>| {
            let pronoun = n.len() == 1 && self.tags[n.start].is(&[Class::Pronoun]);
            !pronoun && !self.tags[n.start].is(&[Class::Unit])
        };
        if let Some(label) = self.label(index) {
            return Choice::Own(label);
        }
        let noun = self.measured(index).filter(names);
        match noun {
            Some(noun) if subject.head.is_none() && !self.unit_is(index, Class::Duration) => {
                Choice::Own(noun)
            }
            _ if self.unit_is(index, Class::Duration) => self.choose_duration(index, subject),
            _ => self.choose_subject(index, self.acted(self.near(index, subject))),
        }
    }

    /// A noun phrase without a measure names money or a quantity only from nearby; a length of time from right before it.
    pub(crate) fn near(&self, index: usize, mut subject: Subject) -> Subject {
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
    pub(crate) fn acted(&self, mut subject: Subject) -> Subject {
        if let Some(noun) = subject.noun.clone().filter(|_| subject.head.is_none()) {
            let verb = |&i: &usize| self.tags[i].is(&[Class::Auxiliary]) && self.tags[i + 1].first == i + 1;
            let last = (noun.start + 1..noun.end - 1).rfind(verb);
            subject.noun = Some(last.map_or(noun.start, |i| i + 1)..noun.end);
        }
        subject
    }
}
