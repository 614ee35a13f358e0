//! A time expression in a sentence, the days that it stands for, and the time of a fact.

use std::ops::Range;

use super::interval::{Interval, Unit};
use super::schema::Role;
use super::statement::{Field, Part, Shape, Statement};
use crate::fact::{Base, Time, TimeSource};

/// What begins within so many bytes leads its sentence.
pub(super) const LEADING_BYTES: usize = 24;

/// A time expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    /// Byte range in the sentence. Numbers in it are no facts.
    pub span: Range<usize>,
    /// Where the expression begins behind the words of its frame (`tính đến`, `từ`).
    pub(super) core: usize,
    /// Where the clause begins that it is the time of (`kể từ khi … năm 2006`); its own beginning for all others.
    pub(super) lead: usize,
    /// What its words state; of a range, what the words for its beginning state.
    pub(super) statement: Statement,
    /// What the words for the end of a range state; absent where it is none.
    pub(super) until: Option<Statement>,
    /// How figures relate to it (since, by, as of): its frame says so, or its clause; absent where nothing does.
    pub(super) role: Option<Role>,
    /// Whether it gives way to any other time of the sentence: words for now (`hiện`) are there for the flow.
    pub(super) weak: bool,
    /// Index of the rule that found it.
    pub(super) rule: u32,
}

impl TimeMention {
    /// Whether it is a range from the day of writing on.
    pub(super) fn begins_today(&self) -> bool {
        let s = &self.statement;
        let today =
            s.shape == Shape::Relative && s.unit() == Some(Unit::Day) && s.get(Field::Shift) == Some(0);
        let marked = self.role == Some(Role::Since) || s.part() == Some(Part::Beginning);
        today && marked && self.until.is_some()
    }

    /// Whether it leads its sentence.
    pub(super) fn leads(&self) -> bool {
        self.span.start < LEADING_BYTES
    }

    /// What of it may lack its year.
    pub(super) fn dated(&self) -> &Statement {
        self.until.as_ref().filter(|_| self.begins_today()).unwrap_or(&self.statement)
    }

    /// Whether it only names something, such as a document: a period that is planned for is still one that is spoken of.
    pub(super) fn only_names(&self) -> bool {
        let period =
            matches!(self.statement.shape, Shape::First | Shape::Last | Shape::Quarter | Shape::Half);
        self.role == Some(Role::Name) && !period
    }
}

/// The time of one fact, and what its change is measured against.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dating<'t> {
    /// When it holds.
    pub time: Option<Time<'t>>,
    /// What it is measured against.
    pub base: Option<Base<'t>>,
}

/// The days that an expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// First and last day.
    pub interval: Interval,
    /// Where what the words leave out came from.
    pub source: TimeSource,
}
