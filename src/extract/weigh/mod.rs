//! Choosing one of several candidates by what is known of each.
//!
//! That are features ([`feature`]) of few values each, or words; a small network ([`network`]) scores a candidate by
//! them, and the greatest score is chosen. What the network weighs stands in rule files and is fitted to annotated pages
//! ([`fit`]), where several candidates may be right.

mod classes;
mod embeddings;
mod feature;
mod fit;
mod layers;
mod network;
mod parameters;
mod train;
mod weight_file;
mod weights;
mod words;

pub use classes::WordClasses;
pub(crate) use feature::{DISTANCES, FEW, FLAG, KINDS, WORD, chained, distance, features};
pub use feature::{Feature, Features};
pub use fit::Lesson;
pub(crate) use network::Sums;
pub use train::Start;
pub(crate) use weight_file::WeightFile;
pub use weights::Weights;
pub(crate) use words::{EDGE, NUMBER, WordValues};

/// What is wrong in a section, and where.
pub(crate) type Mistake = (std::ops::Range<usize>, String);

/// What is known of a candidate, or a part of it, with the sums of its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Described<A: Feature> {
    pub(crate) features: Features<A>,
    pub(crate) sums: Sums,
}

impl<A: Feature> Described<A> {
    pub(crate) fn by(weights: &Weights<A>, features: Features<A>) -> Self {
        Self { features, sums: weights.sums(&features) }
    }

    /// With another part, which has other features.
    pub(crate) fn with(&self, other: &Self) -> Self {
        Self { features: self.features.with(&other.features), sums: self.sums.plus(&other.sums) }
    }
}

/// The candidate of the greatest score: of equal ones the default one, else the first. `of` gives score and whether it is that.
pub(crate) fn best<C>(candidates: &[C], of: impl Fn(&C) -> (i32, bool)) -> Option<&C> {
    candidates.iter().reduce(|best, next| if of(next) > of(best) { next } else { best })
}

/// A candidate for who asks how it was weighed.
#[derive(Debug, Clone)]
pub struct Weighed<A: Feature> {
    /// Its words; empty where it says that no other is right.
    pub text: String,
    /// Where it is from, as rule files call it.
    pub source: &'static str,
    /// Hundredths of the natural logarithm of its odds, with the margin.
    pub score: i32,
    /// Whether it says that none of the others is right.
    pub is_none: bool,
    /// Whether it is chosen unless another is better by more than the margin.
    pub is_default: bool,
    pub(crate) features: Features<A>,
}

#[cfg(test)]
mod tests {
    //! Features to try things with.

    use super::{FEW, FLAG, Features, WORD, Weighed, features};

    features! {
        pub(crate), "tried.toml" "# What is tried.\n"
        /// Whether it stands before the value.
        Before "before" FLAG;
        /// Its part in the sentence.
        Role "role" &["subject", "object", "owner", "place"];
        /// How many others stand between.
        Others "others" FEW;
        /// The word before it.
        WordBefore "word-before" WORD;
    }

    pub(super) use Feature as Known;

    #[test]
    fn of_equal_candidates_the_default_is_best() {
        let best = |candidates: &[(i32, bool)]| super::best(candidates, |c| *c).copied();
        assert_eq!(best(&[(5, false), (7, false), (7, true)]), Some((7, true)));
        assert_eq!(best(&[(7, true), (7, false)]), Some((7, true)));
        assert_eq!(best(&[(5, true), (7, false)]), Some((7, false)));
        assert_eq!(super::best(&["a", "b"], |_| (1, false)), Some(&"a"));
        assert_eq!(best(&[]), None);
    }

    /// A candidate of these features.
    pub(super) fn weighed(features: Features<Known>) -> Weighed<Known> {
        Weighed {
            text: String::new(),
            source: "tried",
            score: 0,
            is_none: false,
            is_default: false,
            features,
        }
    }
}
