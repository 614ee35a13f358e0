//! Names of the things that are counted, right behind their noun: `3 xã An Phú, Bình Sơn và Cát Lâm`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::extract::sentence::Sentence;
use crate::extract::words::token::TokenKind;

/// Longest noun before the names, and longest name, in tokens.
const LONGEST: usize = 6;
/// Longest remark in brackets behind a name, in tokens.
const LONGEST_REMARK: usize = 25;
/// More things than this are not named one by one.
const MOST: usize = 6;

/// What a word is to a list of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Between {
    /// It stands before the last name.
    And,
    /// In small letters it can be part of no name.
    Ends,
    /// It may be part of a name.
    Other,
}

/// The token with which the names of the counted things begin, if as many names as are counted follow the noun that
/// begins at token `first`: then they are no part of it. `word` tells what words there are between names.
pub(crate) fn names(
    sentence: &Sentence<'_>,
    first: usize,
    count: Decimal,
    word: impl Fn(usize) -> Between,
) -> Option<usize> {
    let count = count.to_usize().filter(|n| (2..=MOST).contains(n) && count.is_integer())?;
    let tokens = &sentence.tokens;
    let in_noun =
        |i: usize| !tokens[i].capital && tokens[i].kind == TokenKind::Word && word(i) == Between::Other;
    let begins = first + 1 + (first + 1..tokens.len()).take(LONGEST).take_while(|&i| in_noun(i)).count();
    let mut at = begins;
    for named in 1..count {
        if !tokens.get(at)?.capital {
            return None;
        }
        at = name_end(sentence, at, &word)?;
        let comma = text(sentence, at) == ",";
        at += usize::from(comma);
        let last = at < tokens.len() && word(at) == Between::And;
        at += usize::from(last);
        if last != (named + 1 == count) || !(comma || last) {
            return None;
        }
    }
    tokens.get(at)?.capital.then_some(begins)
}

/// The token behind the name that begins at token `first`, and behind what is remarked of it in brackets.
fn name_end(sentence: &Sentence<'_>, first: usize, word: impl Fn(usize) -> Between) -> Option<usize> {
    let reach = |from: usize, longest| from..sentence.tokens.len().min(from + longest + 1);
    let ends = |i: usize| match sentence.tokens[i].kind {
        TokenKind::Mark => !matches!(text(sentence, i), "-" | "." | "/" | "&"),
        _ => !sentence.tokens[i].capital && word(i) != Between::Other,
    };
    let end = reach(first, LONGEST).find(|&i| ends(i))?;
    if text(sentence, end) != "(" {
        let mark = sentence.tokens[end].kind == TokenKind::Mark;
        return (mark || word(end) == Between::And).then_some(end);
    }
    let closed = reach(end, LONGEST_REMARK).find(|&i| text(sentence, i) == ")")?;
    Some(closed + 1).filter(|&end| end < sentence.tokens.len())
}

fn text<'t>(sentence: &Sentence<'t>, at: usize) -> &'t str {
    sentence.words(at, at + 1)
}
