//! The examples of the metric rules, run.

use super::markup::Marked;
use super::{Feature, MetricMemory, MetricRules, Weighed};
use crate::extract::sentence::Sentence;
use crate::extract::weigh::Lesson;
use crate::extract::words::vocabulary::Vocabulary;
use crate::rules::{ExampleOutcome, Verdict};

/// What was read of one figure.
struct Read {
    text: String,
    candidates: Vec<Weighed>,
    id: Option<String>,
    theme: Option<String>,
}

impl MetricRules {
    /// Runs the examples of all metric rules. `vocabulary` is the one that the rules were compiled with.
    pub fn test(&self, vocabulary: &Vocabulary) -> Vec<ExampleOutcome> {
        let mut outcomes = Vec::new();
        self.test_words(vocabulary, &mut outcomes);
        self.test_abbreviations(vocabulary, &mut outcomes);
        self.test_themes(vocabulary, &mut outcomes);
        self.test_metrics(vocabulary, &mut outcomes);
        outcomes
    }

    /// What the examples of the rules teach: the words that they name, and where they ask for something else, that what the lists
    /// alone come to is right.
    pub fn lessons(&self, vocabulary: &Vocabulary) -> Vec<Lesson<Feature>> {
        let named = self.text.lists.iter().flat_map(|list| &list.examples);
        let named = named.map(|example| (&example.text, &*example.metrics));
        let short =
            self.text.abbreviations.iter().flat_map(|list| &list.examples).map(|example| &example.text);
        let themes = self.text.themes.iter().flat_map(|rule| rule.examples.iter().chain(&rule.leave));
        let metrics = self.canonical.rules().flat_map(|(_, rule)| rule.examples.iter().chain(&rule.leave));
        let others = short.chain(themes).chain(metrics).map(|text| (text, &[][..]));
        let lessons = named.chain(others).filter_map(|(text, metrics): (_, &[String])| {
            let read = self.read_marked(vocabulary, text).ok()?;
            Some(read.into_iter().enumerate().map(|(i, read)| {
                let ruled = read.candidates.iter().find(|c| c.is_default).map_or("", |c| &c.text);
                let right = metrics.get(i).map_or(ruled, String::as_str);
                Lesson::new(&read.candidates, |text| text == right).of_rule()
            }))
        });
        lessons.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    fn test_words(&self, vocabulary: &Vocabulary, into: &mut Vec<ExampleOutcome>) {
        for list in &self.text.lists {
            for example in &list.examples {
                let verdict = self.verdict(vocabulary, &example.text, |read| {
                    let got: Vec<&str> = read.iter().map(|r| r.text.as_str()).collect();
                    (got != example.metrics)
                        .then(|| Verdict::Wrong(format!("metrics {got:?}, not {:?}", example.metrics)))
                });
                into.push(ExampleOutcome::new(&self.text.file, &list.name, &example.text, verdict));
            }
        }
    }

    fn test_abbreviations(&self, vocabulary: &Vocabulary, into: &mut Vec<ExampleOutcome>) {
        for list in &self.text.abbreviations {
            for example in &list.examples {
                let verdict = self.verdict(vocabulary, &example.text, |read| {
                    let got = read.first().and_then(|r| r.id.clone());
                    (got.as_ref() != Some(&example.id)).then(|| {
                        let got = got.as_deref().unwrap_or("nothing");
                        Verdict::Wrong(format!("metric is `{got}`, not `{}`", example.id))
                    })
                });
                into.push(ExampleOutcome::new(&self.text.file, &list.name, &example.text, verdict));
            }
        }
    }

    fn test_themes(&self, vocabulary: &Vocabulary, into: &mut Vec<ExampleOutcome>) {
        for rule in &self.text.themes {
            let of = |read: &Read| read.theme.clone();
            self.test_named(vocabulary, &self.text.file, &rule.name, (&rule.examples, &rule.leave), of, into);
        }
    }

    fn test_metrics(&self, vocabulary: &Vocabulary, into: &mut Vec<ExampleOutcome>) {
        for (file, rule) in self.canonical.rules() {
            let of = |read: &Read| read.id.clone();
            self.test_named(vocabulary, file, &rule.id, (&rule.examples, &rule.leave), of, into);
        }
    }

    /// The first figure of each example must get `name`, no figure of the sentences to leave alone may.
    fn test_named(
        &self,
        vocabulary: &Vocabulary,
        file: &str,
        name: &str,
        (examples, leave): (&[String], &[String]),
        of: impl Fn(&Read) -> Option<String>,
        into: &mut Vec<ExampleOutcome>,
    ) {
        for text in examples {
            let verdict = self.verdict(vocabulary, text, |read| match read.first().map(&of) {
                Some(Some(got)) if got == name => None,
                Some(Some(got)) => Some(Verdict::Wrong(format!("{got}, of `{}`", read[0].text))),
                _ => Some(Verdict::Missed(read.first().map(|read| format!("`{}` is measured", read.text)))),
            });
            into.push(ExampleOutcome::new(file, name, text, verdict));
        }
        for text in leave {
            let verdict = self.verdict(vocabulary, text, |read| {
                let alarm = read.iter().find(|read| of(read).as_deref() == Some(name))?;
                Some(Verdict::FalseAlarm(Some(format!("`{}` is measured", alarm.text))))
            });
            into.push(ExampleOutcome::new(file, name, text, verdict));
        }
    }

    fn verdict(
        &self,
        vocabulary: &Vocabulary,
        marked: &str,
        judge: impl Fn(&[Read]) -> Option<Verdict>,
    ) -> Verdict {
        match self.read_marked(vocabulary, marked) {
            Ok(read) => judge(&read).unwrap_or(Verdict::Right),
            Err(message) => Verdict::Wrong(message),
        }
    }

    fn read_marked(&self, vocabulary: &Vocabulary, marked: &str) -> Result<Vec<Read>, String> {
        let marked = Marked::read(marked)?;
        let sentence = Sentence::new(&marked.text, vocabulary);
        let (times, entities) = (marked.times.into_iter(), marked.entities.into_iter());
        let mut memory = MetricMemory::default();
        let mut candidates = Vec::new();
        let watched = Some(&mut candidates);
        let names = self.name_in(&sentence, &marked.mentions, times, entities, &mut memory, watched);
        let read = names.into_iter().zip(candidates).map(|(name, candidates)| {
            let (text, id) = name.metric.map_or_else(Default::default, |m| (m.text.into_owned(), m.id));
            Read { text, candidates, id: id.map(Into::into), theme: name.theme.map(Into::into) }
        });
        Ok(read.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::weigh::WordClasses;
    use crate::rules::{RuleSources, assert_right};

    #[test]
    fn all_examples_of_the_builtin_rules_are_right() {
        let mut vocabulary = Vocabulary::default();
        let rules = MetricRules::compile(
            &RuleSources::builtin(),
            &WordClasses::compile(&RuleSources::builtin()).unwrap(),
            &mut vocabulary,
        )
        .unwrap();
        assert_right(&rules.test(&vocabulary));
    }
}
