//! The tones of Vietnamese, as combining marks.

use unicode_normalization::UnicodeNormalization;

/// Grave, acute, tilde, hook above, dot below.
pub(super) const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// A letter without its tone, and the tone.
pub(super) fn split_tone(letter: char) -> (char, Option<char>) {
    if letter.is_ascii() {
        return (letter, None);
    }
    let tone = letter.nfd().find(|c| TONES.contains(c));
    let base = letter.nfd().filter(|c| !TONES.contains(c)).nfc().next();
    (base.unwrap_or(letter), tone)
}
