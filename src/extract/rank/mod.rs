//! Choosing one of several candidates by what is known of each.
//!
//! That are attributes ([`attribute`]) of few values each, or words; a small network ([`network`]) scores a candidate by
//! them, and the greatest score is chosen. What the network weighs stands in rule files and is fitted to annotated pages
//! ([`fit`]), where several candidates may be right.

mod attribute;
mod fit;
mod layers;
mod network;
mod numbers;
mod train;
mod weights;
mod words;

pub(in crate::extract) use attribute::{
    Attribute, Attributes, DISTANCES, FEW, FLAG, KINDS, WORD, attributes, distance,
};
pub use fit::Start;
pub(in crate::extract) use fit::{Judged, Lesson, fit, right, to_toml};
pub(in crate::extract) use network::Sums;
pub(in crate::extract) use weights::{WeightFile, Weights};
pub(in crate::extract) use words::{EDGE, NUMBER, WordValues};

/// What is known of a candidate, or a part of it, with the sums of its rows.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) struct Described<A: Attribute> {
    pub(in crate::extract) attributes: Attributes<A>,
    pub(in crate::extract) sums: Sums,
}

impl<A: Attribute> Described<A> {
    pub(in crate::extract) fn by(weights: &Weights<A>, attributes: Attributes<A>) -> Self {
        Self { attributes, sums: weights.sums(&attributes) }
    }

    /// With another part, which has other attributes.
    pub(in crate::extract) fn with(&self, other: &Self) -> Self {
        Self { attributes: self.attributes.with(&other.attributes), sums: self.sums.plus(&other.sums) }
    }
}

#[cfg(test)]
mod tests {
    //! Attributes to try things with.

    use super::{FEW, FLAG, WORD, attributes};

    attributes! {
        /// Whether it stands before the value.
        Before "before" FLAG;
        /// Its part in the sentence.
        Role "role" &["subject", "object", "owner", "place"];
        /// How many others stand between.
        Others "others" FEW;
        /// The word before it.
        WordBefore "word-before" WORD;
    }

    pub(super) use Attribute as Known;
}
