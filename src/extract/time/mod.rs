//! Vietnamese time expressions: found, resolved to first and last day, and given to the facts they govern.
//!
//! A sentence goes through these steps, in this order:
//!
//! 1. find its expressions by the rules, longest first ([`find`]);
//! 2. settle what the words around each make of it: a beginning, a name, a time that comes back ([`find::settle`]);
//! 3. resolve each to days; what its words leave out comes from the sentence, from earlier ones or from the page's
//!    date ([`resolve`]);
//! 4. say which one governs which figure, and what changes are measured against ([`govern`], [`base`]);
//! 5. date the figures by what governs them, or by the time of an earlier sentence ([`dating`], [`carry`]);
//! 6. remember what later sentences may continue ([`carry::remember`], [`TimeMemory`]).
//!
//! Each module knows only those that stand before it here: `interval`, `statement`, `schema`, `mention`, `phrases`,
//! `clause`; `engine`, `cues`, `editions`, `feasts` and what else the rules are compiled to ([`compile`]); [`find`];
//! [`memory`]; [`resolve`]; [`base`]; [`view`]; [`govern`]; [`carry`]; [`dating`].
//!
//! The first two steps need the sentence alone, so that numbers in expressions are known before figures are read
//! ([`TimeRules::find`]); the others need its figures ([`TimeRules::date`]). What a rule file says is in `schema`, what
//! it compiles to in `compile` and `cues`; what an expression states before it is resolved, in `statement`.

mod alone;
mod base;
mod carry;
mod clause;
mod compile;
mod cues;
mod dating;
mod definitions;
mod editions;
mod engine;
mod examples;
mod feasts;
mod find;
mod govern;
mod interval;
mod memory;
pub(super) mod mention;
mod phrases;
mod read_before;
mod resolve;
mod rule_text;
mod schema;
mod statement;
#[cfg(test)]
mod tests;
mod view;

pub use self::alone::TimeReading;
use self::compile::Compiled;
pub use self::interval::Interval;
pub use self::memory::TimeMemory;
pub use self::mention::{Dating, Resolved, TimeMention};
use crate::extract::mention::Scene;
use crate::rules::{ExampleOutcome, RuleError, RuleSources};

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
        self::dating::date(&self.compiled, scene, memory)
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
