//! What changed between two extractions.
//!
//! Two facts are *the same fact* where they have the same id, that is: the same page, sentence and quote. Facts that
//! are left over are paired within their page by similarity, so that a fact survives an edit of its sentence. Of a
//! pair, every field is compared. A pair that differs only in where it stands, as when a line was put in above, has
//! *moved*; that is counted, but is no change.
//!
//! Lines that are equal on both sides are cancelled by their hash while both sides are read, and are never parsed.

mod change;
mod group;
mod keys;
mod lines;
mod merge;
pub mod render;
mod similar;
mod totals;

use rayon::prelude::*;

use crate::fact::Fact;
use crate::review::field;
use crate::sink::SinkError;

pub use change::{Change, ChangeKind, Pair};
pub use lines::{Producer, Take, of_place};
pub(crate) use totals::{By, ranked};
pub use totals::{Counts, Totals};

use group::Group;
use merge::UnmatchedLine;

/// How many pages are compared at once, in parallel.
const PAGES_AT_ONCE: usize = 256;

/// All that differs on one page, in the order of the text.
#[derive(Debug, Clone)]
pub struct PageDiff {
    /// The facts that differ: at least one.
    pub changes: Vec<Change>,
}

impl PageDiff {
    /// A fact that stands on it.
    pub fn fact(&self) -> &Fact<'static> {
        let newest = self.changes.iter().find_map(Change::after);
        newest.unwrap_or_else(|| self.changes[0].fact())
    }

    /// How many of its facts differ.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.changes.iter().for_each(|change| counts.add(change.kind()));
        counts
    }
}

/// What counts as a change.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A fact that stands elsewhere has changed.
    pub places_count: bool,
    /// Fields that are not compared; `source` stands for all that begin with `source.`.
    pub ignore: Vec<String>,
    /// How failures call the old and the new side.
    pub names: [String; 2],
}

impl Options {
    /// Whether a field is not compared.
    fn ignores(&self, name: &str) -> bool {
        self.ignore.iter().any(|field| {
            name.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Whether a difference in a field that is compared makes another fact of it.
    fn counts(&self, name: &str) -> bool {
        self.places_count || !field::PLACE.contains(&name)
    }

    /// The first word in `ignore` that is no field.
    pub fn unknown_field(&self) -> Option<&str> {
        let known = |word: &str| {
            field::NAMES.iter().any(|name| name.split('.').next() == Some(word) || *name == word)
        };
        self.ignore.iter().map(String::as_str).find(|word| !known(word))
    }
}

/// Compares two sides and gives each page that differs to `each`, in the order in which pages come.
///
/// # Errors
/// Where a side cannot be read, a line that differs is no fact, or `each` fails.
pub fn compare(
    old: Producer<'_>,
    new: Producer<'_>,
    options: &Options,
    each: &mut dyn FnMut(&PageDiff) -> Result<(), SinkError>,
) -> Result<Totals, SinkError> {
    let left = merge::merge(old, new)?;
    let mut totals = Totals { old: left.counts[0], new: left.counts[1], ..Totals::default() };
    let [old, new] = &left.lines;
    for groups in group::by_page(old, new, &options.names)?.chunks(PAGES_AT_ONCE) {
        let pages: Vec<_> = groups.par_iter().map(|group| page(group, old, new, options)).collect();
        for page in pages {
            let page = page?;
            if !page.changes.is_empty() {
                totals.add(&page);
                each(&page)?;
            }
        }
    }
    Ok(totals)
}

/// Compares the facts of one page.
fn page(
    group: &Group,
    old: &[UnmatchedLine],
    new: &[UnmatchedLine],
    options: &Options,
) -> Result<PageDiff, SinkError> {
    let [old_name, new_name] = &options.names;
    let read =
        |lines: &[UnmatchedLine], wanted: &[usize], name: &str| -> Result<Vec<Fact<'static>>, SinkError> {
            let mut facts = wanted.iter().map(|&i| parse(&lines[i], name)).collect::<Result<Vec<_>, _>>()?;
            facts.sort_by_key(|fact| fact.source.bytes.start);
            Ok(facts)
        };
    let (old_facts, new_facts) = (read(old, &group.old, old_name)?, read(new, &group.new, new_name)?);
    let paired = similar::pair(&old_facts.iter().collect::<Vec<_>>(), &new_facts.iter().collect::<Vec<_>>());
    let mut changes = Vec::new();
    for &(i, j) in &group.pairs {
        changes.extend(changed(parse(&old[i], old_name)?, parse(&new[j], new_name)?, None, options));
    }
    let mut old_facts: Vec<_> = old_facts.into_iter().map(Some).collect();
    let mut new_facts: Vec<_> = new_facts.into_iter().map(Some).collect();
    for (i, j, similarity) in paired {
        if let (Some(old), Some(new)) = (old_facts[i].take(), new_facts[j].take()) {
            changes.extend(changed(old, new, Some(similarity), options));
        }
    }
    changes.extend(old_facts.into_iter().flatten().map(|fact| Change::Removed(Box::new(fact))));
    changes.extend(new_facts.into_iter().flatten().map(|fact| Change::Added(Box::new(fact))));
    changes.sort_by(|a, b| place(a).cmp(&place(b)));
    Ok(PageDiff { changes })
}

fn parse(held: &UnmatchedLine, side: &str) -> Result<Fact<'static>, SinkError> {
    let fact = serde_json::from_slice::<Fact<'_>>(&held.line);
    fact.map(Fact::into_owned).map_err(|error| keys::no_fact(held, side, &error))
}

/// A pair that is not equal in all.
fn changed(
    old: Fact<'static>,
    new: Fact<'static>,
    similarity: Option<u16>,
    options: &Options,
) -> Option<Change> {
    let mut fields = field::differing(&old, &new);
    let differing = fields.len();
    fields.retain(|&i| !options.ignores(field::NAMES[i]));
    if fields.is_empty() && (old.id == new.id || differing > 0) {
        // The same fact, written otherwise or with what is ignored.
        return None;
    }
    fields.retain(|&i| options.counts(field::NAMES[i]));
    Some(Change::Both(Box::new(Pair { old, new, differing: fields, similarity })))
}

/// Sorts by place on the page; what was removed goes before what was added there.
fn place(change: &Change) -> (usize, bool, &str) {
    let fact = change.fact();
    (fact.source.bytes.start, matches!(change, Change::Added(_)), &fact.id)
}

#[cfg(test)]
mod tests;
