//! Canonical metrics: which of `rules/metrics/` the words of a metric stand for.

pub(super) mod abbreviations;
pub(super) mod look_up;
pub(super) mod pattern;
pub(super) mod signs;
pub(super) mod theme;
pub(super) mod topic;
pub(super) mod words;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use self::pattern::{Alternative, alternatives};
use self::signs::Signs;
use self::words::PatternWord;
use crate::extract::mention::Mention;
use crate::extract::metric::file::AbbreviationList;
use crate::extract::sentence::Sentence;
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::token::Vocabulary;
use crate::fact::{Direction, Kind};
use crate::rules::{Loaded, Named, RuleError, RuleSources, merged};

/// Most words that `..` leaves out.
const MAX_GAP: usize = 6;

/// A metric as its rule file states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetricRule {
    /// Dotted slug, field first.
    #[serde(deserialize_with = "crate::fact::id::of_rule")]
    pub(crate) id: String,
    /// Name in Vietnamese.
    #[serde(rename = "name_vi")]
    pub(crate) _vietnamese: String,
    /// Name in English.
    #[serde(rename = "name_en")]
    pub(crate) _english: String,
    /// What it counts and what not, where the names do not say it.
    #[serde(rename = "note", default)]
    _note: Option<String>,
    /// Kinds of value that state its level; a change may be of any kind.
    kinds: Vec<Kind>,
    /// Units that state its level; empty: any.
    #[serde(default)]
    units: Vec<String>,
    /// The least level it has: fewer are only some of them (3 học sinh).
    #[serde(default)]
    at_least: Option<u32>,
    /// The greatest level it has.
    #[serde(default)]
    at_most: Option<u32>,
    /// Whether a change said of its words is one of something else (a share that falls: its price).
    #[serde(default)]
    level_only: bool,
    /// Directions in which it may move; empty: both.
    #[serde(default)]
    directions: Vec<Direction>,
    /// Words one of which must stand in the sentence of a figure; empty: it needs none.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Words that say, where they stand in the sentence of a figure, that it is of something else.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    patterns: Vec<Spanned<String>>,
    /// Sentences whose first figure has this metric.
    pub(crate) examples: Vec<String>,
    /// Sentences in which no figure has it.
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

impl Named for MetricRule {
    fn name(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    metric: Vec<MetricRule>,
}

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
        let (mut numbers, mut signs) = (FxHashMap::default(), FxHashMap::default());
        let rules = merged(&files, |f| &f.metric);
        let rules: Vec<_> =
            rules.into_iter().map(|(i, rule)| (files[i].file.clone(), rule.clone())).collect();
        for (metric, (name, rule)) in (0u32..).zip(&rules) {
            compiled.signs.add(rule, &mut signs, vocabulary);
            for pattern in &rule.patterns {
                let all = alternatives(pattern.get_ref())
                    .map_err(|message| broken(&files, name, pattern, &message))?;
                for mut alternative in all {
                    alternative.phrases.iter_mut().for_each(|phrase| write_out(phrase, &long));
                    compiled.add(metric, &alternative, &mut numbers, vocabulary);
                }
            }
        }
        compiled.rules = rules;
        Ok(compiled)
    }

    fn add(
        &mut self,
        metric: u32,
        alternative: &Alternative,
        numbers: &mut FxHashMap<String, u32>,
        words: &mut Vocabulary,
    ) {
        let mut phrases = Vec::with_capacity(alternative.phrases.len());
        for phrase in &alternative.phrases {
            let number = numbers.get(phrase).copied().unwrap_or_else(|| {
                let next = numbers.len() as u32;
                numbers.insert(phrase.clone(), next);
                self.phrases.insert(words, phrase, next);
                self.by_first.push(Vec::new());
                next
            });
            phrases.push(number);
        }
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

impl MetricRule {
    /// Whether `mention` can be a value of this metric.
    fn allows(&self, mention: &Mention<'_>) -> bool {
        let turned =
            mention.direction.is_some_and(|d| !self.directions.is_empty() && !self.directions.contains(&d));
        if turned {
            return false;
        }
        let change = mention.is_change || mention.kind == Kind::Multiple && mention.direction.is_some();
        let relative = matches!(
            mention.kind,
            Kind::Percentage | Kind::PercentagePoint | Kind::Multiple | Kind::Share | Kind::Rank
        );
        if change && relative || mention.kind == Kind::PercentagePoint {
            return !(change && self.level_only);
        }
        let unit = mention.unit.as_deref().unwrap_or("");
        // A place in a ranking and a score rise by steps.
        let steps = change
            && mention.kind == Kind::Count
            && self.kinds.iter().any(|k| *k == Kind::Rank || *k == Kind::Index);
        let level = self.kinds.contains(&mention.kind)
            && (change || self.bounds(mention.value))
            && (self.units.is_empty() || self.units.iter().any(|u| starts_with_unit(unit, u)));
        steps || level
    }

    /// Whether a level lies within the bounds.
    fn bounds(&self, level: Decimal) -> bool {
        self.at_least.is_none_or(|least| level >= Decimal::from(least))
            && self.at_most.is_none_or(|most| level <= Decimal::from(most))
    }
}

/// Whether `unit` is `wanted` or begins with it as a whole word.
fn starts_with_unit(unit: &str, wanted: &str) -> bool {
    unit.strip_prefix(wanted).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
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

fn broken(files: &[Loaded<File>], name: &str, pattern: &Spanned<String>, message: &str) -> RuleError {
    let file = files.iter().find(|f| f.file == name).or(files.first());
    let (file, text) = file.map_or_else(Default::default, |f| (f.file.clone(), f.text.clone()));
    RuleError {
        file,
        text: text.into_owned(),
        span: pattern.span(),
        message: format!("metric pattern: {message}"),
        help: None,
    }
}
