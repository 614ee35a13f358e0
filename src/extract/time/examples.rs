//! Runs the examples of the time rules.

use jiff::civil::Date;

use super::editions::EditionRule;
use super::interval::Interval;
use super::schema::{EditionExample, Example};
use super::{TimeMemory, TimeMention, TimeRules};
use crate::rules::{ExampleOutcome, Verdict};

/// What years in names are called in the place of a rule.
const EDITION: &str = "edition";

pub(super) fn run(rules: &TimeRules) -> Vec<ExampleOutcome> {
    let mut outcomes = Vec::new();
    for (index, rule) in rules.compiled.rules.iter().enumerate() {
        let outcome = |text: &str, verdict| ExampleOutcome::new(&rule.file, &rule.name, text, verdict);
        outcomes
            .extend(rule.examples.iter().map(|example| outcome(&example.text, read(rules, index, example))));
        outcomes.extend(rule.leave.iter().map(|text| outcome(text, leave(rules, index, text))));
    }
    outcomes.extend(rules.compiled.editions.iter().flat_map(editions));
    outcomes
}

/// The examples of years in names.
fn editions(rule: &EditionRule) -> impl Iterator<Item = ExampleOutcome> {
    let outcome = |text: &str, verdict| ExampleOutcome::new(&rule.file, EDITION, text, verdict);
    let reads = move |example: &EditionExample| {
        let verdict = match rule.years(&example.text, None).next() {
            Some(year) if year == example.gives => Verdict::Right,
            Some(year) => Verdict::Wrong(format!("gives {year}, not {}", example.gives)),
            None => Verdict::Missed(None),
        };
        outcome(&example.text, verdict)
    };
    let leaves = move |text: &String| {
        let named = rule.years(text, None).next().map(|year| format!("gives {year}"));
        outcome(text, named.map_or(Verdict::Right, |named| Verdict::FalseAlarm(Some(named))))
    };
    rule.edition.examples.iter().map(reads).chain(rule.edition.leave.iter().map(leaves))
}

fn found(rules: &TimeRules, text: &str) -> Vec<TimeMention> {
    let mut times = Vec::new();
    rules.find(text, &mut times);
    times
}

fn read(rules: &TimeRules, index: usize, example: &Example) -> Verdict {
    let times = found(rules, &example.text);
    let Some(at) = times.iter().position(|time| time.rule as usize == index) else {
        return Verdict::Missed(times.first().map(|time| instead(rules, &example.text, time)));
    };
    let memory = TimeMemory::new(example.today);
    let got = rules.resolve(&example.text, &times, &memory)[at].map(|r| r.interval);
    let got = got.map_or_else(|| "unresolved".to_owned(), written);
    if got == example.gives {
        Verdict::Right
    } else {
        Verdict::Wrong(format!("gives {got}, not {}", example.gives))
    }
}

fn leave(rules: &TimeRules, index: usize, text: &str) -> Verdict {
    let times = found(rules, text);
    let read = times.iter().find(|time| time.rule as usize == index);
    read.map_or(Verdict::Right, |time| Verdict::FalseAlarm(Some(instead(rules, text, time))))
}

/// What was read, and by which rule.
fn instead(rules: &TimeRules, text: &str, time: &TimeMention) -> String {
    format!("`{}` is read by {}", &text[time.span.clone()], rules.rule_name(time))
}

/// An interval as the examples write it.
pub(super) fn written(interval: Interval) -> String {
    let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    if interval.first == interval.last {
        day(interval.first)
    } else {
        format!("{}/{}", day(interval.first), day(interval.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{RuleSources, assert_right};

    #[test]
    fn every_example_of_the_built_in_rules() {
        let rules = TimeRules::compile(&RuleSources::builtin()).map_err(|e| e.render(false)).unwrap();
        assert_right(&rules.test());
    }
}
