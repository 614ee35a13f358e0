//! One page against the facts that cite it.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{Citation, PageState, State};
use crate::page::PageRules;
use crate::source::{Format, RawPage};
use crate::text::{Encoding, Text, hexadecimal};

/// What became of one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) state: State,
    /// Where it stands now if elsewhere.
    pub(super) now: Option<Range<usize>>,
    /// Unknown where there is none.
    pub(super) page: Option<PageState>,
}

/// Checks all citations of one page.
pub(super) fn page(page: &RawPage<'_>, citations: &[Citation], rules: &PageRules) -> Vec<Outcome> {
    let hash = hexadecimal(&Sha256::digest(&page.bytes));
    // The whole page is decoded only where that is needed: most pages are UTF-8 text, and most citations hold.
    let mut text = None;
    let mut check = |citation: &Citation| {
        let same_page = *citation.sha256 == *hash;
        let page_state = Some(if same_page { PageState::Same } else { PageState::Changed });
        let intact = Outcome { state: State::Intact, now: None, page: page_state };
        if same_page && page.format == Format::Text && says(page, citation) {
            return intact;
        }
        let text = text.get_or_insert_with(|| rules.read_raw(page).text);
        if same_page && (stands(text, citation) || stands_in_another(page, citation, rules)) {
            return intact;
        }
        let (state, now) = look_for(text, citation);
        Outcome { state, now, page: page_state }
    };
    citations.iter().map(&mut check).collect()
}

/// Whether the bytes are the quote in UTF-8.
fn says(page: &RawPage<'_>, citation: &Citation) -> bool {
    let bytes = page.bytes.get(citation.bytes.clone());
    bytes.is_some_and(|bytes| Text::read_as(bytes, Encoding::Utf8).as_str() == &*citation.quote)
}

/// Whether an occurrence of the quote in the text comes from those bytes.
fn stands(text: &Text<'_>, citation: &Citation) -> bool {
    let found = memchr::memmem::find_iter(text.as_str().as_bytes(), citation.quote.as_bytes());
    found.map(|at| text.raw(at..at + citation.quote.len())).any(|bytes| bytes == citation.bytes)
}

/// Whether it stands so where the page is read in another encoding than the one found: a run may have forced one.
fn stands_in_another(page: &RawPage<'_>, citation: &Citation, rules: &PageRules) -> bool {
    let other = |encoding| RawPage { encoding: Some(encoding), ..page.clone() };
    simdutf8::basic::from_utf8(&page.bytes).is_err()
        && Encoding::all().any(|encoding| stands(&rules.read_raw(&other(encoding)).text, citation))
}

/// Looks for the sentence anywhere in the page, nearest to where it was.
fn look_for(text: &Text<'_>, citation: &Citation) -> (State, Option<Range<usize>>) {
    let places = memchr::memmem::find_iter(text.as_str().as_bytes(), citation.sentence.as_bytes());
    let quotes = places.filter_map(|at| quote_in(text, at, citation));
    match quotes.min_by_key(|bytes| bytes.start.abs_diff(citation.bytes.start)) {
        None => (State::Changed, None),
        Some(bytes) if bytes == citation.bytes => (State::Intact, None),
        Some(bytes) => (State::Moved, Some(bytes)),
    }
}

/// The bytes of the quote in the sentence that begins at `at`; of several equal ones, the one where it was.
fn quote_in(text: &Text<'_>, at: usize, citation: &Citation) -> Option<Range<usize>> {
    let found = citation.sentence.match_indices(&*citation.quote);
    let raw = found.map(|(i, quote)| text.raw(at + i..at + i + quote.len()));
    raw.min_by_key(|bytes| bytes.start.abs_diff(citation.bytes.start))
}
