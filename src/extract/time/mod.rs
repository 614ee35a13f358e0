//! Vietnamese time expressions: found, resolved to first and last day, and given to the facts they govern.
//!
//! A sentence goes through these steps, in this order:
//!
//! 1. find its expressions by the rules, longest first ([`find`]);
//! 2. settle what the words around each make of it: a beginning, a name, a time that comes back ([`find::settle`]);
//! 3. resolve each to days; what its words leave out comes from the sentence, from earlier ones or from the page's
//!    date ([`resolve`]);
//! 4. say which one governs which figure, and what changes are measured against ([`govern`], [`govern::base`]);
//! 5. date the figures by what governs them, or by the time of an earlier sentence ([`govern::dating`], [`carry`]);
//! 6. remember what later sentences may continue ([`carry::remember`], [`TimeMemory`]).
//!
//! The first two need the sentence alone, so that numbers in expressions are known before figures are read
//! ([`TimeRules::find`]); the others need its figures ([`TimeRules::date`]). What a rule file says is in `schema`, what
//! it compiles to in `compile` and `cues`; what an expression states before it is resolved, in `statement`.

mod alone;
mod carry;
mod clause;
mod compile;
mod cues;
mod definitions;
mod ending;
mod examples;
mod find;
mod govern;
mod interval;
mod resolve;
mod schema;
mod source;
mod statement;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use self::alone::TimeReading;
pub use self::carry::memory::TimeMemory;
use self::compile::Compiled;
pub use self::interval::Interval;
use self::interval::Unit;
use self::schema::Role;
use self::statement::{Field, Part, Shape, Statement};
use crate::extract::mention::Scene;
use crate::fact::{Base, Time, TimeSource};
use crate::rules::{ExampleOutcome, RuleError, RuleSources};

/// What begins within so many bytes leads its sentence.
const LEADING_BYTES: usize = 24;

/// A time expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    /// Byte range in the sentence. Numbers in it are no facts.
    pub span: Range<usize>,
    /// Where the expression begins behind the words of its frame (`tính đến`, `từ`).
    core: usize,
    /// Where the clause begins that it is the time of (`kể từ khi … năm 2006`); its own beginning for all others.
    lead: usize,
    /// What its words state; of a range, what the words for its beginning state.
    statement: Statement,
    /// What the words for the end of a range state; absent where it is none.
    until: Option<Statement>,
    /// How figures relate to it (since, by, as of): its frame says so, or its clause; absent where nothing does.
    role: Option<Role>,
    /// Whether it gives way to any other time of the sentence: words for now (`hiện`) are there for the flow.
    weak: bool,
    /// Index of the rule that found it.
    rule: u32,
}

impl TimeMention {
    /// Whether it is a range from the day of writing on.
    fn begins_today(&self) -> bool {
        let s = &self.statement;
        let today =
            s.shape == Shape::Relative && s.unit() == Some(Unit::Day) && s.get(Field::Shift) == Some(0);
        let marked = self.role == Some(Role::Since) || s.part() == Some(Part::Beginning);
        today && marked && self.until.is_some()
    }

    /// Whether it leads its sentence.
    fn leads(&self) -> bool {
        self.span.start < LEADING_BYTES
    }

    /// What of it may lack its year.
    fn dated(&self) -> &Statement {
        self.until.as_ref().filter(|_| self.begins_today()).unwrap_or(&self.statement)
    }

    /// Whether it only names something, such as a document: a period that is planned for is still one that is spoken of.
    fn only_names(&self) -> bool {
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

/// Compiled `rules/time/`.
#[derive(Debug)]
pub struct TimeRules {
    compiled: Compiled,
}

impl TimeRules {
    /// Compiles the rules of time expressions.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        Ok(Self { compiled: compile::compile(sources)? })
    }

    /// Finds the time expressions of a sentence, in order, in the place of what `into` held.
    pub fn find(&self, text: &str, into: &mut Vec<TimeMention>) {
        into.clear();
        self::find::find(&self.compiled, text, into);
    }

    /// Resolves the expressions of one sentence; one entry an expression, absent where the days are not known.
    pub(crate) fn resolve(
        &self,
        text: &str,
        times: &[TimeMention],
        memory: &TimeMemory,
    ) -> Vec<Option<Resolved>> {
        self::resolve::resolve(&self.compiled, text, times, memory)
    }

    /// Dates every mention of a scene; one entry a mention. Also called, without mentions, for sentences that only
    /// set the scene for later ones.
    pub fn date<'t>(&self, scene: &Scene<'_, 't>, memory: &mut TimeMemory) -> Vec<Dating<'t>> {
        self::govern::date(&self.compiled, scene, memory)
    }

    /// The name of the rule that found an expression.
    pub fn rule_name(&self, time: &TimeMention) -> &str {
        self.compiled.rules.get(time.rule as usize).map_or("", |rule| &rule.name)
    }

    /// Runs the examples of all rules.
    pub fn test(&self) -> Vec<ExampleOutcome> {
        examples::run(self)
    }
}
