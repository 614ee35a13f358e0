//! Values of a list that are given out to names alike: to those of another list in turn, or each to the name behind it.

use std::ops::Range;

use super::{Choice, Context};
use crate::fact::Kind;

/// Within how many words behind a value its name stands in a list of both.
const BEHIND: usize = 4;

impl Context<'_, '_, '_> {
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

    /// Gives every value of a list the name behind it, if one of them is given to its own (20 ha ở Anh, 30 ha ở Pháp).
    pub(super) fn give_alike(&self, choices: &mut [Choice]) {
        let names: Vec<_> = (0..choices.len()).map(|index| self.name_behind(index)).collect();
        let mut at = 0;
        while at < choices.len() {
            let alike =
                |&i: &usize| self.alike(at, i) && names[i].is_some() && self.same_form(names[at], names[i]);
            let end = at + (at..choices.len()).take_while(alike).count().max(1);
            let own = names[at..end].iter().map(|name| name.map(|(k, _)| Choice::Here(k, k)));
            if own.clone().zip(&choices[at..end]).any(|(own, choice)| own == Some(*choice)) {
                for (choice, own) in choices[at..end].iter_mut().zip(own) {
                    *choice = own.unwrap_or(*choice);
                }
            }
            at = end;
        }
    }

    /// Gives every value of a list in brackets, or behind a colon, the name right before it (Huế 20 ca, Vinh 30 ca).
    pub(super) fn give_to_headings(&self, choices: &mut [Choice]) {
        let names: Vec<_> = (0..choices.len()).map(|index| self.name_right_before(index)).collect();
        let mut at = 0;
        while at < choices.len() {
            let listed = |&i: &usize| self.alike(at, i) && names[i].is_some();
            let end = at + (at..choices.len()).take_while(listed).count().max(1);
            if end - at > 1 && names[at].is_some_and(|name| self.opens_list(name)) {
                for (choice, name) in choices[at..end].iter_mut().zip(&names[at..end]) {
                    *choice = name.map_or(*choice, |k| Choice::Here(k, k));
                }
            }
            at = end;
        }
    }

    /// The place that stands alone right before value `index`.
    fn name_right_before(&self, index: usize) -> Option<usize> {
        let (entities, sentence) = (self.scene.entities, self.scene.sentence);
        let first = sentence.token_at(self.scene.mentions[index].quote.start);
        let k = entities.partition_point(|e| e.last <= first).checked_sub(1)?;
        let colon = first > 0 && sentence.words(first - 1, first) == ":";
        let beside = entities[k].last == first - usize::from(colon);
        (beside && entities[k].kind.is_place() && self.lists[k] == (k, k)).then_some(k)
    }

    /// Whether a bracket or colon stands right before name `k`.
    fn opens_list(&self, k: usize) -> bool {
        let (entity, sentence) = (&self.scene.entities[k], self.scene.sentence);
        let mark = entity.first.checked_sub(1).map(|before| sentence.words(before, entity.first));
        matches!(mark, Some("(" | ":"))
    }

    /// The name that stands alone behind value `index` in its clause, and by how many words.
    fn name_behind(&self, index: usize) -> Option<(usize, usize)> {
        let (entities, sentence) = (self.scene.entities, self.scene.sentence);
        let value = sentence.tokens_in(&self.scene.mentions[index].quote);
        let k = entities.partition_point(|e| e.first < value.end);
        let away = entities.get(k)?.first - value.end;
        let clause = self.layout.at(value.start).clause == self.layout.at(entities[k].first).clause;
        // Money goes somewhere, and ranks are among others.
        let counted = !matches!(self.scene.mentions[index].kind, Kind::Rank | Kind::Money);
        (clause && counted && away > 0 && away <= BEHIND && self.lists[k] == (k, k)).then_some((k, away))
    }

    /// Whether two names are of one type, and as far behind their values give or take a word.
    fn same_form(&self, one: Option<(usize, usize)>, other: Option<(usize, usize)>) -> bool {
        one.zip(other).is_some_and(|((one, near), (other, far))| {
            self.scene.entities[one].kind == self.scene.entities[other].kind && near.abs_diff(far) <= 1
        })
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
