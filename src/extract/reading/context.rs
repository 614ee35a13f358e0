//! Patterns on the text before and behind a number, matched all at once.
//!
//! Every rule about a number has a pattern for the text that ends where the number begins, one for the text that
//! begins where it ends, or both. All patterns of a set run together, each side as lazily built automata ([`super::side`]), anchored at
//! the number and bounded to a window: the cost of a number does not grow with the number of rules, and no input can
//! make a rule run away.

use std::ops::Range;

use regex_syntax::hir::Hir;

use super::bit_set::BitSet;
use super::side::{Side, SideCache, SideMatches};
use crate::rules::{Direction, parse};

/// Scratch space of a [`ContextSet`]; one a thread.
#[derive(Debug)]
pub(super) struct ContextCache {
    before: SideCache,
    after: SideCache,
    before_matches: SideMatches,
    after_matches: SideMatches,
    /// The rules whose patterns may all match, to be looked at in their order.
    asked: BitSet,
}

/// Which patterns a rule has on which side, as indices into the set.
#[derive(Debug, Clone, Copy, Default)]
struct Needs {
    before: Option<usize>,
    after: Option<usize>,
}

/// The rules of one kind, in falling order of precedence.
#[derive(Debug)]
pub(super) struct ContextSet {
    before: Side,
    after: Side,
    needs: Vec<Needs>,
    /// Pattern of the before side → the rules that have it and no pattern behind; most patterns have one.
    by_before: Vec<Vec<usize>>,
    /// Pattern of the after side → the rules that have it.
    by_after: Vec<Vec<usize>>,
    /// Rules without any pattern.
    always: BitSet,
}

/// A rule that holds for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// Index of the rule in the set.
    pub(super) rule: usize,
    /// Where its pattern before the number begins; the number's own start where it has none.
    pub(super) start: usize,
    /// Where its pattern behind the number ends; the number's own end where it has none.
    pub(super) end: usize,
}

/// The patterns of one rule.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sides<'r> {
    /// Must match text that ends where the number begins.
    pub(super) before: Option<&'r str>,
    /// Must match text that begins where the number ends.
    pub(super) after: Option<&'r str>,
}

/// A pattern that the regex engine does not take.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct PatternError {
    /// Index of the rule.
    pub(super) rule: usize,
    /// Whether its pattern before the number is meant.
    pub(super) before: bool,
    /// What is wrong with it.
    pub(super) message: String,
}

impl ContextSet {
    /// Compiles the rules of a set, given in falling order of precedence.
    ///
    /// # Errors
    /// The first pattern that is no regular expression, or too large.
    pub(super) fn compile(rules: &[Sides<'_>]) -> Result<Self, PatternError> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let needs: Vec<Needs> = rules
            .iter()
            .map(|r| Needs {
                before: r.before.map(|p| index_of(&mut before, p)),
                after: r.after.map(|p| index_of(&mut after, p)),
            })
            .collect();
        let of_before = |pattern| needs.iter().position(|n| n.before == Some(pattern)).unwrap_or(0);
        let of_after = |pattern| needs.iter().position(|n| n.after == Some(pattern)).unwrap_or(0);
        let mut set = Self {
            by_before: vec![Vec::new(); before.len()],
            by_after: vec![Vec::new(); after.len()],
            always: BitSet::below(needs.len()),
            before: compile_side(&before, Direction::Backward, of_before)?,
            after: compile_side(&after, Direction::Forward, of_after)?,
            needs,
        };
        for (rule, needs) in set.needs.iter().enumerate() {
            match (needs.before, needs.after) {
                (_, Some(after)) => set.by_after[after].push(rule),
                (Some(before), None) => set.by_before[before].push(rule),
                (None, None) => set.always.insert(rule),
            }
        }
        Ok(set)
    }

    /// Scratch space for [`Self::matches`].
    pub(super) fn cache(&self) -> ContextCache {
        ContextCache {
            before: self.before.cache(),
            after: self.after.cache(),
            before_matches: self.before.no_matches(),
            after_matches: self.after.no_matches(),
            asked: self.always.clone(),
        }
    }

    /// The rules that hold for the number at `span` of `text`, in falling order of precedence, into `found`; only those of
    /// `takers` where these are given.
    pub(super) fn matches(
        &self,
        text: &str,
        span: Range<usize>,
        takers: Option<&BitSet>,
        cache: &mut ContextCache,
        found: &mut Vec<Match>,
    ) {
        found.clear();
        self.before.search(text, span.start, &mut cache.before, &mut cache.before_matches);
        self.after.search(text, span.end, &mut cache.after, &mut cache.after_matches);
        let (before, after) = (&cache.before_matches, &cache.after_matches);
        cache.asked.copy_from(&self.always);
        for (matches, rules_of) in [(after, &self.by_after), (before, &self.by_before)] {
            for &pattern in &matches.matched {
                rules_of[pattern].iter().for_each(|&rule| cache.asked.insert(rule));
            }
        }
        if let Some(takers) = takers {
            cache.asked.intersect(takers);
        }
        for rule in cache.asked.iter() {
            let needs = self.needs[rule];
            let start = needs.before.map_or(Some(span.start), |p| before.ends[p]);
            let end = needs.after.map_or(Some(span.end), |p| after.ends[p]);
            if let (Some(start), Some(end)) = (start, end) {
                found.push(Match { rule, start, end });
            }
        }
    }

    /// Whether the pattern of `rule` before the number at `span` and the one behind it match, each for itself.
    pub(super) fn probe(
        &self,
        rule: usize,
        text: &str,
        span: Range<usize>,
        cache: &mut ContextCache,
    ) -> (bool, bool) {
        let mut found = Vec::new();
        self.matches(text, span, None, cache, &mut found);
        let needs = self.needs[rule];
        let before = needs.before.is_none_or(|p| cache.before_matches.ends[p].is_some());
        (before, needs.after.is_none_or(|p| cache.after_matches.ends[p].is_some()))
    }
}

/// Compiles the patterns of one side; `of` names a rule that has a pattern.
fn compile_side(
    patterns: &[String],
    direction: Direction,
    of: impl Fn(usize) -> usize,
) -> Result<Side, PatternError> {
    let broken = |pattern: usize, message: String| {
        let before = direction == Direction::Backward;
        PatternError { rule: of(pattern), before, message }
    };
    let syntax = |(i, pattern): (usize, &String)| parse(pattern, true).map_err(|e| broken(i, e.to_string()));
    let parsed = patterns.iter().enumerate().map(syntax).collect::<Result<Vec<Hir>, _>>()?;
    Side::compile(parsed, direction).map_err(|error| broken(error.pattern, error.message))
}

fn index_of(patterns: &mut Vec<String>, pattern: &str) -> usize {
    patterns.iter().position(|p| p == pattern).unwrap_or_else(|| {
        patterns.push(pattern.to_owned());
        patterns.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_hold_by_precedence_with_their_extent() {
        let rules = [
            Sides { before: Some("tăng "), after: Some(" ?%") },
            Sides { before: None, after: Some(" ?%") },
            Sides { before: Some("tăng (?:hơn )?"), after: None },
        ];
        let set = ContextSet::compile(&rules).unwrap();
        let mut cache = set.cache();
        let mut found = Vec::new();
        let text = "đã tăng 5 % nữa";
        let at = text.find('5').unwrap();
        set.matches(text, at..at + 1, None, &mut cache, &mut found);
        let rules: Vec<_> = found.iter().map(|m| (m.rule, &text[m.start..m.end])).collect();
        assert_eq!(rules, [(0, "tăng 5 %"), (1, "5 %"), (2, "tăng 5")]);
        set.matches("gia tăng5", 9..10, None, &mut cache, &mut found);
        assert!(found.is_empty());
    }
}
