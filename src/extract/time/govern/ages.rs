//! How old somebody is: told beside a name it is the age of today, whatever happened when.

use super::Governor;
use crate::extract::mention::Mention;
use crate::extract::time::statement::Shape;
use crate::extract::time::view::View;
use crate::text::same_in_any_case;

/// Most words between the one for when and the age (`khi con mới 3 tuổi`).
const BETWEEN: usize = 2;

impl View<'_, '_> {
    fn is_age(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        self.rules.cues.govern.ages.iter().any(|age| age == unit)
    }

    /// `Ngày 7/2, anh Ba (43 tuổi) về quê`: news gives the age of today in parentheses; only what is told by the year is
    /// history, in which people have the age of that time.
    pub(super) fn is_age_of_today(&self, mention: &Mention<'_>, around: Governor) -> bool {
        let Governor::Time(index) = around else { return false };
        let statement = &self.times[index].statement;
        let by_year = matches!(statement.shape, Shape::Year | Shape::Years | Shape::Decade | Shape::Century);
        self.is_age(mention) && !by_year
    }

    /// `Cô đi hát năm 17 tuổi`, `khi con mới 3 tuổi`: an age that somebody once had, or will have.
    pub(super) fn is_once(&self, mention: &Mention<'_>) -> bool {
        if !self.is_age(mention) {
            return false;
        }
        let before = self.text.get(..mention.phrase.start).unwrap_or_default();
        let clause = before.rsplit([',', ';', ':', '(', '"']).next().unwrap_or_default();
        let near = clause.split_whitespace().rev().take(BETWEEN + 1);
        // With a capital letter they are names but where a clause begins (`ông Năm 70 tuổi`).
        let begins = |word: &str| clause.trim_start().starts_with(word);
        let own = |word: &&str| begins(word) || !word.starts_with(char::is_uppercase);
        let once = |word: &str| self.rules.cues.govern.once.iter().any(|own| same_in_any_case(own, word));
        near.filter(own).any(once)
    }
}
