//! What a verification came to.

use serde::Serialize;

use super::check::Outcome;
use super::{Citation, State};

/// A citation that does not hold as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The fact.
    pub id: Box<str>,
    /// What became of it.
    pub state: State,
    /// The file.
    pub path: Box<str>,
    /// The record within a container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<str>>,
    /// Half-open byte range that the fact cites.
    pub bytes: [usize; 2],
    /// The quote.
    pub quote: Box<str>,
    /// Where it stands now, if it moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<[usize; 2]>,
}

/// Counts, and all that does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Citations checked.
    pub facts: usize,
    /// Those that hold.
    pub intact: usize,
    /// Those that stand elsewhere in their page.
    pub moved: usize,
    /// Those whose page no longer says so.
    pub changed: usize,
    /// Those whose page cannot be read.
    pub missing: usize,
    /// The citations that do not hold, by path, record and place in the page.
    pub findings: Vec<Finding>,
}

pub(super) fn sum(citations: &[Citation], outcomes: Vec<Option<Outcome>>) -> Report {
    let mut report = Report { facts: citations.len(), ..Report::default() };
    for (citation, outcome) in citations.iter().zip(outcomes) {
        let (state, now) = outcome.unwrap_or((State::Missing, None));
        match state {
            State::Intact => report.intact += 1,
            State::Moved => report.moved += 1,
            State::Changed => report.changed += 1,
            State::Missing => report.missing += 1,
        }
        if state != State::Intact {
            report.findings.push(Finding {
                id: citation.id.clone(),
                state,
                path: citation.path.clone(),
                record: citation.record.clone(),
                bytes: [citation.bytes.start, citation.bytes.end],
                quote: citation.quote.clone(),
                now: now.map(|bytes| [bytes.start, bytes.end]),
            });
        }
    }
    report
}
