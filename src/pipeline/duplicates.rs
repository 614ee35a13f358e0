//! Pages with nearly the same article, by `MinHash`.
//!
//! An article is the set of its shingles, runs of [`SHINGLE`] words. Of each of [`HASHES`] hash functions the smallest
//! value over the set is kept; the share of functions on which two articles agree estimates how similar their sets are
//! (Jaccard; Broder 1997). Pages that agree on all functions of a band are compared. The first page of the input with an
//! article stands for all that are like it, so the answer does not depend on the number of threads.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::fact::PageName;
use crate::page::Article;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Hash functions, in bands of [`ROWS`].
const HASHES: usize = 64;
const ROWS: usize = 8;
/// So many of the functions must agree: four fifths.
const AGREEING: usize = 52;

/// What becomes of a page whose article an earlier page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// Its facts are left out.
    Drop,
    /// Its facts say which page it is like.
    Mark,
}

/// The smallest values of all hash functions over the shingles of an article.
#[derive(Debug)]
pub(super) struct Signature([u32; HASHES]);

impl Signature {
    /// The signature of an article; `None` where it has no words.
    pub(super) fn of(article: &Article<'_>) -> Option<Self> {
        let mut words = Vec::new();
        let text = article.text.as_str();
        for block in article.page.blocks.iter().filter(|block| block.keep) {
            let parts = text[block.span.clone()].split(|c: char| !c.is_alphanumeric());
            words.extend(parts.filter(|word| !word.is_empty()).map(|word| xxh3_64(word.as_bytes())));
        }
        if words.is_empty() {
            return None;
        }
        let mut least = [u32::MAX; HASHES];
        for shingle in words.windows(SHINGLE.min(words.len())) {
            let hash =
                shingle.iter().fold(0u64, |sum, word| (sum.rotate_left(13) ^ word).wrapping_mul(FACTOR));
            for (i, least) in (0u64..).zip(&mut least) {
                *least = (*least).min(nth_hash(hash, i));
            }
        }
        Some(Self(least))
    }

    fn bands(&self) -> impl Iterator<Item = u64> {
        (0u64..).zip(self.0.chunks(ROWS)).map(|(band, rows)| {
            rows.iter().fold(band, |sum, row| (sum.rotate_left(23) ^ u64::from(*row)).wrapping_mul(FACTOR))
        })
    }

    /// What is kept of it: a byte of each value.
    fn short(&self) -> [u8; HASHES] {
        self.0.map(|value| value as u8)
    }
}

/// An odd number without pattern (the golden ratio of 2⁶⁴).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Multiply-shift hashing (Dietzfelbinger et al. 1997) with a factor of its own for each function.
fn nth_hash(value: u64, i: u64) -> u32 {
    let mut factor = (i + 1).wrapping_mul(FACTOR);
    factor = (factor ^ factor >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9) | 1;
    (value.wrapping_mul(factor) >> 32) as u32
}

/// The articles so far. Takes some 250 bytes a page, and its name where duplicates are marked.
#[derive(Debug)]
pub(super) struct Index {
    mode: Duplicates,
    bands: FxHashMap<u64, u32>,
    signatures: Vec<[u8; HASHES]>,
    names: Vec<PageName<'static>>,
}

/// What the index says of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    New,
    Drop,
    /// The first page with that article.
    Mark(PageName<'static>),
}

impl Index {
    pub(super) fn new(mode: Duplicates) -> Self {
        Self { mode, bands: FxHashMap::default(), signatures: Vec::new(), names: Vec::new() }
    }

    /// Looks a page up, and remembers it where it is new.
    pub(super) fn take(&mut self, signature: &Signature, name: &PageName<'static>) -> Answer {
        let short = signature.short();
        let candidates = signature.bands().filter_map(|band| self.bands.get(&band));
        let alike = |i: &&u32| {
            let other = &self.signatures[**i as usize];
            short.iter().zip(other).filter(|(a, b)| a == b).count() >= AGREEING
        };
        if let Some(first) = candidates.filter(alike).min() {
            return match self.mode {
                Duplicates::Drop => Answer::Drop,
                Duplicates::Mark => Answer::Mark(self.names[*first as usize].clone()),
            };
        }
        let Ok(number) = u32::try_from(self.signatures.len()) else { return Answer::New };
        for band in signature.bands() {
            self.bands.entry(band).or_insert(number);
        }
        self.signatures.push(short);
        if self.mode == Duplicates::Mark {
            self.names.push(name.clone());
        }
        Answer::New
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::PageRules;
    use crate::rules::RuleSources;
    use crate::source::RawPage;

    fn signature(rules: &PageRules, text: &str) -> Signature {
        let raw = RawPage { bytes: text.as_bytes().into(), ..RawPage::default() };
        Signature::of(&rules.read_raw(&raw)).unwrap()
    }

    fn article(seed: usize) -> String {
        (0..40)
            .map(|i| {
                format!("Tổ {} của xã {seed} trồng thêm {} cây, bán được {} tấn quả.\n", i * seed, i, i * 7)
            })
            .collect::<Vec<String>>()
            .concat()
    }

    #[test]
    fn nearly_equal_articles_are_found_and_others_not() {
        let rules = PageRules::compile(&RuleSources::builtin()).unwrap();
        let mut index = Index::new(Duplicates::Mark);
        let name = |i: usize| PageName { path: format!("p{i}").into(), record: None };
        for seed in 1..40 {
            assert_eq!(index.take(&signature(&rules, &article(seed)), &name(seed)), Answer::New, "{seed}");
        }
        let edited =
            article(7).replacen("Tổ 0", "Theo báo cáo, tổ 0", 1).replacen("bán được 70", "bán được 71", 1);
        assert_eq!(index.take(&signature(&rules, &edited), &name(99)), Answer::Mark(name(7)));
    }
}
