//! Where time expressions may begin, told by a few bytes.

use super::LONGEST_CHAR;
use crate::rules::{Anchored, Cache, StateId};

/// Which bytes can begin a match: the first five, as bits by a hash. Digits lead to too many beginnings to list, so
/// three bytes must do where one is among them.
#[derive(Debug)]
pub(super) struct Starts {
    long: Beginnings,
    short: Beginnings,
}

/// A set of numbers that may hold others, too: a Bloom filter whose two bits of a number stand in one word.
#[derive(Debug)]
struct Beginnings(Box<[u64; WORDS]>);

const WORDS: usize = 1 << 11;
/// Bytes of a long and a short beginning.
pub(super) const LONG: usize = 5;
const SHORT: usize = 3;

/// Bytes as one number, the first the highest.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

impl Beginnings {
    fn none() -> Self {
        Self(Box::new([0; WORDS]))
    }

    fn add(&mut self, bytes: &[u8]) {
        let (word, bits) = Self::place(number(bytes));
        self.0[word] |= bits;
    }

    #[inline]
    fn may_hold(&self, number: u64) -> bool {
        let (word, bits) = Self::place(number);
        self.0[word] & bits == bits
    }

    /// The word of a number and its bits there, by multiplicative (Fibonacci) hashing.
    #[inline]
    fn place(number: u64) -> (usize, u64) {
        let hash = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let bit = |shift: u32| 1 << (hash >> shift & 63);
        ((hash >> 53) as usize % WORDS, bit(47) | bit(41))
    }
}

/// How many states are followed, more than ten times what the built-in rules take. Patterns that begin with any letters lead to
/// so many that every place is looked at instead.
const MOST_VISITS: usize = 20_000;
// They are visited while others that lead to them are held, which no longer are where there are more than numbers.
const _: () = assert!(MOST_VISITS < StateId::COUNT);

impl Starts {
    /// Follows the automaton over all beginnings that do not lead nowhere.
    pub(super) fn learn(patterns: &Anchored) -> Self {
        let starts = Self { long: Beginnings::none(), short: Beginnings::none() };
        let mut learner =
            Learner { starts, patterns, cache: patterns.cache(), chars: usual_chars(), visits: 0 };
        let first = patterns.start(&mut learner.cache);
        learner.visit(first, &mut Vec::new());
        learner.starts
    }

    /// Marks what a text may begin with that begins as `prefix` does.
    fn mark_any(&mut self, prefix: &[u8]) {
        match prefix.get(..LONG) {
            Some(long) => self.long.add(long),
            None => self.mark_short(prefix),
        }
    }

    /// Has every place be looked at.
    fn mark_all(&mut self) {
        self.long.0.fill(u64::MAX);
        self.short.0.fill(u64::MAX);
    }

    fn mark_short(&mut self, prefix: &[u8]) {
        if let Some(short) = prefix.get(..SHORT) {
            self.short.add(short);
        }
    }

    /// Whether an expression may begin at byte `at`; never `false` where one does.
    #[inline]
    pub(super) fn check(&self, text: &[u8], at: usize) -> bool {
        let Some(rest) = text.get(at..) else { return false };
        if let Some(bytes) = rest.first_chunk::<8>() {
            let head = u64::from_be_bytes(*bytes);
            return self.long.may_hold(head >> (64 - 8 * LONG))
                || self.short.may_hold(head >> (64 - 8 * SHORT));
        }
        let long = rest.get(..LONG).is_some_and(|bytes| self.long.may_hold(number(bytes)));
        long || rest.get(..SHORT).is_some_and(|bytes| self.short.may_hold(number(bytes)))
    }

    /// The first place at or behind `from` where a pattern may begin. None matches less than three bytes, so the last two
    /// places need no look.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        if (from == 0 || !continues_word(text, from - 1)) && self.check(text, from) {
            return Some(from);
        }
        let (chunks, rest) = text.get(from..)?.as_chunks::<8>();
        for (i, chunk) in chunks.iter().enumerate() {
            let mut marks = marks(u64::from_le_bytes(*chunk));
            while marks != 0 {
                let at = from + 8 * i + marks.trailing_zeros() as usize / 8;
                if let Some(begin) = self.behind_mark(text, at) {
                    return Some(begin);
                }
                marks &= marks - 1;
            }
        }
        (text.len() - rest.len()..text.len()).find_map(|at| self.behind_mark(text, at))
    }

    /// The place behind the mark that begins at `at`, if a word may begin a match there.
    fn behind_mark(&self, text: &[u8], at: usize) -> Option<usize> {
        let begin = at + if text[at] == 0xE2 { 3 } else { 1 };
        (self.check(text, begin) && !continues_word(text, begin - 1)).then_some(begin)
    }
}

/// The high bits of those bytes of `x` that are ASCII marks or spaces (below `0`) or begin a dash or quotation mark
/// (E2). A byte above a found one may be found in error; the caller looks again.
fn marks(x: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let low = x.wrapping_sub(ONES * 0x30) & !x;
    let other = x ^ (ONES * 0xE2);
    let dash = other.wrapping_sub(ONES) & !other;
    (low | dash) & HIGH
}

/// Whether the character that ends with byte `at` is part of a word. Of the characters beyond ASCII, only the
/// quotation marks, dashes and spaces that stand in news are none.
fn continues_word(text: &[u8], at: usize) -> bool {
    let byte = text[at];
    if byte < 0x80 {
        return byte.is_ascii_alphanumeric();
    }
    let mark = at >= 2 && text[at - 1] == 0x80 && text[at - 2] == 0xE2;
    let space = at >= 1 && text[at - 1] == 0xC2;
    !mark && !space
}

/// Finds all beginnings.
struct Learner<'p> {
    starts: Starts,
    patterns: &'p Anchored,
    cache: Cache,
    chars: Vec<char>,
    visits: usize,
}

impl Learner<'_> {
    /// Goes on from a state that `prefix` leads to.
    fn visit(&mut self, state: StateId, prefix: &mut Vec<u8>) {
        self.visits += 1;
        if self.visits >= MOST_VISITS {
            self.starts.mark_all();
            return;
        }
        let known = prefix.len();
        // Behind a match anything may follow.
        let next_chars = if state.is_match() {
            self.chars.clone()
        } else {
            self.patterns.next_chars(&self.cache, state, &self.chars)
        };
        for c in next_chars {
            if self.visits >= MOST_VISITS {
                return;
            }
            if !goes_on(prefix, c) {
                continue;
            }
            let mut bytes = [0; LONGEST_CHAR];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                prefix.push(byte);
                if self.mark(prefix, state.is_match()) {
                    break;
                }
            }
            let digits = prefix.iter().any(u8::is_ascii_digit);
            if prefix.len() < if digits { SHORT } else { LONG } {
                let next = self.patterns.step(&mut self.cache, state, c);
                if next != StateId::DEAD {
                    self.visit(next, prefix);
                }
            }
            prefix.truncate(known);
        }
    }

    /// Marks a beginning, behind all but whose last byte a match may have `ended`, if it is long enough; true if so.
    fn mark(&mut self, prefix: &[u8], ended: bool) -> bool {
        if ended && matches!(prefix.last(), Some(b' ' | b',' | b'.' | b';' | b':' | b')')) {
            // Anything may follow.
            self.starts.mark_any(prefix);
        } else if prefix.len() >= SHORT && prefix.iter().any(u8::is_ascii_digit) {
            self.starts.mark_short(prefix);
        } else if prefix.len() < LONG {
            return false;
        } else {
            self.starts.mark_any(prefix);
        }
        prefix.len() >= LONG
    }
}

/// The characters of normalized Vietnamese.
fn usual_chars() -> Vec<char> {
    let letters = ('À'..='ÿ').chain('\u{100}'..='\u{13f}').chain("Ũũ".chars()).chain('\u{180}'..='\u{1bf}');
    (' '..='~').chain(letters).chain('\u{1e80}'..='\u{1eff}').collect()
}

/// Whether `c` goes on after `prefix` as normalized Vietnamese does: words one space apart, in small letters,
/// capitalized or in capitals.
fn goes_on(prefix: &[u8], c: char) -> bool {
    let last = prefix.last().copied().unwrap_or(b' ');
    let small_first = prefix.first().is_some_and(u8::is_ascii_lowercase) && !prefix.contains(&b' ');
    let capital = c.is_ascii_uppercase() && (last.is_ascii_lowercase() || small_first);
    !capital && (c != ' ' || last != b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_holds_what_was_added_and_little_else() {
        let mut beginnings = Beginnings::none();
        let bytes = |n: u32| [b'a' + (n % 26) as u8, (n >> 8) as u8, n as u8, b' ', b'x'];
        (0..6000).for_each(|n| beginnings.add(&bytes(n)));
        assert!((0..6000).all(|n| beginnings.may_hold(number(&bytes(n)))));
        let wrong = (100_000..110_000).filter(|n| beginnings.may_hold(number(&bytes(*n)) ^ (1 << 39)));
        assert!(wrong.count() < 600);
    }
}
