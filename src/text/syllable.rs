//! Whether a word has the shape of a Vietnamese syllable, by the tables of `rules/syllables.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::rules::RuleSources;
use crate::text::tones::TONES;

/// Letters of the longest syllable (nghiêng).
const MAX_LETTERS: usize = 7;

/// The tones that may be spoken before a stop: acute and dot below.
const STOPPED_TONES: [char; 2] = ['\u{301}', '\u{323}'];

/// `rules/syllables.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "comment")]
    _comment: String,
    onsets: BTreeSet<String>,
    nuclei: BTreeSet<String>,
    codas: BTreeSet<String>,
    stops: BTreeSet<String>,
    #[allow(dead_code, reason = "run by the tests")]
    examples: Vec<String>,
    #[allow(dead_code, reason = "run by the tests")]
    leave: Vec<String>,
}

/// The built-in shape; empty, so that nothing is a syllable, if the file were broken (which a test rules out).
static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let files = RuleSources::builtin().parse::<Shape>("syllables.toml");
    files.ok().and_then(|mut files| files.pop()).map(|file| file.value).unwrap_or_default()
});

/// Whether `word`, in any usual letter case, is a possible syllable.
pub(crate) fn is_syllable(word: &str) -> bool {
    SHAPE.is_syllable(word)
}

impl Shape {
    /// Whether `word`, in any usual letter case, is a possible syllable.
    fn is_syllable(&self, word: &str) -> bool {
        let Some(spoken) = Spoken::of(word) else { return false };
        let (onset, rest) = split_onset(&spoken.letters);
        let end = rest.find(|c: char| !is_vowel(c)).unwrap_or(rest.len());
        let (nucleus, coda) = rest.split_at(end);
        self.nuclei.contains(nucleus)
            && (onset.is_empty() || self.onsets.contains(onset))
            && (coda.is_empty() || self.codas.contains(coda))
            && (!self.stops.contains(coda) || spoken.tone.is_some_and(|tone| STOPPED_TONES.contains(&tone)))
    }
}

/// A word in lower case, its tone apart.
#[derive(Debug, Default)]
struct Spoken {
    letters: String,
    tone: Option<char>,
}

impl Spoken {
    /// Takes `word` apart; `None` if it is too long, has a letter that Vietnamese has not, more than one tone, or
    /// capitals after small letters.
    fn of(word: &str) -> Option<Self> {
        let mut spoken = Self { letters: String::with_capacity(3 * MAX_LETTERS), tone: None };
        let (mut letters, mut capitals, mut first_is_capital) = (0, 0, false);
        for c in word.chars() {
            let part = Part::of(c)?;
            if part.tone.is_some() && spoken.tone.is_some() {
                return None;
            }
            spoken.tone = part.tone.or(spoken.tone);
            let Some(letter) = part.letter else { continue };
            first_is_capital |= letters == 0 && part.is_capital;
            letters += 1;
            capitals += usize::from(part.is_capital);
            spoken.letters.push(letter);
        }
        let usual_case = capitals == 0 || (first_is_capital && (capitals == 1 || capitals == letters));
        (usual_case && letters <= MAX_LETTERS).then_some(spoken)
    }
}

/// What one character adds to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    /// The small letter without a tone; none for a combining tone.
    letter: Option<char>,
    tone: Option<char>,
    is_capital: bool,
}

/// The letters outside ASCII and the combining tones, sorted.
static PARTS: LazyLock<Vec<(char, Part)>> = LazyLock::new(|| {
    let vowels = "aăâeêioôơuưy".chars().flat_map(|vowel| [vowel, vowel.to_ascii_uppercase()]);
    let capitals = "ĂÂÊÔƠƯ".chars();
    let mut parts = Vec::new();
    for vowel in vowels.chain(capitals) {
        for tone in [None].into_iter().chain(TONES.map(Some)) {
            parts.extend(std::iter::once(vowel).chain(tone).nfc().map(|c| (c, Part::letter(vowel, tone))));
        }
    }
    parts.extend(['đ', 'Đ'].map(|c| (c, Part::letter(c, None))));
    parts.extend(TONES.map(|c| (c, Part { letter: None, tone: Some(c), is_capital: false })));
    parts.sort_unstable_by_key(|&(c, _)| c);
    parts.dedup_by_key(|&mut (c, _)| c);
    parts
});

impl Part {
    fn of(c: char) -> Option<Self> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then(|| Self::letter(c, None));
        }
        let index = PARTS.binary_search_by_key(&c, |&(letter, _)| letter).ok()?;
        Some(PARTS[index].1)
    }

    fn letter(c: char, tone: Option<char>) -> Self {
        Self { letter: c.to_lowercase().next(), tone, is_capital: c.is_uppercase() }
    }
}

/// Splits the consonants at the start off; the u of *qu* and the i of *gi* before a vowel belong to them.
fn split_onset(letters: &str) -> (&str, &str) {
    let mut end = letters.find(is_vowel).unwrap_or(letters.len());
    let glides =
        letters.starts_with("qu") || (letters.starts_with("gi") && letters[2..].starts_with(is_vowel));
    if glides {
        end = 2;
    }
    letters.split_at(end)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_rule() {
        assert!(!SHAPE.examples.is_empty());
        for word in &SHAPE.examples {
            assert!(SHAPE.is_syllable(word), "{word}");
        }
        for word in &SHAPE.leave {
            assert!(!SHAPE.is_syllable(word), "{word}");
        }
    }
}
