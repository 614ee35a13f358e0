//! Runs the examples that stand beside the page rules.

use super::rules::{Compiled, Example, Subject};
use crate::rules::{ExampleOutcome, Verdict};

/// What became of every example.
pub(super) fn run(rules: &Compiled) -> Vec<ExampleOutcome> {
    rules.examples.iter().map(|e| outcome(rules, e)).collect()
}

fn outcome(rules: &Compiled, example: &Example) -> ExampleOutcome {
    let text = &example.text;
    let (read, other) = match example.subject {
        Subject::Line => by_cue(rules, example),
        Subject::Date => (rules.datelines.date_in(text).is_some(), None),
        Subject::Part(i) => (rules.datelines.parts[i].is_match(text), None),
        Subject::Spam => (rules.spam.count(text) > 0, None),
    };
    let verdict = match (read, example.reads) {
        (true, true) | (false, false) => Verdict::Right,
        (true, false) => Verdict::FalseAlarm(None),
        (false, true) => Verdict::Missed(other.map(|name| format!("read by {name}"))),
    };
    ExampleOutcome::new(&example.file, &example.rule, text, verdict)
}

/// Whether the rule of the example reads it, and which other rule does.
fn by_cue(rules: &Compiled, example: &Example) -> (bool, Option<&'static str>) {
    match rules.cues.find(&example.text) {
        Some(cue) if cue.name == example.rule => (true, None),
        Some(cue) => (false, Some(cue.name)),
        None => (false, None),
    }
}

#[cfg(test)]
mod tests {
    use crate::page::PageRules;
    use crate::rules::{RuleSources, assert_right};

    #[test]
    fn every_example_behaves() {
        assert_right(&PageRules::compile(&RuleSources::builtin()).unwrap().test());
    }
}
