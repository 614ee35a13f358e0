//! What candidates are weighed by.

use super::feature::{Feature, Features};
use super::network::{Layers, Network, Sums};
use super::words::Words;
use super::{Described, Weighed};

/// Compiled weights.
#[derive(Debug, Clone)]
pub struct Weights<A> {
    /// By how much the best candidate must be better than the default one.
    pub(super) margin: i32,
    /// By how much candidates with a value of a feature must be better than others.
    pub(super) handicaps: Vec<(A, usize, i32)>,
    pub(super) words: Words,
    pub(super) network: Network<A>,
}

impl<A: Feature> Default for Weights<A> {
    fn default() -> Self {
        let words = Words::default();
        Self { margin: 0, handicaps: Vec::new(), network: Network::new(&words, [], Layers::NONE), words }
    }
}

impl<A: Feature> Weights<A> {
    /// The words that features of words tell apart.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The rows of features, added up.
    pub(crate) fn sums(&self, features: &Features<A>) -> Sums {
        self.network.sums(features)
    }

    /// The rows of some features, added up.
    pub(crate) fn sums_of(&self, features: &Features<A>, some: &[A]) -> Sums {
        self.network.sums_of(features, some)
    }

    /// The score of a candidate, in hundredths of a natural logarithm of odds, less its handicaps; of the default one, with the
    /// margin.
    pub(crate) fn score(&self, is_default: bool, candidate: &Described<A>) -> i32 {
        let score = self.network.score(&candidate.sums) - self.handicap(&candidate.features);
        score + if is_default { self.margin } else { 0 }
    }

    fn handicap(&self, features: &Features<A>) -> i32 {
        let borne = self.handicaps.iter().filter(|(a, value, _)| features.value(*a) == *value);
        borne.map(|(_, _, by)| by).sum()
    }

    /// By how much the score of a candidate is greater for each value of a feature that has a row or a handicap than it
    /// would be without it, greatest first.
    pub fn parts(&self, candidate: &Weighed<A>) -> Vec<(String, i32)> {
        let features = &candidate.features;
        let score = |features: &Features<A>| {
            self.network.score(&self.network.sums(features)) - self.handicap(features)
        };
        let all = score(features);
        let part = |(feature, value): (A, usize)| {
            let name = format!("{}={}", feature.name(), self.words.name(feature, value));
            (name, all - score(&features.without(feature)))
        };
        let bears = |a: A, value| self.handicaps.iter().any(|(of, borne, _)| (*of, *borne) == (a, value));
        let known = features.known().filter(|&(a, value)| self.network.knows(a, value) || bears(a, value));
        let mut parts: Vec<_> = known.map(part).filter(|(_, by)| *by != 0).collect();
        parts.sort_by_key(|(_, by)| std::cmp::Reverse(by.unsigned_abs()));
        parts
    }
}
