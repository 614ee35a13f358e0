//! Which words name what a figure measures: those before it, those behind it, or those of an earlier figure.

mod amounts;
mod compared;
mod lasting;
mod parts;
mod recalled;
mod respective;
mod scored;
mod sentenced;
mod sums;
mod times;

use std::ops::Range;

use crate::extract::mention::Mention;
use crate::extract::metric::clause::subject::Subject;
use crate::extract::metric::clause::{Class, TaggedSentence};
use crate::fact::Kind;

/// Most tokens between two counts of bodies that are listed (21 bộ, cơ quan và 55 tỉnh).
const MAX_BODY_LIST: usize = 9;
/// Most counts of bodies that share what is said behind the last.
const MAX_BODIES: usize = 8;
/// Most tokens from the words for one of these to the next count.
const MAX_TO_BODIES: usize = 2;

/// The words for one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Tokens of its own sentence.
    Own(Range<usize>),
    /// The metric of the figure before, else these tokens.
    Carried(Option<Range<usize>>),
    /// The measure of the figure before, if a verb states a level of it, else these tokens of its unit, which no other
    /// figure takes up.
    Unit { unit: Range<usize>, level: bool },
    /// The share that was named before, of which the count before is one (25 tỉnh, tương ứng 27%), else `noun`, else
    /// what is carried.
    Equal { noun: Option<Range<usize>>, bare: Option<Range<usize>> },
    /// None: the unit says it.
    Absent,
}

impl Choice {
    /// The tokens, where they stand in its own sentence.
    pub(crate) fn own(&self) -> Option<&Range<usize>> {
        match self {
            Self::Own(noun) => Some(noun),
            Self::Carried(_) | Self::Unit { .. } | Self::Equal { .. } | Self::Absent => None,
        }
    }

    pub(super) fn own_or_carried(noun: Option<Range<usize>>, otherwise: Option<Range<usize>>) -> Self {
        noun.map_or(Self::Carried(otherwise), Self::Own)
    }
}

impl TaggedSentence<'_, '_> {
    /// Chooses for figure `index`.
    pub(crate) fn choose(&self, index: usize) -> Choice {
        let mention = &self.mentions[index];
        match mention.kind {
            Kind::Count | Kind::Share | Kind::Rate => self.choose_count(index, mention),
            Kind::Percentage | Kind::PercentagePoint => self.choose_percentage(index),
            Kind::Money => self.choose_money(index),
            Kind::Quantity => self.choose_quantity(index),
            Kind::Rank => self.choose_rank(index),
            Kind::Multiple | Kind::Index => self.choose_multiple(index),
        }
    }

    /// The measure right behind it (tăng gấp đôi số lượng xe), else the subject.
    fn choose_multiple(&self, index: usize) -> Choice {
        let subject = self.subject(index);
        match self.counted(index).filter(|n| self.is_measure(n)) {
            Some(measure) if self.mentions[index].is_change && subject.head != Some(Class::Head) => {
                Choice::Own(measure)
            }
            _ => self.choose_subject(index, subject),
        }
    }

    /// The subject, else `về …` behind the figure, else the metric before.
    pub(super) fn choose_subject(&self, index: usize, subject: Subject) -> Choice {
        if index > 0 && subject.head.is_none() && subject.bare.is_some() && subject.noun.is_some() {
            return Choice::Carried(subject.noun);
        }
        let about = self.about(index).filter(|a| self.is_measure(a));
        if subject.head.is_some() && (subject.verb != Some(Class::Change) || index == 0 || about.is_none()) {
            return Choice::own_or_carried(subject.noun, subject.bare);
        }
        Choice::own_or_carried(about.or(subject.noun), subject.bare)
    }

    /// A place is one in the list or of the measure that is named behind it or before it.
    fn choose_rank(&self, index: usize) -> Choice {
        if let Some(about) = self.about(index).or_else(|| self.ranking(index)) {
            return Choice::Own(about);
        }
        let subject = self.subject(index);
        if subject.head.is_none()
            && let Some(ranking) = self.ranking_before(index)
        {
            return Choice::Own(ranking);
        }
        if index > 0 && subject.head == Some(Class::Act) {
            return Choice::Carried(subject.noun);
        }
        if subject.head.is_none() && subject.bare.is_some() {
            let compared = subject.bare.as_ref().and_then(|place| self.compared(place.start));
            return compared.map_or(Choice::Carried(subject.bare), Choice::Own);
        }
        self.choose_subject(index, subject)
    }

    fn choose_count(&self, index: usize, mention: &Mention<'_>) -> Choice {
        let subject = self.subject(index);
        if let Some(unit) = self.unit_within(index) {
            if self.tags[unit].is(&[Class::Times]) {
                return self.choose_times(index, mention, unit..unit + 1, subject);
            }
            return self.choose_change(index, subject);
        }
        let Some(noun) = self.counted(index).or_else(|| self.among(index)) else {
            return self.choose_change(index, subject);
        };
        if self.tags[noun.start].is(&[Class::Times]) {
            return self.choose_times(index, mention, noun, subject);
        }
        if self.is_bare_unit(&noun) {
            if let Some(group) = self.group_before(index, &noun) {
                return Choice::Own(group);
            }
            return self.choose_unit(index, mention, noun, subject);
        }
        let equals = mention.kind == Kind::Share && subject.verb == Some(Class::Part);
        if equals && subject.head.is_some() {
            return Choice::own_or_carried(subject.noun, None);
        }
        if self.says_how_many(index, &subject, &noun) && !(mention.is_change && subject.head.is_none()) {
            return Choice::own_or_carried(subject.noun, None);
        }
        if self.is_body(&noun) {
            return self.choose_bodies(index, noun, subject);
        }
        if subject.noun.is_none() && self.goes_on(index, &subject, &noun) {
            return Choice::Carried(Some(noun));
        }
        Choice::Own(self.with_said(index, noun))
    }

    /// The unit that the number expression itself ends with (10 lần, 2 bậc).
    fn unit_within(&self, index: usize) -> Option<usize> {
        let last = self.figures[index].end.checked_sub(1)?;
        self.tags.get(last)?.is(&[Class::Times, Class::Unit]).then_some(last)
    }

    /// Whether `noun` is nothing but a unit (lượt, người).
    fn is_bare_unit(&self, noun: &Range<usize>) -> bool {
        let last = self.tags[noun.start..noun.end].iter().take_while(|t| t.first == noun.start).count();
        self.tags[noun.start].is(&[Class::Unit, Class::Ratio]) && last == noun.len()
    }

    /// A bare unit is counted of the subject, or is times that something was done.
    fn choose_unit(
        &self,
        index: usize,
        mention: &Mention<'_>,
        noun: Range<usize>,
        subject: Subject,
    ) -> Choice {
        if subject.head.is_none() && !mention.is_change {
            if let Some(said) = self.predicate_of(index, &noun) {
                return Choice::Own(noun.start..said.end);
            }
            let governs = match (&subject.noun, subject.verb) {
                (Some(of), Some(Class::Have)) => self.tags[of.start].is(&[Class::Collective]),
                (None, _) | (_, Some(Class::Do)) => false,
                (_, None) if self.owns(index) => false,
                (Some(of), None) => {
                    (of.len() > 1 || !self.tags[of.start].is_plain()) && self.adjoins(of, index)
                }
                _ => true,
            };
            let to = subject.noun.is_none() && matches!(subject.verb, Some(Class::Level | Class::Change));
            if to && index > 0 {
                return Choice::Carried(Some(noun));
            }
            if !governs {
                // A classifier alone does not say what there is; what was done with them says more.
                let counter = &self.tags[noun.start];
                let says = |doing: &Range<usize>| {
                    let received = self.tags[doing.start].is(&[Class::Receive]);
                    counter.is(&[Class::Classifier]) || counter.is(&[Class::Counter]) && !received
                };
                let done_for = counter.is(&[Class::Counter]).then(|| self.done_for(index)).flatten();
                return match done_for.or_else(|| subject.doing.filter(says)) {
                    Some(doing) => Choice::Own(doing),
                    None => Choice::Own(self.with_said(index, noun)),
                };
            }
        }
        self.choose_change(index, subject)
    }

    /// A change in a bare unit (tăng 2 bậc): `về …` behind it comes before a subject without a measure.
    pub(super) fn choose_change(&self, index: usize, subject: Subject) -> Choice {
        let ranking = || self.ranking(index).or_else(|| self.ranking_before(index));
        if let Some(ranking) = ranking().filter(|_| subject.head.is_none() && self.counts_places(index)) {
            return Choice::Own(ranking);
        }
        match self.about(index) {
            Some(about) if subject.head.is_none_or(|h| h == Class::Act) => Choice::Own(about),
            _ => self.choose_subject(index, subject),
        }
    }

    /// Whether the subject names the number itself (số ca mắc là 35 ca; sản lượng 600 thùng).
    fn says_how_many(&self, index: usize, subject: &Subject, noun: &Range<usize>) -> bool {
        let Some(of) = &subject.noun else { return false };
        let joined = match subject.verb {
            None => !self.tags[of.end..noun.start]
                .iter()
                .any(|t| t.is(&[Class::Locator, Class::Stop, Class::After])),
            Some(verb) => matches!(verb, Class::Level | Class::Change),
        };
        // Other words behind the measure may be a verb.
        let alone = || {
            let behind = &self.tags[of.start..self.figures[index].start];
            behind.iter().all(|t| t.first == of.start || t.is(&[Class::Adverb]))
        };
        let measured = subject.head == Some(Class::Head)
            && (matches!(subject.verb, Some(Class::Level | Class::Change))
                || subject.verb.is_none() && alone());
        joined && (subject.head == Some(Class::Ratio) || measured || self.repeats(of, noun))
    }

    /// Bodies are counted for what they do or have, or for what is done there.
    fn choose_bodies(&self, index: usize, noun: Range<usize>, subject: Subject) -> Choice {
        let mut last = noun.clone();
        let mut at = index;
        while at - index < MAX_BODIES
            && let Some(next) = self.figures.get(at + 1)
            && next.start <= last.end + MAX_TO_BODIES
            && let Some(bodies) = self.counted(at + 1)
            && self.is_body(&bodies)
            // The same bodies again are some of those before (42 xã, 31 xã đã có …).
            && !self.repeats(&last, &bodies)
        {
            (last, at) = (bodies, at + 1);
        }
        if self.tags.get(last.end).is_some_and(|t| t.is(&[Class::Include, Class::Demonstrative])) {
            return Choice::Own(noun);
        }
        if let Some(said) = self.predicate_of(index, &last) {
            let body = self.tags[last.end - 1].first.max(last.start);
            return Choice::Own(body..said.end);
        }
        let listed = index > 0
            && self.figures[index].start <= self.figures[index - 1].end + MAX_BODY_LIST
            && self.counted(index - 1).is_some_and(|n| self.is_body(&n));
        match subject.noun {
            Some(noun) if subject.verb != Some(Class::Have) && noun.len() > 2 => Choice::Own(noun),
            _ if listed => Choice::Carried(Some(noun)),
            _ => Choice::Own(self.with_said(index, noun)),
        }
    }
}
