//! Days that a page states with their year further on: one near them that states none is of the same year.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::extract::time::compile::Compiled;
use crate::extract::time::interval::Interval;
use crate::extract::time::memory::speaks;
use crate::extract::time::statement::{Field, Shape, Statement};
use crate::extract::time::{TimeMemory, TimeMention, TimeRules};

/// Days around a stated day in which another is of its year. (Of those within a month one in six is not.)
const NEAR: RangeInclusive<i32> = -10..=10;

impl TimeRules {
    /// Learns the days that a sentence states in full, before it is read.
    pub fn look_ahead(&self, sentence: &str, memory: &mut TimeMemory) {
        let mut times = Vec::new();
        self.find(sentence, &mut times);
        self.learn_ahead(sentence, &times, memory);
    }

    /// The same where its expressions were found already. Where the day of publication is known, they tell nothing.
    pub(crate) fn learn_ahead(&self, text: &str, times: &[TimeMention], memory: &mut TimeMemory) {
        if memory.published.is_some() {
            return;
        }
        if !times.is_empty() {
            memory.state(times, recalls(&self.compiled, text));
        }
        memory.page_year.learn(self.compiled.editions.as_ref(), text, times, memory.latest);
    }
}

/// Whether a sentence recalls something.
pub(crate) fn recalls(rules: &Compiled, text: &str) -> bool {
    rules.cues.resolve.recalls.iter().any(|words| text.contains(words.as_str()))
}

impl TimeMemory {
    /// Learns the latest year of expressions, and what days of it they state unless these are only recalled.
    fn state(&mut self, times: &[TimeMention], recalled: bool) {
        for time in times.iter().filter(|time| speaks(time)) {
            let year = time.until.unwrap_or(time.statement).get(Field::Year);
            if year > self.latest {
                self.latest = year;
                self.days_of_latest.clear();
            }
            let day = day(&time.statement).filter(|day| !recalled && Some(day.year()) == self.latest);
            self.days_of_latest.extend(day.filter(|day| !self.days_of_latest.contains(day)));
        }
    }

    /// The latest year that the page speaks of, if it states a day of it that something lies near; `fit` gives the days of
    /// that in a year. Days of earlier years are what the news recalls: an anniversary, an old case.
    pub(crate) fn year_stated_near(&self, fit: impl Fn(i32) -> Option<Interval>) -> Option<i32> {
        let latest = i32::from(self.latest?);
        let days = fit(latest)?;
        let near = |stated: &Date| Interval::day(*stated).to(days).is_some_and(|days| NEAR.contains(&days));
        self.days_of_latest.iter().any(near).then_some(latest)
    }
}

/// The day that is stated, with its year.
fn day(statement: &Statement) -> Option<Date> {
    let field = |field| statement.get(field);
    let [month, day] = [field(Field::Month)?, field(Field::Day)?].map(i8::try_from);
    (statement.shape == Shape::Day)
        .then(|| Date::new(field(Field::Year)?, month.ok()?, day.ok()?).ok())
        .flatten()
}
