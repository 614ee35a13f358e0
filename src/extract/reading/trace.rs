//! Why a rule did or did not take a number.

use super::context::Match;
use super::number_context::NumberContext;
use super::takers::NumberTraits;
use super::{Account, NumberRules, Outcome};
use crate::extract::number::decimal::Convention;
use crate::extract::number::reader::Reader;
use crate::extract::sentence::Sentence;
use crate::extract::time::TimeMention;

/// What became of one rule at one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// It holds and speaks.
    Holds,
    /// It holds, but this rule speaks.
    Outranked(usize),
    /// Rules are not asked about this number.
    NoNumber,
    /// Its pattern before the number does not match.
    Before,
    /// Its pattern behind the number does not match.
    After,
    /// Neither pattern matches.
    NeitherSide,
    /// It does not take a number of this form or value.
    Number,
    /// It finds no unit, or one that runs into a time expression.
    Unit,
}

impl NumberRules {
    /// The index of the reading of that name.
    pub fn reading_named(&self, name: &str) -> Option<usize> {
        self.readings.rules.iter().position(|rule| rule.name == name)
    }

    /// Why the reading `rule` did or did not take the number of `account`, one of a sentence that was read with these time
    /// expressions.
    pub fn trace(
        &self,
        rule: usize,
        account: &Account,
        sentence: &Sentence<'_>,
        times: &[TimeMention],
        convention: Option<Convention>,
    ) -> Trace {
        let reader = Reader { numerals: &self.numerals, sentence, convention };
        let number = reader.read(sentence.token_at(account.span.start)).filter(|n| n.span == account.span);
        let (Some(number), false) = (number, account.outcome == Outcome::Time) else {
            return Trace::NoNumber;
        };
        let mut scratch = self.scratch();
        let cache = &mut scratch.readings;
        match self.readings.contexts.probe(rule, sentence.text, number.span.clone(), cache) {
            (false, false) => return Trace::NeitherSide,
            (false, true) => return Trace::Before,
            (true, false) => return Trace::After,
            (true, true) => {}
        }
        let limit = next_time(times, number.span.start);
        let context = NumberContext { sentence, number: &number, limit, convention };
        self.find_matches(&context, &mut scratch);
        let reading = &self.readings.rules[rule];
        if !reading.takes_traits(NumberTraits::of(&number))
            || !reading.takes(&number, &scratch.search.spelled)
        {
            return Trace::Number;
        }
        let holds = |matched: &&Match| self.try_rule(&context, &scratch.search, **matched).is_some();
        let holding = scratch.found.iter().filter(|m| m.rule == rule).any(|m| holds(&m));
        match (holding, scratch.found.iter().find(holds)) {
            (false, _) => Trace::Unit,
            (true, Some(first)) if first.rule != rule => Trace::Outranked(first.rule),
            (true, _) => Trace::Holds,
        }
    }
}

/// Where the first of the time expressions begins that does not end before a number at byte `start`.
fn next_time(times: &[TimeMention], start: usize) -> usize {
    times.iter().find(|time| time.span.end > start).map_or(usize::MAX, |time| time.span.start)
}
