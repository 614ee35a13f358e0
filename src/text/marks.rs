//! The order of Vietnamese diacritics within one letter.

use unicode_normalization::char::canonical_combining_class;

use super::tones::TONES;

/// Combining class of marks above a letter (Unicode `Above`), whose order among each other is significant.
const ABOVE: u8 = 230;

/// Moves the circumflex or breve of a decomposed Vietnamese vowel before its tone mark.
///
/// Both have the same combining class, so canonical ordering leaves a tone that was typed first in front, and the
/// letter would never be composed (`a` + acute + circumflex for ấ). `chars` must be in normalization form D.
pub(super) fn tones_last(chars: &mut [char]) {
    let Some((&mut base, marks)) = chars.split_first_mut() else { return };
    // A class of 0 is another base, whose marks are not ours.
    let Some(first) = marks.iter().position(|&c| matches!(canonical_combining_class(c), 0 | ABOVE)) else {
        return;
    };
    let above = &mut marks[first..];
    // The dot below has another combining class, so that it is never among these.
    let Some(shape) = above.iter().position(|c| !TONES.contains(c)) else { return };
    if shapes(base, above[shape]) {
        above[..=shape].rotate_right(1);
    }
}

/// Whether `mark` makes another Vietnamese letter of `base`: circumflex on a, e, o; breve on a.
fn shapes(base: char, mark: char) -> bool {
    match mark {
        '\u{302}' => matches!(base, 'a' | 'e' | 'o' | 'A' | 'E' | 'O'),
        '\u{306}' => matches!(base, 'a' | 'A'),
        _ => false,
    }
}
