//! Running the examples of the rules.

use super::{EntityMemory, EntityMention, EntityRules, Feature, Origin, Weighed};
use crate::extract::entity::rules::example::Example;
use crate::extract::mention::{Mention, Scene};
use crate::extract::sentence::Sentence;
use crate::extract::weigh::Lesson;
use crate::extract::words::token::TokenKind;
use crate::extract::words::vocabulary::Vocabulary;
use crate::fact::Kind;
use crate::rules::{ExampleOutcome, Verdict};

/// What a text gave: the entities of all its sentences, and whom its last value was given.
struct Got {
    entities: Vec<(Origin, String, Option<String>)>,
    governs: Option<String>,
    /// The candidates for that.
    candidates: Vec<Weighed>,
}

/// What is asked of the values of a text.
struct Asked<'e> {
    /// What kind they are of.
    kind: Kind,
    /// Which of them; none asks for the last.
    number: Option<&'e str>,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self { kind: Kind::Count, number: None }
    }
}

impl<'e> Asked<'e> {
    fn by(example: &'e Example) -> Self {
        Self { kind: example.kind.unwrap_or(Kind::Count), number: example.number.as_deref() }
    }
}

/// Where the rule files stand.
const FOLDER: &str = "rules/entities/";

/// The examples of a rule.
struct Examples<'r> {
    file: &'static str,
    rule: &'r str,
    read: &'r [Example],
    leave: &'r [String],
}

impl<'r> Examples<'r> {
    fn new(file: &'static str, rule: &'r str, read: &'r [Example], leave: &'r [String]) -> Self {
        Self { file, rule, read, leave }
    }

    fn outcome(&self, text: &str, verdict: Verdict) -> ExampleOutcome {
        ExampleOutcome::new(&format!("{FOLDER}{}", self.file), self.rule, text, verdict)
    }
}

impl EntityRules {
    /// Runs every example of `rules/entities/`; `vocabulary` is the one that the rules were compiled with.
    pub fn test(&self, vocabulary: &Vocabulary) -> Vec<ExampleOutcome> {
        let mut outcomes = self.test_names(vocabulary);
        for (examples, origin) in self.naming() {
            self.test_rule(&examples, origin, vocabulary, &mut outcomes);
        }
        for examples in self.governing() {
            self.test_governing(&examples, vocabulary, &mut outcomes);
        }
        outcomes
    }

    /// The rules whose examples say what they find, and what they note it as.
    fn naming(&self) -> impl Iterator<Item = (Examples<'_>, Origin)> {
        let files = &self.files;
        let heads =
            files.heads.iter().map(|r| Examples::new("patterns.toml", &r.name, &r.examples, &r.leave));
        let groups =
            files.groups.iter().map(|r| Examples::new("groups.toml", &r.name, &r.examples, &r.leave));
        let anaphors =
            files.anaphors.iter().map(|r| Examples::new("anaphors.toml", &r.name, &r.examples, &r.leave));
        (heads.zip((0..).map(Origin::Head)))
            .chain(groups.zip((0..).map(Origin::Group)))
            .chain(anaphors.zip((0..).map(Origin::Anaphor)))
    }

    /// The rules whose examples say whom the last value is of, and of which texts it is of nobody.
    fn governing(&self) -> impl Iterator<Item = Examples<'_>> {
        let files = &self.files;
        let cues = files.cues.iter().map(|r| Examples::new("cues.toml", &r.name, &r.examples, &[]));
        let commons =
            files.commons.iter().map(|r| Examples::new("common.toml", &r.name, &r.examples, &r.leave));
        let holders = files.holders.iter().map(|r| Examples::new("holders.toml", &r.name, &r.examples, &[]));
        let lessons =
            files.lessons.iter().map(|r| Examples::new("lessons.toml", &r.name, &r.examples, &r.leave));
        cues.chain(commons).chain(holders).chain(lessons)
    }

    /// What the examples of the rules teach of whom a value is of.
    pub fn lessons(&self, vocabulary: &Vocabulary) -> Vec<Lesson<Feature>> {
        let lesson = |text: &str, asked: &Asked<'_>, right: &str| {
            Lesson::new(&self.read(text, asked, vocabulary).candidates, |candidate| candidate == right)
                .of_rule()
        };
        let of_rule = |Examples { read, leave, .. }: Examples<'_>| {
            let read = read.iter().map(|example| lesson(&example.text, &Asked::by(example), &example.entity));
            read.chain(leave.iter().map(|text| lesson(text, &Asked::default(), ""))).collect::<Vec<_>>()
        };
        self.governing().flat_map(of_rule).collect()
    }

    /// Whom the last value of an example is given to; nobody, of those that a rule is to leave alone.
    fn test_governing(
        &self,
        examples: &Examples<'_>,
        vocabulary: &Vocabulary,
        into: &mut Vec<ExampleOutcome>,
    ) {
        for example in examples.read {
            let verdict = match self.read(&example.text, &Asked::by(example), vocabulary).governs {
                Some(got) if got == example.entity => Verdict::Right,
                Some(got) => Verdict::Wrong(format!("of `{got}`, not `{}`", example.entity)),
                None => Verdict::Missed(Some(format!("of nobody, not of `{}`", example.entity))),
            };
            into.push(examples.outcome(&example.text, verdict));
        }
        for text in examples.leave {
            let got = self.read(text, &Asked::default(), vocabulary);
            let verdict = match got.governs {
                Some(owner) => Verdict::FalseAlarm(Some(format!("of `{owner}`"))),
                // Without a value, nothing was tried.
                None if got.candidates.is_empty() => Verdict::Missed(Some("no value to try".to_owned())),
                None => Verdict::Right,
            };
            into.push(examples.outcome(text, verdict));
        }
    }

    /// Every name of the gazetteers must give its entry.
    fn test_names(&self, vocabulary: &Vocabulary) -> Vec<ExampleOutcome> {
        let mut outcomes = Vec::new();
        for (id, (_, entry)) in &self.files.entries {
            for name in std::iter::once(&entry.name).chain(&entry.also) {
                let text = self.files.names.tried_in.replace("{name}", name).replace(". ", ".\u{a0}");
                let got = self.read(&text, &Asked::default(), vocabulary).entities;
                let verdict = match got.first() {
                    Some((_, _, Some(found))) if found == id => Verdict::Right,
                    Some((_, text, found)) => {
                        Verdict::Wrong(unlike((text, found.as_deref()), ("", Some(id))))
                    }
                    None => Verdict::Missed(None),
                };
                outcomes.push(ExampleOutcome::new(FOLDER, id, name, verdict));
            }
        }
        outcomes
    }

    fn test_rule(
        &self,
        examples: &Examples<'_>,
        origin: Origin,
        vocabulary: &Vocabulary,
        into: &mut Vec<ExampleOutcome>,
    ) {
        for example in examples.read {
            let found = self.read(&example.text, &Asked::by(example), vocabulary).entities;
            let own = found.iter().find(|(found, ..)| *found == origin);
            let verdict = match own {
                None => {
                    Verdict::Missed(found.first().map(|(_, text, _)| format!("another rule reads `{text}`")))
                }
                Some((_, text, id))
                    if *text == example.entity && (example.id.is_none() || *id == example.id) =>
                {
                    Verdict::Right
                }
                Some((_, text, id)) => {
                    let wanted = (&*example.entity, example.id.as_deref());
                    Verdict::Wrong(unlike((text, id.as_deref()), wanted))
                }
            };
            into.push(examples.outcome(&example.text, verdict));
        }
        for text in examples.leave {
            let entities = self.read(text, &Asked::default(), vocabulary).entities;
            let alarm = entities.iter().find(|(found, ..)| *found == origin);
            let verdict = alarm
                .map_or(Verdict::Right, |(_, name, _)| Verdict::FalseAlarm(Some(format!("reads `{name}`"))));
            into.push(examples.outcome(text, verdict));
        }
    }

    fn read(&self, text: &str, asked: &Asked<'_>, vocabulary: &Vocabulary) -> Got {
        let (mut memory, mut found) = (EntityMemory::default(), Vec::new());
        let mut got = Got { entities: Vec::new(), governs: None, candidates: Vec::new() };
        for text in text.split_inclusive(". ") {
            let sentence = Sentence::new(text.trim(), vocabulary);
            self.find(&sentence, &mut memory, &mut found);
            let mentions = numbers(&sentence, asked.kind, &found);
            let scene = Scene { sentence: &sentence, mentions: &mentions, times: &[], entities: &found };
            let mut candidates = Vec::new();
            let labels = self.assign(&scene, &mut memory, Some(&mut candidates));
            let value =
                |m: &Mention<'_>| asked.number.is_none_or(|number| sentence.text[m.quote.clone()] == *number);
            if let Some(index) = mentions.iter().rposition(value) {
                got.governs = labels[index].as_ref().map(|label| label.text.to_string());
                got.candidates = candidates.into_iter().nth(index).unwrap_or_default();
            }
            for entity in &found {
                got.entities.push(self.described(entity, &sentence, &memory));
            }
        }
        got
    }

    fn described(
        &self,
        entity: &EntityMention,
        sentence: &Sentence<'_>,
        memory: &EntityMemory,
    ) -> (Origin, String, Option<String>) {
        let text = match entity.origin {
            Origin::Anaphor(_) => memory.known[entity.known].text.to_string(),
            _ => sentence.text[entity.span.clone()].to_owned(),
        };
        (entity.origin, text, entity.entry.and_then(|e| self.tables.entries[e as usize].id.clone()))
    }
}

/// What was read of an entity, its words and its identifier, and what should have been as far as it is told.
fn unlike((text, id): (&str, Option<&str>), (wanted, wanted_id): (&str, Option<&str>)) -> String {
    let id_of = |id: Option<&str>| id.map_or(String::new(), |id| format!(" ({id})"));
    let wanted = if wanted.is_empty() { text } else { wanted };
    format!("reads `{text}`{}, not `{wanted}`{}", id_of(id), id_of(wanted_id))
}

/// Every number of a sentence as a value of a kind, but for years and those in names.
fn numbers<'t>(sentence: &Sentence<'t>, kind: Kind, entities: &[EntityMention]) -> Vec<Mention<'t>> {
    let free = |start: usize| !entities.iter().any(|e| e.span.contains(&start));
    let figures = sentence.tokens.iter().filter(|t| t.kind == TokenKind::Number && free(t.start));
    figures.filter(|t| t.end - t.start != 4).map(|t| Mention::bare(t.start..t.end, kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::weigh::WordClasses;
    use crate::rules::{RuleSources, assert_right};

    #[test]
    fn every_example_reads_as_it_says() {
        let mut vocabulary = Vocabulary::default();
        let rules = EntityRules::compile(
            &RuleSources::builtin(),
            &WordClasses::compile(&RuleSources::builtin()).unwrap(),
            &mut vocabulary,
        )
        .unwrap_or_else(|e| panic!("{e}"));
        assert_right(&rules.test(&vocabulary));
    }
}
