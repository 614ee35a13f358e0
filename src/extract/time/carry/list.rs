//! A line that opens a list says when its items hold.

use crate::extract::sentence::ITEM_MARKS;
use crate::extract::time::memory::{Carried, Reach};
use crate::extract::time::phrases::ends_with_any;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::Shape;
use crate::extract::time::view::View;
use crate::extract::time::{Resolved, TimeMemory};
use crate::fact::TimeRole;

/// Most characters of an item without a mark, and of a line that opens the list of the time spoken of right before.
const SHORT: usize = 100;
const SHORTEST: usize = 60;
/// Days of less than a year.
const PART: i32 = 300;

impl View<'_, '_> {
    /// What the items of the list hold at that this sentence opens, if it does.
    pub(super) fn opens_list(&self, memory: &TimeMemory) -> Option<Carried> {
        let head = self.text.trim_end().strip_suffix(':')?.trim_end();
        let last = (0..self.times.len()).rev().find(|&i| self.usable(i));
        let Some(index) = last else { return self.goes_on_with_list(head, memory) };
        let time = &self.times[index];
        let ends = head.len() <= time.span.end + 1;
        if !ends && !self.announces(head) || !matches!(time.role, None | Some(Role::During | Role::AsOf)) {
            return None;
        }
        let Resolved { interval, .. } =
            self.resolved[index].filter(|_| time.statement.shape != Shape::Now)?;
        let role = self.role(index, interval, false);
        Some(Carried::of_list(interval, role, &self.text[time.span.clone()]))
    }

    /// A short line that only says that a list follows opens that of the time spoken of right before.
    fn goes_on_with_list(&self, head: &str, memory: &TimeMemory) -> Option<Carried> {
        let (interval, ago) = memory.spoken?;
        let short = head.chars().count() <= SHORTEST && self.announces(head) && !memory.opens;
        // A year is rather that of a law or a name.
        let part = matches!((interval.first, interval.last), (Some(first), Some(last)) if (last - first).get_days() < PART);
        let borrowed = Carried { listed: true, ..Carried::of_list(interval, TimeRole::During, "") };
        (short && ago == 0 && part).then_some(borrowed)
    }

    /// Whether words say that a list follows.
    fn announces(&self, head: &str) -> bool {
        ends_with_any(head, &self.rules.cues.carry.lists) || self.opens_with(&self.rules.cues.carry.lists)
    }

    /// An item goes on with the list; what is none ends it.
    pub(super) fn go_on_in_list(&self, memory: &mut TimeMemory) {
        let Some(carried) = memory.carried.as_ref().filter(|carried| carried.reach == Reach::Listed) else {
            return;
        };
        if !self.is_item(carried, memory) {
            memory.carry(None);
            return;
        }
        memory.breaks = 0;
        if let Some(carried) = memory.carried.as_mut().filter(|_| self.is_marked()) {
            // Lists without marks end by their length.
            carried.listed = true;
            memory.run = 0;
        }
    }

    /// Whether this sentence is an item of a list, or goes on in one. Behind an item with a mark the others have one, too.
    pub(super) fn is_item(&self, list: &Carried, memory: &TimeMemory) -> bool {
        // Another heading ends the list, unless it has no item yet.
        let heads = self.text.ends_with(':') && memory.run > 0;
        let short = || !list.listed && !heads && self.text.chars().count() <= SHORT;
        if memory.opens { memory.breaks <= 1 && (self.is_marked() || short()) } else { memory.breaks == 0 }
    }

    fn is_marked(&self) -> bool {
        self.text.starts_with(ITEM_MARKS)
    }
}
