//! Compiled `rules/html.toml`: what names of classes say.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::rules::{ExampleOutcome, Loaded, RuleError, RuleSources, Verdict, merge_named, named};

const FILE: &str = "html.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionFile {
    region: Vec<Region>,
}

/// A sort of region: one that is no article, or the article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    /// It is the article, whatever else its names say.
    #[serde(default)]
    article: bool,
    /// It is the headline.
    #[serde(default)]
    headline: bool,
    /// Words between separators.
    whole: Vec<String>,
    /// Words that may stand inside others.
    within: Vec<String>,
    examples: Vec<String>,
    leave: Vec<String>,
}

named!(Region);

/// What an element holds by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RegionKind {
    Article,
    Headline,
    /// Something else.
    Aside,
}

/// Tells from the class, id or role of an element whether it holds something else than the article.
#[derive(Debug)]
pub struct HtmlRules {
    regions: Vec<Region>,
    words: AhoCorasick,
    /// For each word its region, and whether it must stand alone.
    meaning: Vec<(usize, bool)>,
}

impl HtmlRules {
    /// Compiles the rules.
    ///
    /// # Errors
    /// The first file or rule that is broken.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        let files: Vec<Loaded<RegionFile>> = sources.parse(FILE)?;
        let regions = merge_named(files.into_iter().flat_map(|file| file.value.region));
        let (mut words, mut meaning) = (Vec::new(), Vec::new());
        for (i, region) in regions.iter().enumerate() {
            words.extend(region.whole.iter().chain(&region.within));
            meaning.extend(region.whole.iter().map(|_| (i, true)));
            meaning.extend(region.within.iter().map(|_| (i, false)));
        }
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&words)
            .map_err(|error| sources.error(FILE, error.to_string()))?;
        Ok(Self { regions, words, meaning })
    }

    /// What an attribute value says of its element.
    pub(super) fn region_kind(&self, value: &str) -> Option<RegionKind> {
        self.region(value).map(|region| match region {
            Region { article: true, .. } => RegionKind::Article,
            Region { headline: true, .. } => RegionKind::Headline,
            _ => RegionKind::Aside,
        })
    }

    /// The sort of region that an attribute value names: the article before all others, the headline after them.
    fn region(&self, value: &str) -> Option<&Region> {
        let mut first = None;
        for hit in self.words.find_overlapping_iter(value) {
            let (region, whole) = self.meaning[hit.pattern().as_usize()];
            let region = &self.regions[region];
            if whole && !stands_alone(value, hit.start()..hit.end()) {
                continue;
            }
            if region.article {
                return Some(region);
            }
            first = first.filter(|first: &&Region| !first.headline).or(Some(region));
        }
        first
    }

    /// Runs the examples of the rules.
    pub fn test(&self) -> Vec<ExampleOutcome> {
        self.regions.iter().flat_map(|region| self.test_region(region)).collect()
    }

    fn test_region(&self, region: &Region) -> Vec<ExampleOutcome> {
        let outcome = |text: &String, verdict| ExampleOutcome::new(FILE, &region.name, text, verdict);
        let read = region.examples.iter().map(|text| match self.region(text) {
            Some(found) if found.name == region.name => outcome(text, Verdict::Right),
            Some(found) => outcome(text, Verdict::Missed(Some(format!("read by {}", found.name)))),
            None => outcome(text, Verdict::Missed(None)),
        });
        let left = region.leave.iter().map(|text| match self.region(text) {
            None => outcome(text, Verdict::Right),
            Some(found) => outcome(text, Verdict::FalseAlarm(Some(format!("read by {}", found.name)))),
        });
        read.chain(left).collect()
    }
}

/// Whether a word has ends on both sides: a separator, a digit, or a change from small to capital letters.
fn stands_alone(value: &str, span: Range<usize>) -> bool {
    let bytes = value.as_bytes();
    let before = span.start == 0 || {
        let (left, right) = (bytes[span.start - 1], bytes[span.start]);
        !left.is_ascii_alphabetic() || left.is_ascii_lowercase() && right.is_ascii_uppercase()
    };
    let after = bytes.get(span.end).is_none_or(|b| !b.is_ascii_lowercase());
    before && after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::assert_right;

    #[test]
    fn all_examples_are_right() {
        assert_right(&HtmlRules::compile(&RuleSources::builtin()).unwrap().test());
    }
}
