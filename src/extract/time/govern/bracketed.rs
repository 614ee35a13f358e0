//! Expressions in parentheses: most date only the figure right before these.

use crate::extract::time::clause;
use crate::extract::time::phrases::begins_with_any;
use crate::extract::time::statement::Shape;
use crate::extract::time::view::View;

impl View<'_, '_> {
    /// Whether an expression in parentheses explains the one right before them (`sau 4 năm (2009 - 2013)`).
    pub(super) fn explains(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).map(|i| &self.times[i].span) else { return false };
        let span = &self.times[index].span;
        self.text[before.end..span.start].trim() == "(" && self.text[span.end..].starts_with(')')
    }

    /// Whether an expression alone in parentheses tells when that is which is told up to byte `at`: behind words for something that is
    /// at some time, which open a clause and hold no figure (`ngày đầu tiên bán vé (6/2/2017), …`). A year there, or a span in
    /// digits, is rather somebody's life.
    pub(super) fn heads_clause(&self, index: usize, at: usize) -> bool {
        let (time, govern) = (&self.times[index], &self.rules.cues.govern);
        let Some(inside) = self.insertion_at(time.span.start) else { return false };
        let alone = self.text[inside.clone()].trim().len() == time.span.len();
        if !alone || !self.text[inside.end..].starts_with("),") {
            return false;
        }
        let (from, open) = (clause::start(self.text, inside.start - 1), inside.start - 1);
        let digits = self.text[inside.start..].starts_with(|c: char| c.is_ascii_digit());
        let span = digits && (time.statement.shape == Shape::Years || time.until.is_some());
        time.statement.shape != Shape::Year
            && !span
            && self.has_words(&govern.heads, from, open)
            && !self.has_words(&govern.remembered, from, open)
            && !self.mentions.iter().any(|m| (from..inside.end).contains(&m.quote.start))
            && self.text.get(inside.end..at).is_some_and(|between| !between.contains(';'))
    }

    /// `1,6 tỷ người (theo thống kê trong quý I/2016)`: parentheses that say what figures before them were taken from, and
    /// when, where no other time stands before byte `at`.
    pub(super) fn attributes(&self, index: usize, at: usize) -> bool {
        let cues = &self.rules.cues;
        let start = self.times[index].span.start;
        let dated = (0..index).any(|i| self.times[i].span.start < at && self.usable(i));
        start > at
            && !dated
            && self.insertion_at(start).is_some_and(|inside| {
                begins_with_any(&self.text[inside.start..], &cues.govern.attributed)
                    && !self.has_words(&cues.govern.issued, inside.start, start)
                    && !self.mentions.iter().any(|m| inside.contains(&m.quote.start))
            })
    }
}
