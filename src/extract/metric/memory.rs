//! What was named before: in earlier sentences of a page, and earlier in a sentence.

use std::borrow::Cow;

use super::canonical::abbreviations::Defined;
use super::canonical::words::{PatternWord, PatternWords};
use crate::extract::mention::Mention;
use crate::fact::Kind;

/// How many sentences a metric is remembered.
const REMEMBERED: usize = 3;
/// How many a measure of money is, for the next name.
const REMEMBERED_SUM: usize = 1;

/// The last measure of a sum of money, which names in later sentences may have other sums of.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum {
    text: String,
    words: Vec<PatternWord>,
    unit: String,
    sentences: usize,
}

/// What earlier sentences of a page leave behind for naming metrics.
#[derive(Debug, Clone, Default)]
pub struct MetricMemory {
    /// Words of the last metric named.
    pub(super) text: String,
    /// The same as patterns see them.
    pub(super) words: PatternWords,
    /// Whether its words stood before a figure, and did not only say what was counted.
    pub(super) measured: bool,
    /// Whether they begin with a word for a measure.
    pub(super) headed: bool,
    /// Whether that measure is one of points.
    pub(super) scored: bool,
    /// The last measure of money.
    pub(super) sum: Sum,
    /// Kind and unit of the last figure that it was named for.
    pub(super) kind: Option<Kind>,
    pub(super) unit: String,
    /// Sentences since.
    pub(super) sentences: usize,
    /// Abbreviations that the page defined.
    pub(super) defined: Vec<Defined>,
}

/// The words that last named a metric in a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Last<'t> {
    /// Of any figure.
    pub(super) any: Option<Cow<'t, str>>,
    /// Of a figure that they stand before.
    pub(super) measured: Option<Cow<'t, str>>,
    /// Of a share or its change.
    pub(super) share: Option<Share<'t>>,
    /// Whether the words of `any` begin with a word for a measure.
    pub(super) headed: bool,
    /// Whether that measure is one of points.
    pub(super) scored: bool,
    /// Whether the last of them only say what was counted.
    pub(super) counted: bool,
    /// The last words that end in a statistic, and the measure alone: later sentences go on with that.
    pub(super) bare: Option<(Cow<'t, str>, Cow<'t, str>)>,
    /// Words that only said that a place in a ranking follows: rungs are gained and lost there.
    pub(super) place: Option<Cow<'t, str>>,
}

/// The words that last named a share or its change in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Share<'t> {
    pub(super) text: Cow<'t, str>,
    /// The same as patterns see them, with what stands behind them.
    pub(super) words: Vec<PatternWord>,
}

impl Last<'_> {
    /// Whether a figure of this kind can take them up: things that were counted are no sum of money.
    pub(super) fn reaches(&self, kind: Kind) -> bool {
        self.any.is_some() && !(self.counted && kind == Kind::Money)
    }
}

impl MetricMemory {
    /// One sentence on: what was named too long ago is no longer meant.
    pub(super) fn age(&mut self) {
        self.sentences += 1;
        if self.sentences > REMEMBERED {
            self.text.clear();
        }
        self.sum.sentences += 1;
    }

    /// Remembers `text`, whose words are those of the last metric, as the measure of the sum `mention`.
    pub(super) fn keep_sum(&mut self, text: &str, mention: &Mention<'_>) {
        self.sum = Sum {
            text: text.to_owned(),
            words: self.words.own().to_vec(),
            unit: mention.unit.as_deref().unwrap_or("").to_owned(),
            sentences: 0,
        };
    }

    /// The last measure of money, if `mention` can be another sum of it.
    pub(super) fn sum_of(&self, mention: &Mention<'_>) -> Option<&str> {
        let Sum { text, unit, sentences, .. } = &self.sum;
        let same = mention.kind == Kind::Money && mention.unit.as_deref() == Some(unit);
        (same && !text.is_empty() && *sentences <= REMEMBERED_SUM).then_some(text)
    }

    /// Makes the last measure of money the metric again.
    pub(super) fn recall_sum(&mut self) {
        self.sum.sentences = 0;
        self.words = PatternWords::whole(self.sum.words.clone());
    }

    /// Whether `mention` can be a value of the metric remembered: it is a change, or of the same sort.
    pub(super) fn fits(&self, mention: &Mention<'_>) -> bool {
        let change = mention.is_change || mention.kind == Kind::Multiple;
        // A sum is not spent as the one before was, unless both are levels of a measure.
        let spent = mention.kind == Kind::Money && !self.headed;
        !self.text.is_empty() && (change || !spent && self.is_of_sort(mention))
    }

    /// Whether `mention` has the kind and unit of the last figure that a metric was named for, or may be an item of a list that
    /// it heads.
    pub(super) fn is_of_sort(&self, mention: &Mention<'_>) -> bool {
        let level = matches!(
            mention.kind,
            Kind::Money | Kind::Percentage | Kind::Quantity | Kind::Index | Kind::Rate
        );
        self.kind
            .map_or(level, |kind| kind == mention.kind && self.unit == mention.unit.as_deref().unwrap_or(""))
    }

    /// Remembers the measure that heads a list: of what sort its items are is not known yet.
    pub(super) fn head(&mut self, text: &str, words: PatternWords) {
        text.clone_into(&mut self.text);
        self.words = words;
        (self.kind, self.measured, self.headed, self.scored) = (None, true, true, false);
        self.unit.clear();
        self.sentences = 0;
    }

    /// Whether it still holds a metric.
    pub(super) fn knows(&self) -> bool {
        !self.text.is_empty()
    }

    pub(super) fn keep(&mut self, last: Option<Cow<'_, str>>, mention: &Mention<'_>) {
        if let Some(text) = last {
            // What heads a list heads all of it.
            if self.kind.is_some() || self.text != text {
                self.kind = Some(mention.kind);
                mention.unit.as_deref().unwrap_or("").clone_into(&mut self.unit);
            }
            self.text.clear();
            self.text.push_str(&text);
            self.sentences = 0;
        }
    }
}
