//! Canonical metrics: which of `rules/metrics/` the words of a metric stand for.

pub(super) mod abbreviations;
mod look_up;
mod pattern;
mod phrase_numbers;
mod rule;
mod signs;
pub(super) mod theme;
pub(super) mod topic;
pub(super) mod words;

use rustc_hash::FxHashMap;

use self::abbreviations::AbbreviationList;
use self::pattern::{Alternative, alternatives};
use self::phrase_numbers::PhraseNumbers;
use self::rule::{File, MetricRule};
use self::signs::Signs;
use self::words::PatternWord;
use crate::extract::mention::Mention;
use crate::extract::sentence::Sentence;
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::vocabulary::Vocabulary;
use crate::rules::{Loaded, RuleError, RuleSources, merged};

/// Most words that `..` leaves out.
const MAX_GAP: usize = 6;

/// An alternative of a pattern, with its phrases as numbers.
#[derive(Debug)]
struct Compiled {
    metric: u32,
    rest: Box<[u32]>,
    open_left: bool,
    open_right: bool,
}

/// All canonical metrics.
#[derive(Debug, Default)]
pub(crate) struct Canonical {
    rules: Vec<(String, MetricRule)>,
    signs: Signs,
    phrases: Lexicon<u32>,
    /// Alternatives by their first phrase.
    by_first: Vec<Vec<Compiled>>,
}

/// A phrase found among the words of a metric.
#[derive(Debug, Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
    phrase: u32,
}

impl Canonical {
    /// Compiles `rules/metrics/`.
    pub(crate) fn compile(
        sources: &RuleSources,
        short: &[AbbreviationList],
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, RuleError> {
        let files: Vec<Loaded<File>> = sources.parse("metrics")?;
        let long = long_forms(short);
        let mut compiled = Self::default();
        let (mut phrases, mut signs) = (PhraseNumbers::default(), PhraseNumbers::default());
        for (metric, (file, rule)) in (0u32..).zip(merged(&files, |f| &f.metric)) {
            let file = &files[file];
            compiled.signs.add(rule, &mut signs, vocabulary);
            for pattern in &rule.patterns {
                let all = alternatives(pattern.get_ref())
                    .map_err(|message| file.error(pattern.span(), format!("metric pattern: {message}")))?;
                for mut alternative in all {
                    alternative.phrases.iter_mut().for_each(|phrase| write_out(phrase, &long));
                    compiled.add(metric, &alternative, &mut phrases, vocabulary);
                }
            }
            compiled.rules.push((file.file.clone(), rule.clone()));
        }
        Ok(compiled)
    }

    fn add(
        &mut self,
        metric: u32,
        alternative: &Alternative,
        numbers: &mut PhraseNumbers,
        vocabulary: &mut Vocabulary,
    ) {
        let number = |phrase: &String| numbers.number(phrase, &mut self.phrases, vocabulary);
        let phrases: Vec<u32> = alternative.phrases.iter().map(number).collect();
        self.by_first.resize_with(numbers.len(), Vec::new);
        if let Some((&first, rest)) = phrases.split_first() {
            let (open_left, open_right) = (alternative.open_left, alternative.open_right);
            self.by_first[first as usize].push(Compiled { metric, rest: rest.into(), open_left, open_right });
        }
    }

    /// The rules with their files.
    pub(crate) fn rules(&self) -> impl Iterator<Item = (&str, &MetricRule)> {
        self.rules.iter().map(|(file, rule)| (file.as_str(), rule))
    }

    /// The metric that `words` stand for and `mention` of `sentence` can be a value of: the one whose pattern takes in most
    /// words.
    pub(crate) fn find(
        &self,
        words: &[PatternWord],
        mention: &Mention<'_>,
        sentence: &Sentence<'_>,
    ) -> Option<&str> {
        let longest = self.longest(words, mention, sentence);
        longest.map(|(_, metric)| self.rules[metric as usize].1.id.as_str())
    }

    /// How many of `words` the best pattern takes in; 0 where none fits.
    pub(crate) fn taken(
        &self,
        words: &[PatternWord],
        mention: &Mention<'_>,
        sentence: &Sentence<'_>,
    ) -> usize {
        self.longest(words, mention, sentence).map_or(0, |(length, _)| length)
    }

    fn longest(
        &self,
        words: &[PatternWord],
        mention: &Mention<'_>,
        sentence: &Sentence<'_>,
    ) -> Option<(usize, u32)> {
        let found = self.phrases_in(words);
        let mut best: Option<(usize, u32)> = None;
        for first in &found {
            for alternative in &self.by_first[first.phrase as usize] {
                let better = |length: usize| best.is_none_or(|(longest, _)| length > longest);
                if let Some(length) = alternative.length(*first, &found, words)
                    && better(length)
                    && self.rules[alternative.metric as usize].1.allows(mention)
                    && self.signs.allow(alternative.metric, sentence)
                {
                    best = Some((length, alternative.metric));
                }
            }
        }
        best
    }

    fn phrases_in(&self, words: &[PatternWord]) -> Vec<Found> {
        let mut found = Vec::new();
        for start in 0..words.len() {
            for (length, phrase) in self.phrases.prefixes(words[start..].iter().map(|w| w.id)) {
                found.push(Found { start, end: start + length, phrase });
            }
        }
        found
    }
}

impl Compiled {
    /// How many words this alternative takes in where its first phrase is `first`; `None` where it does not fit.
    fn length(&self, first: Found, found: &[Found], words: &[PatternWord]) -> Option<usize> {
        if !self.open_left && !words[..first.start].iter().all(|w| w.loose) {
            return None;
        }
        let (mut end, mut length) = (first.end, first.end - first.start);
        for &phrase in &self.rest {
            let fits = |f: &&Found| f.phrase == phrase && f.start >= end && f.start - end <= MAX_GAP;
            let next = found.iter().find(fits)?;
            (end, length) = (next.end, length + next.end - next.start);
        }
        (self.open_right || words[end..].iter().all(|w| w.loose)).then_some(length)
    }
}

/// Abbreviations and what they stand for, in lower case.
fn long_forms(short: &[AbbreviationList]) -> FxHashMap<String, String> {
    let all = short.iter().flat_map(|list| &list.long);
    all.map(|(short, long)| (short.to_lowercase(), long.to_lowercase())).collect()
}

/// Writes the abbreviations of `phrase` out, as the words of a page are.
fn write_out(phrase: &mut String, long: &FxHashMap<String, String>) {
    if phrase.split(' ').any(|word| long.contains_key(word)) {
        let words: Vec<&str> = phrase.split(' ').map(|w| long.get(w).map_or(w, String::as_str)).collect();
        *phrase = words.join(" ");
    }
}
