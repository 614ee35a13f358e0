//! Fitting the weights to values of which it is known whose they are.

use std::collections::BTreeMap;
use std::fmt::Write;

use toml::Value;

use super::attribute::Attributes;
use super::boost::{Choice, boost};
use super::weights::{OUT, Weights};
use super::{Scored, Source, Weighed};

/// The inverse variance that weights are expected to have.
const PENALTY: f64 = 4.0;

/// What part of the weights stays where trees correct them: whole ones leave too little to them.
const TRUST: f64 = 0.5;

/// A combination of values that fewer candidates have gets no weight.
const SEEN: usize = 4;

/// How much a value counts of which no candidate is right: that nobody is chosen is then the best that can be.
const HOPELESS: f64 = 0.5;

/// How many values of pages an example of a rule counts as.
const RULE: f64 = 8.0;

/// Steps of the descent; the sum of squares of its gradients shortens them (Duchi, Hazan and Singer, *Adaptive subgradient methods*, 2011).
const STEPS: usize = 400;
const STEP: f64 = 0.3;

/// A value with its candidates, some of which are right.
#[derive(Debug, Clone)]
pub struct Lesson {
    candidates: Vec<(Source, Attributes, bool)>,
    /// Whether no candidate is right.
    hopeless: bool,
    counts: f64,
}

impl Lesson {
    /// Takes those candidates for right whose words `is_right`; nobody has none.
    pub fn new(candidates: &[Weighed], is_right: impl Fn(&str) -> bool) -> Self {
        let mut candidates: Vec<_> =
            candidates.iter().map(|c| (c.scored.source, c.scored.attributes, is_right(&c.text))).collect();
        let hopeless = !candidates.iter().any(|c| c.2);
        for candidate in candidates.iter_mut().filter(|c| c.0 == Source::Nobody) {
            candidate.2 |= hopeless;
        }
        Self { candidates, hopeless, counts: if hopeless { HOPELESS } else { 1.0 } }
    }

    /// Whether no candidate is right.
    pub fn is_hopeless(&self) -> bool {
        self.hopeless
    }

    /// The candidates that are weighed to the end, and whether they are right.
    fn shortlist(&self, weights: &Weights) -> Vec<(Scored, bool)> {
        let scored = |&(source, attributes, right): &(Source, Attributes, bool)| {
            let score = weights.score(source, &attributes);
            (Scored { source, attributes, score, trees: 0 }, right)
        };
        let mut candidates: Vec<_> = self.candidates.iter().map(scored).collect();
        weights.shortlist(&mut candidates, |(scored, _)| scored);
        candidates.retain(|(scored, _)| scored.score != OUT);
        candidates
    }

    /// The same without the doubt, for trees to learn from.
    fn choice(&self, weights: &Weights) -> Choice {
        let mut candidates = self.shortlist(weights);
        if !candidates.iter().any(|(_, right)| *right) {
            // Nothing can be learned here.
            candidates.clear();
        }
        let sum = |scored: &Scored| {
            let doubt = if scored.source == Source::Nobody { weights.doubt } else { 0 };
            f64::from(scored.score - doubt) / 100.0
        };
        let candidates = candidates.iter().map(|(scored, right)| (scored.attributes, sum(scored), *right));
        Choice { counts: self.counts, candidates: candidates.collect() }
    }

    /// The same for an example of a rule, which shows what is always so.
    pub fn of_rule(candidates: &[Weighed], is_right: impl Fn(&str) -> bool) -> Self {
        let lesson = Self::new(candidates, is_right);
        Self { counts: lesson.counts * RULE, ..lesson }
    }
}

/// The features of a candidate: each the number of a weight.
type Features = Vec<u32>;

/// A problem of maximum likelihood.
struct Problem {
    /// For each lesson: what it counts, and its candidates.
    lessons: Vec<(f64, Vec<(Features, bool)>)>,
    /// Which weight each is: source, term and combination.
    weights: Vec<(Source, usize, usize)>,
}

/// From where weights are fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// From nothing: the lessons are all that is known.
    Anew,
    /// From the present weights and trees, to which more trees are added.
    Present,
}

/// Fits weights for the terms of `form` to lessons, and trees to what they leave wrong.
pub(in super::super) fn fit<'l>(
    form: &Weights,
    start: Start,
    lessons: impl Iterator<Item = &'l Lesson>,
) -> Weights {
    let lessons: Vec<&Lesson> = lessons.collect();
    let mut weights = match start {
        Start::Anew => fit_weights(form, &lessons),
        Start::Present => form.clone(),
    };
    let mut choices: Vec<Choice> = lessons.iter().map(|lesson| lesson.choice(&weights)).collect();
    let trees = boost(&mut choices, &weights.words);
    weights.trees = weights.trees.with(trees, &weights.words);
    weights
}

fn fit_weights(form: &Weights, lessons: &[&Lesson]) -> Weights {
    let problem = Problem::new(form, lessons);
    let fitted = problem.solve();
    let mut weights = form.cleared();
    for ((source, term, index), weight) in problem.weights.iter().zip(fitted) {
        weights.set(*source, *term, *index, (weight * TRUST * 100.0).round() as i32);
    }
    weights
}

impl Problem {
    fn new(form: &Weights, lessons: &[&Lesson]) -> Self {
        let mut seen: BTreeMap<(usize, usize, usize), usize> = BTreeMap::new();
        for (source, attributes, _) in lessons.iter().flat_map(|lesson| &lesson.candidates) {
            for (term, index) in form.indices(*source, attributes) {
                *seen.entry((*source as usize, term, index)).or_default() += 1;
            }
        }
        let kept = seen.into_iter().filter(|(_, count)| *count >= SEEN);
        let numbers: BTreeMap<_, u32> = kept.map(|(key, _)| key).zip(0..).collect();
        let features = |source: Source, attributes: &Attributes| -> Features {
            let all = form.indices(source, attributes);
            all.filter_map(|(term, index)| numbers.get(&(source as usize, term, index)).copied()).collect()
        };
        let lesson = |lesson: &&Lesson| {
            let candidates = lesson.candidates.iter().map(|(s, a, right)| (features(*s, a), *right));
            (lesson.counts, candidates.collect())
        };
        let lessons = lessons.iter().map(lesson).collect();
        let weights = numbers.keys().map(|&(s, term, index)| (Source::ALL[s], term, index)).collect();
        Self { lessons, weights }
    }

    fn solve(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.weights.len()];
        let mut squares = vec![1e-6; self.weights.len()];
        for _ in 0..STEPS {
            let gradient = self.gradient(&weights);
            for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(gradient) {
                *square += slope * slope;
                *weight -= STEP * slope / f64::sqrt(*square);
            }
        }
        weights
    }

    /// Of the negative logarithm of the likelihood, with the penalty.
    fn gradient(&self, weights: &[f64]) -> Vec<f64> {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| weight * PENALTY).collect();
        for (counts, candidates) in &self.lessons {
            let score = |features: &Features| features.iter().map(|&f| weights[f as usize]).sum::<f64>();
            let scores: Vec<f64> = candidates.iter().map(|(features, _)| score(features)).collect();
            let most = scores.iter().copied().fold(f64::MIN, f64::max);
            let odds: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
            let all: f64 = odds.iter().sum();
            let right: f64 = odds.iter().zip(candidates).filter(|(_, c)| c.1).map(|(odds, _)| odds).sum();
            for (odds, (features, is_right)) in odds.iter().zip(candidates) {
                let slope = odds / all - if *is_right { odds / right } else { 0.0 };
                for &f in features {
                    gradient[f as usize] += counts * slope;
                }
            }
        }
        gradient
    }
}

/// In how many of the lessons a right candidate has the greatest sum.
pub(in super::super) fn right<'l>(weights: &Weights, lessons: impl Iterator<Item = &'l Lesson>) -> usize {
    let right = |lesson: &&Lesson| {
        let mut best: Option<(i32, bool)> = None;
        for (scored, is_right) in lesson.shortlist(weights) {
            if best.is_none_or(|(most, _)| scored.score > most) {
                best = Some((scored.score, is_right));
            }
        }
        !lesson.hopeless && best.is_some_and(|(_, is_right)| is_right)
    };
    lessons.filter(right).count()
}

/// What stands at the head of a file of weights.
const HEADER: &str = "\
# How much each thing that is known of a candidate speaks for it when a value is given to somebody. The greatest sum wins, if it is
# greater than that of nobody by at least `doubt`.
#
# A section for each source of candidates: `named` for names of the sentence, `known` for names of earlier sentences, `nouns` for common
# nouns of the sentence, `nobody` where none of them is right. A line for each attribute, or combination of attributes, has the weights of its
# values: hundredths of the natural logarithm of odds. What has no weight counts 0.
#
# `words` are those that word-before, first-word, word-behind, next-behind, before-value and behind-value know; any other is `other`.
#
# `trees` correct the sums of the best candidates: each is a question about an attribute, with what follows where it holds and where
# not, another question or what is added in the end.
#
# Made by `solieu rules fit`, which keeps `doubt`, the words and the lines, and fits the weights and the trees.
";

/// The weights as a rule file.
pub(in super::super) fn to_toml(weights: &Weights) -> String {
    let words: Vec<String> =
        weights.words.all().iter().map(|word| Value::String(word.clone()).to_string()).collect();
    let mut out = format!("{HEADER}\n[weights]\ndoubt = {}\nwords = [{}]\n", weights.doubt, words.join(", "));
    out.push_str("trees = [\n");
    for tree in weights.trees.to_lines(&weights.words) {
        let _ = writeln!(out, "    {tree},");
    }
    out.push_str("]\n");
    for source in Source::ALL {
        let _ = writeln!(out, "\n[weights.{}]", source.name());
        for (attributes, values) in weights.named(source) {
            let values: Vec<String> =
                values.iter().map(|(value, weight)| format!("{} = {weight}", quoted(value))).collect();
            let _ = writeln!(out, "{} = {{ {} }}", quoted(&attributes), values.join(", "));
        }
    }
    out
}

/// A key of TOML.
fn quoted(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if key.chars().all(bare) { key.to_owned() } else { Value::String(key.to_owned()).to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::attribute::Attribute;
    use super::super::weights::WeightFile;
    use super::*;

    /// A subject and an owner, of which that one is right.
    fn lesson(owner_is_right: bool) -> Lesson {
        let candidate = |role: usize, text: &str| {
            let mut attributes = Attributes::NONE;
            attributes.set(Attribute::Role, role);
            Weighed {
                text: text.to_owned(),
                scored: Scored { score: 0, source: Source::Named, attributes, trees: 0 },
            }
        };
        let nobody = Weighed {
            text: String::new(),
            scored: Scored { score: 0, source: Source::Nobody, attributes: Attributes::NONE, trees: 0 },
        };
        let right = if owner_is_right { "owner" } else { "subject" };
        Lesson::new(&[candidate(0, "subject"), candidate(2, "owner"), nobody], |text| text == right)
    }

    #[test]
    fn what_is_right_more_often_weighs_more() {
        let file: WeightFile =
            toml::from_str("[named]\nrole = {}\n[nobody]\nalways = {}\n").unwrap_or_else(|e| panic!("{e}"));
        let form = Weights::compile([((), &file)]).unwrap_or_else(|((), (_, e))| panic!("{e}"));
        let lessons: Vec<Lesson> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = fit(&form, Start::Anew, lessons.iter());
        assert_eq!(right(&fitted, lessons.iter()), 30);
        let toml = to_toml(&fitted);
        let again: toml::Table = toml.parse().unwrap_or_else(|e| panic!("{e}"));
        let weight = |source: &str, attribute: &str, value: &str| {
            again["weights"][source][attribute].get(value).and_then(toml::Value::as_integer).unwrap_or(0)
        };
        assert!(weight("named", "role", "owner") > weight("named", "role", "subject"), "{toml}");
        assert!(weight("named", "role", "subject") > weight("nobody", "always", "yes"), "{toml}");
    }

    #[test]
    fn nobody_is_right_where_no_candidate_is() {
        let lesson = Lesson::new(
            &[Weighed {
                text: String::new(),
                scored: Scored { score: 0, source: Source::Nobody, attributes: Attributes::NONE, trees: 0 },
            }],
            |text| text == "who is not named",
        );
        assert!(lesson.candidates[0].2 && lesson.hopeless);
    }
}
