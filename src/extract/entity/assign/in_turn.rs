//! Values that are given out to the names of a list in turn.

use std::ops::Range;

use super::{Assigner, Choice};

impl Assigner<'_, '_, '_> {
    /// Gives each of the values that were given to a list in turn its own name (Anh và Pháp lần lượt là | 28% và 29%), and
    /// what says one of them again in brackets the same.
    pub(super) fn give_in_turn(&self, choices: &mut [Choice]) {
        let mut at = 0;
        while let Some(&choice) = choices.get(at) {
            let parts = self.parts(choices, at);
            let end = parts.last().map_or(at + 1, |part| part.end);
            if let Choice::Here(first, last) = choice
                && last > first
                && parts.len() == last + 1 - first
                && self.in_turn(last, at)
            {
                for (name, part) in (first..).zip(parts) {
                    choices[part].fill(Choice::Here(name, name));
                }
            }
            at = end;
        }
    }

    /// The values from `at` on that are of one kind and were given alike, each with those in brackets behind it.
    fn parts(&self, choices: &[Choice], at: usize) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for i in (at..choices.len()).take_while(|&i| choices[i] == choices[at]) {
            match parts.last_mut() {
                Some(part) if self.in_brackets(i) => part.end = i + 1,
                _ if self.alike(at, i) => parts.push(i..i + 1),
                _ => break,
            }
        }
        parts
    }

    /// Whether value `index` stands in brackets right behind another.
    fn in_brackets(&self, index: usize) -> bool {
        let mentions = &self.scene.mentions;
        let before = index.checked_sub(1).map(|before| mentions[before].phrase.end);
        let between = before.and_then(|end| self.scene.sentence.text.get(end..mentions[index].phrase.start));
        between.is_some_and(|words| words.trim_start().starts_with('(') && !words.contains(')'))
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
