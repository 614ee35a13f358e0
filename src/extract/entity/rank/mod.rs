//! Whom a value is of, as a choice between candidates: the names of its sentence, what earlier sentences named, the
//! common nouns of the sentence, and nobody.
//!
//! What is known of a candidate are attributes ([`attribute`]) of few values each, or words; a small network ([`network`])
//! scores it by them, and the greatest score is chosen. What the network weighs stands in `rules/entities/weights.toml`
//! and is fitted to annotated pages ([`fit`]), where several candidates may be right.

mod attribute;
mod candidates;
mod fit;
mod layers;
mod network;
mod numbers;
mod phrase;
mod spelling;
mod stage;
mod train;
mod weights;
mod words;

pub use fit::{Lesson, Start};
pub(super) use fit::{fit, right, to_toml};
pub(super) use stage::Stage;
pub(super) use weights::{WeightFile, Weights};
pub(super) use words::WordValues;

/// What is known of a candidate, and what it comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    source: Source,
    attributes: attribute::Attributes,
    /// Hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub(super) score: i32,
}

/// A candidate for a value, as it was weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Its words; none for nobody.
    pub text: String,
    scored: Scored,
}

impl Weighed {
    /// Hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub fn score(&self) -> i32 {
        self.scored.score
    }

    /// By how much its score is greater for what is known of it, as rule files call that, greatest first.
    pub(super) fn parts(&self, weights: &Weights) -> Vec<(String, i32)> {
        let mut parts = weights.parts(&self.scored);
        parts.sort_by_key(|(_, by)| std::cmp::Reverse(by.unsigned_abs()));
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
    /// As rule files call it.
    fn name(self) -> &'static str {
        ["named", "known", "nouns", "nobody"][self as usize]
    }
}
