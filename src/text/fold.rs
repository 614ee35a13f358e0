//! Equal forms of Vietnamese words: letter case and the two placements of tone marks.
//!
//! Open syllables in *oa*, *oe*, *uy* are written with the tone on the first vowel (old style, most newspapers: hòa,
//! khỏe, thúy) or on the second (new style: hoà, khoẻ, thuý). Text is quoted as it stands; vocabularies are expanded
//! with [`variants`] when they are built, and single words are compared by [`fold`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tones::split_tone;

/// Which vowel of oa, oe, uy bears the tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TonePlacement {
    /// On the first: hòa, khỏe, thúy.
    Old,
    /// On the second: hoà, khoẻ, thuý.
    New,
}

/// The text in small letters without marks: what people type in a hurry finds what is written with care.
pub(crate) fn without_marks(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    // The stroke of d is no mark in Unicode.
    letters.map(|c| if c == '\u{111}' { 'd' } else { c }).collect()
}

/// Lower case and old-style tones: two words that differ only in case and tone placement have the same fold.
/// `text` is expected in normalization form C.
pub(crate) fn fold(text: &str) -> String {
    place_tones(&text.to_lowercase(), TonePlacement::Old)
}

/// Whether two texts are the same in any letter case.
pub(crate) fn same_in_any_case(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Every spelling of a folded syllable: lower case, capitalized, upper case, each with old and new tone placement.
pub(crate) fn variants(folded: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for form in tone_variants(folded) {
        for cased in [form.clone(), capitalized(&form), form.to_uppercase()] {
            if !forms.contains(&cased) {
                forms.push(cased);
            }
        }
    }
    forms
}

/// The word with a capital.
pub(crate) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `words` in every tone placement, with their letter case: as it is, then old style, then new style, without repetition. A phrase changes as
/// a whole, as a writer keeps to one style.
fn tone_variants(words: &str) -> Vec<String> {
    let mut forms = vec![words.to_owned()];
    for placement in [TonePlacement::Old, TonePlacement::New] {
        let form = place_tones(words, placement);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// `text` with the tones of all open syllables in oa, oe, uy placed in one style; letter case is kept.
fn place_tones(text: &str, placement: TonePlacement) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let mut start = 0;
    while let Some(offset) = letters[start..].iter().position(|c| c.is_alphabetic()) {
        start += offset;
        let end =
            letters[start..].iter().position(|c| !c.is_alphabetic()).map_or(letters.len(), |len| start + len);
        place_tone(&mut letters[start..end], placement);
        start = end;
    }
    letters.into_iter().collect()
}

/// Moves the tone of one syllable, if it ends in a pair of vowels that both styles write differently.
fn place_tone(syllable: &mut [char], placement: TonePlacement) {
    let [before @ .., first, second] = syllable else { return };
    if first.is_ascii() && second.is_ascii() || !may_be(*first, "ou") || !may_be(*second, "aey") {
        return;
    }
    let ((base, tone), (next, next_tone)) = (split_tone(*first), split_tone(*second));
    if !is_movable(before, base, next) {
        return;
    }
    let ((Some(tone), None) | (None, Some(tone))) = (tone, next_tone) else { return };
    let (on_first, on_second) = match placement {
        TonePlacement::Old => (Some(tone), None),
        TonePlacement::New => (None, Some(tone)),
    };
    *first = with_tone(base, on_first);
    *second = with_tone(next, on_second);
}

/// Whether a letter may be one of `bases` with a tone, told without taking it apart.
fn may_be(letter: char, bases: &str) -> bool {
    !letter.is_ascii() || bases.contains(letter.to_ascii_lowercase())
}

/// Whether the tone of a syllable that ends in `first` and `second` may stand on either. The u of *qu* is no vowel.
fn is_movable(before: &[char], first: char, second: char) -> bool {
    let pair = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    let after_q = before.last().is_some_and(|c| c.eq_ignore_ascii_case(&'q'));
    matches!(pair, ('o', 'a' | 'e') | ('u', 'y')) && !after_q
}

fn with_tone(base: char, tone: Option<char>) -> char {
    std::iter::once(base).chain(tone).nfc().next().unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_placements_fold_to_one() {
        for (new, old) in
            [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("Hoà Bình", "hòa bình"), ("uỷ", "ủy")]
        {
            assert_eq!(fold(new), fold(old), "{new} {old}");
            assert_eq!(fold(new), old);
        }
    }

    #[test]
    fn closed_syllables_and_qu_stay() {
        for word in ["quý", "hoàn", "khuỷu", "toán", "quá", "ngoái", "huyện", "của", "lụa", "tỷ"]
        {
            assert_eq!(tone_variants(word), [word], "{word}");
        }
    }

    #[test]
    fn variants_keep_case() {
        assert_eq!(tone_variants("Thanh Hóa"), ["Thanh Hóa", "Thanh Hoá"]);
        assert_eq!(tone_variants("KHÁNH HOÀ"), ["KHÁNH HOÀ", "KHÁNH HÒA"]);
        assert_eq!(tone_variants("ủy ban hòa giải"), ["ủy ban hòa giải", "uỷ ban hoà giải"]);
    }

    #[test]
    fn spellings_of_a_syllable() {
        assert_eq!(variants("hòa"), ["hòa", "Hòa", "HÒA", "hoà", "Hoà", "HOÀ"]);
        assert_eq!(variants("đồng"), ["đồng", "Đồng", "ĐỒNG"]);
    }
}
