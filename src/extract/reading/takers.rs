//! Which of all rules may take a number, told by its traits at once.

use super::ReadingRule;
use super::bit_set::BitSet;
use crate::extract::number::expression::{Expression, Form};

/// What is seen of a number without its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberTraits {
    pub(crate) form: Form,
    pub(crate) vague: bool,
    pub(crate) magnitude: bool,
    pub(crate) decimals: bool,
}

impl NumberTraits {
    /// What rules are told apart by, of a number.
    pub(crate) fn of(number: &Expression) -> Self {
        let Expression { form, vague, magnitude, decimals, .. } = *number;
        Self { form, vague, magnitude, decimals }
    }

    /// All that there are, each at its [`Self::index`].
    fn all() -> impl Iterator<Item = Self> {
        Form::ALL.into_iter().flat_map(|form| {
            (0..8).map(move |bits| Self {
                form,
                vague: bits & 4 != 0,
                magnitude: bits & 2 != 0,
                decimals: bits & 1 != 0,
            })
        })
    }

    fn index(self) -> usize {
        let flag = usize::from;
        8 * self.form as usize + 4 * flag(self.vague) + 2 * flag(self.magnitude) + flag(self.decimals)
    }
}

/// For all traits, the rules that take numbers with them.
#[derive(Debug)]
pub(crate) struct Takers(Vec<BitSet>);

impl Takers {
    pub(crate) fn of_all(rules: &[ReadingRule]) -> Self {
        let of = |traits| {
            let mut takers = BitSet::below(rules.len());
            let taking = rules.iter().enumerate().filter(|(_, rule)| rule.takes_traits(traits));
            taking.for_each(|(rule, _)| takers.insert(rule));
            takers
        };
        Self(NumberTraits::all().map(of).collect())
    }

    /// The rules that may take a number.
    pub(crate) fn of(&self, number: &Expression) -> &BitSet {
        &self.0[NumberTraits::of(number).index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_stand_at_their_indices() {
        assert!(NumberTraits::all().enumerate().all(|(i, traits)| traits.index() == i));
    }
}
