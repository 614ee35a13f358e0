//! What can be seen of a line without knowing what it says.

use std::ops::Range;

use super::cues::{Cues, Effect, is_bullet};

/// From this length (bytes) on a line is prose, however it ends: no menu entry or headline is so long.
const LONG: usize = 260;
/// A line that ends as a sentence does is prose from this length (bytes) on.
const SENTENCE: usize = 64;
/// From this length (bytes) on a question or exclamation is prose; shorter ones may be headlines.
const QUESTION: usize = 150;
/// Longest headline in a list of links, in bytes.
const MAX_HEADLINE: usize = 190;
/// Longest line (bytes) whose words are counted.
const COUNTED: usize = 400;

/// List marks at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bullet {
    /// None.
    None,
    /// A bullet or dash.
    One,
    /// A number or letter.
    Number,
    /// Two different bullets in a row, as link farms and broken menus have.
    Double,
}

/// A non-blank line and its features.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Byte range in the page, without white space around it.
    pub(super) span: Range<usize>,
    /// From 1.
    pub(super) number: usize,
    /// What a cue says.
    pub(super) effect: Option<Effect>,
    /// Name of that cue.
    pub(super) cue: &'static str,
    /// Long, or a sentence of some length.
    pub(super) prose: bool,
    /// Ends as a sentence or an introduction does.
    pub(super) closed: bool,
    /// Ends with a full stop or a colon, as headlines do not.
    pub(super) full_stop: bool,
    /// List mark.
    pub(super) bullet: Bullet,
    /// Words, at most 255.
    pub(super) words: u8,
    /// Whether it has a letter.
    pub(super) letters: bool,
}

impl Line {
    /// Length in bytes.
    pub(super) fn len(&self) -> usize {
        self.span.len()
    }

    /// Whether the line could be a headline: some words, no full stop, no furniture.
    pub(super) fn headline(&self) -> bool {
        !self.prose
            && self.plain()
            && self.words >= 4
            && (22..=MAX_HEADLINE).contains(&self.len())
            && self.bullet == Bullet::None
    }

    /// Whether it names an entry of a menu in words (page numbers and days are found in tables as well).
    pub(super) fn menu_entry(&self) -> bool {
        self.effect == Some(Effect::Nav) && self.letters
    }

    /// Whether no cue says anything of it.
    pub(super) fn plain(&self) -> bool {
        self.effect.is_none()
    }

    /// Whether it is furniture by a cue.
    pub(super) fn furniture(&self) -> bool {
        matches!(
            self.effect,
            Some(Effect::End | Effect::Footer | Effect::Form | Effect::Drop | Effect::Link | Effect::Nav)
        )
    }

    /// Whether a cue says that it points to other articles.
    pub(super) fn pointer(&self) -> bool {
        matches!(self.effect, Some(Effect::End | Effect::Link))
    }

    /// Whether a cue says that a list of links, a form or a footer is here.
    pub(super) fn closing(&self) -> bool {
        matches!(self.effect, Some(Effect::End | Effect::Footer | Effect::Form))
    }
}

/// The non-blank lines of a page.
pub(super) fn lines(text: &str, cues: &Cues) -> Vec<Line> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let mut out = Vec::with_capacity(ends.clone().count() + 1);
    let (mut start, mut number) = (0, 0);
    for end in ends.chain(std::iter::once(text.len())) {
        number += 1;
        let raw = &text[start..end];
        let trimmed = raw.trim();
        if !trimmed.is_empty() {
            let at = start + (raw.len() - raw.trim_start().len());
            let line = Line { number, span: at..at + trimmed.len(), ..features(trimmed, cues) };
            out.push(line);
        }
        start = end + 1;
    }
    out
}

fn features(line: &str, cues: &Cues) -> Line {
    let cue = cues.find(line);
    let closed = closed(line);
    let counted = line.len() <= COUNTED;
    let asks = line.ends_with(['?', '!', '…']) || line.ends_with("...");
    Line {
        span: 0..0,
        number: 0,
        effect: cue.map(|c| c.effect),
        cue: cue.map_or("", |c| c.name),
        prose: line.len() >= LONG || closed && line.len() >= if asks { QUESTION } else { SENTENCE },
        closed,
        full_stop: without_closing(line).ends_with(['.', ':', ';']),
        bullet: bullet(line),
        words: if counted {
            u8::try_from(1 + line.bytes().filter(|b| *b == b' ').count()).unwrap_or(255)
        } else {
            255
        },
        letters: !counted || line.contains(char::is_alphabetic),
    }
}

/// Whether the line ends with a full stop, a question or exclamation mark, a colon, a semicolon or dots, inside closing quotes or brackets.
fn closed(line: &str) -> bool {
    without_closing(line).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// The line without closing quotes and brackets.
fn without_closing(line: &str) -> &str {
    line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '*', ' '])
}

fn bullet(line: &str) -> Bullet {
    let bytes = line.as_bytes();
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return Bullet::None };
    if is_bullet(first) {
        let next = chars.find(|c| *c != ' ');
        let double = next.is_some_and(|c| is_bullet(c) && c != first && c != '*') && first != '*';
        return if double { Bullet::Double } else { Bullet::One };
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let numbered = (1..=2).contains(&digits)
        && matches!(bytes.get(digits), Some(b'.' | b')' | b'/'))
        && bytes.get(digits + 1) == Some(&b' ');
    let lettered = line.len() > 2 && first.is_alphabetic() && chars.next() == Some(')');
    if numbered || lettered || first == '(' && bytes.get(2) == Some(&b')') {
        Bullet::Number
    } else {
        Bullet::None
    }
}

/// Whether every word begins with a capital letter (or a bracket before one), and there are few: a person's name, most likely.
pub(super) fn is_name(line: &str) -> bool {
    if line.len() > 48 || line.bytes().any(|b| b.is_ascii_digit() || b":;?!\"%".contains(&b)) {
        return false;
    }
    let mut words = 0;
    for word in line.split([' ', '.', '-', '/', ',', '(', ')', '|']).filter(|w| !w.is_empty()) {
        words += 1;
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
    }
    (1..=6).contains(&words)
}
