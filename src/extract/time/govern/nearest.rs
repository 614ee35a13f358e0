//! Which of the expressions around a figure is nearest to it in sense, not in bytes alone.

use std::ops::Range;

use super::Governor;
use crate::extract::mention::Mention;
use crate::extract::time::schema::Role;
use crate::extract::time::view::View;
use crate::fact::Kind;

/// The expressions that may govern a place, by their indices.
struct Around<'v, 's, 't> {
    view: &'v View<'s, 't>,
    /// The figure.
    mention: &'v Mention<'t>,
    /// The place: where the figure begins, or where the parentheses around it do.
    at: usize,
    /// Where the figure ends, or the place behind it.
    end: usize,
    before: Vec<usize>,
    /// The first one behind the place, but for that of a level which a change began from.
    behind: Option<usize>,
}

impl<'t> View<'_, 't> {
    /// What governs the place `at`, as far as it stands in `range` and in no parentheses of its own.
    pub(super) fn governor_in(&self, mention: &Mention<'t>, range: Range<usize>, at: usize) -> Governor {
        let around = Around::new(self, mention, &range, at);
        let nearest = around.in_clause().or_else(|| around.follows()).or_else(|| around.now_apart());
        let chosen = nearest.or_else(|| around.further()).or_else(|| self.planned(range, around.end));
        chosen.map_or(Governor::None, Governor::Time)
    }

    /// Whether an expression can govern a figure at `at`, as far as it stands in `range`.
    fn may_govern(&self, index: usize, mention: &Mention<'_>, range: &Range<usize>, at: usize) -> bool {
        let start = self.times[index].span.start;
        let whole = *range == (0..self.text.len());
        let free = || {
            self.insertion_at(start).is_none()
                || self.explains(index)
                || !self.timeless(mention) && self.heads_clause(index, at)
        };
        let here = range.contains(&start) && (!whole || free() || self.attributes(index, at));
        let began = start > at && matches!(self.times[index].role, Some(Role::Since | Role::After));
        if began && mention.kind == Kind::Quantity && self.timeless(mention) {
            return false;
        }
        here && self.usable(index)
            && (start > at || self.reaches_on(index, at) && !self.ends_with_part(index, at))
    }
}

impl<'v, 's, 't> Around<'v, 's, 't> {
    fn new(view: &'v View<'s, 't>, mention: &'v Mention<'t>, range: &Range<usize>, at: usize) -> Self {
        let times = || 0..view.times.len();
        let is_before = |i: usize| view.times[i].span.start < at;
        let candidate = |&i: &usize| view.may_govern(i, mention, range, at);
        Self {
            view,
            mention,
            at,
            end: mention.quote.end.max(at),
            before: times().filter(|&i| is_before(i)).filter(candidate).collect(),
            behind: times().filter(|&i| !is_before(i)).find(|i| candidate(i) && !view.began(*i)),
        }
    }

    /// The last one before the place, in the same clause.
    fn in_clause(&self) -> Option<usize> {
        let view = self.view;
        self.nearest().filter(|&i| {
            let later = || self.behind.is_some_and(|b| view.joined_before(i, self.mention, b));
            !view.times[i].weak && self.reaches(i) && !later()
        })
    }

    /// The one that follows the figure, or the list that it stands in.
    fn follows(&self) -> Option<usize> {
        let (view, mention, end) = (self.view, self.mention, self.end);
        let index = self.behind.filter(|&i| {
            mention.kind != Kind::Multiple
                && (view.follows(mention, i, end) || view.listed_before(mention, i))
                && !view.joined_behind(&self.before, end, i)
        })?;
        let of_a_noun = view.of_a_noun(index, end) && self.before.iter().any(|&i| view.opens(i));
        (!of_a_noun).then_some(index)
    }

    /// What holds now is told apart from the time of another clause (năm 2010 có 5 hộ, hiện còn 3 hộ).
    fn now_apart(&self) -> Option<usize> {
        let parted = |now: usize| self.strong().is_some_and(|s| s < now && self.view.long_before(s, now));
        self.nearest().filter(|&now| self.reaches(now) && parted(now))
    }

    /// One of another clause, before the place or behind it.
    fn further(&self) -> Option<usize> {
        let (view, mention) = (self.view, self.mention);
        let own = mention.kind == Kind::Quantity && view.timeless(mention);
        let back = self.behind.filter(|&i| !own && view.reaches_back(i, self.end));
        let nearest = self.nearest().filter(|&i| !view.began(i));
        let closing = back.filter(|&i| nearest.is_some_and(|before| view.closes_part(i, before, self.at)));
        closing.or_else(|| self.strong()).or(nearest).or(back)
    }

    fn nearest(&self) -> Option<usize> {
        self.before.last().copied()
    }

    /// The last one before the place that gives way to no other, and is of no other figure.
    fn strong(&self) -> Option<usize> {
        let free = |&i: &usize| !self.view.times[i].weak && !self.view.taken(i, self.at);
        self.before.iter().rev().copied().find(free)
    }

    /// Whether one before the place stands in its clause, and is of no other figure.
    fn reaches(&self, index: usize) -> bool {
        !self.view.separated(self.view.times[index].span.end, self.at) && !self.view.taken(index, self.at)
    }
}
