//! Fitting weights to pages that people annotated.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::score::{self, Learned};
use crate::Extractor;
use crate::extract::result::SentenceReading;
use crate::extract::rules::ExtractRules;
use crate::extract::weigh::{Feature, Lesson, Start, Weighed, Weights};
use crate::extract::{entity, metric};
use crate::source::RawPage;

/// Into how many parts pages are cut for cross-validation.
const FOLDS: usize = 5;

/// What there are weights for.
pub trait Subject: Feature {
    /// How it is annotated.
    const LEARNED: Learned;

    /// The present weights.
    fn weights(rules: &ExtractRules) -> &Weights<Self>;

    /// What the examples of rules teach.
    fn examples(rules: &ExtractRules) -> Vec<Lesson<Self>>;

    /// The candidates of the values of a sentence.
    fn candidates<'s>(reading: &SentenceReading<'s, '_>) -> &'s [Vec<Weighed<Self>>];
}

impl Subject for entity::Feature {
    const LEARNED: Learned = Learned { field: "entity", nearest: false };

    fn weights(rules: &ExtractRules) -> &Weights<Self> {
        rules.entities.weights()
    }

    fn examples(rules: &ExtractRules) -> Vec<Lesson<Self>> {
        rules.entities.lessons(&rules.vocabulary)
    }

    fn candidates<'s>(reading: &SentenceReading<'s, '_>) -> &'s [Vec<Weighed<Self>>] {
        reading.entity_candidates
    }
}

impl Subject for metric::Feature {
    const LEARNED: Learned = Learned { field: "metric", nearest: true };

    fn weights(rules: &ExtractRules) -> &Weights<Self> {
        rules.metrics.weights()
    }

    fn examples(rules: &ExtractRules) -> Vec<Lesson<Self>> {
        rules.metrics.lessons(&rules.vocabulary)
    }

    fn candidates<'s>(reading: &SentenceReading<'s, '_>) -> &'s [Vec<Weighed<Self>>] {
        reading.metric_candidates
    }
}

/// Weights fitted to annotated pages, and how good they are.
#[derive(Debug)]
pub struct Fitted<A: Feature> {
    /// The weights.
    pub weights: Weights<A>,
    /// How many values they were fitted to.
    pub values: usize,
    /// How many of these have no right candidate.
    pub unanswerable: usize,
    /// How many the present weights read as annotated.
    pub right_before: usize,
    /// How many the new weights do.
    pub right: usize,
    /// How many of these are right by weights that were fitted to other pages (five-fold cross-validation by page).
    pub right_unseen: usize,
}

/// Fits weights to the pages in the folders `gold`, annotated as for [`super::score`]: to all values whose field is
/// annotated. An empty text among several says that it may as well be absent.
///
/// # Errors
/// Where annotations or texts cannot be read, or do not fit together.
pub fn fit<A: Subject>(
    extractor: &Extractor,
    start: Start,
    gold: &[impl AsRef<Path>],
    texts: Option<&Path>,
) -> io::Result<Fitted<A>> {
    // Each with its number in its folder, so that a folder that is named twice has each page in one fold.
    let mut pages: Vec<(usize, Vec<Lesson<A>>)> = Vec::new();
    for folder in gold {
        let folder = folder.as_ref();
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
        let lessons =
            score::lessons(folder, texts, A::LEARNED, |page| read(extractor, page)).map_err(named)?;
        pages.extend(lessons.into_iter().enumerate());
    }
    pages.retain(|(_, lessons)| !lessons.is_empty());
    if pages.len() < FOLDS {
        let message = format!(
            "at least {FOLDS} pages must have values whose {} is annotated; {} have",
            A::LEARNED.field,
            pages.len()
        );
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    let rules = extractor.extract_rules();
    let (present, examples) = (A::weights(rules), A::examples(rules));
    let all = || pages.iter().flat_map(|(_, lessons)| lessons);
    let unseen = |fold| {
        let part = |own: bool| {
            let of = move |(i, _): &&(usize, _)| (i % FOLDS == fold) == own;
            pages.iter().filter(of).flat_map(|(_, lessons)| lessons)
        };
        present.fitted(start, part(false).chain(&examples)).right(part(true))
    };
    let (weights, right_unseen) = rayon::join(
        || present.fitted(start, all().chain(&examples)),
        || (0..FOLDS).into_par_iter().map(unseen).sum(),
    );
    let right = weights.right(all());
    Ok(Fitted {
        right_unseen,
        values: all().count(),
        unanswerable: all().filter(|lesson| lesson.is_unanswerable()).count(),
        right_before: present.right(all()),
        right,
        weights,
    })
}

/// The candidates of every value of a page, with the bytes of its number.
fn read<A: Subject>(extractor: &Extractor, page: &RawPage<'_>) -> Vec<score::Candidates<A>> {
    let article = extractor.page_rules().read_raw(page);
    let mut values = Vec::new();
    extractor.read_watching(&article, true, &mut |reading| {
        for (mention, candidates) in reading.mentions.iter().zip(A::candidates(reading)) {
            let (start, end) =
                (reading.place.start + mention.quote.start, reading.place.start + mention.quote.end);
            if let Some(in_page) = reading.place.text.in_page(start..end) {
                values.push((article.text.raw(in_page), candidates.clone()));
            }
        }
    });
    values
}
