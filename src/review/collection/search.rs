//! Finding words in facts, whatever their case and marks.

use memchr::memmem::Finder;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Collection, Row};

/// The text in small letters without marks: what people type in a hurry finds what is written with care.
pub fn plain(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

impl Collection {
    /// The numbers of all rows whose record has all the words of `query` somewhere, in order.
    pub fn search(&self, query: &str) -> Vec<u32> {
        let query = plain(query);
        let words: Vec<Finder<'_>> = query.split_whitespace().map(Finder::new).collect();
        let finds = |row: &Row| {
            let record = plain(&row.json);
            words.iter().all(|word| word.find(record.as_bytes()).is_some())
        };
        let rows = self.rows.par_iter().enumerate();
        rows.filter(|(_, row)| finds(row)).map(|(number, _)| number as u32).collect()
    }
}
