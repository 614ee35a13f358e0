//! Values that are given out to the names of a list in turn.

use crate::extract::entity::assign::{Assigner, Choice};

impl Assigner<'_, '_, '_> {
    /// Gives each of the values that were given to a list in turn its own name (Anh và Pháp lần lượt là | 28% và 29%).
    pub(crate) fn give_in_turn(&self, choices: &mut [Choice]) {
        let mut at = 0;
        while let Some(&choice) = choices.get(at) {
            let run = (at..choices.len()).take_while(|&i| choices[i] == choice && self.alike(at, i)).count();
            if let Choice::Here(first, last) = choice
                && last > first
                && run == last + 1 - first
                && self.in_turn(last, at)
            {
                for (name, choice) in (first..).zip(&mut choices[at..at + run]) {
                    *choice = Choice::Here(name, name);
                }
            }
            at += run;
        }
    }

    /// Whether two values are of one kind and unit.
    fn alike(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.scene.mentions[one], &self.scene.mentions[other]);
        one.kind == other.kind && one.unit == other.unit
    }

    /// Whether words that give something out in turn stand between name `last` and value `index`, and no other list.
    fn in_turn(&self, last: usize, index: usize) -> bool {
        let (scene, tables) = (self.scene, &self.rules.tables);
        let tokens = &scene.sentence.tokens;
        let names = scene.entities[last].last;
        let value = scene.sentence.token_at(scene.mentions[index].quote.start);
        let cue = (names..value).find(|&at| tables.in_turn.longest(tokens, at).is_some());
        cue.is_some_and(|cue| !tokens[names..cue].iter().any(|token| tables.is_and(token.word)))
    }
}
