//! How far a common noun goes on behind its head.

use crate::extract::entity::classes::class;
use crate::extract::entity::compile::Tables;
use crate::extract::lexicon::Hit;
use crate::extract::token::{Token, TokenKind};

/// How many words that belong to a noun may follow it.
const MODIFIERS: usize = 5;
/// How many words may say how exact a number is (cao | từ khoảng | 2 m).
const QUALIFIERS: usize = 2;

/// The tokens among which nouns are looked for.
pub(super) struct Phrase<'a> {
    pub(super) tables: &'a Tables,
    pub(super) tokens: &'a [Token],
}

/// What belongs to a noun, up to token `last`.
struct Part {
    last: usize,
    /// Whether it says nothing without the next word (học sinh lớp | 5).
    open: bool,
    /// Whether nothing behind it belongs to the noun (gia đình tôi | lấy).
    whole: bool,
}

impl Phrase<'_> {
    /// Where the noun ends that begins with `head`.
    pub(super) fn end(&self, head: &Hit<u32>) -> usize {
        if self.tables.commons[head.value as usize].whole {
            return head.last;
        }
        let (mut at, mut end) = (head.last, head.last);
        while at < self.tokens.len() && at <= head.last + MODIFIERS && self.goes_on(at) {
            let part = self.part(at);
            at = part.last;
            if !part.open {
                end = at;
            }
            if part.whole {
                return end;
            }
        }
        // Where no verb comes soon, the words behind the noun are not only its own.
        if at > head.last + MODIFIERS { head.last } else { end }
    }

    /// The word or the noun of several that begins at token `at`.
    fn part(&self, at: usize) -> Part {
        let tables = self.tables;
        let noun = tables.common.longest(self.tokens, at);
        let compound = tables.compounds.longest(self.tokens, at).map(|hit| hit.last);
        let leads = tables.leads.longest(self.tokens, at).map(|hit| hit.last);
        let known = noun.map(|hit| hit.last).max(compound).max(leads.filter(|&last| last > at + 1));
        let ends = |hit: &Hit<()>| known.is_none_or(|last| last < hit.last);
        let open = tables.open.longest(self.tokens, at).filter(ends).map(|hit| hit.last);
        let owner = tables.owners.longest(self.tokens, at).filter(ends).map(|hit| hit.last);
        let last = owner.or(open).or(known).unwrap_or(at + 1);
        let speaks = noun.is_some_and(|hit| hit.last == last && tables.commons[hit.value as usize].whole);
        Part { last, open: open == Some(last), whole: owner.is_some() || speaks }
    }

    /// Whether the word at token `i` belongs to the noun before it.
    fn goes_on(&self, i: usize) -> bool {
        let (tables, tokens) = (self.tables, self.tokens);
        let to_figure = |hit: Option<Hit<()>>| hit.is_some_and(|hit| self.figure_follows(hit.last));
        let classifier =
            tables.common.longest(tokens, i).is_some_and(|hit| !tables.commons[hit.value as usize].alone);
        self.is_noun(i)
            && !tokens[i].capital
            && !classifier
            && !to_figure(tables.measures.longest(tokens, i))
            && !to_figure(tables.leads.longest(tokens, i))
    }

    /// Whether a number stands at token `i`, or behind words that say how exact it is.
    fn figure_follows(&self, i: usize) -> bool {
        let ends = |&i: &usize| self.tokens[i].kind != TokenKind::Word || self.is_noun(i);
        let behind = (i..self.tokens.len()).take(QUALIFIERS + 1).find(ends);
        behind.is_some_and(|i| self.tokens[i].kind == TokenKind::Number)
    }

    /// Whether the word at token `i` may belong to a noun phrase.
    pub(super) fn is_noun(&self, i: usize) -> bool {
        let class = self.tables.classes.of(self.tokens[i].word);
        self.tokens[i].kind == TokenKind::Word
            && class & (class::STOP | class::VERB) == 0
            && self.tables.cues.longest(self.tokens, i).is_none()
            && self.tables.predicates.longest(self.tokens, i).is_none()
            && self.tables.ends.longest(self.tokens, i).is_none()
    }

    /// Whether a common noun begins behind token `first` and ends behind token `last`.
    pub(super) fn noun_across(&self, first: usize, last: usize) -> bool {
        let noun = |i: usize| self.tables.common.longest(self.tokens, i);
        (first + 1..last).any(|i| noun(i).is_some_and(|hit| hit.last > last))
    }

    /// Whether words with capitals are rather a name that nobody knows.
    pub(super) fn begins_name(&self, head: &Hit<u32>) -> bool {
        let (first, last) = (head.first, head.last);
        let capital = |i: usize| self.tokens.get(i).is_some_and(|t| t.capital);
        capital(first) && (capital(last) || first > 0 && self.tokens[first - 1].kind == TokenKind::Word)
    }
}
