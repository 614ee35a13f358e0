//! What a verification came to.

use serde::Serialize;

use super::check::Outcome;
use super::{Citation, PageState, State};

/// A citation that does not hold as it is, or whose page is no longer the same.
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
    /// Whether the page is the one that was read then; absent where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageState>,
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
    /// Of these, those on pages that changed elsewhere.
    pub intact_on_changed_page: usize,
    /// Those that stand elsewhere in their page.
    pub moved: usize,
    /// Those whose page no longer says so.
    pub changed: usize,
    /// Those whose page cannot be read.
    pub missing: usize,
    /// The citations that do not hold or are on pages that changed, by path, record and place in the page.
    pub findings: Vec<Finding>,
}

/// Sums up the outcomes of each page; a page that cannot be read has none.
pub(super) fn sum(pages: Vec<(&[Citation], Option<Vec<Outcome>>)>) -> Report {
    let mut report = Report::default();
    let missing = Outcome { state: State::Missing, now: None, page: None };
    let outcomes = pages.into_iter().flat_map(|(citations, outcomes)| {
        citations.iter().zip(outcomes.unwrap_or_else(|| vec![missing.clone(); citations.len()]))
    });
    for (citation, Outcome { state, now, page }) in outcomes {
        report.facts += 1;
        let on_changed_page = state == State::Intact && page == Some(PageState::Changed);
        report.intact_on_changed_page += usize::from(on_changed_page);
        match state {
            State::Intact => report.intact += 1,
            State::Moved => report.moved += 1,
            State::Changed => report.changed += 1,
            State::Missing => report.missing += 1,
        }
        if state != State::Intact || on_changed_page {
            report.findings.push(Finding {
                id: citation.id.clone(),
                state,
                path: citation.path.clone(),
                record: citation.record.clone(),
                bytes: [citation.bytes.start, citation.bytes.end],
                quote: citation.quote.clone(),
                page,
                now: now.map(|bytes| [bytes.start, bytes.end]),
            });
        }
    }
    report
}
