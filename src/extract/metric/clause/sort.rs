//! What sort of value a subject is looked for.

use super::{Class, TaggedSentence};
use crate::fact::Kind;

/// What sort of value a subject is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A physical quantity, which an adjective can measure.
    Quantity,
    /// A length of time.
    Duration,
    /// An amount of money, which counts nothing.
    Money,
    /// Anything else.
    Other,
}

impl Sort {
    /// Whether an adjective or a verb that lasts can measure it.
    pub(super) fn is_measured(self) -> bool {
        matches!(self, Self::Quantity | Self::Duration)
    }
}

impl TaggedSentence<'_, '_> {
    /// The sort of figure `index`.
    pub(crate) fn sort(&self, index: usize) -> Sort {
        match self.mentions[index].kind {
            Kind::Quantity if self.unit_is(index, Class::Duration) => Sort::Duration,
            Kind::Quantity => Sort::Quantity,
            Kind::Money => Sort::Money,
            _ => Sort::Other,
        }
    }
}
