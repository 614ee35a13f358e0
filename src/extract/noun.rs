//! The noun phrase behind a number: what is counted.

use std::ops::Range;

use rust_decimal::Decimal;

use super::apposed::{self, Between};
use super::lexicon::Lexicon;
use super::reading::WordList;
use super::sentence::Sentence;
use super::token::{Token, TokenKind, Vocabulary};

/// Longest noun phrase, in tokens.
const LONGEST: usize = 12;

/// Words that end a noun phrase, and lists that count as one noun.
#[derive(Debug, Default)]
pub(super) struct Nouns {
    stops: Lexicon<Stop>,
    lists: Lexicon<()>,
    /// Nouns that a slash joins to the one before.
    slashed: Lexicon<()>,
}

/// What a word does to a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Ends it.
    Ends,
    /// Ends it, and joins the last of a list to the others.
    Joins,
    /// Ends it, unless a capital letter makes it a name: `2 đội Anh`.
    Names,
    /// Takes the number behind it in: `mức độ 4`.
    Numbered,
    /// Looks like a word that ends it but is part of a noun.
    Goes,
    /// Stands within one but does not begin one.
    NoHead,
}

impl Nouns {
    pub(super) fn compile(stops: &[WordList], lists: &[WordList], vocabulary: &mut Vocabulary) -> Self {
        let mut nouns = Self::default();
        for list in stops {
            let stop = match list.name.as_str() {
                "joins" => Stop::Joins,
                "names-too" => Stop::Names,
                "numbered" => Stop::Numbered,
                "goes-on" => Stop::Goes,
                "no-head" => Stop::NoHead,
                _ => Stop::Ends,
            };
            for word in &list.words {
                nouns.stops.insert(vocabulary, word, stop);
            }
        }
        for list in lists {
            let into = if list.name == "by-slash" { &mut nouns.slashed } else { &mut nouns.lists };
            for word in &list.words {
                into.insert(vocabulary, word, ());
            }
        }
        nouns
    }

    /// The tokens of the noun phrase that begins at token `first`, ends before byte `limit` and is counted so often;
    /// empty where none does.
    pub(super) fn phrase(
        &self,
        sentence: &Sentence<'_>,
        first: usize,
        limit: usize,
        count: Option<Decimal>,
    ) -> Range<usize> {
        let tokens = &sentence.tokens;
        let between = |at| self.between(tokens, at);
        let names = count.and_then(|count| apposed::names(sentence, first, count, between));
        let longest = names.map_or(LONGEST, |names| LONGEST.min(names - first));
        let mut at = first;
        let mut numbered = false;
        while at < tokens.len() && at - first < longest {
            if at == first
                && let Some(list) = self.lists.longest(tokens, at)
            {
                at = list.last;
                continue;
            }
            let token = tokens[at];
            if token.start >= limit {
                break;
            }
            let stop = self.stops.longest(tokens, at);
            match (token.kind, stop.map(|s| s.value)) {
                (TokenKind::Word, Some(Stop::Names)) if token.capital && at > first => at += 1,
                (TokenKind::Word, Some(Stop::Ends | Stop::Joins | Stop::Names)) => break,
                (TokenKind::Word, Some(Stop::NoHead)) if at == first => break,
                (TokenKind::Word, Some(stop_kind)) => {
                    numbered = stop_kind == Stop::Numbered;
                    at = stop.map_or(at + 1, |s| s.last);
                }
                (TokenKind::Word, None) => {
                    numbered = false;
                    at += 1;
                }
                (TokenKind::Number, _) if numbered => at += 1,
                (TokenKind::Mark, _) if at > first && self.joins(sentence, at) => at += 1,
                (TokenKind::Mark, _) if at > first && numbers(sentence, at) => at += 2,
                _ => break,
            }
        }
        first..trim_end(tokens, first, at)
    }

    /// Whether the mark at token `at` joins two words into one: `tỉnh/thành phố`, `TT&TT`, `C/O`.
    fn joins(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let tokens = &sentence.tokens;
        let Some(next) = tokens.get(at + 1) else { return false };
        let tight = tokens[at - 1].end == tokens[at].start && tokens[at].end == next.start;
        next.kind == TokenKind::Word
            && match tokens[at].text(sentence.text) {
                "/" => tight && (next.capital || self.slashed.longest(tokens, at + 1).is_some()),
                "&" => tight,
                "-" => tight || tokens[at - 1].kind == TokenKind::Word && tokens[at].end < next.start,
                _ => false,
            }
    }

    /// What the word at token `at` is to a list of names.
    fn between(&self, tokens: &[Token], at: usize) -> Between {
        match self.stops.longest(tokens, at).map(|s| s.value) {
            Some(Stop::Joins) => Between::And,
            Some(Stop::Ends | Stop::Names) => Between::Ends,
            _ => Between::Other,
        }
    }
}

/// Whether the hyphen at token `at` joins a number to the name before it: `Covid-19`, `Su-30`.
fn numbers(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let Some(next) = tokens.get(at + 1) else { return false };
    tokens[at - 1].end == tokens[at].start
        && tokens[at].end == next.start
        && tokens[at - 1].capital
        && next.kind == TokenKind::Number
        && tokens[at].text(sentence.text) == "-"
}

/// Drops marks at the end of `first..last`.
fn trim_end(tokens: &[Token], first: usize, mut last: usize) -> usize {
    while last > first && tokens[last - 1].kind == TokenKind::Mark {
        last -= 1;
    }
    last
}
