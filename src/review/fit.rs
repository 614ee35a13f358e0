//! Fitting the weights of whom values are of to pages that people annotated.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::Extractor;
use crate::extract::entity::{FittedWeights, Lesson};
use crate::extract::rank::Start;
use crate::source::RawPage;

use super::score::entity_lessons;

/// Into how many parts pages are cut for cross-validation.
const FOLDS: usize = 5;

/// Weights fitted to annotated pages, and how good they are.
#[derive(Debug)]
pub struct Fitted {
    /// The weights.
    pub weights: FittedWeights,
    /// How many values they were fitted to.
    pub values: usize,
    /// How many of these have no right candidate.
    pub hopeless: usize,
    /// How many the present weights give to whom they are annotated as being of.
    pub right_before: usize,
    /// How many the new weights do.
    pub right: usize,
    /// How many of these are right by weights that were fitted to other pages (five-fold cross-validation by page).
    pub right_unseen: usize,
}

/// Fits weights to the pages in the folders `gold`, annotated as for [`super::score`]: to all values whose entity is
/// annotated. An empty text among the entities of a value says that it may as well be of nobody.
///
/// # Errors
/// Where annotations or texts cannot be read, or do not fit together.
pub fn fit(
    extractor: &Extractor,
    start: Start,
    gold: &[impl AsRef<Path>],
    texts: Option<&Path>,
) -> io::Result<Fitted> {
    // Each with its number in its folder, so that a folder that is named twice has each page in one fold.
    let mut pages: Vec<(usize, Vec<Lesson>)> = Vec::new();
    for folder in gold {
        let folder = folder.as_ref();
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
        let lessons = entity_lessons(folder, texts, |text| read(extractor, text)).map_err(named)?;
        pages.extend(lessons.into_iter().enumerate());
    }
    pages.retain(|(_, lessons)| !lessons.is_empty());
    if pages.len() < FOLDS {
        let message = format!(
            "at least {FOLDS} pages must have values whose entity is annotated; {} have",
            pages.len()
        );
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    let rules = extractor.extract_rules();
    let (entities, examples) = (&rules.entities, rules.entities.lessons(&rules.vocabulary));
    let all = || pages.iter().flat_map(|(_, lessons)| lessons);
    let unseen = |fold| {
        let part = |own: bool| {
            let of = move |(i, _): &&(usize, _)| (i % FOLDS == fold) == own;
            pages.iter().filter(of).flat_map(|(_, lessons)| lessons)
        };
        entities.fitted(start, part(false).chain(&examples)).right(part(true))
    };
    let (weights, right_unseen) = rayon::join(
        || entities.fitted(start, all().chain(&examples)),
        || (0..FOLDS).into_par_iter().map(unseen).sum(),
    );
    let right = weights.right(all());
    Ok(Fitted {
        right_unseen,
        values: all().count(),
        hopeless: all().filter(|lesson| lesson.is_hopeless()).count(),
        right_before: entities.right(all()),
        right,
        weights,
    })
}

/// The candidates of every value of a page, with the bytes of its number.
fn read(extractor: &Extractor, text: &[u8]) -> Vec<super::score::Candidates> {
    let raw = RawPage { bytes: text.into(), ..RawPage::default() };
    let article = extractor.page_rules().read_raw(&raw);
    let mut values = Vec::new();
    extractor.read_watching(&article, true, &mut |reading| {
        for (mention, candidates) in reading.mentions.iter().zip(reading.candidates) {
            let (start, end) =
                (reading.place.start + mention.quote.start, reading.place.start + mention.quote.end);
            if let Some(in_page) = reading.place.text.in_page(start..end) {
                values.push((article.text.raw(in_page), candidates.clone()));
            }
        }
    });
    values
}
