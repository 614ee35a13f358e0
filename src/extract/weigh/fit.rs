//! Fitting a network to choices of which it is known which candidates are right.

use fastrand::Rng;

use super::embeddings::Embeddings;
use super::feature::{Feature, Features};
use super::network::{
    GREATEST, GREATEST_BIAS, GREATEST_FACTOR, GREATEST_UNIT_BIAS, Layers, Network, SUMS, UNITS,
};
use super::parameters::Parameters;
use super::train::{Sample, Start, train};
use super::weights::Weights;
use super::{Described, Weighed};

/// How much a lesson counts in which no candidate is right: that none is chosen is then the best that can be.
const UNANSWERABLE: f32 = 0.5;

/// How many lessons of pages an example of a rule counts as.
const RULE: f32 = 8.0;

/// What the greatest number in a row, and the greatest factor of a unit, are while a network learns more.
const GREATEST_ROW: f32 = 0.09;
const GREATEST_UNIT: f32 = 0.2;

/// From where random numbers start.
const SEED: u64 = 2;

/// A candidate as it was judged.
#[derive(Debug, Clone)]
struct Judged<A: Feature> {
    features: Features<A>,
    is_right: bool,
    is_default: bool,
}

/// A choice between candidates, some of which are right.
#[derive(Debug, Clone)]
pub struct Lesson<A: Feature> {
    candidates: Vec<Judged<A>>,
    /// Whether no candidate is right.
    unanswerable: bool,
    counts: f32,
}

impl<A: Feature> Lesson<A> {
    /// Takes those candidates for right whose words `is_right`; where none is, the one that says so.
    pub fn new(candidates: &[Weighed<A>], is_right: impl Fn(&str) -> bool) -> Self {
        let judged = |candidate: &Weighed<A>| Judged {
            features: candidate.features,
            is_right: is_right(&candidate.text),
            is_default: candidate.is_default,
        };
        let mut judged: Vec<_> = candidates.iter().map(judged).collect();
        let unanswerable = !judged.iter().any(|c| c.is_right);
        for (judged, _) in judged.iter_mut().zip(candidates).filter(|(_, c)| c.is_none) {
            judged.is_right |= unanswerable;
        }
        Self { candidates: judged, unanswerable, counts: if unanswerable { UNANSWERABLE } else { 1.0 } }
    }

    /// The same of an example of a rule, which shows what is always so.
    #[must_use]
    pub(crate) fn of_rule(self) -> Self {
        Self { counts: self.counts * RULE, ..self }
    }

    /// Whether no candidate is right.
    pub(crate) fn is_unanswerable(&self) -> bool {
        self.unanswerable
    }

    /// The rows of the candidates.
    fn sample(&self, rows: &Embeddings<'_, A>) -> Sample {
        let own = |features: &Features<A>| features.known().flat_map(|known| rows.of(known)).collect();
        let candidates = self.candidates.iter().map(|c| (own(&c.features), c.is_right));
        Sample { counts: self.counts, candidates: candidates.collect() }
    }
}

impl<A: Feature> Weights<A> {
    /// Weights with the words, the margin and the handicaps of these, fitted to lessons.
    #[must_use]
    pub fn fitted<'l>(&self, start: Start, lessons: impl Iterator<Item = &'l Lesson<A>>) -> Self {
        let lessons: Vec<&Lesson<A>> = lessons.collect();
        let mut random = Rng::with_seed(SEED);
        let (rows, mut parameters) = match start {
            Start::Anew => {
                let values =
                    |lesson: &&'l Lesson<A>| lesson.candidates.iter().flat_map(|c| c.features.known());
                let rows = Embeddings::seen(&self.words, lessons.iter().map(values));
                let parameters = Parameters::random(rows.len(), &mut random);
                (rows, parameters)
            }
            Start::Present => (Embeddings::present(&self.words, &self.network), present(&self.network)),
        };
        let samples: Vec<Sample> = lessons.iter().map(|lesson| lesson.sample(&rows)).collect();
        train(&mut parameters, &samples, start, &mut random);
        rows.join(&mut parameters);
        let network = whole(self, &rows, &parameters);
        Self { network, ..self.clone() }
    }

    /// In how many of the lessons a right candidate has the greatest score.
    pub fn right<'l>(&self, lessons: impl Iterator<Item = &'l Lesson<A>>) -> usize {
        let right = |lesson: &&Lesson<A>| {
            let score =
                |judged: &Judged<A>| self.score(judged.is_default, &Described::by(self, judged.features));
            let scored: Vec<_> = lesson.candidates.iter().map(|judged| (score(judged), judged)).collect();
            let best = super::best(&scored, |(score, judged)| (*score, judged.is_default));
            !lesson.unanswerable && best.is_some_and(|(_, best)| best.is_right)
        };
        lessons.filter(right).count()
    }
}

/// The numbers of a network, of the size that they have while it learns.
fn present<A: Feature>(network: &Network<A>) -> Parameters {
    let layers = &network.layers;
    let (row, unit) = (GREATEST_ROW / f32::from(GREATEST), GREATEST_UNIT / GREATEST_FACTOR as f32);
    let out = 1.0 / (100.0 * layers.scale as f32 * row * unit);
    let rows: Vec<[f32; SUMS]> = network.rows().map(|(_, _, own)| own.map(|n| f32::from(n) * row)).collect();
    Parameters::from_parts(
        &rows,
        &layers.bias.map(|n| n as f32 * row),
        &layers.units.map(|own| own.map(|n| n as f32 * unit)),
        &layers.unit_bias.map(|n| n as f32 * row * unit),
        &layers.out.map(|n| n as f32 * out),
    )
}

/// A network of whole numbers.
fn whole<A: Feature>(form: &Weights<A>, rows: &Embeddings<'_, A>, parameters: &Parameters) -> Network<A> {
    let greatest = |numbers: &[f32]| numbers.iter().fold(f32::MIN_POSITIVE, |most, n| most.max(n.abs()));
    let row = greatest(parameters.rows()) / f32::from(GREATEST);
    let unit = greatest(parameters.units()) / GREATEST_FACTOR as f32;
    let out = greatest(parameters.out()) / GREATEST_FACTOR as f32;
    let rounded = |numbers: &[f32], step: f32, most: i32| -> Vec<i32> {
        numbers.iter().map(|n| ((n / step).round() as i32).clamp(-most, most)).collect()
    };
    let units = rounded(parameters.units(), unit, GREATEST_FACTOR);
    let mut layers = Layers::NONE;
    layers.bias.copy_from_slice(&rounded(parameters.bias(), row, GREATEST_BIAS));
    for (own, units) in layers.units.iter_mut().zip(units.chunks_exact(UNITS)) {
        own.copy_from_slice(units);
    }
    let bias = rounded(parameters.unit_bias(), row * unit, GREATEST_UNIT_BIAS);
    layers.unit_bias.copy_from_slice(&bias);
    layers.out.copy_from_slice(&rounded(parameters.out(), out, GREATEST_FACTOR));
    // Small and positive factors, so that the scale is a great whole number.
    layers.scale = (1.0 / (100.0 * row * unit * out)).round().clamp(1.0, 1e9) as i32;
    let own = |(feature, value, at): (A, usize, u32)| {
        let all = rounded(parameters.row(at as usize), row, i32::from(GREATEST));
        (feature, value, std::array::from_fn(|i| all[i] as i8))
    };
    Network::new(&form.words, rows.iter().map(own), layers)
}

#[cfg(test)]
mod tests {
    use super::super::classes::WordClasses;
    use super::super::weight_file::WeightFile;
    use super::*;
    use crate::extract::weigh::tests::{Known, weighed};

    #[derive(serde::Deserialize)]
    struct File {
        weights: WeightFile,
    }

    fn features(role: usize) -> Features<Known> {
        let mut features = Features::NONE;
        features.set(Known::Role, role);
        features
    }

    fn candidate(role: usize, text: &str) -> Weighed<Known> {
        let (text, is_none) = (text.to_owned(), text.is_empty());
        Weighed { text, is_none, is_default: is_none, ..weighed(features(role)) }
    }

    /// A place and an owner, of which that one is right.
    fn lesson(owner_is_right: bool) -> Lesson<Known> {
        let right = if owner_is_right { "owner" } else { "place" };
        Lesson::new(&[candidate(3, "place"), candidate(2, "owner"), candidate(0, "")], |text| text == right)
    }

    /// By how much an owner scores more than a place.
    fn lead(weights: &Weights<Known>) -> i32 {
        let score = |role: usize| weights.score(false, &Described::by(weights, features(role)));
        score(2) - score(3)
    }

    #[test]
    fn what_is_right_more_often_scores_more() {
        let lessons: Vec<Lesson<Known>> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = Weights::default().fitted(Start::Anew, lessons.iter());
        assert_eq!(fitted.right(lessons.iter()), 30);
        let file: File = toml::from_str(&fitted.to_toml()).unwrap_or_else(|e| panic!("{e}"));
        let again = Weights::compile([((), &file.weights)], &WordClasses::default())
            .unwrap_or_else(|((), (_, e))| panic!("{e}"));
        assert!(lead(&again) > 0);
    }

    #[test]
    fn a_network_that_learns_more_keeps_what_nothing_speaks_against() {
        let lessons: Vec<Lesson<Known>> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = Weights::default().fitted(Start::Anew, lessons.iter());
        let same = fitted.fitted(Start::Present, std::iter::empty());
        assert!((lead(&same) - lead(&fitted)).abs() <= 2, "{} {}", lead(&same), lead(&fitted));
        // What was right most often scores less behind many lessons that say otherwise.
        let others: Vec<Lesson<Known>> = (0..4_000).map(|i| lesson(i % 4 == 0)).collect();
        let adapted = fitted.fitted(Start::Present, others.iter());
        assert!(lead(&adapted) < lead(&fitted), "{} {}", lead(&adapted), lead(&fitted));
    }

    #[test]
    fn none_is_right_where_no_candidate_is() {
        let lesson = Lesson::new(&[candidate(0, "")], |text| text == "what is not named");
        assert!(lesson.candidates[0].is_right && lesson.is_unanswerable());
    }
}
