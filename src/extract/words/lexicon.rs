//! Phrases over words: a trie that finds the longest known phrase at a token.

use super::id_table::IdTable;
use super::token::Token;
use super::vocabulary::{Lists, Vocabulary, WordId};

/// Phrases, each with a value.
#[derive(Debug)]
pub struct Lexicon<V> {
    /// Node and word → node; the root is 0.
    edges: IdTable<(u64, u32)>,
    /// Word → the node that it leads to from the root, or 0: most words begin no phrase.
    roots: Vec<u32>,
    nodes: Vec<Node<V>>,
    /// The bit by which tokens tell that they begin a phrase of these.
    list: Lists,
    /// How many words the longest phrase has.
    most: usize,
}

/// Where words of phrases lead.
#[derive(Debug, Clone, Copy)]
struct Node<V> {
    /// Value of the phrase that ends here.
    value: Option<V>,
    /// Bits of the words with which a phrase goes on, by [`bit`]: most words need no look at the edges.
    inner: u64,
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
        let root = Node { value: None, inner: u64::MAX };
        Self {
            edges: IdTable::default(),
            roots: Vec::new(),
            nodes: vec![root],
            list: Lists::default(),
            most: 0,
        }
    }
}

impl<V: Copy> Lexicon<V> {
    /// Adds `phrase`; a later value for the same phrase takes the place of the earlier.
    pub(crate) fn insert(&mut self, vocabulary: &mut Vocabulary, phrase: &str, value: V) {
        let mut tokens = Vec::new();
        vocabulary.tokenize(phrase, &mut tokens);
        if self.list == Lists::default() {
            self.list = vocabulary.new_list();
        }
        self.most = self.most.max(tokens.len());
        let mut node = 0;
        for token in &tokens {
            let word = vocabulary.intern(token.text(phrase));
            if node == 0 {
                vocabulary.begin(word, self.list);
            }
            let next = self.nodes.len() as u32;
            node = match self.step(node, word) {
                Some(known) => known,
                None => self.grow(node, word, next),
            };
        }
        if node != 0 {
            self.nodes[node as usize].value = Some(value);
        }
    }

    fn grow(&mut self, node: u32, word: WordId, next: u32) -> u32 {
        if node == 0 {
            let place = word.0 as usize;
            self.roots.resize(self.roots.len().max(place + 1), 0);
            self.roots[place] = next;
        } else {
            self.edges.insert(edge(node, word), next);
            self.nodes[node as usize].inner |= bit(word);
        }
        self.nodes.push(Node { value: None, inner: 0 });
        next
    }

    #[inline]
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        let next = if node == 0 {
            self.roots.get(word.0 as usize).copied().unwrap_or(0)
        } else if self.nodes[node as usize].inner & bit(word) != 0 {
            self.edges.get(edge(node, word))
        } else {
            0
        };
        (next != 0).then_some(next)
    }

    /// How many words the longest phrase has.
    pub(crate) fn most_words(&self) -> usize {
        self.most
    }

    /// Whether a phrase may begin with `token`.
    #[inline]
    pub fn begins(&self, token: &Token) -> bool {
        token.begins.meet(self.list)
    }

    /// The longest phrase that begins at token `first`.
    #[inline]
    pub(crate) fn longest(&self, tokens: &[Token], first: usize) -> Option<Hit<V>> {
        self.longest_where(tokens, first, |_| true)
    }

    /// The longest phrase that begins at token `first` and that `accept` takes.
    #[inline]
    pub(crate) fn longest_where(
        &self,
        tokens: &[Token],
        first: usize,
        accept: impl Fn(&Hit<V>) -> bool,
    ) -> Option<Hit<V>> {
        // Most words begin no phrase, which is told where this is called.
        let token = tokens.get(first).filter(|token| self.begins(token))?;
        self.longest_from(self.step(0, token.word)?, tokens, first, accept)
    }

    /// The same, where the first word leads to `node`.
    fn longest_from(
        &self,
        mut node: u32,
        tokens: &[Token],
        first: usize,
        accept: impl Fn(&Hit<V>) -> bool,
    ) -> Option<Hit<V>> {
        let mut found = None;
        let mut last = first + 1;
        loop {
            let Node { value, inner } = self.nodes[node as usize];
            let hit = value.map(|value| Hit { first, last, value });
            found = hit.filter(&accept).or(found);
            let goes_on = |token: &&Token| inner & bit(token.word) != 0;
            let Some(token) = tokens.get(last).filter(goes_on) else { return found };
            match self.edges.get(edge(node, token.word)) {
                0 => return found,
                next => node = next,
            }
            last += 1;
        }
    }

    /// Every phrase that `words` begin with, shortest first: its length in words, and its value.
    pub(crate) fn prefixes<'l>(
        &'l self,
        words: impl Iterator<Item = WordId> + 'l,
    ) -> impl Iterator<Item = (usize, V)> + 'l {
        let mut node = 0;
        words
            .map_while(move |word| {
                node = self.step(node, word)?;
                Some(self.nodes[node as usize].value)
            })
            .enumerate()
            .filter_map(|(i, value)| Some((i + 1, value?)))
    }

    /// All longest phrases from left to right, without overlap.
    pub(crate) fn find_all<'l>(&'l self, tokens: &'l [Token]) -> impl Iterator<Item = Hit<V>> + 'l {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < tokens.len() {
                if !self.begins(&tokens[at]) {
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

/// The key of an edge; no node but the root has the number 0.
fn edge(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word.0)
}

/// One of 64 bits that stands for a word.
#[inline]
fn bit(word: WordId) -> u64 {
    1 << (word.0 % u64::BITS)
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
