//! The words of a metric as the patterns of canonical metrics see them.

use crate::extract::metric::clause::TaggedSentence;
use crate::extract::words::vocabulary::WordId;

/// One word of a metric, as patterns see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PatternWord {
    /// Its number in the vocabulary.
    pub(crate) id: WordId,
    /// Whether a pattern may leave it out (an adverb, an entity, a date).
    pub(crate) loose: bool,
}

impl PatternWord {
    /// The word at a token.
    pub(super) fn at(tagged: &TaggedSentence<'_, '_>, at: usize) -> Self {
        Self { id: tagged.sentence.tokens[at].word, loose: tagged.is_loose(at) }
    }
}

/// The words of a metric, and behind them those that follow it up to the next verb.
#[derive(Debug, Clone, Default)]
pub(crate) struct PatternWords {
    /// All of them.
    pub(crate) all: Vec<PatternWord>,
    /// How many are its own.
    pub(super) own: usize,
}

impl PatternWords {
    /// Words that are all the metric's own.
    pub(crate) fn whole(all: Vec<PatternWord>) -> Self {
        Self { own: all.len(), all }
    }

    /// Those that are its own.
    pub(crate) fn own(&self) -> &[PatternWord] {
        &self.all[..self.own]
    }

    /// Its own words with others behind them.
    pub(super) fn followed_by(&self, others: impl Iterator<Item = PatternWord>) -> Self {
        Self { all: self.own().iter().copied().chain(others).collect(), own: self.own }
    }
}
