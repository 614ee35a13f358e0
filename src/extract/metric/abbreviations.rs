//! Abbreviations, common ones and those that a page defines, written out for matching.

use rustc_hash::FxHashMap;

use super::clause::Clauses;
use super::words::Abbreviation;
use crate::extract::token::{Token, Vocabulary, WordId};

/// Common abbreviations.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    long: FxHashMap<WordId, Box<[WordId]>>,
}

/// An abbreviation that a page defines.
#[derive(Debug, Clone)]
pub(super) struct Defined {
    short: String,
    long: Vec<WordId>,
}

/// Shortest and longest abbreviation, in letters.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
/// Most abbreviations remembered of one page.
const MAX_DEFINED: usize = 64;

impl Abbreviations {
    /// Compiles the list of common abbreviations.
    pub(super) fn compile(list: &[Abbreviation], vocabulary: &mut Vocabulary) -> Self {
        let mut long = FxHashMap::default();
        for entry in list {
            let short = vocabulary.intern(&entry.short);
            let words = entry.long.split_whitespace().map(|w| vocabulary.intern(w)).collect();
            long.insert(short, words);
        }
        Self { long }
    }

    /// The words that `token` stands for, if it is an abbreviation.
    pub(super) fn long<'l>(
        &'l self,
        token: &Token,
        text: &str,
        defined: &'l [Defined],
    ) -> Option<&'l [WordId]> {
        if !token.capital {
            return None;
        }
        let of_page = || defined.iter().find(|d| d.short == text).map(|d| d.long.as_slice());
        self.long.get(&token.word).map(AsRef::as_ref).or_else(of_page)
    }
}

impl Clauses<'_, '_> {
    /// Adds the abbreviations that the sentence defines: `dịch vụ công trực tuyến (DVCTT)`.
    pub(super) fn learn(&self, defined: &mut Vec<Defined>) {
        for (at, tag) in self.tags.iter().enumerate() {
            let closes = self.tags.get(at + 2).is_some_and(|t| t.mark == b')');
            if tag.mark != b'(' || !closes || defined.len() >= MAX_DEFINED {
                continue;
            }
            if let Some(found) = self.defined_at(at) {
                defined.push(found);
            }
        }
    }

    fn defined_at(&self, open: usize) -> Option<Defined> {
        let sentence = self.sentence;
        let short = sentence.tokens[open + 1].text(sentence.text);
        let letters: Vec<char> = short.chars().collect();
        if !LETTERS.contains(&letters.len())
            || open < letters.len()
            || !letters.iter().all(|c| c.is_uppercase())
        {
            return None;
        }
        let words = &sentence.tokens[open - letters.len()..open];
        let initial = |t: &Token| t.text(sentence.text).chars().next().and_then(|c| c.to_uppercase().next());
        let spelled = words.iter().zip(&letters).all(|(t, &c)| initial(t) == Some(c));
        spelled.then(|| Defined { short: short.to_owned(), long: words.iter().map(|t| t.word).collect() })
    }
}
