//! How good an extraction is, against pages that people annotated.
//!
//! A fact and an annotation match where their numbers overlap in the text, and kind, value, upper end and denominator
//! are equal (of money, the currency too). Precision and recall are over all annotations that are not optional and all
//! facts that do not fall on an optional one; facts without a digit that touch no annotation do not count. Over the
//! matched facts, each field has an accuracy of its own. For each rule it is counted what its facts came to.

mod attribute;
mod counts;
mod gold;
mod lessons;
mod lines;
mod table;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use attribute::Field;
pub use counts::{KindCounts, RuleCounts, Share};
pub use lessons::Learned;
pub(super) use lessons::{Candidates, lessons};
pub use lines::{KeptLines, StrippedLine};

use crate::fact::Fact;
use counts::harmonic_mean;
use gold::{Gold, Page};
use lines::Stripped;

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Disagreement {
    /// The page.
    pub page: String,
    /// The line in it, from 1; 0 where nothing was read.
    pub line: usize,
    /// The number as written; of a line, its beginning.
    pub number: String,
    /// `false`, `missed`, `line`, or the name of a field.
    pub what: String,
    /// What is annotated.
    pub expected: String,
    /// What was read.
    pub got: String,
    /// The rule that read it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

/// The score of an extraction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Facts that match an annotation.
    pub right: u64,
    /// Facts that match none.
    pub wrong: u64,
    /// Annotations that no fact matches.
    pub missed: u64,
    /// Each field over the matched facts.
    pub fields: BTreeMap<&'static str, Share>,
    /// By kind.
    pub kinds: BTreeMap<String, KindCounts>,
    /// By rule.
    pub rules: BTreeMap<String, RuleCounts>,
    /// The lines that were kept as the article, if asked for.
    pub lines: Option<KeptLines>,
    /// All disagreements, page by page.
    pub errors: Vec<Disagreement>,
}

/// Scores facts against the annotations in the folder `gold` (`NAME.jsonl` for the page `NAME.txt`), and the lines that
/// were kept of its pages against `NAME.lines.json`. The texts are looked for in `texts`, else in the folder itself or
/// in a folder `seeds` above it.
///
/// # Errors
/// Where annotations or texts cannot be read, or do not fit together.
pub fn score(
    gold: &Path,
    texts: Option<&Path>,
    facts: &[Fact<'_>],
    lines: Option<Vec<StrippedLine>>,
) -> io::Result<Score> {
    let mut by_page: BTreeMap<String, Vec<&Fact<'_>>> = BTreeMap::new();
    for fact in facts {
        by_page.entry(page_name(&fact.source.path)).or_default().push(fact);
    }
    let lines = lines.map(Stripped::new);
    let mut score = Score::default();
    for page in gold::read_all(gold, texts)? {
        score.add_page(&page, by_page.get(&page.name).map_or(&[], Vec::as_slice));
        if let Some(lines) = &lines {
            let kept = score.lines.get_or_insert_default();
            score.errors.extend(kept.add_page(gold, &page, lines)?);
        }
    }
    Ok(score)
}

/// The name of a page in the annotations: that of its file, without the ending.
fn page_name(path: &str) -> String {
    Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl Score {
    /// Precision, recall, and their harmonic mean.
    pub(crate) fn ratios(&self) -> [f64; 3] {
        harmonic_mean(self.right, self.wrong, self.missed)
    }

    fn add_page(&mut self, page: &Page, facts: &[&Fact<'_>]) {
        let pairs = pair(&page.facts, facts);
        let mut found = vec![false; page.facts.len()];
        for (fact, pair) in facts.iter().zip(pairs) {
            let touching = page.facts.iter().filter(|gold| gold.overlaps(fact)).collect::<Vec<_>>();
            match pair {
                Some(j) => {
                    found[j] = true;
                    if !page.facts[j].optional {
                        self.add_right(page, &page.facts[j], fact);
                    }
                }
                None if touching.iter().any(|gold| gold.optional) => {}
                None if touching.is_empty() && !has_digit(&page.text, fact) => {}
                None => self.add_wrong(page, touching.first().copied(), fact),
            }
        }
        for (gold, _) in page.facts.iter().zip(found).filter(|(gold, found)| !gold.optional && !found) {
            self.missed += 1;
            self.kinds.entry(gold.kind()).or_default().missed += 1;
            self.errors.push(Disagreement {
                page: page.name.clone(),
                line: 0,
                number: gold.number().to_owned(),
                what: "missed".to_owned(),
                expected: format!("{} {}", gold.kind(), gold.value()),
                got: String::new(),
                rule: String::new(),
            });
        }
    }

    fn add_right(&mut self, page: &Page, gold: &Gold, fact: &Fact<'_>) {
        self.right += 1;
        self.kinds.entry(gold.kind()).or_default().right += 1;
        let rule = self.rules.entry(fact.rule.to_string()).or_default();
        rule.right += 1;
        for field in Field::ALL {
            let Some(right) = field.is_right(gold, fact) else { continue };
            let name = field.name();
            self.fields.entry(name).or_default().add(right);
            rule.fields.entry(name).or_default().add(right);
            if !right {
                let wanted: Vec<String> = gold.wanted(name).iter().map(ToString::to_string).collect();
                let got = field.said(fact);
                self.errors.push(disagreement(page, fact, name, wanted.join(" or "), got));
            }
        }
    }

    fn add_wrong(&mut self, page: &Page, gold: Option<&Gold>, fact: &Fact<'_>) {
        self.wrong += 1;
        let kind = fact.kind.as_str();
        self.kinds.entry(kind.to_owned()).or_default().wrong += 1;
        let rule = self.rules.entry(fact.rule.to_string()).or_default();
        let expected = if let Some(gold) = gold {
            *rule.confused.entry(format!("{} → {kind}", gold.kind())).or_default() += 1;
            format!("{} {}", gold.kind(), gold.value())
        } else {
            rule.no_fact += 1;
            "no fact".to_owned()
        };
        let got = format!("{kind} {}", crate::review::show::value(fact));
        self.errors.push(disagreement(page, fact, "false", expected, got));
    }
}

/// For each fact the annotation that it matches, if any; each annotation is matched once.
fn pair(gold: &[Gold], facts: &[&Fact<'_>]) -> Vec<Option<usize>> {
    let mut used = vec![false; gold.len()];
    let mut claim = |fact: &&Fact<'_>| {
        let found = (0..gold.len()).find(|&j| !used[j] && gold[j].overlaps(fact) && gold[j].matches(fact))?;
        used[found] = true;
        Some(found)
    };
    facts.iter().map(&mut claim).collect()
}

/// Whether the bytes that the fact cites have a digit.
fn has_digit(text: &[u8], fact: &Fact<'_>) -> bool {
    text.get(fact.source.bytes.clone()).is_some_and(|quote| quote.iter().any(u8::is_ascii_digit))
}

fn disagreement(page: &Page, fact: &Fact<'_>, what: &str, expected: String, got: String) -> Disagreement {
    Disagreement {
        page: page.name.clone(),
        line: fact.source.line,
        number: fact.source.quote.to_string(),
        what: what.to_owned(),
        expected,
        got,
        rule: fact.rule.to_string(),
    }
}

#[cfg(test)]
mod tests;
