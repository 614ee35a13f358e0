//! Whether a word has the shape of a Vietnamese syllable, by the tables of `rules/syllables.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::rules::RuleSources;

/// Letters of the longest syllable (nghiêng) with room for nothing more.
const MAX_LETTERS: usize = 7;

/// The tones that may be spoken before a stop: acute and dot below.
const STOPPED_TONES: [char; 2] = ['\u{301}', '\u{323}'];

/// `rules/syllables.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    #[allow(dead_code, reason = "says why the rule is there")]
    name: String,
    #[allow(dead_code, reason = "says why the rule is there")]
    comment: String,
    onsets: BTreeSet<String>,
    nuclei: BTreeSet<String>,
    codas: BTreeSet<String>,
    stops: BTreeSet<String>,
    #[allow(dead_code, reason = "run by the tests")]
    examples: Vec<String>,
    #[allow(dead_code, reason = "run by the tests")]
    negative_examples: Vec<String>,
}

/// The built-in shape; empty, so that nothing is a syllable, if the file were broken (which a test rules out).
pub(super) static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let files = RuleSources::builtin().parse::<Shape>("syllables.toml");
    files.ok().and_then(|mut files| files.pop()).map(|file| file.value).unwrap_or_default()
});

impl Shape {
    /// Whether `word`, in any usual letter case, is a possible syllable.
    pub(super) fn is_syllable(&self, word: &str) -> bool {
        if word.chars().count() > MAX_LETTERS || !has_usual_case(word) {
            return false;
        }
        let Some((letters, tone)) = split_tone(word) else { return false };
        let (onset, rest) = split_onset(&letters);
        let end = rest.find(|c: char| !is_vowel(c)).unwrap_or(rest.len());
        let (nucleus, coda) = rest.split_at(end);
        self.nuclei.contains(nucleus)
            && (onset.is_empty() || self.onsets.contains(onset))
            && (coda.is_empty() || self.codas.contains(coda))
            && (!self.stops.contains(coda) || tone.is_some_and(|tone| STOPPED_TONES.contains(&tone)))
    }
}

/// All small, all capital, or a capital first.
fn has_usual_case(word: &str) -> bool {
    let mut rest = word.chars();
    let first_is_capital = rest.next().is_some_and(char::is_uppercase);
    let capitals = rest.clone().filter(|c| c.is_uppercase()).count();
    capitals == 0 || (first_is_capital && capitals == rest.count())
}

/// The word in lower case without its tone, and the tone; `None` if it has more than one.
fn split_tone(word: &str) -> Option<(String, Option<char>)> {
    let mut tone = None;
    let mut letters = Vec::with_capacity(2 * MAX_LETTERS);
    for c in word.nfd().flat_map(char::to_lowercase) {
        if !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
            letters.push(c);
        } else if tone.replace(c).is_some() {
            return None;
        }
    }
    Some((letters.into_iter().nfc().collect(), tone))
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
        for word in &SHAPE.negative_examples {
            assert!(!SHAPE.is_syllable(word), "{word}");
        }
    }
}
