//! Phrases and patterns that tell what a line is.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, BuildError, Input, MatchKind, StartKind};
use memchr::memmem::Finder;
use serde::Deserialize;

/// Lines up to this length (bytes) are shown to every pattern; longer ones only where they have a digit or a sign such as ©.
const SHORT: usize = 90;
/// First byte of signs such as © in UTF-8.
const SIGNS_LEAD: u8 = 0xC2;

/// What a cue says of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Effect {
    /// Everything below is boilerplate.
    End,
    /// Line of a page footer or form.
    Footer,
    /// Form or debris of software: furniture wherever it stands, and a sign that the article is over.
    Form,
    /// Furniture wherever it stands.
    Drop,
    /// Pointer to another article.
    Link,
    /// Menu entry.
    Nav,
    /// Author or source.
    Byline,
    /// Text of a picture.
    Caption,
}

/// Where in a line the phrases of a cue must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// They are the line, but for numbers and punctuation behind them.
    Line,
    /// The line begins with them.
    Start,
    /// Anywhere.
    Anywhere,
}

/// One rule about lines.
#[derive(Debug)]
pub(super) struct Cue {
    pub(super) name: &'static str,
    pub(super) effect: Effect,
    max_chars: usize,
    how: How,
}

#[derive(Debug)]
enum How {
    Phrases(Place, Vec<String>),
    Pattern(Pattern),
}

/// A regular expression, and what a line must have for it to be worth a try.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) regex: crate::rules::Pattern,
    /// One of these, if any.
    pub(super) needs: Vec<Finder<'static>>,
    /// So many digits.
    pub(super) digits: usize,
}

impl Pattern {
    fn is_match(&self, line: &str, digits: usize) -> bool {
        let needed = self.needs.is_empty() || self.needs.iter().any(|n| n.find(line.as_bytes()).is_some());
        digits >= self.digits && needed && self.regex.is_match(line)
    }
}

impl Cue {
    pub(super) fn phrases(
        name: &'static str,
        effect: Effect,
        max_chars: usize,
        place: Place,
        phrases: Vec<String>,
    ) -> Self {
        Self { name, effect, max_chars, how: How::Phrases(place, phrases) }
    }

    pub(super) fn pattern(name: &'static str, effect: Effect, max_chars: usize, pattern: Pattern) -> Self {
        Self { name, effect, max_chars, how: How::Pattern(pattern) }
    }

    /// The bytes of the longest line worth a look. Vietnamese text has some 1.35 bytes a character, so that few lines
    /// with fewer characters than the limit have more.
    fn max_bytes(&self) -> usize {
        self.max_chars + self.max_chars / 2
    }
}

/// All cues, ready to be asked.
#[derive(Debug)]
pub(super) struct Cues {
    table: Vec<Cue>,
    /// Phrases at the start of a line, and for each the cue and whether it must be the whole line.
    starts: AhoCorasick,
    start_of: Vec<(usize, bool)>,
    /// Phrases anywhere in a line, and for each the cue.
    inside: AhoCorasick,
    inside_of: Vec<usize>,
    /// Longest line, in bytes, in which `inside` is worth a search.
    inside_max: usize,
    /// Cues with a pattern.
    patterns: Vec<usize>,
    patterns_max: usize,
}

impl Cues {
    pub(super) fn build(cues: Vec<Cue>) -> Result<Self, BuildError> {
        let (mut starts, mut start_of) = (Vec::new(), Vec::new());
        let (mut inside, mut inside_of) = (Vec::new(), Vec::new());
        let mut patterns = Vec::new();
        let (mut inside_max, mut patterns_max) = (0, 0);
        for (i, cue) in cues.iter().enumerate() {
            match &cue.how {
                How::Phrases(Place::Anywhere, phrases) => {
                    inside_max = inside_max.max(cue.max_bytes());
                    let all: Vec<String> = phrases.iter().flat_map(|p| case_variants(p)).collect();
                    inside_of.resize(inside_of.len() + all.len(), i);
                    inside.extend(all);
                }
                How::Phrases(place, phrases) => {
                    let all: Vec<String> = phrases.iter().flat_map(|p| case_variants(p)).collect();
                    start_of.resize(start_of.len() + all.len(), (i, *place == Place::Line));
                    starts.extend(all);
                }
                How::Pattern(_) => {
                    patterns_max = patterns_max.max(cue.max_bytes());
                    patterns.push(i);
                }
            }
        }
        let starts = AhoCorasick::builder()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&starts)?;
        let inside = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostFirst)
            .build(&inside)?;
        Ok(Self { table: cues, starts, start_of, inside, inside_of, inside_max, patterns, patterns_max })
    }

    /// What the line is, if a cue says so. `line` has no white space around it.
    pub(super) fn find(&self, line: &str) -> Option<&Cue> {
        let body = line.trim_start_matches(is_decoration);
        let start = match body.len() {
            0 => self.at_start(line),
            _ => self.at_start(body).or_else(|| (body.len() < line.len()).then(|| self.at_start(line))?),
        };
        // Words such as "theo" begin many lines; a pattern knows better.
        match start {
            Some(cue) if cue.effect == Effect::Byline => self.by_pattern(line).or(start),
            Some(_) => start,
            None => self.within(line).or_else(|| self.by_pattern(line)),
        }
    }

    /// The cue of the longest phrase at the start of the line whose conditions hold.
    fn at_start(&self, line: &str) -> Option<&Cue> {
        let mut end = line.len();
        loop {
            let input = Input::new(line).range(..end).anchored(Anchored::Yes);
            let hit = self.starts.try_find(input).ok()??;
            let (index, whole) = self.start_of[hit.pattern().as_usize()];
            let cue = &self.table[index];
            let (phrase, rest) = line.split_at(hit.end());
            let ends_word =
                !phrase.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric);
            if ends_word && fits(line, cue) && (!whole || is_tail(rest)) {
                return Some(cue);
            }
            end = hit.end() - 1;
        }
    }

    fn within(&self, line: &str) -> Option<&Cue> {
        if line.len() > self.inside_max {
            return None;
        }
        let mut hits =
            self.inside.find_iter(line).map(|hit| &self.table[self.inside_of[hit.pattern().as_usize()]]);
        hits.find(|cue| fits(line, cue))
    }

    fn by_pattern(&self, line: &str) -> Option<&Cue> {
        if line.len() > self.patterns_max {
            return None;
        }
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        if line.len() > SHORT && digits == 0 && !line.as_bytes().contains(&SIGNS_LEAD) {
            return None;
        }
        self.patterns.iter().map(|&i| &self.table[i]).find(|cue| match &cue.how {
            How::Pattern(pattern) => fits(line, cue) && pattern.is_match(line, digits),
            How::Phrases(..) => false,
        })
    }
}

/// Whether the line is short enough for the cue.
fn fits(line: &str, cue: &Cue) -> bool {
    line.len() <= cue.max_chars || (line.len() <= cue.max_bytes() && line.chars().count() <= cue.max_chars)
}

/// What may follow a phrase that is a whole line: punctuation, brackets, and a number of up to five digits.
fn is_tail(rest: &str) -> bool {
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    digits <= 5 && !rest.contains(char::is_alphabetic)
}

/// Bullets and frames in front of a menu entry.
pub(super) fn is_decoration(c: char) -> bool {
    is_bullet(c) || matches!(c, '|' | '#' | '[' | ';' | '@' | ' ')
}

/// Marks in front of an item of a list or menu.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '·' | '●' | '■' | '▪' | '►' | '▶' | '»' | '>' | '-' | '–' | '*' | '+')
}

/// The ways in which a phrase of a menu is written: lower case, First capital, All Words, IN CAPITALS.
pub(super) fn case_variants(phrase: &str) -> Vec<String> {
    let lower = phrase.to_lowercase();
    let each = phrase.split(' ').map(capitalize).collect::<Vec<_>>().join(" ");
    let mut all =
        vec![capitalize(&lower), phrase.to_uppercase(), lower, phrase.to_owned(), capitalize(phrase), each];
    all.sort();
    all.dedup();
    all
}

fn capitalize(word: &str) -> String {
    let at = word.find(char::is_alphabetic).unwrap_or(word.len());
    let mut chars = word[at..].chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{}{first}{}", &word[..at], chars.as_str())
}
