//! Phrases over words: a trie that finds the longest known phrase at a token.

use rustc_hash::FxHashMap;

use super::token::{Token, Vocabulary, WordId};

/// Phrases, each with a value.
#[derive(Debug)]
pub struct Lexicon<V> {
    /// (node, word) → node; the root is 0.
    edges: FxHashMap<(u32, WordId), u32>,
    /// Word → the node that it leads to from the root, or 0: most words begin no phrase.
    roots: Vec<u32>,
    /// Value of the phrase that ends at a node.
    values: Vec<Option<V>>,
}

/// A phrase found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<V> {
    /// Index of its first token.
    pub first: usize,
    /// Index behind its last token.
    pub last: usize,
    /// What the phrase stands for.
    pub value: V,
}

impl<V: Copy> Default for Lexicon<V> {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), roots: Vec::new(), values: vec![None] }
    }
}

impl<V: Copy> Lexicon<V> {
    /// Adds `phrase`; a later value for the same phrase takes the place of the earlier.
    pub fn insert(&mut self, vocabulary: &mut Vocabulary, phrase: &str, value: V) {
        let mut tokens = Vec::new();
        vocabulary.tokenize(phrase, &mut tokens);
        let mut node = 0;
        for token in &tokens {
            let word = vocabulary.intern(token.text(phrase));
            let next = self.values.len() as u32;
            node = match self.step(node, word) {
                Some(known) => known,
                None => self.grow(node, word, next),
            };
        }
        if node != 0 {
            self.values[node as usize] = Some(value);
        }
    }

    fn grow(&mut self, node: u32, word: WordId, next: u32) -> u32 {
        if node == 0 {
            let place = word.0 as usize;
            self.roots.resize(self.roots.len().max(place + 1), 0);
            self.roots[place] = next;
        } else {
            self.edges.insert((node, word), next);
        }
        self.values.push(None);
        next
    }

    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        if node == 0 {
            self.roots.get(word.0 as usize).copied().filter(|&next| next != 0)
        } else {
            self.edges.get(&(node, word)).copied()
        }
    }

    /// The longest phrase that begins at token `first`.
    pub fn longest(&self, tokens: &[Token], first: usize) -> Option<Hit<V>> {
        self.longest_where(tokens, first, |_| true)
    }

    /// The longest phrase that begins at token `first` and that `accept` takes.
    pub fn longest_where(
        &self,
        tokens: &[Token],
        first: usize,
        accept: impl Fn(&Hit<V>) -> bool,
    ) -> Option<Hit<V>> {
        let mut node = 0;
        let mut found = None;
        for (i, token) in tokens.iter().enumerate().skip(first) {
            let Some(next) = self.step(node, token.word) else { break };
            node = next;
            let hit = self.values[node as usize].map(|value| Hit { first, last: i + 1, value });
            found = hit.filter(&accept).or(found);
        }
        found
    }

    /// Every phrase that `words` begin with, shortest first: its length in words, and its value.
    pub fn prefixes<'l>(
        &'l self,
        words: impl Iterator<Item = WordId> + 'l,
    ) -> impl Iterator<Item = (usize, V)> + 'l {
        let mut node = 0;
        words
            .map_while(move |word| {
                node = self.step(node, word)?;
                Some(self.values[node as usize])
            })
            .enumerate()
            .filter_map(|(i, value)| Some((i + 1, value?)))
    }

    /// All longest phrases from left to right, without overlap.
    pub fn find_all<'l>(&'l self, tokens: &'l [Token]) -> impl Iterator<Item = Hit<V>> + 'l {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < tokens.len() {
                if tokens[at].word == WordId::UNKNOWN {
                    at += 1;
                    continue;
                }
                if let Some(hit) = self.longest(tokens, at) {
                    at = hit.last;
                    return Some(hit);
                }
                at += 1;
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_phrase_wins_in_any_case_and_tone_placement() {
        let (mut vocabulary, mut lexicon) = (Vocabulary::default(), Lexicon::default());
        lexicon.insert(&mut vocabulary, "tỉnh", 1);
        lexicon.insert(&mut vocabulary, "tỉnh Khánh Hòa", 2);
        let mut tokens = Vec::new();
        vocabulary.tokenize("Các TỈNH KHÁNH HOÀ và tỉnh khác", &mut tokens);
        let found: Vec<_> = lexicon.find_all(&tokens).map(|h| (h.first, h.last, h.value)).collect();
        assert_eq!(found, [(1, 4, 2), (5, 6, 1)]);
    }
}
