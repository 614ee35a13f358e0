//! The examples of the rules about numbers, run.

use super::rule::{Evidence, Example};
use super::{Account, Analysis, Outcome, Scratch};
use crate::extract::mention::Mention;
use crate::extract::rules::ExtractRules;
use crate::extract::sentence::Sentence;
use crate::fact::Status;
use crate::rules::{ExampleOutcome, Verdict};

/// Which rule an example belongs to.
#[derive(Debug, Clone, Copy)]
enum Subject {
    /// A reading, by its index.
    Reading(usize),
    /// An attribute or a status, which only shows in the fields.
    Attribute,
}

/// Reads sentences with all rules, as an article would be read.
struct Runner<'r> {
    rules: &'r ExtractRules,
    scratch: Scratch,
}

impl ExtractRules {
    /// Runs the examples of the rules about numbers. What is a time by other rules is no number.
    pub(crate) fn test_numbers(&self) -> Vec<ExampleOutcome> {
        let mut runner = Runner { rules: self, scratch: self.numbers.scratch() };
        let mut outcomes = Vec::new();
        for (index, rule) in self.numbers.readings.rules.iter().enumerate() {
            let subject = Subject::Reading(index);
            runner.run((&rule.file, &rule.name), subject, &rule.evidence, &mut outcomes);
        }
        for rule in &self.numbers.attributes.rules {
            runner.run((&rule.file, &rule.name), Subject::Attribute, &rule.evidence, &mut outcomes);
        }
        for (file, name, evidence) in &self.numbers.statuses.evidence {
            runner.run((file, name), Subject::Attribute, evidence, &mut outcomes);
        }
        outcomes
    }
}

impl Runner<'_> {
    fn run(
        &mut self,
        (file, rule): (&str, &str),
        subject: Subject,
        evidence: &Evidence,
        into: &mut Vec<ExampleOutcome>,
    ) {
        let mut push = |text: &str, verdict| {
            let (file, rule) = (file.to_owned(), rule.to_owned());
            into.push(ExampleOutcome { file, rule, text: text.to_owned(), verdict });
        };
        for example in &evidence.examples {
            push(&example.text, self.verdict(subject, example));
        }
        for text in &evidence.leave {
            let alarm = self.read(text, |_, analysis| is_read(subject, analysis));
            push(text, if alarm { Verdict::FalseAlarm } else { Verdict::Right });
        }
        for example in &evidence.todo {
            let verdict = match self.verdict(subject, example) {
                Verdict::Right => Verdict::Wrong("it is read now: move it to `examples`".to_owned()),
                _ => Verdict::Todo,
            };
            push(&example.text, verdict);
        }
    }

    fn read<T>(&mut self, text: &str, look: impl FnOnce(&str, &Analysis<'_>) -> T) -> T {
        let sentence = Sentence::new(text, &self.rules.vocabulary);
        let mut times = Vec::new();
        self.rules.times.find(text, &mut times);
        self.rules.numbers.begin(&mut self.scratch);
        look(text, &self.rules.numbers.read(&sentence, &times, None, &mut self.scratch))
    }

    fn verdict(&mut self, subject: Subject, example: &Example) -> Verdict {
        self.read(&example.text, |text, analysis| {
            let quote = example.quote.as_deref().unwrap_or_default();
            let is_quote = |span: &std::ops::Range<usize>| text[span.clone()] == *quote;
            match subject {
                Subject::Reading(rule) => {
                    let fact =
                        analysis.mentions.iter().find(|m| m.rule as usize == rule && is_quote(&m.quote));
                    let dropped = |a: &&Account| a.outcome == Outcome::NotFact(rule) && is_quote(&a.span);
                    match (fact, analysis.accounts.iter().find(dropped)) {
                        (Some(mention), _) => compare(example, mention),
                        (None, Some(_)) => Verdict::Right,
                        (None, None) => Verdict::Missed,
                    }
                }
                Subject::Attribute => match analysis.mentions.iter().find(|m| is_quote(&m.quote)) {
                    Some(mention) => compare(example, mention),
                    None => Verdict::Missed,
                },
            }
        })
    }
}

fn is_read(subject: Subject, analysis: &Analysis<'_>) -> bool {
    match subject {
        Subject::Reading(rule) => {
            analysis.mentions.iter().any(|m| m.rule as usize == rule)
                || analysis.accounts.iter().any(|a| a.outcome == Outcome::NotFact(rule))
        }
        Subject::Attribute => analysis.mentions.iter().any(|m| {
            m.qualifier.is_some()
                || m.direction.is_some()
                || m.is_change
                || m.per.is_some()
                || m.status != Status::Actual
        }),
    }
}

/// What differs between the fields that an example states and those that were read.
fn compare(example: &Example, got: &Mention<'_>) -> Verdict {
    let mut wrong = Vec::new();
    let mut field = |name: &str, want: Option<String>, got: String| {
        if want.as_ref().is_some_and(|want| *want != got) {
            wrong.push(format!("{name} is `{got}`"));
        }
    };
    let decimal = |d: Option<rust_decimal::Decimal>| d.map_or(String::new(), |d| d.normalize().to_string());
    let debug = |d: &dyn std::fmt::Debug| format!("{d:?}");
    field("kind", example.kind.map(|k| debug(&k)), debug(&got.kind));
    field("value", example.value.clone(), decimal(Some(got.value)));
    field("max", example.max.clone(), decimal(got.value_max));
    field("of", example.of.clone(), decimal(got.denominator));
    field("unit", example.unit.clone(), got.unit.as_deref().unwrap_or_default().to_owned());
    field("per", example.per.clone(), got.per.as_deref().unwrap_or_default().to_owned());
    field("qualifier", example.qualifier.map(|q| debug(&Some(q))), debug(&got.qualifier));
    field("direction", example.direction.map(|d| debug(&Some(d))), debug(&got.direction));
    field("change", example.change.map(|c| debug(&c)), debug(&got.is_change));
    field("status", example.status.map(|s| debug(&s)), debug(&got.status));
    if wrong.is_empty() { Verdict::Right } else { Verdict::Wrong(wrong.join(", ")) }
}
