//! Whom a value is of, as a choice between candidates: the names of its sentence, what earlier sentences named, the
//! common nouns of the sentence, and nobody.
//!
//! A log-linear model decides: what is known of a candidate are attributes ([`attribute`]) of few values each, or words;
//! a weight for every value, and for some combinations, stands in `rules/entities/weights.toml`; boosted trees correct
//! the sums of the best candidates ([`trees`]), and the greatest is chosen. The weights are fitted to annotated pages ([`fit`]): maximum likelihood with an L2 penalty,
//! where several candidates may be right (Berger, Della Pietra and Della Pietra, *A maximum entropy approach to natural
//! language processing*, 1996). They are whole hundredths, so that every machine decides alike.

mod attribute;
mod boost;
mod candidates;
mod fit;
mod phrase;
mod stage;
mod term;
mod trees;
mod weights;
mod words;

pub use fit::{Lesson, Start};
pub(super) use fit::{fit, right, to_toml};
pub(super) use stage::Stage;
pub(super) use weights::{WeightFile, Weights};
pub(super) use words::WordNumbers;

/// What is known of a candidate, and what it comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    source: Source,
    attributes: attribute::Attributes,
    /// The sum of its weights, corrected by trees: hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub(super) score: i32,
    /// What trees have added to it.
    trees: i32,
}

/// A candidate for a value, as it was weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Its words; none for nobody.
    pub text: String,
    scored: Scored,
}

impl Weighed {
    /// The sum of its weights, corrected by trees: hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub fn score(&self) -> i32 {
        self.scored.score
    }

    /// What of it has a weight, greatest first: attributes with their values, as rule files call them, and `trees`.
    pub(super) fn parts(&self, weights: &Weights) -> Vec<(String, i32)> {
        let Scored { source, attributes, trees, .. } = &self.scored;
        let mut parts = weights.parts(*source, attributes);
        let trees = Some(*trees).filter(|sum| *sum != 0);
        parts.extend(trees.map(|sum| ("trees".to_owned(), sum)));
        parts.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.unsigned_abs()));
        parts
    }

    /// Whether it is nobody.
    pub fn is_nobody(&self) -> bool {
        self.scored.source == Source::Nobody
    }

    /// Where it is from, as rule files call it: `named`, `known`, `nouns` or `nobody`.
    pub fn source(&self) -> &'static str {
        self.scored.source.name()
    }
}

/// Where a candidate is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A name of the sentence.
    Named,
    /// A name of earlier sentences.
    Known,
    /// Common nouns of the sentence.
    Nouns,
    /// No candidate is right.
    Nobody,
}

impl Source {
    pub(super) const ALL: [Self; 4] = [Self::Named, Self::Known, Self::Nouns, Self::Nobody];

    /// As rule files call it.
    fn name(self) -> &'static str {
        ["named", "known", "nouns", "nobody"][self as usize]
    }
}
