//! From where the words for a figure are taken: its own sentence, an earlier figure of it, or an earlier sentence.

use std::ops::Range;

use super::choose::Choice;
use super::clause::TaggedSentence;
use super::memory::{Last, MetricMemory};
use crate::extract::mention::Mention;
use crate::fact::Kind;

/// How many figures ahead a metric is looked for where nothing before names one.
const LOOK_AHEAD: usize = 4;

/// Where the words for one figure stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// Tokens of its own sentence.
    Own(Range<usize>),
    /// Tokens of its unit, which no other figure takes up.
    Unit(Range<usize>),
    /// [`Last::any`].
    Last,
    /// [`Last::measured`].
    Measured,
    /// [`Last::share`].
    Share,
    /// [`Last::place`].
    Place,
    /// [`MetricMemory::text`]; `level`: as a measure whose level is stated anew; `any`: later figures take it up.
    Earlier { level: bool, any: bool },
    /// [`Last::any`], of which tokens of its own sentence say another statistic.
    Other(Range<usize>),
    /// The last measure of money.
    Sum,
    /// Nothing says what is measured.
    Nothing,
}

impl Taken {
    /// The tokens, where they are of its own sentence.
    pub(super) fn own(&self) -> Option<&Range<usize>> {
        match self {
            Self::Own(tokens) => Some(tokens),
            _ => None,
        }
    }
}

/// What is known before a figure is named.
#[derive(Debug, Clone, Copy)]
pub(super) struct State<'a, 't> {
    pub(super) tagged: &'a TaggedSentence<'a, 't>,
    /// What was named before it in its sentence.
    pub(super) last: &'a Last<'t>,
    pub(super) memory: &'a MetricMemory,
}

impl<'a> State<'a, '_> {
    /// From where figure `index` takes its words; `choices` are those of all figures.
    pub(super) fn taken(&self, choices: &[Choice], index: usize) -> Taken {
        let (last, memory) = (self.last, self.memory);
        let mention = &self.tagged.mentions[index];
        match &choices[index] {
            Choice::Equal { .. } if last.share.is_some() => Taken::Share,
            Choice::Equal { noun: Some(own), .. } | Choice::Own(own) => Taken::Own(own.clone()),
            Choice::Unit { level: true, .. } if last.measured.is_some() && last.measured == last.any => {
                Taken::Measured
            }
            Choice::Unit { level: true, .. }
                if last.any.is_none() && memory.scored && memory.fits(mention) =>
            {
                Taken::Earlier { level: true, any: true }
            }
            Choice::Unit { unit, .. } => Taken::Unit(unit.clone()),
            Choice::Absent => Taken::Nothing,
            Choice::Carried(weak) | Choice::Equal { bare: weak, .. } => {
                self.carried(weak.as_ref(), choices, index)
            }
        }
    }

    /// From where a figure takes its words that names nothing of its own but perhaps `weak`.
    fn carried(&self, weak: Option<&Range<usize>>, choices: &[Choice], index: usize) -> Taken {
        let Self { tagged, last, memory } = self;
        let mention = &tagged.mentions[index];
        let ahead = || ahead(choices, tagged.mentions, index);
        let own = |noun: Option<&Range<usize>>| noun.cloned().map_or(Taken::Nothing, Taken::Own);
        // Where only a name stands before a change, what was counted before is not what changed.
        if mention.kind != Kind::Count && weak.is_some_and(|weak| tagged.is_name(weak)) {
            return match last.measured {
                Some(_) => Taken::Measured,
                None if memory.measured && memory.fits(mention) => Taken::Earlier { level: true, any: false },
                None => own(ahead()),
            };
        }
        if last.any.is_none() && mention.is_change && last.place.is_some() {
            return Taken::Place;
        }
        if last.reaches(mention.kind) {
            return Taken::Last;
        }
        // What a phrase such as `con số này` takes up may have had another unit.
        let points_back =
            || memory.measured && memory.knows() && weak.is_some_and(|weak| tagged.points_back(weak));
        if memory.fits(mention) || points_back() {
            return Taken::Earlier { level: false, any: true };
        }
        if last.any.is_none() && tagged.follows_name(index) && memory.sum_of(mention).is_some() {
            return Taken::Sum;
        }
        own(weak.or_else(ahead))
    }

    /// The words for figure `index`.
    pub(super) fn words(&self, taken: &Taken, index: usize) -> Option<&'a str> {
        let Self { tagged, last, memory } = *self;
        match taken {
            Taken::Own(tokens) if tokens.end <= tagged.figures[index].start => {
                let tokens = tagged.with_statistic(index, tokens.clone());
                Some(tagged.sentence.words(tokens.start, tokens.end))
            }
            Taken::Own(tokens) | Taken::Unit(tokens) | Taken::Other(tokens) => {
                Some(tagged.sentence.words(tokens.start, tokens.end))
            }
            Taken::Last => last.any.as_deref(),
            Taken::Measured => last.measured.as_deref(),
            Taken::Share => last.share.as_ref().map(|share| &*share.text),
            Taken::Place => last.place.as_deref(),
            Taken::Earlier { .. } => Some(&memory.text),
            Taken::Sum => memory.sum_of(&tagged.mentions[index]),
            Taken::Nothing => None,
        }
    }
}

/// The words that the next figure of the same kind, or a rank, has of its own.
fn ahead<'c>(choices: &'c [Choice], mentions: &[Mention<'_>], index: usize) -> Option<&'c Range<usize>> {
    let kind = mentions[index].kind;
    let mut near = choices.iter().zip(mentions).skip(index + 1).take(LOOK_AHEAD);
    near.find_map(|(choice, other)| choice.own().filter(|_| other.kind == kind || other.kind == Kind::Rank))
}
