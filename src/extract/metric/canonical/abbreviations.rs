//! Abbreviations, common ones and those that a page defines, written out for matching.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::extract::sentence::Sentence;
use crate::extract::words::token::Token;
use crate::extract::words::vocabulary::{Vocabulary, WordId};
use crate::rules::named;

/// Shortest and longest abbreviation, in letters.
const LETTERS: RangeInclusive<usize> = 2..=8;
/// Most abbreviations remembered of one page.
const MAX_DEFINED: usize = 64;

/// Abbreviations and what they stand for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbbreviationList {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) long: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) examples: Vec<IdExample>,
}

named!(AbbreviationList);

/// A sentence with its figures marked, and the canonical metric that the first must get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdExample {
    pub(crate) text: String,
    pub(crate) id: String,
}

/// Common abbreviations.
#[derive(Debug, Default)]
pub(crate) struct Abbreviations {
    /// By the number of the abbreviation.
    long: FxHashMap<WordId, Box<[WordId]>>,
}

/// An abbreviation that a page defines.
#[derive(Debug, Clone)]
pub(crate) struct Defined {
    short: String,
    long: Vec<WordId>,
}

impl Abbreviations {
    /// Compiles the list of common abbreviations.
    pub(crate) fn compile(lists: &[AbbreviationList], vocabulary: &mut Vocabulary) -> Self {
        let mut long = FxHashMap::default();
        for (short, words) in lists.iter().flat_map(|l| &l.long) {
            let short = vocabulary.intern(short);
            let words = words.split_whitespace().map(|w| vocabulary.intern(w)).collect();
            long.insert(short, words);
        }
        Self { long }
    }

    /// The words that `token` stands for, if it is an abbreviation.
    pub(crate) fn long<'l>(
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

/// Adds the abbreviations that a sentence defines: `dịch vụ công trực tuyến (DVCTT)`.
pub(crate) fn learn(sentence: &Sentence<'_>, defined: &mut Vec<Defined>) {
    if memchr::memchr(b'(', sentence.text.as_bytes()).is_none() {
        return;
    }
    for (at, token) in sentence.tokens.iter().enumerate() {
        if token.text(sentence.text) == "(" && defined.len() < MAX_DEFINED {
            defined.extend(defined_at(sentence, at));
        }
    }
}

fn defined_at(sentence: &Sentence<'_>, open: usize) -> Option<Defined> {
    let [short, close] = sentence.tokens.get(open + 1..open + 3)? else { return None };
    let short = short.text(sentence.text);
    let letters: Vec<char> = short.chars().take(LETTERS.end() + 1).collect();
    let capitals = letters.iter().all(|c| c.is_uppercase());
    if close.text(sentence.text) != ")"
        || !LETTERS.contains(&letters.len())
        || open < letters.len()
        || !capitals
    {
        return None;
    }
    let words = &sentence.tokens[open - letters.len()..open];
    let initial = |t: &Token| t.text(sentence.text).chars().next().and_then(|c| c.to_uppercase().next());
    let spelled = words.iter().zip(&letters).all(|(t, &c)| initial(t) == Some(c));
    spelled.then(|| Defined { short: short.to_owned(), long: words.iter().map(|t| t.word).collect() })
}
