//! Which words name what a percentage measures: the subject, the part of a whole, or what the whole is said to do.

use std::ops::Range;

use super::Choice;
use crate::extract::metric::clause::subject::Subject;
use crate::extract::metric::clause::{Class, TaggedSentence};
use crate::fact::Kind;

/// Most tokens between a part and the count of its whole (66% | trong số | 11.000).
const MAX_TO_COUNTED_WHOLE: usize = 4;

impl TaggedSentence<'_, '_> {
    /// Chooses for a percentage.
    pub(super) fn choose_percentage(&self, index: usize) -> Choice {
        let subject = self.subject(index);
        if subject.verb == Some(Class::Part) {
            return self.choose_part(index, subject);
        }
        if let Some(of) = self.part_of(index) {
            return Choice::Own(of);
        }
        let counted = self.counted(index).or_else(|| self.among(index));
        if let Some(whole) = counted.clone().filter(|n| subject.noun.is_none() && self.same_whole(index, n)) {
            return Choice::Carried(Some(whole));
        }
        match counted {
            Some(noun) if self.comes_with(index) && !self.tags[noun.start].is(&[Class::Base]) => {
                self.choose_percentage_of(index, noun, subject)
            }
            Some(noun)
                if self.is_measure(&noun)
                    && subject.noun.is_none()
                    && subject.verb == Some(Class::Change) =>
            {
                Choice::Own(noun)
            }
            Some(noun)
                if subject.head.is_none()
                    && matches!(subject.verb, None | Some(Class::Do | Class::Have))
                    && subject.bare.is_none() =>
            {
                self.choose_percentage_of(index, noun, subject)
            }
            Some(noun) if !self.is_whole(&noun) && subject.head.is_none_or(|h| h == Class::Act) => {
                self.choose_percentage_of(index, noun, subject)
            }
            Some(noun) if subject.noun.is_none() => Choice::Carried(Some(noun)),
            _ => self.choose_subject(index, subject),
        }
    }

    /// `66% trong số 11.000 doanh nghiệp …`: the counted noun phrase of the figure behind, with what is said of it.
    fn part_of(&self, index: usize) -> Option<Range<usize>> {
        let (end, next) = (self.figures[index].end, self.figures.get(index + 1)?.start);
        let joins = next > end && next - end <= MAX_TO_COUNTED_WHOLE && self.tags[end].is(&[Class::Locator]);
        let noun = joins.then(|| self.counted(index + 1)).flatten()?;
        let last = self.predicate(&noun).map_or(noun.end, |said| said.end);
        Some(noun.start..last)
    }

    /// A part of a whole: what makes up the part, else the whole.
    fn choose_part(&self, index: usize, subject: Subject) -> Choice {
        let whole = self.counted(index);
        if let (Some(whole), Some(_), None) = (&whole, &subject.bare, &subject.noun) {
            return Choice::Own(whole.clone());
        }
        // In a bracket the part is what stands before it, and the whole is named.
        let open = self.open_bracket(self.figures[index].start).unwrap_or(0);
        let of_name =
            |n: &Range<usize>| subject.head.is_none() && (self.tags[n.start].entity || n.end <= open);
        if let (Some(whole), true) = (&whole, subject.noun.as_ref().is_some_and(of_name)) {
            return Choice::Own(whole.clone());
        }
        if whole.is_none() && self.equals_count(index, &subject) {
            return Choice::Equal { noun: subject.noun, bare: subject.bare };
        }
        Choice::own_or_carried(subject.noun, whole.or(subject.bare))
    }

    /// Whether figure `index` says of the things that are counted right before it what share they are.
    fn equals_count(&self, index: usize, subject: &Subject) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        let end = self.figures[before].end;
        let behind = subject.noun.as_ref().is_none_or(|noun| noun.start >= end);
        self.mentions[before].kind == Kind::Count
            && subject.head.is_none()
            && behind
            && !self.tags[end..self.figures[index].start].iter().any(|t| t.is(&[Class::Break]))
    }

    /// Whether figure `index` comes right behind `với`: what it is a part of follows (với 88% đại biểu tán thành).
    fn comes_with(&self, index: usize) -> bool {
        let before = self.tags[..self.figures[index].start].iter().rev();
        before.into_iter().find(|t| !t.is(&[Class::Adverb])).is_some_and(|t| t.is(&[Class::With]))
    }

    /// Whether `noun` is what a share is taken of, not what the share is.
    fn is_whole(&self, noun: &Range<usize>) -> bool {
        self.tags[noun.start].is(&[Class::Base, Class::Head, Class::Ratio])
    }

    /// Whether the percentage before is one of the same whole (0,4% GDP … 3,3% GDP).
    fn same_whole(&self, index: usize, noun: &Range<usize>) -> bool {
        let before = index.checked_sub(1).and_then(|i| self.counted(i));
        self.is_whole(noun) && before.is_some_and(|b| self.repeats(&b, &(noun.start..noun.start + 1)))
    }

    /// `100% hồ sơ được giải quyết đúng hạn`: the noun with what is said of it, which may stand behind a place (70% học sinh ở xã đã …).
    fn choose_percentage_of(&self, index: usize, noun: Range<usize>, subject: Subject) -> Choice {
        match self.predicate(&noun).or_else(|| self.said_behind_place(index, &noun)) {
            Some(said) => Choice::Own(noun.start..said.end),
            None if self.is_body(&noun) => Choice::own_or_carried(subject.noun, Some(noun)),
            None => Choice::Own(noun),
        }
    }
}
