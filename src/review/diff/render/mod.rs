//! Comparisons for people and for programs: text like a unified diff, statistics, Markdown, HTML, JSON.

mod html;
mod json;
pub(crate) mod markdown;
pub(crate) mod segment;
mod stat;
mod text;

pub use html::Html;
pub use json::Json;
pub use markdown::Markdown;
pub use stat::{Names, Stat};
pub use text::Text;
pub(crate) use text::{summary, write_fields, write_sentence};

use super::{Change, PageDiff, Totals};
use crate::review::field::{NAMES, QUOTE, SENTENCE, values};
use crate::review::terminal::TerminalStyle;

/// How a comparison is shown.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// Colours and width.
    pub look: TerminalStyle,
    /// How many fields that are the same are shown around those that differ.
    pub context: usize,
    /// Names of both sides.
    pub names: [String; 2],
}

/// Writes a comparison, page by page. What it writes is appended to `out`.
pub trait Render {
    /// A page that differs, and those of its changes that are to be shown.
    fn page(&mut self, page: &PageDiff, shown: &[&Change], out: &mut String);

    /// The end, with sums, and the number of changes that were not shown.
    fn finish(&mut self, totals: &Totals, hidden: u64, out: &mut String);
}

/// The fields of a change to show, as indices into [`NAMES`]: those that differ, and up to `context` of the same ones
/// on either side; of a fact that one side alone has, all that say what it is. The sentence stands above them.
fn fields_shown(change: &Change, context: usize) -> Vec<usize> {
    let values = values(change.fact());
    let Some(pair) = change.pair() else {
        return (0..QUOTE).filter(|&i| values[i].is_some()).collect();
    };
    let differs = |i: &usize| pair.differing.contains(i);
    // Fields that the fact does not have are no context.
    let present: Vec<usize> = (0..NAMES.len())
        .filter(|i| *i != SENTENCE && (differs(i) || *i <= QUOTE && values[*i].is_some()))
        .collect();
    let near = |at: usize| &present[at.saturating_sub(context)..(at + context + 1).min(present.len())];
    (0..present.len()).filter(|&at| near(at).iter().any(differs)).map(|at| present[at]).collect()
}

/// How many more of what `noun` names there are.
pub(crate) fn not_shown(hidden: u64, noun: &str) -> String {
    let plural = if hidden == 1 { "" } else { "s" };
    format!("… {hidden} more {noun}{plural} not shown")
}

/// Path and record of a page.
pub(crate) fn page_name(page: &PageDiff) -> String {
    place_name(page.fact())
}

/// Path and record that a fact stands in.
pub(crate) fn place_name(fact: &crate::fact::Fact<'_>) -> String {
    let source = &fact.source;
    crate::text::plain::place(&source.path, source.record.as_deref())
}
