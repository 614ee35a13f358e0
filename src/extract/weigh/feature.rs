//! What is known of a candidate, as small numbers with names.

use std::fmt::Debug;

/// How many features there may be of one sort of candidates.
pub(super) const LIMIT: usize = 128;

/// The values of what holds or does not.
pub(crate) const FLAG: &[&str] = &["no", "yes"];

/// The values of a number that is small.
pub(crate) const FEW: &[&str] = &["0", "1", "2", "3", "more"];

/// The values of a word in no class that no file of weights tells apart, of a number, of what is beyond the sentence, and of the
/// words of a class; behind them come the words that are told apart.
#[rustfmt::skip]
pub(crate) const WORD: &[&str] = &[
    "other", "number", "edge",
    "class-1", "class-2", "class-3", "class-4", "class-5", "class-6", "class-7", "class-8",
    "class-9", "class-10", "class-11", "class-12", "class-13", "class-14", "class-15", "class-16",
    "class-17", "class-18", "class-19", "class-20", "class-21", "class-22", "class-23", "class-24",
    "class-25", "class-26", "class-27", "class-28", "class-29", "class-30", "class-31", "class-32",
    "class-33", "class-34", "class-35", "class-36", "class-37", "class-38", "class-39", "class-40",
    "class-41", "class-42", "class-43", "class-44", "class-45", "class-46", "class-47", "class-48",
    "class-49", "class-50", "class-51", "class-52", "class-53", "class-54", "class-55", "class-56",
    "class-57", "class-58", "class-59", "class-60", "class-61", "class-62", "class-63", "class-64",
];

/// The values of [`crate::fact::Kind`], in its order.
pub(crate) const KINDS: &[&str] = &[
    "percentage",
    "percentage_point",
    "count",
    "money",
    "rank",
    "share",
    "rate",
    "multiple",
    "index",
    "quantity",
];

/// The most words that each value of a distance stands for, but for the last one.
const DISTANCE_ENDS: [usize; 11] = [0, 1, 2, 3, 4, 6, 9, 14, 20, 30, 50];

/// The values of a distance in words.
pub(crate) const DISTANCES: &[&str] = &["0", "1", "2", "3", "4", "6", "9", "14", "20", "30", "50", "more"];

/// The value of [`DISTANCES`] for so many words.
pub(crate) fn distance(words: usize) -> usize {
    DISTANCE_ENDS.partition_point(|most| *most < words)
}

/// The values `first`, and behind them `then`.
pub(crate) const fn chained<const N: usize>(
    first: &[&'static str],
    then: &[&'static str],
) -> [&'static str; N] {
    assert!(N == first.len() + then.len());
    let mut all = [""; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { then[at - first.len()] };
        at += 1;
    }
    all
}

/// One thing that is known of a candidate; [`features!`] makes an enumeration of them.
pub trait Feature: Copy + Debug + Ord + Send + Sync + 'static {
    /// A value of each feature.
    type Store: Copy + Debug + Eq + Send + Sync + AsRef<[u16]> + AsMut<[u16]>;
    /// The first value of each.
    const FIRST: Self::Store;
    /// All features.
    const ALL: &'static [Self];
    /// The file that what is weighed stands in, under the folder of rules.
    const FILE: &'static str;
    /// What is chosen, for the head of that file: lines that begin with `#`.
    const HEADER: &'static str;

    /// Its place among them.
    fn index(self) -> usize;

    /// As rule files call it.
    fn name(self) -> &'static str;

    /// Its values, as rule files call them; the first is as if nothing were known.
    fn values(self) -> &'static [&'static str];

    /// Whether its values are words, which begin as those of no other feature do.
    fn is_word(self) -> bool {
        self.values().first() == WORD.first() && self.values().len() == WORD.len()
    }
}

/// Makes the enumeration `Feature` of what is known of one sort of candidates, from a file of weights and its head.
macro_rules! features {
    ($visible:vis, $file:literal $header:literal $($(#[doc = $doc:literal])* $variant:ident $name:literal $values:expr;)*) => {
        /// One thing that is known of a candidate.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        $visible enum Feature {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $crate::extract::weigh::Feature for Feature {
            type Store = [u16; <Self as $crate::extract::weigh::Feature>::ALL.len()];
            const FIRST: Self::Store = [0; <Self as $crate::extract::weigh::Feature>::ALL.len()];
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
            const FILE: &'static str = $file;
            const HEADER: &'static str = $header;

            #[inline]
            fn index(self) -> usize {
                self as usize
            }

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn values(self) -> &'static [&'static str] {
                match self { $(Self::$variant => $values,)* }
            }
        }
    };
}
pub(crate) use features;

/// The features of one candidate; what it has not is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features<A: Feature>(A::Store);

impl<A: Feature> Features<A> {
    /// Nothing is known.
    pub(crate) const NONE: Self = Self(A::FIRST);

    /// The features whose value is not the first one, each with its value.
    #[inline]
    pub(super) fn known(&self) -> impl Iterator<Item = (A, usize)> {
        let all = A::ALL.iter().zip(self.0.as_ref());
        all.filter(|(_, value)| **value != 0).map(|(feature, value)| (*feature, usize::from(*value)))
    }

    /// The values of all features, in their order.
    #[inline]
    pub(super) fn values(&self) -> &[u16] {
        self.0.as_ref()
    }

    /// The value of a feature, 0 where it is not known.
    #[inline]
    pub(crate) fn value(&self, feature: A) -> usize {
        usize::from(self.0.as_ref()[feature.index()])
    }

    /// The same but for one feature, which is as if it were not known.
    pub(super) fn without(mut self, feature: A) -> Self {
        self.word(feature, 0);
        self
    }

    /// Sets a feature that holds or does not.
    #[inline]
    pub(crate) fn flag(&mut self, feature: A, holds: bool) {
        self.word(feature, u16::from(holds));
    }

    /// Sets a word by its value.
    #[inline]
    pub(crate) fn word(&mut self, feature: A, value: u16) {
        self.0.as_mut()[feature.index()] = value;
    }

    /// With those of another, which has others.
    #[inline]
    pub(crate) fn with(&self, other: &Self) -> Self {
        let mut both = *self;
        for (a, b) in both.0.as_mut().iter_mut().zip(other.0.as_ref()) {
            *a |= b;
        }
        both
    }

    /// Sets the value of that index; what is beyond the last one counts as that.
    #[inline]
    pub(crate) fn set(&mut self, feature: A, value: usize) {
        self.word(feature, value.min(feature.values().len() - 1) as u16);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Kind;

    #[test]
    fn kinds_are_called_as_they_are() {
        for (i, name) in KINDS.iter().enumerate() {
            let kind: Kind = serde_json::from_value((*name).into()).unwrap();
            assert_eq!(kind as usize, i, "{name}");
        }
    }

    #[test]
    fn distances_fall_into_their_classes() {
        let classes = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 50, 51].map(distance);
        assert_eq!(classes, [0, 1, 2, 3, 4, 5, 5, 6, 6, 7, 10, 11]);
    }
}
