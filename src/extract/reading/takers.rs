//! Which of all rules may take a number, told by its marks at once.

use super::ReadingRule;
use super::context::RuleBits;
use crate::extract::number::expression::{Expression, Form};

/// What is seen of a number without its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) form: Form,
    pub(crate) vague: bool,
    pub(crate) magnitude: bool,
    pub(crate) decimals: bool,
}

impl Marks {
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

/// For all marks, the rules that take numbers with them.
#[derive(Debug)]
pub(crate) struct Takers(Vec<RuleBits>);

impl Takers {
    pub(crate) fn of_all(rules: &[ReadingRule]) -> Self {
        let takers = |marks| {
            let mut bits: RuleBits = vec![0; rules.len().div_ceil(64)].into();
            let taking = rules.iter().enumerate().filter(|(_, rule)| rule.takes_marks(marks));
            taking.for_each(|(rule, _)| bits[rule / 64] |= 1 << (rule % 64));
            bits
        };
        Self(Marks::all().map(takers).collect())
    }

    /// The rules that may take a number.
    pub(crate) fn of(&self, number: &Expression) -> &RuleBits {
        &self.0[Marks::of(number).index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_at_their_indices() {
        assert!(Marks::all().enumerate().all(|(i, marks)| marks.index() == i));
    }
}
