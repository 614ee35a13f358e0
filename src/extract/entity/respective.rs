//! Values that are given out to the names of a list in turn.

use super::assign::{Assigner, Choice};

impl Assigner<'_, '_, '_> {
    /// Gives each of the values that were given to a list in turn its own name (Anh và Pháp lần lượt là | 28% và 29%).
    pub(super) fn give_in_turn(&self, choices: &mut [Choice]) {
        let mut at = 0;
        while let Some(&choice) = choices.get(at) {
            let run = choices[at..].iter().take_while(|other| **other == choice).count();
            if let Choice::Here(first, last) = choice
                && last > first
                && run == last + 1 - first
                && self.in_turn(last, at + run - 1)
            {
                for (name, choice) in (first..).zip(&mut choices[at..at + run]) {
                    *choice = Choice::Here(name, name);
                }
            }
            at += run;
        }
    }

    /// Whether words that give something out in turn stand between name `last` and value `index`.
    fn in_turn(&self, last: usize, index: usize) -> bool {
        let (scene, sentence) = (self.scene, self.scene.sentence);
        let value = sentence.token_at(scene.mentions[index].quote.start);
        let in_turn = |at: usize| self.rules.tables.in_turn.longest(&sentence.tokens, at).is_some();
        (scene.entities[last].last..value).any(in_turn)
    }
}
