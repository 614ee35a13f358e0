//! Training examples for metric and entity weights, from annotated pages.

use std::io;
use std::ops::Range;
use std::path::Path;

use super::attribute;
use super::gold::{self, Page};
use crate::extract::weigh::{Feature, Lesson, Weighed};
use crate::source::{Format, RawPage, Severity, with_sidecar};

/// By how much less similar words are that are as good as the most similar ones.
const NEAR: f64 = 0.1;

/// What is learned from annotations.
#[derive(Debug, Clone, Copy)]
pub struct Learned {
    /// The name of the field.
    pub field: &'static str,
    /// Whether of similar words only those that are most similar are right.
    pub nearest: bool,
}

/// Where the number of a value stands in its page, in bytes, and its candidates.
pub(in crate::review) type Candidates<A> = (Range<usize>, Vec<Weighed<A>>);

/// For each page of the folder `gold`: the values whose field is annotated, of those that `read` finds in it.
pub(in crate::review) fn lessons<A: Feature>(
    gold: &Path,
    texts: Option<&Path>,
    learned: Learned,
    read: impl Fn(&RawPage<'_>) -> Vec<Candidates<A>>,
) -> io::Result<Vec<Vec<Lesson<A>>>> {
    let lesson = |page: &Page, (bytes, candidates): &Candidates<A>| {
        let wanted = page.facts.iter().find(|fact| fact.meets(bytes))?.annotated(learned.field)?;
        if !learned.nearest {
            return Some(Lesson::new(candidates, |text| attribute::is_text(&wanted, text)));
        }
        let texts = candidates.iter().map(|candidate| attribute::similarity(&wanted, &candidate.text));
        let most = texts.fold(0.0, f64::max);
        let near = |text: &str| attribute::similarity(&wanted, text) >= (most - NEAR).max(0.5);
        Some(Lesson::new(candidates, near))
    };
    let pages = gold::read_all(gold, texts)?;
    let read_all = |page: &Page| {
        let mut problems = Vec::new();
        let raw = with_sidecar(&page.path, page.text.clone(), Format::Text, &mut problems);
        match problems.iter().find(|problem| problem.severity > Severity::Note) {
            Some(problem) => Err(io::Error::new(io::ErrorKind::InvalidData, problem.to_string())),
            None => Ok(read(&raw).iter().filter_map(|value| lesson(page, value)).collect()),
        }
    };
    pages.iter().map(read_all).collect()
}
