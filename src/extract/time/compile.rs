//! Rule files to compiled rules.

use aho_corasick::{AhoCorasick, MatchKind};
use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;
use toml::Spanned;

use super::cues::CueLists;
use super::definitions::Definitions;
use super::editions::EditionRule;
use super::engine::Engine;
use super::feasts::Lunar;
use super::read_before::ReadBefore;
use super::rule_text::RuleText;
use super::schema::{Edition, Example, How, Role, Rule, TimeFile, Value, Words};
use super::statement::{Field, Shape, Statement, by_name, code};
use crate::rules::{Loaded, Pattern, PerThread, RuleError, RuleSources, group_names, merged};

/// The folder of the time rules.
const FOLDER: &str = "time";

/// A compiled rule.
#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) name: String,
    pub(super) file: String,
    /// The pattern alone, over exactly the text of a match.
    pub(super) groups: Pattern,
    pub(super) fields: Vec<(usize, Field, Option<usize>)>,
    pub(super) base: Statement,
    pub(super) framed: bool,
    pub(super) weak: bool,
    pub(super) opens: bool,
    pub(super) not_after: Vec<String>,
    pub(super) only_after: Vec<String>,
    pub(super) not_before: Option<Pattern>,
    pub(super) before: Option<Pattern>,
    pub(super) examples: Vec<Example>,
    pub(super) leave: Vec<String>,
}

/// What holds of a comparison beside its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct CompareRule {
    /// The words themselves are the base, and only of a percentage directly before them.
    pub(super) plan: bool,
    /// Only where a time follows at once.
    pub(super) time_first: bool,
    /// Not where a figure follows at once: that is the difference, not the base.
    pub(super) apart: bool,
}

/// A frame: what it makes of the expression behind it, and words that it must not stand behind.
#[derive(Debug)]
pub(super) struct CompiledFrame {
    pub(super) role: Role,
    pub(super) not_after: Vec<String>,
}

/// Everything that the time rules compile to.
#[derive(Debug)]
pub(super) struct Compiled {
    /// Rules first, then frames.
    pub(super) engine: Engine,
    pub(super) rules: Vec<CompiledRule>,
    pub(super) read_before: PerThread<ReadBefore>,
    pub(super) frames: Vec<CompiledFrame>,
    pub(super) joins: Engine,
    pub(super) how: Vec<How>,
    pub(super) compares: Engine,
    pub(super) compare_rules: Vec<CompareRule>,
    pub(super) tables: Vec<FxHashMap<String, i16>>,
    /// Finds a word of the list `beginnings`.
    pub(super) beginnings: AhoCorasick,
    pub(super) cues: CueLists,
    pub(super) lunar: Lunar,
    pub(super) editions: Option<EditionRule>,
}

/// Compiles the rule files.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn compile(sources: &RuleSources) -> Result<Compiled, RuleError> {
    let files = sources.parse::<TimeFile>(FOLDER)?;
    let definitions = Definitions::of(&files)?;
    let tables = definitions.words.iter().map(lookup).collect();
    let (rules, mut all) = compile_rules(&files, &definitions)?;
    let mut frames = Vec::new();
    for (file, frame) in merged(&files, |f| &f.frame) {
        let source = RuleText { file: &files[file], definitions: &definitions };
        all.push(source.syntax(&frame.pattern)?);
        frames.push(CompiledFrame { role: frame.role, not_after: source.words(&frame.not_after)? });
    }
    let (mut joins, mut how) = (Vec::new(), Vec::new());
    for (file, join) in merged(&files, |f| &f.join) {
        let source = RuleText { file: &files[file], definitions: &definitions };
        joins.push(source.syntax(&join.pattern)?);
        how.push(join.how);
    }
    let (compares, compare_rules) = compile_compares(&files, &definitions)?;
    let cues = CueLists::new(&files)?;
    let engine = |patterns: &[Hir]| Engine::new(patterns).map_err(|message| sources.error(FOLDER, message));
    Ok(Compiled {
        engine: engine(&all)?,
        rules,
        read_before: PerThread::new(ReadBefore::default),
        frames,
        joins: engine(&joins)?,
        how,
        compares: engine(&compares)?,
        compare_rules,
        tables,
        beginnings: automaton(&cues.settle.beginnings).map_err(|message| sources.error(FOLDER, message))?,
        cues,
        lunar: Lunar::new(files.iter().rev().find_map(|f| f.value.tet.clone())),
        editions: compile_editions(&files, &definitions)?,
    })
}

fn compile_editions(
    files: &[Loaded<TimeFile>],
    definitions: &Definitions,
) -> Result<Option<EditionRule>, RuleError> {
    let last = files.iter().rev().find_map(|file| Some((file, file.value.edition.as_ref()?)));
    let compile = |(file, edition): (&_, &Edition)| {
        let source = RuleText { file, definitions };
        Ok(EditionRule {
            file: file.file.clone(),
            edition: edition.clone(),
            of: source.word(&edition.of)?,
            not_of: source.word(&edition.not_of)?,
            not_before: source.beginning(&edition.not_before)?,
        })
    };
    last.map(compile).transpose()
}

/// The patterns of comparisons, and what each says.
fn compile_compares(
    files: &[Loaded<TimeFile>],
    definitions: &Definitions,
) -> Result<(Vec<Hir>, Vec<CompareRule>), RuleError> {
    let (mut compares, mut rules) = (Vec::new(), Vec::new());
    for (file, compare) in merged(files, |f| &f.compare) {
        let file = &files[file];
        compares.push(RuleText { file, definitions }.syntax(&compare.pattern)?);
        rules.push(CompareRule { plan: compare.plan, time_first: compare.time_first, apart: compare.apart });
    }
    Ok((compares, rules))
}

/// Finds the longest of some phrases, in any case of ASCII letters.
fn automaton(phrases: &[String]) -> Result<AhoCorasick, String> {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(phrases)
        .map_err(|error| error.to_string())
}

fn number(value: &Value) -> Option<i16> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Name(name) => code(name),
    }
}

fn lookup(words: &Words) -> FxHashMap<String, i16> {
    let mut table = FxHashMap::default();
    for (word, value) in &words.values {
        if let Some(value) = number(value) {
            for spelling in crate::text::variants(word) {
                table.insert(spelling, value);
            }
        }
    }
    table
}

type Rules = (Vec<CompiledRule>, Vec<Hir>);

fn compile_rules(files: &[Loaded<TimeFile>], definitions: &Definitions) -> Result<Rules, RuleError> {
    let mut compiled = Vec::new();
    for (file, rule) in merged(files, |f| &f.rule) {
        let source = RuleText { file: &files[file], definitions };
        let syntax = source.syntax(&rule.pattern)?;
        compiled.push((compile_rule(&source, rule, syntax.clone())?, syntax));
    }
    // Of expressions that are equally long the first is read: one that says when, before one that says nothing.
    compiled.sort_by_key(|(rule, _)| rule.base.shape == Shape::Mute);
    Ok(compiled.into_iter().unzip())
}

fn compile_rule(source: &RuleText<'_>, rule: &Rule, syntax: Hir) -> Result<CompiledRule, RuleError> {
    let file = source.file;
    let shape = by_name(rule.reads.get_ref()).ok_or_else(|| {
        file.error(rule.reads.span(), format!("nothing reads as `{}`", rule.reads.get_ref()))
    })?;
    let mut base = Statement::new(shape);
    for (name, value) in &rule.set {
        let (Some(field), Some(value)) = (by_name::<Field>(name), number(value)) else {
            return Err(file.error(rule.reads.span(), format!("`set` names no field or value: `{name}`")));
        };
        base.set(field, value);
    }
    let optional =
        |pattern: &Option<Spanned<String>>| pattern.as_ref().map(|p| source.beginning(p)).transpose();
    Ok(CompiledRule {
        name: rule.name.clone(),
        file: file.file.clone(),
        fields: fields(group_names(&syntax), &source.definitions.words)
            .map_err(|name| file.error(rule.pattern.span(), format!("a group names no field: `{name}`")))?,
        groups: Pattern::whole(syntax),
        base,
        framed: rule.framed,
        weak: rule.weak,
        opens: rule.opens,
        not_after: source.words(&rule.not_after)?,
        only_after: source.words(&rule.only_after)?,
        not_before: optional(&rule.not_before)?,
        before: optional(&rule.before)?,
        examples: rule.examples.clone(),
        leave: rule.leave.clone(),
    })
}

/// The groups of a pattern: index, field, and the list of words that it may hold. A group is called as its field and
/// list are, or `field_list`.
fn fields(
    groups: Vec<(usize, String)>,
    words: &[Words],
) -> Result<Vec<(usize, Field, Option<usize>)>, String> {
    groups
        .into_iter()
        .map(|(i, name)| {
            let (field, list) = name.split_once('_').unwrap_or((&name, name.trim_end_matches('2')));
            let field = by_name::<Field>(field).ok_or_else(|| name.clone())?;
            Ok((i, field, words.iter().position(|w| w.name == list)))
        })
        .collect()
}
