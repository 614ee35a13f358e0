//! The examples of the rules about numbers, run.

use std::ops::Range;

use super::rule::{Example, Examples};
use super::{Account, Analysis, NumberRules, NumberScratch, Outcome};
use crate::extract::mention::Mention;
use crate::extract::sentence::Sentence;
use crate::extract::time::TimeRules;
use crate::extract::words::vocabulary::Vocabulary;
use crate::fact::{Direction, Qualifier, Status};
use crate::rules::{ExampleOutcome, Verdict};

/// Which rule an example belongs to.
#[derive(Debug, Clone, Copy)]
enum Subject {
    /// A reading, by its index.
    Reading(usize),
    /// An attribute or a status, which only shows in the fields.
    Attribute,
}

/// Reads sentences as an article would be read.
struct Runner<'r> {
    rules: &'r NumberRules,
    times: &'r TimeRules,
    vocabulary: &'r Vocabulary,
    scratch: NumberScratch,
}

impl NumberRules {
    /// Runs the examples of the rules. What is a time by other rules is no number.
    pub(crate) fn test(&self, times: &TimeRules, vocabulary: &Vocabulary) -> Vec<ExampleOutcome> {
        let mut runner = Runner { rules: self, times, vocabulary, scratch: self.scratch() };
        let mut outcomes = Vec::new();
        for (index, rule) in self.readings.rules.iter().enumerate() {
            let subject = Subject::Reading(index);
            runner.run((&rule.file, &rule.name), subject, &rule.examples, &mut outcomes);
        }
        for rule in &self.attributes.rules {
            runner.run((&rule.file, &rule.name), Subject::Attribute, &rule.examples, &mut outcomes);
        }
        for (file, name, examples) in &self.statuses.examples {
            runner.run((file, name), Subject::Attribute, examples, &mut outcomes);
        }
        outcomes
    }
}

impl Runner<'_> {
    fn run(
        &mut self,
        (file, rule): (&str, &str),
        subject: Subject,
        examples: &Examples,
        into: &mut Vec<ExampleOutcome>,
    ) {
        let mut push = |text: &str, verdict| into.push(ExampleOutcome::new(file, rule, text, verdict));
        for example in &examples.read {
            push(&example.text, self.verdict(subject, example));
        }
        for text in &examples.leave {
            let alarm = self.read(text, |text, analysis| alarm(subject, text, analysis));
            push(text, alarm.map_or(Verdict::Right, |read| Verdict::FalseAlarm(Some(read))));
        }
        for example in &examples.todo {
            let verdict = match self.verdict(subject, example) {
                Verdict::Right => Verdict::Wrong("it is read now: move it to `examples`".to_owned()),
                _ => Verdict::Todo,
            };
            push(&example.text, verdict);
        }
    }

    fn read<T>(&mut self, text: &str, look: impl FnOnce(&str, &Analysis<'_>) -> T) -> T {
        let sentence = Sentence::new(text, self.vocabulary);
        let mut times = Vec::new();
        self.times.find(text, &mut times);
        self.scratch.begin_article();
        look(text, &self.rules.read(&sentence, &times, None, &mut self.scratch))
    }

    fn verdict(&mut self, subject: Subject, example: &Example) -> Verdict {
        let rules = self.rules;
        self.read(&example.text, |text, analysis| {
            let quote = example.quote.as_deref().unwrap_or_default();
            let is_quote = |span: &Range<usize>| text[span.clone()] == *quote;
            match subject {
                Subject::Reading(rule) => {
                    let fact =
                        analysis.mentions.iter().find(|m| m.rule as usize == rule && is_quote(&m.quote));
                    let dropped = |a: &&Account| a.outcome == Outcome::NotFact(rule) && is_quote(&a.span);
                    match (fact, analysis.accounts.iter().find(dropped)) {
                        (Some(mention), _) => compare(example, mention),
                        (None, Some(_)) => Verdict::Right,
                        (None, None) => Verdict::Missed(Some(instead(rules, text, analysis, quote))),
                    }
                }
                Subject::Attribute => match analysis.mentions.iter().find(|m| is_quote(&m.quote)) {
                    Some(mention) => compare(example, mention),
                    None => Verdict::Missed(Some(instead(rules, text, analysis, quote))),
                },
            }
        })
    }
}

/// What a rule read that is to leave the text alone.
fn alarm(subject: Subject, text: &str, analysis: &Analysis<'_>) -> Option<String> {
    let mention =
        |is_it: &dyn Fn(&&Mention<'_>) -> bool| analysis.mentions.iter().find(is_it).map(|m| &m.quote);
    let span = match subject {
        Subject::Reading(rule) => mention(&|m| m.rule as usize == rule).or_else(|| {
            analysis.accounts.iter().find(|a| a.outcome == Outcome::NotFact(rule)).map(|a| &a.span)
        }),
        Subject::Attribute => mention(&|m| {
            m.qualifier.is_some()
                || m.direction.is_some()
                || m.is_change
                || m.per.is_some()
                || m.status != Status::Actual
        }),
    };
    span.map(|span| format!("reads `{}`", &text[span.clone()]))
}

/// What became of a number that a rule should have read.
fn instead(rules: &NumberRules, text: &str, analysis: &Analysis<'_>, quote: &str) -> String {
    let Some(start) = text.find(quote).filter(|_| !quote.is_empty()) else {
        return format!("`{quote}` is not in the text");
    };
    let meets = |span: &Range<usize>| span.start < start + quote.len() && start < span.end;
    let name = |rule: usize| &rules.readings.rules[rule].name;
    if let Some(mention) = analysis.mentions.iter().find(|m| meets(&m.quote)) {
        return format!("`{}` is read by {}", &text[mention.quote.clone()], name(mention.rule as usize));
    }
    match analysis.accounts.iter().find(|account| meets(&account.span)).map(|account| account.outcome) {
        Some(Outcome::NotFact(rule)) => format!("`{quote}` is no fact by {}", name(rule)),
        Some(Outcome::Time) => format!("`{quote}` is part of a date or time"),
        _ => "no rule reads it".to_owned(),
    }
}

/// What differs between the fields that an example states and those that were read.
fn compare(example: &Example, got: &Mention<'_>) -> Verdict {
    let mut wrong = Vec::new();
    let mut field = |name: &str, want: Option<String>, got: String| {
        if want.as_ref().is_some_and(|want| *want != got) {
            let (got, want) = (told(&got), told(want.as_deref().unwrap_or_default()));
            wrong.push(format!("{name} is {got}, not {want}"));
        }
    };
    let decimal = |d: Option<rust_decimal::Decimal>| d.map_or(String::new(), |d| d.normalize().to_string());
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    field("kind", example.kind.map(|k| k.as_str().to_owned()), got.kind.as_str().to_owned());
    field("value", example.value.clone(), decimal(Some(got.value)));
    field("max", example.max.clone(), decimal(got.value_max));
    field("of", example.of.clone(), decimal(got.denominator));
    field("unit", example.unit.clone(), word(got.unit.as_deref()));
    field("per", example.per.clone(), word(got.per.as_deref()));
    let (qualifier, direction) = (got.qualifier.map(Qualifier::as_str), got.direction.map(Direction::as_str));
    field("qualifier", example.qualifier.map(|q| q.as_str().to_owned()), word(qualifier));
    field("direction", example.direction.map(|d| d.as_str().to_owned()), word(direction));
    field("change", example.change.map(|c| c.to_string()), got.is_change.to_string());
    field("status", example.status.map(|s| s.as_str().to_owned()), got.status.as_str().to_owned());
    if wrong.is_empty() { Verdict::Right } else { Verdict::Wrong(wrong.join("; ")) }
}

/// A field as it is told; an empty text asks for none.
fn told(field: &str) -> String {
    if field.is_empty() { "absent".to_owned() } else { format!("`{field}`") }
}
