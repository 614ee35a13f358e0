//! Figures that belong to earlier ones in turn (doanh thu 68 tỷ đồng, lợi nhuận 5 tỷ đồng, lần lượt giảm 25% và 53%).

use super::Choice;
use crate::extract::metric::clause::{Class, TaggedSentence};

/// Most tokens between the adverb and the first of its figures.
const MAX_TO_FIGURE: usize = 6;
/// Most tokens between two figures of a group.
const MAX_BETWEEN: usize = 3;

impl TaggedSentence<'_, '_> {
    /// Gives figures that are said to belong to earlier ones in turn the words of those.
    pub(crate) fn choose_in_turn(&self, choices: &mut [Choice]) {
        for index in 0..choices.len() {
            let earlier = self.in_turn(index).filter(|&i| matches!(choices[i], Choice::Own(_)));
            if let Some(earlier) = earlier {
                choices[index] = choices[earlier].clone();
            }
        }
    }

    /// The earlier figure that figure `index` belongs to.
    fn in_turn(&self, index: usize) -> Option<usize> {
        let first = (0..index).rev().take_while(|&i| self.grouped(i)).last().unwrap_or(index);
        let last = (index..self.figures.len()).find(|&i| !self.grouped(i)).unwrap_or(index);
        let count = last + 1 - first;
        let before = first.checked_sub(count).filter(|_| count > 1)?;
        let ahead = self.tags.get(self.figures[first - 1].end..self.figures[first].start)?;
        let said = ahead.iter().rev().take(MAX_TO_FIGURE).any(|t| t.is(&[Class::Respective]));
        said.then_some(before + index - first)
    }

    /// Whether figure `index` and the next one stand in a group (25% và 53%).
    fn grouped(&self, index: usize) -> bool {
        let Some(next) = self.figures.get(index + 1) else { return false };
        // The quote of one figure may reach into the next.
        let Some(between) = self.tags.get(self.figures[index].end..next.start) else { return false };
        let joined = between.iter().any(|t| t.mark == b',' || t.is(&[Class::Conjunction]));
        let other =
            [Class::Level, Class::Change, Class::Part, Class::Have, Class::Do, Class::Break, Class::Head];
        joined && between.len() <= MAX_BETWEEN && !between.iter().any(|t| t.is(&other))
    }
}
