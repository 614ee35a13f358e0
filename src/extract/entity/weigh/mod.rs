//! Whom a value is of, as a choice between candidates: the names of its sentence, what earlier sentences named, the
//! common nouns of the sentence, and nobody.
//!
//! They are weighed as [`crate::extract::weigh`] says, by [`feature`]s; what the network weighs stands in
//! `rules/entities/weights.toml`.

mod antecedent;
mod candidates;
pub(super) mod feature;
mod persons;
mod phrase;
mod place;
mod sentence_candidates;
mod words;

pub use feature::Feature;
pub(super) use sentence_candidates::SentenceCandidates;

use crate::extract::weigh;
use crate::rules::named_values;

/// What is known of a candidate.
type Features = weigh::Features<Feature>;

/// A candidate for whom a value is of.
pub type Weighed = weigh::Weighed<Feature>;

/// What is known of a candidate, and what it comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    source: Source,
    features: Features,
    /// Hundredths of the natural logarithm of its odds; of nobody, with the margin.
    pub(super) score: i32,
}

named_values! {
    /// Where a candidate is from.
    pub(super) enum Source {
        /// A name of the sentence.
        Named = "named",
        /// A name of earlier sentences.
        Known = "known",
        /// Common nouns of the sentence.
        Nouns = "nouns",
        /// No candidate is right.
        Nobody = "nobody",
    }
}
