//! What is read of a sentence, as it is handed on.

use super::block::BlockText;
use super::entity;
use super::mention::Mention;
use super::metric::{self, Naming};
use super::number::decimal::Convention;
use super::reading::Account;
use super::sentence::Sentence;
use super::time::{Dating, TimeMention};
use crate::fact::Label;
use crate::page::Block;

/// Where a sentence stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'s> {
    /// Its block.
    pub block: &'s Block,
    /// The block's text and the way back to the page.
    pub text: &'s BlockText<'s>,
    /// Where the sentence begins in the block's text.
    pub start: usize,
}

/// One sentence, read.
#[derive(Debug, Clone, Copy)]
pub struct SentenceReading<'s, 't> {
    /// Where it stands.
    pub place: Place<'s>,
    /// Its words.
    pub sentence: &'s Sentence<'t>,
    /// Its values.
    pub mentions: &'s [Mention<'t>],
    /// When they hold; one entry a value.
    pub dates: &'s [Dating<'t>],
    /// Whom or where they are measured of; one entry a value.
    pub entities: &'s [Option<Label<'t>>],
    /// What they measure; one entry a value.
    pub metrics: &'s [Naming<'t>],
    /// What became of every number.
    pub accounts: &'s [Account],
    /// Its time expressions, in order.
    pub times: &'s [TimeMention],
    /// How the page writes decimals, where it shows that.
    pub convention: Option<Convention>,
    /// Whom they may be measured of, the best candidate not first; one entry a value, none where nobody asked.
    pub entity_candidates: &'s [Vec<entity::Weighed>],
    /// The same of what they may measure.
    pub metric_candidates: &'s [Vec<metric::Weighed>],
}

/// Receives the sentences of an article.
pub type SentenceSink<'k> = dyn FnMut(&SentenceReading<'_, '_>) + 'k;
