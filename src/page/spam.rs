//! Text that was injected into a page.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use super::cues::case_variants;
use super::cut::{Cut, window_end, without_overlap};

/// No Vietnamese syllable has nearly as many bytes as this, nor have two that a lost space joined.
const LONGEST_WORD: usize = 30;
/// A run together keyword has at least this many letters …
const RUN_LETTERS: usize = 20;
/// … and among them this many different ones with diacritics, so that URLs and foreign compounds are none.
const RUN_MARKED: usize = 3;
/// Longest text between lenticular brackets that is taken for a keyword, in bytes.
const MAX_BRACKET: usize = 160;
/// How many different keywords of a page, and how many repetitions of one, are looked for.
const MAX_KEYWORDS: usize = 16;
const MAX_REPEATS: usize = 1000;
/// How many lower-case words may follow a betting phrase as part of the keyword.
const MAX_TAIL_WORDS: usize = 6;

/// Compiled words of spam.
#[derive(Debug)]
pub(super) struct SpamRules {
    words: AhoCorasick,
}

impl SpamRules {
    pub(super) fn build(words: &[&str]) -> Result<Self, BuildError> {
        let all: Vec<String> = words.iter().flat_map(|w| case_variants(w)).collect();
        let words = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(&all)?;
        Ok(Self { words })
    }

    /// How many spam words the text has.
    pub(super) fn count(&self, text: &str) -> usize {
        self.words.find_iter(text).count()
    }

    /// The spam of the whole page, in order, without overlap.
    pub(super) fn cuts(&self, text: &str) -> Vec<Cut> {
        let mut cuts = Vec::new();
        let mut keywords = Vec::new();
        if has_cjk_lead(text) {
            cut_brackets(text, &mut cuts, &mut keywords);
        }
        keywords.retain(|k| self.count(k) > 0);
        for (start, end) in long_words(text) {
            self.cut_run(text, start..end, &keywords, &mut cuts);
        }
        for keyword in keywords {
            let again = text.match_indices(keyword).take(MAX_REPEATS);
            cuts.extend(again.map(|(at, k)| Cut { span: at..at + k.len(), rule: "spam-keyword" }));
        }
        without_overlap(cuts)
    }

    /// A run of letters that cannot be one word, and the betting phrase that begins in it.
    fn cut_run(&self, text: &str, word: Range<usize>, keywords: &[&str], cuts: &mut Vec<Cut>) {
        let Some(run) = run_together(&text[word.clone()]) else { return };
        let run = word.start + run.start..word.start + run.end;
        let line_end = window_end(text, run.end);
        let rest = &text[run.start..line_end];
        let known = keywords.iter().find_map(|k| rest.find(k).map(|at| (at, at + k.len())));
        let phrase = self.words.find_iter(rest).next().map(|m| (m.start(), m.end()));
        let begins_inside = |hit: &(usize, usize)| run.start + hit.0 <= run.end;
        let end = match (known.filter(begins_inside), phrase.filter(begins_inside)) {
            (Some((_, end)), _) => run.start + end,
            (None, Some((_, end))) => keyword_end(&text[..line_end], run.start + end),
            (None, None) => run.end,
        };
        cuts.push(Cut { span: run.start..end.max(run.end), rule: "run-together" });
    }
}

/// `【keyword】`: brackets that Vietnamese does not have.
fn cut_brackets<'t>(text: &'t str, cuts: &mut Vec<Cut>, keywords: &mut Vec<&'t str>) {
    for (open, bracket) in text.match_indices('【') {
        let inner = open + bracket.len();
        let Some(len) = text[inner..window_end(text, inner)].find('】') else { continue };
        let close = inner + len;
        if len <= MAX_BRACKET {
            cuts.push(Cut { span: open..close + '】'.len_utf8(), rule: "lenticular-bracket" });
            let keyword = text[inner..close].trim();
            if !keyword.is_empty() && !keywords.contains(&keyword) && keywords.len() < MAX_KEYWORDS {
                keywords.push(keyword);
            }
        }
    }
}

/// End of the keyword whose first part ends at `from`: over the following words that begin with no capital letter.
fn keyword_end(line: &str, from: usize) -> usize {
    let (mut end, mut at) = (from, from);
    for (i, word) in line[from..].split(' ').enumerate().take(MAX_TAIL_WORDS) {
        at += usize::from(i > 0);
        let first = word.chars().next();
        if i > 0 && first.is_none_or(|c| c.is_uppercase() || !c.is_alphanumeric()) {
            break;
        }
        let stop = word.find([',', '.', ';', ':', '!', '?', '"', '”', '(']);
        end = at + stop.unwrap_or(word.len());
        at += word.len();
        if stop.is_some() {
            break;
        }
    }
    end
}

/// Byte ranges of the words longer than [`LONGEST_WORD`]. Looks at a few bytes in thirty of ordinary text.
fn long_words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at + LONGEST_WORD < bytes.len() {
            let window = &bytes[at..at + LONGEST_WORD];
            if let Some(i) = window.iter().rposition(|b| *b <= b' ') {
                at += i + 1;
                continue;
            }
            let end = bytes[at..].iter().position(|b| *b <= b' ').map_or(bytes.len(), |n| at + n);
            let start = at;
            at = end + 1;
            return Some((start, end));
        }
        None
    })
}

/// The longest run of letters in the word, if it is too long and too varied for a word.
fn run_together(word: &str) -> Option<Range<usize>> {
    let mut best = 0..0;
    let mut best_letters = 0;
    let (mut start, mut letters) = (0, 0);
    for (i, c) in word.char_indices().chain([(word.len(), ' ')]) {
        if c.is_alphabetic() && !is_cjk(c) {
            letters += 1;
            continue;
        }
        if letters > best_letters {
            (best, best_letters) = (start..i, letters);
        }
        (start, letters) = (i + c.len_utf8(), 0);
    }
    let mut marked: Vec<char> = word[best.clone()].chars().filter(|c| !c.is_ascii()).collect();
    marked.sort_unstable();
    marked.dedup();
    (best_letters >= RUN_LETTERS && marked.len() >= RUN_MARKED).then_some(best)
}

/// Whether the text can have East Asian characters at all: all of them begin with a byte that Vietnamese never has.
pub(super) fn has_cjk_lead(text: &str) -> bool {
    text.as_bytes().chunks(4096).any(|chunk| chunk.iter().fold(0, |max, &b| u8::max(max, b)) >= 0xE3)
}

/// Whether the character is Chinese, Japanese or Korean.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether a line is in a foreign script rather than quoting a word of it: a quarter of its letters, at least two.
pub(super) fn is_foreign(line: &str) -> bool {
    let (mut foreign, mut letters) = (0usize, 0usize);
    for c in line.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        foreign += usize::from(is_cjk(c));
    }
    foreign >= 2 && foreign * 4 >= letters
}
