//! `rules/page.toml`: its form, and its compilation.

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
pub(super) struct CueRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    effect: Effect,
    at: Place,
    max: usize,
    phrases: Vec<String>,
    pub(super) examples: Vec<String>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// `[[pattern]]`: a regular expression that tells what a line is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternRule {
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
    pub(super) examples: Vec<String>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// `[[date]]` and `[[dateline]]`: what a line that dates the article is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    regex: Spanned<String>,
    pub(super) examples: Vec<String>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// `[[spam]]`: words that give injected text away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpamRule {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    phrases: Vec<String>,
    pub(super) examples: Vec<String>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

named!(CueRule, PatternRule, PartRule, SpamRule);

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
    for r in &cues {
        add_examples(&mut examples, &files, r, &r.rule.examples, &r.rule.leave, Subject::Line);
    }
    for r in &patterns {
        add_examples(&mut examples, &files, r, &r.rule.examples, &r.rule.leave, Subject::Line);
    }
    for r in &dates {
        add_examples(&mut examples, &files, r, &r.rule.examples, &r.rule.leave, Subject::Date);
    }
    for (i, r) in parts.iter().enumerate() {
        add_examples(&mut examples, &files, r, &r.rule.examples, &r.rule.leave, Subject::Part(i));
    }
    for r in &spam {
        add_examples(&mut examples, &files, r, &r.rule.examples, &r.rule.leave, Subject::Spam);
    }
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

fn add_examples<R: Named>(
    out: &mut Vec<Example>,
    files: &[Loaded<PageFile>],
    rule: &Placed<R>,
    yes: &[String],
    no: &[String],
    subject: Subject,
) {
    let texts = yes.iter().map(|t| (t, true)).chain(no.iter().map(|t| (t, false)));
    out.extend(texts.map(|(text, reads)| Example {
        file: files[rule.file].file.clone(),
        rule: rule.name().to_owned(),
        text: text.clone(),
        reads,
        subject,
    }));
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
    let broken = |message: String| file.error(pattern.span(), format!("broken pattern: {message}"));
    Regex::new(pattern.get_ref()).map_err(|e| broken(e.to_string()))
}

fn lazy_of(file: &Loaded<PageFile>, pattern: &Spanned<String>) -> Result<rules::Pattern, RuleError> {
    rules::Pattern::new(pattern.get_ref(), false)
        .map_err(|message| file.error(pattern.span(), format!("broken pattern: {message}")))
}

/// Rule names live as long as the program, so that each block of each page can bear one without a counter.
/// What is leaked is bounded by the size of the rule files.
fn intern(name: &str) -> &'static str {
    Box::leak(name.to_owned().into_boxed_str())
}
