//! States of the deterministic automaton, by number.

/// A state; [`StateId::MATCHES`] is set where patterns match. It is as short as can be: what searches wait for is that steps
/// come from memory, and of short ones more stand in a line of the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StateId(u16);

impl StateId {
    const MATCHES: u16 = 1 << 15;
    /// How many there are.
    pub(crate) const COUNT: usize = 1 << 15;
    /// The state from which nothing can match any more; its number is the first above 0.
    pub(crate) const DEAD: Self = Self(1);

    /// The state of an index, where patterns match or not.
    pub(super) fn new(index: usize, matches: bool) -> Self {
        Self(index as u16 | if matches { Self::MATCHES } else { 0 })
    }

    /// Whether patterns match here.
    #[inline]
    pub(crate) fn is_match(self) -> bool {
        self.0 & Self::MATCHES != 0
    }

    #[inline]
    pub(super) fn index(self) -> usize {
        (self.0 & !Self::MATCHES) as usize
    }

    /// The state of a number, of which 0 stands for none.
    #[inline]
    pub(super) fn known(number: u16) -> Option<Self> {
        (number != 0).then_some(Self(number))
    }

    #[inline]
    pub(super) fn number(self) -> u16 {
        self.0
    }
}
