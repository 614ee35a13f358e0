//! Whom a value is of, as a choice between candidates: the names of its sentence, what earlier sentences named, the
//! common nouns of the sentence, and nobody.
//!
//! A log-linear model decides: what is known of a candidate are attributes of few values each ([`attribute`]); a weight
//! for every value, and for some combinations of two, stands in `rules/entities/weights.toml`; the candidate with the
//! greatest sum is chosen. The weights are fitted to annotated pages ([`fit`]): maximum likelihood with an L2 penalty,
//! where several candidates may be right (Berger, Della Pietra and Della Pietra, *A maximum entropy approach to natural
//! language processing*, 1996). They are whole hundredths, so that every machine decides alike.

mod attribute;
mod candidates;
mod fit;
mod stage;
mod weights;

pub use fit::{Lesson, Start};
pub(super) use fit::{fit, right, to_toml};
pub(super) use stage::Stage;
pub(super) use weights::{WeightFile, Weights};

/// A candidate for a value, as it was weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Its words; none for nobody.
    pub text: String,
    /// The sum of its weights: hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub score: i32,
    source: Source,
    attributes: attribute::Attributes,
}

impl Weighed {
    /// What of it has a weight, greatest first: attributes with their values, as rule files call them.
    pub(super) fn parts(&self, weights: &Weights) -> Vec<(String, i32)> {
        let mut parts = weights.parts(self.source, &self.attributes);
        parts.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.unsigned_abs()));
        parts
    }

    /// Whether it is nobody.
    pub fn is_nobody(&self) -> bool {
        self.source == Source::Nobody
    }

    /// Where it is from, as rule files call it: `named`, `known`, `nouns` or `nobody`.
    pub fn source(&self) -> &'static str {
        self.source.name()
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
