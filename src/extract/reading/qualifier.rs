//! How exact a value is, whether it rose or fell, what it is per, and what the words right around it say of its status.
//! Rules of `qualifiers/`.

use rust_decimal::Decimal;

use super::bit_set::BitSet;
use super::compile::{Near, PatternCompiler, by_precedence};
use super::context::{ContextSet, Match};
use super::far::Far;
use super::needed::NeededWords;
use super::qualifiers_file::{AttributeEntry, QualifiersFile, Sets};
use super::rule::Examples;
use crate::extract::number::expression::{Expression, Form};
use crate::fact::{Direction, Kind, Qualifier, Status};
use crate::rules::{Loaded, Pattern, Patterns, RuleError};

/// A rule that sets an attribute; where it sets nothing, it keeps rules of lower precedence from doing so.
#[derive(Debug)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// Why it is there.
    pub comment: String,
    /// Its examples.
    pub(super) examples: Examples,
    sets: Sets,
    kinds: Vec<Kind>,
    /// The forms of number that it speaks of; all of them where it names none.
    forms: Vec<Form>,
    qualifier: Option<Qualifier>,
    direction: Option<Direction>,
    change: bool,
    status: Option<Status>,
    /// The rule's patterns with the group `per`, for the text they matched.
    per: Option<Pattern>,
    earlier: Option<Far>,
    later: Option<Far>,
    /// The pattern for what stands right behind the number: what it counts, or its unit.
    counted: Option<Far>,
    /// The largest number that it speaks of.
    max: Option<Decimal>,
}

/// What the rules say of one value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Attributes<'t> {
    /// How exact it is.
    pub(super) qualifier: Option<Qualifier>,
    /// Whether it rose or fell.
    pub(super) direction: Option<Direction>,
    /// Whether it is an amount of change.
    pub(super) is_change: bool,
    /// Whether it is so, aimed at or expected, where the words around it say so.
    pub(super) status: Option<Status>,
    /// What it is per.
    pub(super) per: Option<&'t str>,
    /// Where the text that says so begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

/// Compiled attribute rules, in falling order of precedence.
#[derive(Debug)]
pub struct AttributeRules {
    /// The rules.
    pub rules: Vec<Attribute>,
    pub(super) contexts: ContextSet,
}

impl AttributeRules {
    /// Compiles the rules of `qualifiers/`.
    pub(super) fn compile(
        files: &[Loaded<QualifiersFile>],
        patterns: &mut Patterns,
        needed: &mut NeededWords,
    ) -> Result<Self, RuleError> {
        let mut compiler = PatternCompiler::new(files, |file| &file.pattern, patterns, needed)?;
        let mut rules = Vec::new();
        for (file, entry) in by_precedence(files, |file| &file.rule, |rule| rule.priority) {
            let loaded = &files[file];
            let examples =
                Examples::required(loaded, &entry.name, &entry.examples, &entry.leave, &entry.todo)?;
            let per = per(&compiler.near(file, entry.before.as_ref(), entry.after.as_ref())?);
            let far = [
                compiler.earlier(file, entry.earlier.as_ref(), entry.needs.as_ref())?,
                compiler.later(file, entry.later.as_ref())?,
                compiler.later(file, entry.counted.as_ref())?,
            ];
            rules.push(attribute(loaded.file.clone(), entry, examples, per, far));
        }
        Ok(Self { rules, contexts: compiler.finish()? })
    }

    /// What the rules that `found` around a value of `kind`, which is this `expression`, say of it; `number` is where
    /// its number begins, sign included, and `end` where its unit ends.
    pub(super) fn apply<'t>(
        &self,
        text: &'t str,
        (kind, expression): (Kind, &Expression),
        (number, end): (usize, usize),
        found: &[Match],
        present: &BitSet,
    ) -> Attributes<'t> {
        let mut out = Attributes { start: number, end, ..Attributes::default() };
        // Of each attribute the first rule that holds speaks.
        let mut spoken = [false; 4];
        for matched in found {
            let rule = &self.rules[matched.rule];
            let spoken = &mut spoken[rule.sets as usize];
            if *spoken
                || !rule.takes(kind, expression)
                || !rule.far_patterns_match(text, expression.span.end, matched, present)
            {
                continue;
            }
            *spoken = true;
            match rule.sets {
                Sets::Qualifier => out.qualifier = rule.qualifier,
                Sets::Change => (out.direction, out.is_change) = (rule.direction, rule.change),
                Sets::Per => out.per = rule.capture_per(text, (number, end), matched),
                Sets::Status => {
                    out.status = rule.status;
                    continue;
                }
            }
            (out.start, out.end) = (out.start.min(matched.start), out.end.max(matched.end));
        }
        out
    }
}

impl Attribute {
    fn takes(&self, kind: Kind, number: &Expression) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.forms.is_empty() || self.forms.contains(&number.form))
            && self.max.is_none_or(|max| number.max.unwrap_or(number.value) <= max)
    }

    /// Whether its other patterns hold around a number that ends at `number_end`.
    fn far_patterns_match(&self, text: &str, number_end: usize, matched: &Match, present: &BitSet) -> bool {
        self.counted.as_ref().is_none_or(|far| far.holds_after(text, number_end))
            && self.earlier.as_ref().is_none_or(|far| far.holds_before(text, matched.start, present))
            && self.later.as_ref().is_none_or(|far| far.holds_after(text, matched.end))
    }

    fn capture_per<'t>(
        &self,
        text: &'t str,
        (number, end): (usize, usize),
        found: &Match,
    ) -> Option<&'t str> {
        let Some(pattern) = self.per.as_ref() else {
            let captures = self.earlier.as_ref()?.captures_before(text, found.start)?;
            return Some(captures.name("per")?.trim());
        };
        let matched = if found.end > end { &text[end..found.end] } else { &text[found.start..number] };
        Some(pattern.captures(matched)?.name("per")?.trim())
    }
}

/// The pattern with the group `per`, for all of the text that it matched: a group that takes as little as it can may not
/// end before it. What is wrong with the pattern comes out where the whole set is compiled.
fn per(Near { before, after }: &Near) -> Option<Pattern> {
    let placed = before.iter().chain(after).find(|placed| placed.pattern.contains("<per>"))?;
    Pattern::new(&format!("(?:{})$", placed.pattern), true).ok()
}

fn attribute(
    file: String,
    entry: &AttributeEntry,
    examples: Examples,
    per: Option<Pattern>,
    [earlier, later, counted]: [Option<Far>; 3],
) -> Attribute {
    Attribute {
        name: entry.name.get_ref().clone(),
        file,
        comment: entry.comment.clone(),
        examples,
        sets: entry.sets,
        kinds: entry.kinds.clone(),
        forms: entry.forms.clone(),
        qualifier: entry.qualifier,
        direction: entry.direction,
        change: entry.change,
        status: entry.status,
        per,
        earlier,
        later,
        counted,
        max: entry.max,
    }
}
