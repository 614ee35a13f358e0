//! The noun phrase behind a number: what is counted.

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::apposed::{self, Between};
use crate::extract::sentence::Sentence;
use crate::extract::words::lexicon::{Hit, Lexicon};
use crate::extract::words::token::{Token, TokenKind};
use crate::extract::words::vocabulary::Vocabulary;
use crate::rules::Named;

/// Longest noun phrase, in tokens.
const LONGEST: usize = 12;
/// Longest number before one, in tokens.
const LONGEST_NUMBER: usize = 3;
/// Longest label of a value, in words.
const LONGEST_LABEL: usize = 6;
/// How many words that end noun phrases may stand between a word for a measure and its figure.
const SKIPPED: usize = 2;

/// A named list of words, and what they do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList<D: Default> {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    #[serde(default)]
    pub(super) does: D,
    pub(super) words: Vec<String>,
}

impl<D: Default> Named for WordList<D> {
    fn name(&self) -> &str {
        &self.name
    }
}

/// Words that end a noun phrase, and lists that count as one noun.
#[derive(Debug, Default)]
pub(crate) struct Nouns {
    stops: Lexicon<Stop>,
    lists: Lexicon<()>,
    /// Nouns that a slash joins to the one before.
    slashed: Lexicon<()>,
}

/// What a word does to a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stop {
    /// Ends it.
    #[default]
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
    /// A verb, which a noun that needs the next word takes.
    Verb,
    /// A verb: it ends the noun, unless that names a deed (`2 xe đâm`, `2 vụ đâm xe`), and begins none.
    Acts,
    /// The same, but what begins with it names a deed (`2 yêu cầu`).
    Act,
    /// Begins a noun that names a deed.
    Deed,
    /// Begins a noun that says nothing without the next word, even if that is a verb: `cuộc gặp`.
    Needs,
    /// Ends it where a figure follows, which it leads to (`2 con dao dài 40 cm`), and begins none.
    Leads,
    /// The same, but it may begin one: `3 mức giá`.
    Measure,
    /// A noun that nothing behind it belongs to: `3 tầng`.
    Whole,
    /// Ends it, but what it begins with may be what is counted: `5 cầu thủ mùa này`, `2 mùa này`.
    Points,
}

/// What the phrases of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Listed {
    /// Several nouns that are counted as one.
    #[default]
    Together,
    /// Nouns that a slash joins to the one before.
    BySlash,
}

/// A noun phrase that is read word by word.
#[derive(Clone, Copy)]
struct Phrase {
    /// Its first token.
    first: usize,
    /// How many tokens it may have.
    longest: usize,
    /// What its first word is.
    head: Option<Stop>,
    /// The token to look at next.
    at: usize,
    /// Whether the last word takes the number behind it in.
    numbered: bool,
}

impl Nouns {
    pub(crate) fn compile(
        stops: &[WordList<Stop>],
        lists: &[WordList<Listed>],
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut nouns = Self::default();
        for list in stops {
            for word in &list.words {
                nouns.stops.insert(vocabulary, word, list.does);
            }
        }
        for list in lists {
            let into = match list.does {
                Listed::Together => &mut nouns.lists,
                Listed::BySlash => &mut nouns.slashed,
            };
            for word in &list.words {
                into.insert(vocabulary, word, ());
            }
        }
        nouns
    }

    /// The tokens of the noun phrase that begins at token `first`, ends before byte `limit` and is counted so often;
    /// empty where none does.
    pub(crate) fn phrase(
        &self,
        sentence: &Sentence<'_>,
        first: usize,
        limit: usize,
        count: Option<Decimal>,
    ) -> Range<usize> {
        let tokens = &sentence.tokens;
        let between = |at| self.between(tokens, at);
        let names = count.and_then(|count| apposed::names(sentence, first, count, between));
        let head = self.stops.longest(tokens, first);
        if let Some(whole) = head.filter(|h| h.value == Stop::Whole) {
            return first..whole.last;
        }
        let mut phrase = Phrase {
            first,
            longest: names.map_or(LONGEST, |names| LONGEST.min(names - first)),
            head: head.map(|h| h.value),
            at: first,
            numbered: false,
        };
        while tokens.get(phrase.at).is_some_and(|token| token.start < limit)
            && phrase.at - first < phrase.longest
            && let Some(next) = self.next(sentence, &mut phrase)
        {
            phrase.at = next;
        }
        first..trim_end(tokens, first, phrase.at)
    }

    /// Where the phrase goes on behind what stands at its end, if that belongs to it.
    fn next(&self, sentence: &Sentence<'_>, phrase: &mut Phrase) -> Option<usize> {
        let (tokens, Phrase { first, at, .. }) = (&sentence.tokens, *phrase);
        let list = self.lists.longest(tokens, at);
        if let Some(list) = list.filter(|list| list.last - first <= phrase.longest) {
            return Some(list.last);
        }
        match tokens[at].kind {
            TokenKind::Word => {
                let stop = self.stops.longest(tokens, at);
                if stop.is_some_and(|s| self.ends(tokens, first, s, phrase.head))
                    || labels(sentence, first, at)
                {
                    return None;
                }
                phrase.numbered = stop.is_some_and(|s| s.value == Stop::Numbered);
                Some(stop.filter(|s| s.value != Stop::Points).map_or(at + 1, |s| s.last))
            }
            TokenKind::Number if phrase.numbered => Some(at + 1),
            TokenKind::Mark if at > first && self.joins(sentence, first, at) => Some(at + 1),
            TokenKind::Mark if at > first && numbers(sentence, at) => Some(at + 2),
            _ => None,
        }
    }

    /// Whether `stop` ends the phrase that begins at token `first` with a word that is `head`.
    fn ends(&self, tokens: &[Token], first: usize, stop: Hit<Stop>, head: Option<Stop>) -> bool {
        let behind = stop.first > first;
        let deed = matches!(head, Some(Stop::Deed | Stop::Needs | Stop::Act));
        match stop.value {
            Stop::Ends | Stop::Joins => true,
            Stop::Verb => stop.first != first + 1 || head != Some(Stop::Needs),
            Stop::Names => !(tokens[stop.first].capital && behind),
            Stop::NoHead => !behind,
            Stop::Points => behind,
            Stop::Acts => !behind || !deed,
            Stop::Act => behind && !deed,
            Stop::Leads => !behind || self.figure_follows(tokens, stop.last),
            Stop::Measure => behind && self.figure_follows(tokens, stop.last),
            Stop::Numbered | Stop::Goes | Stop::Deed | Stop::Needs | Stop::Whole => false,
        }
    }

    /// Whether a figure stands at token `at`, or behind a word or two that end noun phrases (dài | khoảng 40 cm).
    fn figure_follows(&self, tokens: &[Token], at: usize) -> bool {
        let ends = |&i: &usize| {
            self.stops.longest(tokens, i).is_some_and(|s| matches!(s.value, Stop::Ends | Stop::Verb))
        };
        let skipped = (at..tokens.len()).take(SKIPPED).take_while(ends).count();
        tokens.get(at + skipped).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether the mark at token `at` joins two words into one: `tỉnh/thành phố`, `TT&TT`, `C/O`, `TP.HCM`. A hyphen between
    /// spaces mostly parts what was said from what is added, unless it joins words of one kind (`kinh tế - xã hội`).
    fn joins(&self, sentence: &Sentence<'_>, first: usize, at: usize) -> bool {
        let tokens = &sentence.tokens;
        let Some(next) = tokens.get(at + 1) else { return false };
        let tight = tokens[at - 1].end == tokens[at].start && tokens[at].end == next.start;
        next.kind == TokenKind::Word
            && match tokens[at].text(sentence.text) {
                "/" => tight && (next.capital || self.slashed.longest(tokens, at + 1).is_some()),
                "&" => tight,
                "-" => tight || at > first + 2 && tokens[at].end < next.start && alike(&tokens[at - 1], next),
                "." => tight && next.capital && is_short(tokens[at - 1].text(sentence.text)),
                _ => false,
            }
    }

    /// What the word at token `at` is to a list of names.
    fn between(&self, tokens: &[Token], at: usize) -> Between {
        match self.stops.longest(tokens, at).map(|s| s.value) {
            Some(Stop::Joins) => Between::And,
            Some(Stop::Ends | Stop::Points | Stop::Names | Stop::Verb | Stop::Acts | Stop::Act) => {
                Between::Ends
            }
            _ => Between::Other,
        }
    }
}

/// Whether the mark at token `at` joins a number to the name before it: `Covid-19`, `Su-30`, `EUR.1`.
fn numbers(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let Some(next) = tokens.get(at + 1) else { return false };
    tokens[at - 1].end == tokens[at].start
        && tokens[at].end == next.start
        && tokens[at - 1].capital
        && next.kind == TokenKind::Number
        && match tokens[at].text(sentence.text) {
            "-" => true,
            "." => is_short(tokens[at - 1].text(sentence.text)),
            _ => false,
        }
}

/// Whether both are names, or neither is.
fn alike(one: &Token, other: &Token) -> bool {
    one.kind == TokenKind::Word && one.capital == other.capital
}

/// Whether `word` is an abbreviation in capitals.
fn is_short(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase)
}

/// Whether a label begins at token `at` that the next value stands behind, where the count stands behind a label, too:
/// `Chanh: 1 quả Gừng tươi: 20 g`.
fn labels(sentence: &Sentence<'_>, first: usize, at: usize) -> bool {
    let tokens = &sentence.tokens;
    if at == first || !tokens[at].capital {
        return false;
    }
    let is_colon = |i: usize| sentence.words(i, i + 1) == ":";
    let number =
        tokens[..first].iter().rev().take(LONGEST_NUMBER).take_while(|t| t.kind == TokenKind::Number).count();
    let labelled = number > 0 && first > number && is_colon(first - number - 1);
    let words = tokens[at..].iter().take(LONGEST_LABEL).take_while(|t| t.kind == TokenKind::Word).count();
    let value = at + words + 1;
    labelled && value < tokens.len() && is_colon(value - 1) && tokens[value].kind == TokenKind::Number
}

/// Drops marks at the end of `first..last`.
fn trim_end(tokens: &[Token], first: usize, mut last: usize) -> usize {
    while last > first && tokens[last - 1].kind == TokenKind::Mark {
        last -= 1;
    }
    last
}
