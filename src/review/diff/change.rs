//! One fact that differs.

use crate::fact::Fact;
use crate::review::field::NAMES;

/// What became of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// Only the new side has it.
    Added,
    /// Only the old side has it.
    Removed,
    /// Both sides have it, and say different things.
    Changed,
    /// Both sides say the same, but it stands elsewhere.
    Moved,
}

impl ChangeKind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// One fact that differs.
#[derive(Debug, Clone)]
pub enum Change {
    /// Only the new side has it.
    Added(Box<Fact<'static>>),
    /// Only the old side has it.
    Removed(Box<Fact<'static>>),
    /// Both sides have it.
    Both(Box<Pair>),
}

/// A fact of both sides.
#[derive(Debug, Clone)]
pub struct Pair {
    /// What the old side says.
    pub old: Fact<'static>,
    /// What the new side says.
    pub new: Fact<'static>,
    /// The fields that differ and count, as indices into `NAMES` of `review::field`; none where the fact has only moved.
    pub(crate) differing: Vec<usize>,
    /// How similar both are, in thousandths, where that paired them and not the id.
    pub similarity: Option<u16>,
}

impl Pair {
    /// Whether both sides say the same, but elsewhere.
    pub fn has_moved(&self) -> bool {
        self.differing.is_empty()
    }

    /// The names of the fields that differ and count.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.differing.iter().map(|&field| NAMES[field])
    }
}

impl Change {
    /// What became of the fact.
    pub fn kind(&self) -> ChangeKind {
        match self {
            Self::Added(_) => ChangeKind::Added,
            Self::Removed(_) => ChangeKind::Removed,
            Self::Both(pair) if pair.has_moved() => ChangeKind::Moved,
            Self::Both(_) => ChangeKind::Changed,
        }
    }

    /// The new fact, or the old one where it was removed.
    pub fn fact(&self) -> &Fact<'static> {
        match self {
            Self::Added(fact) | Self::Removed(fact) => fact,
            Self::Both(pair) => &pair.new,
        }
    }

    /// The old fact; absent where it was added.
    pub fn before(&self) -> Option<&Fact<'static>> {
        match self {
            Self::Added(_) => None,
            Self::Removed(fact) => Some(fact),
            Self::Both(pair) => Some(&pair.old),
        }
    }

    /// The new fact; absent where it was removed.
    pub fn after(&self) -> Option<&Fact<'static>> {
        match self {
            Self::Added(fact) => Some(fact),
            Self::Removed(_) => None,
            Self::Both(pair) => Some(&pair.new),
        }
    }

    /// Both sides, where both have the fact.
    pub fn pair(&self) -> Option<&Pair> {
        match self {
            Self::Both(pair) => Some(pair),
            Self::Added(_) | Self::Removed(_) => None,
        }
    }
}
