//! What normalization does with each single character.

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick,
};

/// The part a character plays in normalization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Stands for the given character, which begins a new sequence and never joins the one before it.
    Stable(char),
    /// Begins a new sequence too, but decomposes: singletons and excluded compositions.
    Decomposing(char),
    /// May join or change with what stands before it: combining marks, conjoining jamo.
    Joining(char),
    /// Has no place in normalized text.
    Removed,
}

/// Classifies `c` by its replacement, if it has one. `\r` and `&` depend on what follows and are not decided here.
#[inline]
pub(super) fn classify(c: char) -> Class {
    match replacement(c) {
        Some('\0') => Class::Removed,
        Some(other) => Class::Stable(other),
        None if is_stable(c) => Class::Stable(c),
        None if std::iter::once(c).nfd().next().is_some_and(|first| first != c && is_stable(first)) => {
            Class::Decomposing(c)
        }
        None => Class::Joining(c),
    }
}

/// What is written instead of `c`; NUL stands for nothing at all.
#[rustfmt::skip]
fn replacement(c: char) -> Option<char> {
    Some(match c {
        // Spaces of any width. Next line, line and paragraph separators too, so that `\n` alone ends a line.
        '\u{a0}' | '\u{85}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        // Soft hyphen, joiners, direction and format controls, byte order mark.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' => '\0',
        // Hyphens, figure, en and em dashes, horizontal bar, minus sign.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        // Eth and African D look the same as Đ and came from wrong keyboards and fonts.
        '\u{d0}' | '\u{189}' => 'Đ',
        '\u{f0}' | '\u{256}' => 'đ',
        '\u{fe6a}' => '%',
        // The micro sign and the Greek letter look the same, and units are written with either.
        '\u{3bc}' => 'µ',
        // Full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => return None,
    })
}

/// Whether nothing that stands before `c` can change it, and it is in normalization form C by itself (UAX #15: a
/// starter with `NFC_Quick_Check=Yes`).
fn is_stable(c: char) -> bool {
    match u32::from(c) {
        0..=0x2FF => true,
        0x300..=0x36F => false,
        _ => canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_are_stable_themselves() {
        for c in '\0'..=char::MAX {
            if let Some(to) = replacement(c).filter(|&to| to != '\0') {
                assert_eq!(classify(to), Class::Stable(to), "{c:?}");
            }
        }
    }

    #[test]
    fn classes() {
        assert_eq!(classify('\u{a0}'), Class::Stable(' '));
        assert_eq!(classify('５'), Class::Stable('5'));
        assert_eq!(classify('％'), Class::Stable('%'));
        assert_eq!(classify('Ð'), Class::Stable('Đ'));
        assert_eq!(classify('\u{3bc}'), Class::Stable('\u{b5}'));
        assert_eq!(classify('\u{feff}'), Class::Removed);
        assert_eq!(classify('\u{301}'), Class::Joining('\u{301}'));
        assert_eq!(classify('\u{2126}'), Class::Decomposing('\u{2126}'));
        assert_eq!(classify('\u{11a8}'), Class::Joining('\u{11a8}'));
        assert_eq!(classify('한'), Class::Stable('한'));
    }
}
