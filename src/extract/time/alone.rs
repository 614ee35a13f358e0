//! The expressions of a sentence by themselves, without the figures that they date.

use super::base;
use super::statement::Shape;
use super::{Resolved, TimeMemory, TimeMention, TimeRules};
use crate::extract::mention::Scene;
use crate::extract::sentence::Sentence;
use crate::fact::TimeSource;

/// A time expression with what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeReading<'t> {
    /// The words.
    pub text: &'t str,
    /// The expression.
    pub time: TimeMention,
    /// Its days; absent where they are not known.
    pub resolved: Option<Resolved>,
}

impl TimeRules {
    /// Reads the expressions of a sentence, and leaves behind what later sentences need.
    pub fn read<'t>(&self, sentence: &'t str, memory: &mut TimeMemory) -> Vec<TimeReading<'t>> {
        let mut times = Vec::new();
        self.find(sentence, &mut times);
        let mut resolved = self.resolve(sentence, &times, memory);
        for i in 0..times.len() {
            if times[i].statement.shape == Shape::SamePeriod {
                resolved[i] = same_period(&times, &resolved[..i], memory);
            }
        }
        let sentence_only = Sentence { text: sentence, tokens: Vec::new() };
        self.date(&Scene { sentence: &sentence_only, mentions: &[], times: &times, entities: &[] }, memory);
        let with_text = |(time, resolved): (TimeMention, Option<Resolved>)| TimeReading {
            text: &sentence[time.span.clone()],
            time,
            resolved,
        };
        times.into_iter().zip(resolved).map(with_text).collect()
    }
}

/// The same period as that of the expression before, in another year.
fn same_period(times: &[TimeMention], earlier: &[Option<Resolved>], memory: &TimeMemory) -> Option<Resolved> {
    let time = &times[earlier.len()];
    let told = times.iter().zip(earlier).rev().filter(|(time, _)| time.statement.shape != Shape::Now);
    let here = told.filter_map(|(_, found)| *found).map(|r| (r.interval, TimeSource::Sentence)).next();
    let carried = memory.carried.as_ref().map(|c| (c.interval, TimeSource::Context));
    let (of, source) = here.or(carried)?;
    Some(Resolved { interval: base::resolve(time, None, Some(of))?, source })
}
