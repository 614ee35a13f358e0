//! `rules/page.toml`: its form, and its compilation.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::cues::{Cue, Cues, Effect, Pattern, Place};
use super::dateline::Datelines;
use super::spam::SpamRules;
use crate::rules::{self, Loaded, Named, RuleError, RuleSources, merge_named, named};

const FILE: &str = "page.toml";

/// One rule file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageFile {
    #[serde(default)]
    cue: Vec<CueRule>,
    #[serde(default)]
    pattern: Vec<PatternRule>,
    #[serde(default)]
    date: Vec<PartRule>,
    #[serde(default)]
    dateline: Vec<PartRule>,
    #[serde(default)]
    spam: Vec<SpamRule>,
}

/// `[[cue]]`: phrases that tell what a line is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    effect: Effect,
    at: Place,
    max: usize,
    phrases: Vec<String>,
    examples: Vec<String>,
    #[serde(default)]
    leave: Vec<String>,
}

/// `[[pattern]]`: a regular expression that tells what a line is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    effect: Effect,
    max: usize,
    /// One of these must occur, if any is given.
    #[serde(default)]
    needs: Vec<String>,
    /// So many digits must occur.
    #[serde(default)]
    digits: usize,
    regex: Spanned<String>,
    examples: Vec<String>,
    #[serde(default)]
    leave: Vec<String>,
}

/// `[[date]]` and `[[dateline]]`: what a line that dates the article is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    regex: Spanned<String>,
    examples: Vec<String>,
    #[serde(default)]
    leave: Vec<String>,
}

/// `[[spam]]`: words that give injected text away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpamRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    phrases: Vec<String>,
    examples: Vec<String>,
    #[serde(default)]
    leave: Vec<String>,
}

/// A rule with the texts that show what it does.
trait Exampled: Named {
    /// Those that it must read, and those that it must leave alone.
    fn texts(&self) -> [&[String]; 2];
}

macro_rules! exampled {
    ($($rule:ty),*) => {
        named!($($rule),*);
        $(impl Exampled for $rule {
            fn texts(&self) -> [&[String]; 2] {
                [&self.examples, &self.leave]
            }
        })*
    };
}

exampled!(CueRule, PatternRule, PartRule, SpamRule);

/// A rule and the file it stands in (index into the parsed files).
#[derive(Debug, Clone)]
struct Placed<R> {
    file: usize,
    rule: R,
}

impl<R: Named> Named for Placed<R> {
    fn name(&self) -> &str {
        self.rule.name()
    }
}

/// An example of a rule: which rule, where, what text, and whether the rule must read it.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) file: String,
    pub(super) rule: String,
    pub(super) text: String,
    pub(super) reads: bool,
    pub(super) subject: Subject,
}

/// What an example is an example of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A cue or pattern of a line.
    Line,
    /// A date.
    Date,
    /// A part of a dateline.
    Part(usize),
    /// Spam words.
    Spam,
}

/// Everything compiled from the page rules.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) cues: Cues,
    pub(super) datelines: Datelines,
    pub(super) spam: SpamRules,
    pub(super) examples: Vec<Example>,
}

/// Parses and compiles `page.toml` of all sources.
pub(super) fn compile(sources: &RuleSources) -> Result<Compiled, RuleError> {
    let files: Vec<Loaded<PageFile>> = sources.parse(FILE)?;
    let cues = collect(&files, |f| &f.cue);
    let patterns = collect(&files, |f| &f.pattern);
    let dates = collect(&files, |f| &f.date);
    let parts = collect(&files, |f| &f.dateline);
    let spam = collect(&files, |f| &f.spam);
    let mut examples = Vec::new();
    add_examples(&mut examples, &files, &cues, |_| Subject::Line);
    add_examples(&mut examples, &files, &patterns, |_| Subject::Line);
    add_examples(&mut examples, &files, &dates, |_| Subject::Date);
    add_examples(&mut examples, &files, &parts, Subject::Part);
    add_examples(&mut examples, &files, &spam, |_| Subject::Spam);
    let mut table: Vec<Cue> = cues.iter().map(|r| phrase_cue(&r.rule)).collect();
    for r in &patterns {
        table.push(pattern_cue(&files[r.file], &r.rule)?);
    }
    let dates = dates.iter().map(|r| regex_of(&files[r.file], &r.rule.regex)).collect::<Result<_, _>>()?;
    let parts = parts.iter().map(|r| regex_of(&files[r.file], &r.rule.regex)).collect::<Result<_, _>>()?;
    let words: Vec<&str> = spam.iter().flat_map(|r| r.rule.phrases.iter().map(String::as_str)).collect();
    let broken = |e: aho_corasick::BuildError| sources.error(FILE, e.to_string());
    Ok(Compiled {
        cues: Cues::build(table).map_err(broken)?,
        datelines: Datelines { dates, parts },
        spam: SpamRules::build(&words).map_err(broken)?,
        examples,
    })
}

fn collect<R: Clone + Named>(
    files: &[Loaded<PageFile>],
    pick: impl Fn(&PageFile) -> &Vec<R>,
) -> Vec<Placed<R>> {
    let all = files.iter().enumerate();
    merge_named(
        all.flat_map(|(file, f)| pick(&f.value).iter().cloned().map(move |rule| Placed { file, rule })),
    )
}

/// Adds the examples of rules, each of what `subject` says of the place of its rule.
fn add_examples<R: Exampled>(
    out: &mut Vec<Example>,
    files: &[Loaded<PageFile>],
    rules: &[Placed<R>],
    subject: impl Fn(usize) -> Subject,
) {
    for (place, Placed { file, rule }) in rules.iter().enumerate() {
        for (texts, reads) in rule.texts().into_iter().zip([true, false]) {
            out.extend(texts.iter().map(|text| Example {
                file: files[*file].file.clone(),
                rule: rule.name().to_owned(),
                text: text.clone(),
                reads,
                subject: subject(place),
            }));
        }
    }
}

fn phrase_cue(rule: &CueRule) -> Cue {
    Cue::phrases(intern(&rule.name), rule.effect, rule.max, rule.at, rule.phrases.clone())
}

fn pattern_cue(file: &Loaded<PageFile>, rule: &PatternRule) -> Result<Cue, RuleError> {
    let needs = rule.needs.iter().map(|text| memchr::memmem::Finder::new(text).into_owned()).collect();
    let pattern = Pattern { regex: lazy_of(file, &rule.regex)?, needs, digits: rule.digits };
    Ok(Cue::pattern(intern(&rule.name), rule.effect, rule.max, pattern))
}

fn regex_of(file: &Loaded<PageFile>, pattern: &Spanned<String>) -> Result<Regex, RuleError> {
    Regex::new(pattern.get_ref()).map_err(|error| broken_pattern(file, pattern.span(), &error.to_string()))
}

fn lazy_of(file: &Loaded<PageFile>, pattern: &Spanned<String>) -> Result<rules::Pattern, RuleError> {
    let lazy = rules::Pattern::new(pattern.get_ref(), false);
    lazy.map_err(|message| broken_pattern(file, pattern.span(), &message))
}

fn broken_pattern(file: &Loaded<PageFile>, span: Range<usize>, message: &str) -> RuleError {
    file.error(span, format!("broken pattern: {message}"))
}

/// Rule names live as long as the program, so that each block of each page can bear one without a counter. Each is kept
/// once, however often rules are compiled.
fn intern(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    names.get(name).copied().unwrap_or_else(|| {
        let name: &'static str = Box::leak(name.into());
        names.insert(name);
        name
    })
}
