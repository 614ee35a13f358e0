//! Finding words in facts, whatever their case and marks.

use std::borrow::Cow;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::{Collection, Row};
use crate::fact::{Fact, Label};
use crate::text::without_marks;

/// What people look for in a fact: its words, those around it, and where it comes from.
pub(super) fn words(fact: &Fact<'_>) -> Box<str> {
    let (source, none) = (&fact.source, Cow::Borrowed(""));
    let label =
        |label: &Option<Label<'_>>| label.as_ref().map_or_else(String::new, |label| label.text.to_string());
    let unit = fact.unit.as_ref().unwrap_or(&none);
    let title = source.title.as_ref().unwrap_or(&none);
    let (metric, entity) = (label(&fact.metric), label(&fact.entity));
    let parts: [&str; 7] = [&source.quote, &source.sentence, unit, &metric, &entity, title, &source.path];
    without_marks(&parts.join("\n")).into()
}

impl Collection {
    /// The numbers of all rows that have all the words of `query` somewhere, in order.
    pub fn search(&self, query: &str) -> Vec<u32> {
        let query = without_marks(query);
        let words: Vec<Finder<'_>> = query.split_whitespace().map(Finder::new).collect();
        let finds = |row: &Row| words.iter().all(|word| word.find(row.words.as_bytes()).is_some());
        let rows = self.rows.par_iter().enumerate();
        rows.filter(|(_, row)| finds(row)).map(|(number, _)| number as u32).collect()
    }
}
