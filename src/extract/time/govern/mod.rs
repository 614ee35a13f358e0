//! Which expression governs which figure. The nearest is not always right: a time that leads a clause reaches over
//! the rest of the sentence, one in parentheses stays there, and one that is compared with governs nothing.

mod ages;
mod bracketed;
mod nearest;
mod reach;

use std::ops::Range;

use crate::extract::mention::Mention;
use crate::extract::time::base::Comparison;
use crate::extract::time::view::View;
use crate::fact::Kind;

/// A figure nearer than this behind an expression, in bytes, may be what it leads to.
const LED: usize = 40;

/// What governs a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Governor {
    /// The expression of that index.
    Time(usize),
    /// The base of the comparison of that index.
    Compared(usize),
    /// Nothing in the sentence.
    None,
    /// An earlier time that is not told.
    Former,
    /// The beginning of the stretch of time of that index.
    Began(usize),
}

impl View<'_, '_> {
    /// What governs a figure.
    pub(crate) fn governor(&self, mention: &Mention<'_>) -> Governor {
        match self.stated_governor(mention) {
            Governor::None if self.is_once(mention) => Governor::Former,
            found => found,
        }
    }

    fn stated_governor(&self, mention: &Mention<'_>) -> Governor {
        if let Some(index) = self.directly_behind(mention) {
            return if self.compared(index) { self.comparison_of(index) } else { Governor::Time(index) };
        }
        if let Some(governor) = self.within_comparison(mention) {
            return governor;
        }
        if self.rises_from(mention) {
            return match self.around(mention) {
                Governor::Time(index) if self.is_stretch(index) => Governor::Began(index),
                _ => Governor::Former,
            };
        }
        self.around(mention)
    }

    /// What governs a figure from around it, within its parentheses or without.
    fn around(&self, mention: &Mention<'_>) -> Governor {
        let at = mention.quote.start;
        match self.insertion_at(at).cloned() {
            Some(inside) => self.governor_inside(mention, &inside),
            None => self.governor_in(mention, 0..self.text.len(), at),
        }
    }

    fn comparison_of(&self, time: usize) -> Governor {
        self.comparisons.iter().position(|c| c.time == Some(time)).map_or(Governor::None, Governor::Compared)
    }

    /// `27% năm 2019`, `25 tỉnh (tháng 2)`, `mức 8% của cùng kỳ`: the expression that follows at once.
    pub(crate) fn directly_behind(&self, mention: &Mention<'_>) -> Option<usize> {
        let index = self.times.iter().position(|t| t.span.start >= mention.phrase.end)?;
        let gap = &self.text[mention.phrase.end..self.times[index].span.start];
        let end = self.times[index].span.end;
        let closed = self.text[end..].starts_with(')') || self.text[..end].ends_with(')');
        let opened = gap.trim().strip_suffix('(').is_some_and(|words| words.split_whitespace().count() < 2);
        let near = gap.trim().is_empty() || (opened && closed);
        let of = self.rules.cues.base.of.iter().any(|word| word == gap.trim());
        let level_of_base =
            self.compared(index) && (!mention.is_change || of) && self.inside_comparison(mention.quote.start);
        let usable = self.usable(index) || level_of_base;
        ((near || of && level_of_base) && usable && !self.leads_to_figure(index)).then_some(index)
    }

    /// Whether a figure follows the expression without a mark between: then it may belong to that one.
    pub(crate) fn leads_to_figure(&self, index: usize) -> bool {
        let end = self.times[index].span.end;
        let own = self.mentions.iter().find(|m| m.quote.start >= end);
        own.is_some_and(|m| !self.separated(end, m.quote.start) && m.quote.start - end < LED)
            && self.times[index].span.start > 0
            && self.text[..self.times[index].span.start].trim_end().ends_with([',', ';', ':'])
    }

    /// The time for which the plan was made that a figure in front of it is measured against: it is its own as well.
    fn planned(&self, range: Range<usize>, end: usize) -> Option<usize> {
        let plan = self.comparisons.iter().find(|c| c.planned && range.contains(&c.span.start))?;
        let direct = plan.span.start >= end && !self.separated(end, plan.span.start);
        plan.time.filter(|_| direct)
    }

    fn inside_comparison(&self, at: usize) -> bool {
        self.comparisons.iter().any(|c| c.span.contains(&at))
    }

    /// Whether words in `from..to` lead from a base back to the level that was reached.
    pub(crate) fn reached(&self, from: usize, to: usize) -> bool {
        let between = self.text.get(from..to).unwrap_or("");
        between.split_whitespace().any(|word| self.rules.cues.base.reached.iter().any(|r| r == word))
    }

    /// A level behind the time of a base, or in parentheses behind a base, is that of the base.
    fn within_comparison(&self, mention: &Mention<'_>) -> Option<Governor> {
        if mention.is_change || mention.kind == Kind::Multiple {
            return None;
        }
        let at = mention.quote.start;
        let inside = |c: &Comparison| {
            c.time.is_some_and(|i| c.span.contains(&at) && !self.reached(self.times[i].span.end, at))
                && !c.planned
        };
        if let Some(i) = self.comparisons.iter().position(inside) {
            return Some(Governor::Compared(i));
        }
        let insertion = self.insertion_at(at)?;
        let first = !self.mentions.iter().any(|m| insertion.contains(&m.quote.start) && m.quote.start < at);
        let open = insertion.start - 1;
        let dated = self.times.iter().any(|t| insertion.contains(&t.span.start));
        let behind = |c: &Comparison| {
            c.time.is_some() && c.span.end <= open && self.text[c.span.end..open].trim().is_empty()
        };
        let found = self.comparisons.iter().position(behind)?;
        (first && !dated).then_some(Governor::Compared(found))
    }

    /// Inside parentheses: what stands there, else what governs the place of the parentheses.
    fn governor_inside(&self, mention: &Mention<'_>, inside: &Range<usize>) -> Governor {
        match self.governor_in(mention, inside.clone(), mention.quote.start) {
            Governor::None => {
                let around = self.governor_in(mention, 0..self.text.len(), inside.start - 1);
                if self.is_age_of_today(mention, around) { Governor::None } else { around }
            }
            found => found,
        }
    }
}
