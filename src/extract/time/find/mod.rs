//! Time expressions in a sentence.

mod bounds;
mod possible;
mod ranges;
pub(super) mod settle;

use self::bounds::{bounded, parenthesised};
use self::possible::{complete_year, is_possible};
use self::ranges::{follows_day, is_end, order, range};
use self::settle::{settle, stands_already};
use crate::extract::time::TimeMention;
use crate::extract::time::compile::{Compiled, CompiledFrame, CompiledRule};
use crate::extract::time::engine::{LONGEST_CHAR, Session};
use crate::extract::time::phrases::{ends_with_any, ends_with_common};
use crate::extract::time::schema::{How, Role};
use crate::extract::time::statement::{Field, Shape, Statement};
use crate::text::ceil_boundary;

/// Months of a year.
const MONTHS: i16 = 12;

/// An expression without the words around it.
#[derive(Debug, Clone, Copy)]
struct Core {
    end: usize,
    rule: usize,
    statement: Statement,
    until: Option<Statement>,
}

/// Finds all expressions of `text`, in order, without overlap.
pub(crate) fn find(rules: &Compiled, text: &str, into: &mut Vec<TimeMention>) {
    let mut finder = Finder { rules, text, session: rules.engine.session() };
    let mut at = 0;
    while let Some(start) = finder.session.next_start(text.as_bytes(), at) {
        at = ceil_boundary(text, start + 1);
        if !finder.session.begin(text.as_bytes(), start) {
            continue;
        }
        if let Some(mut mention) = finder.expression(start) {
            at = mention.span.end;
            settle(rules, text, &mut mention);
            mention.weak |= into.last().is_some_and(|before| stands_already(text, before, &mention));
            into.push(mention);
        } else {
            finder.session.fail(text.as_bytes(), start);
        }
    }
}

/// What stands before an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    Anything,
    Frame,
    /// A day that is surely one, and words or a dash that lead to the last one.
    FirstDay,
}

struct Finder<'r, 't> {
    rules: &'r Compiled,
    text: &'t str,
    session: Session<'r>,
}

impl Finder<'_, '_> {
    /// The longest expression that begins at `start`, with its frame.
    fn expression(&mut self, start: usize) -> Option<TimeMention> {
        let hits = self.session.matches(self.text, start);
        let mut best: Option<TimeMention> = None;
        for hit in hits.longest_first() {
            let found = match hit.pattern.checked_sub(self.rules.rules.len()) {
                None => self
                    .rule(start, hit.end, hit.pattern, Behind::Anything)
                    .map(|core| self.extend(core))
                    .map(|c| (c, None, start)),
                Some(frame) => self.framed(start, hit.end, &self.rules.frames[frame]),
            };
            let Some((core, role, at)) = found else { continue };
            // A document is named by a date, never by a length.
            if role == Some(Role::Name) && core.statement.shape == Shape::Mute {
                continue;
            }
            if best.as_ref().is_none_or(|b| b.span.end < core.end) {
                best = Some(self.mention(start, at, core, role));
            }
        }
        best
    }

    fn mention(&self, start: usize, core_start: usize, core: Core, role: Option<Role>) -> TimeMention {
        TimeMention {
            span: start..core.end,
            core: core_start,
            lead: start,
            statement: core.statement,
            until: core.until,
            role,
            weak: self.rules.rules[core.rule].weak,
            rule: core.rule as u32,
        }
    }

    /// The expression behind a frame at `start..end`, its role, and where it begins.
    fn framed(
        &mut self,
        start: usize,
        end: usize,
        frame: &CompiledFrame,
    ) -> Option<(Core, Option<Role>, usize)> {
        if ends_with_common(&self.text[..start], &frame.not_after) {
            // Elsewhere other words may precede.
            self.session.look(usize::MAX);
            return None;
        }
        let rest = &self.text[end..];
        let begin = end + (rest.len() - rest.trim_start().len());
        self.session.look(begin + LONGEST_CHAR);
        if begin == end {
            return None;
        }
        let core = self.core(begin, Behind::Frame)?;
        Some((self.extend(core), Some(frame.role), begin))
    }

    /// The longest expression without frame that begins at `start`.
    fn core(&mut self, start: usize, behind: Behind) -> Option<Core> {
        if !self.session.may_begin(self.text.as_bytes(), start) {
            return None;
        }
        let hits = self.session.matches(self.text, start);
        let rules = self.rules.rules.len();
        hits.longest_first()
            .filter(|hit| hit.pattern < rules)
            .find_map(|hit| self.rule(start, hit.end, hit.pattern, behind))
    }

    /// Reads `start..end` by one rule, if its surroundings allow it.
    fn rule(&mut self, start: usize, end: usize, index: usize, behind: Behind) -> Option<Core> {
        // What a rule asks of its surroundings may lie anywhere.
        self.session.look(usize::MAX);
        let rules = self.rules;
        let rule = &rules.rules[index];
        let allowed = bounded(self.text, start, end) && self.surroundings(rule, start, end, behind);
        if !allowed || (rule.opens && start != 0) {
            return None;
        }
        let text = &self.text[start..end];
        let statement = rules.read_before.get().of(index, text, || self.read(rule, text))?;
        let core = Core { end, rule: index, statement, until: None };
        let framed = behind != Behind::Anything;
        let stands =
            framed || !rule.framed || parenthesised(self.text, start, end) || self.begins_range(&core);
        stands.then_some(core)
    }

    fn surroundings(&self, rule: &CompiledRule, start: usize, end: usize, behind: Behind) -> bool {
        let after = &self.text[end..];
        let sure = rule.framed && behind == Behind::FirstDay;
        let behind = &self.text[..start];
        !ends_with_any(behind, &rule.not_after)
            && (rule.only_after.is_empty() || ends_with_any(behind, &rule.only_after))
            && rule.not_before.as_ref().is_none_or(|no| !no.is_match(after))
            && (sure || rule.before.as_ref().is_none_or(|yes| yes.is_match(after) || self.range_follows(end)))
    }

    /// Whether words follow that lead to the end of a range.
    fn range_follows(&self, end: usize) -> bool {
        let hits = self.rules.joins.session().matches(self.text, end);
        hits.longest_first().any(|hit| {
            self.rules.how[hit.pattern] == How::Range
                && self.text[hit.end..].starts_with(|c: char| c.is_ascii_digit())
        })
    }

    /// Whether a bare day and month, or a word for now, is followed by the end of a range that is no bare one.
    fn begins_range(&mut self, core: &Core) -> bool {
        matches!(core.statement.shape, Shape::Day | Shape::Relative) && self.join(core).is_some()
    }

    fn read(&self, rule: &CompiledRule, text: &str) -> Option<Statement> {
        let mut statement = rule.base;
        if !rule.fields.is_empty() {
            let groups = rule.groups.captures(text)?;
            for &(group, field, list) in &rule.fields {
                if let Some(found) = groups.get(group) {
                    statement.set(field, self.value(found, list)?);
                }
            }
        }
        complete_year(&mut statement);
        is_possible(&statement).then_some(statement)
    }

    fn value(&self, text: &str, list: Option<usize>) -> Option<i16> {
        if text.as_bytes().first().is_some_and(u8::is_ascii_digit) && text.bytes().all(|b| b.is_ascii_digit())
        {
            let listed = list.and_then(|list| self.rules.tables[list].get(text).copied());
            return listed.or_else(|| text.parse().ok());
        }
        let table = &self.rules.tables[list?];
        table.get(text).copied().or_else(|| {
            let plain: Vec<&str> = text.split_whitespace().collect();
            table.get(&plain.join(" ").to_lowercase()).copied()
        })
    }

    /// An expression joined with what follows it.
    fn extend(&mut self, core: Core) -> Core {
        if matches!(
            core.statement.shape,
            Shape::Mute | Shape::SamePeriod | Shape::Past | Shape::Lately | Shape::Next
        ) {
            return core;
        }
        self.join(&core).unwrap_or(core)
    }

    fn join(&mut self, core: &Core) -> Option<Core> {
        let hits = self.rules.joins.session().matches(self.text, core.end);
        let day = core.statement.shape == Shape::Day && core.statement.get(Field::Month).is_some();
        // What is greater than any month is no part of a fraction or score.
        let no_month = core.statement.get(Field::Day) > Some(MONTHS);
        let sure = day && (no_month || !self.rules.rules[core.rule].framed);
        for hit in hits.longest_first() {
            let leads = sure && self.rules.how[hit.pattern] == How::Range;
            let behind = if leads { Behind::FirstDay } else { Behind::Frame };
            let later = |second: &Core| !leads || order(&second.statement) > order(&core.statement);
            let second = self.core(hit.end, behind).filter(later);
            let Some(second) = second.or_else(|| self.core(hit.end, Behind::Frame)) else { continue };
            let now = second.statement.shape == Shape::Now && !self.rules.rules[second.rule].weak;
            let fits = match self.rules.how[hit.pattern] {
                How::Until => now,
                How::Range => !now && is_end(&second.statement),
                How::NextDay => follows_day(&core.statement, &second.statement),
            };
            if fits {
                return Some(range(core, &second));
            }
        }
        None
    }
}
