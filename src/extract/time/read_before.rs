//! What expressions were read as, so that the dates that news is full of are taken apart once.

use rustc_hash::FxHashMap;

use crate::extract::time::statement::Statement;

/// Most expressions that are remembered; then all are forgotten.
const MOST: usize = 1 << 14;

/// Expressions that one thread has read: those of each rule, and what they state, if that is possible.
#[derive(Debug, Default)]
pub(crate) struct ReadBefore {
    of_rule: Vec<FxHashMap<Box<str>, Option<Statement>>>,
    len: usize,
}

impl ReadBefore {
    /// What `text` states by the rule of an index, which `read` tells where it is new.
    pub(crate) fn of(
        &mut self,
        rule: usize,
        text: &str,
        read: impl FnOnce() -> Option<Statement>,
    ) -> Option<Statement> {
        if let Some(known) = self.of_rule.get(rule).and_then(|known| known.get(text)) {
            return *known;
        }
        if self.len == MOST {
            *self = Self::default();
        }
        if self.of_rule.len() <= rule {
            self.of_rule.resize_with(rule + 1, FxHashMap::default);
        }
        let statement = read();
        self.of_rule[rule].insert(text.into(), statement);
        self.len += 1;
        statement
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::time::statement::Shape;

    #[test]
    fn each_rule_reads_a_text_once() {
        let mut read_before = ReadBefore::default();
        let day = Some(Statement::new(Shape::Day));
        assert_eq!(read_before.of(3, "5/3", || day), day);
        assert_eq!(read_before.of(3, "5/3", || None), day);
        assert_eq!(read_before.of(2, "5/3", || None), None);
        assert_eq!(read_before.of(2, "5/3", || day), None);
    }
}
