//! Finding the encoding of bytes that are not valid UTF-8, by what they decode to.
//!
//! Words with bytes outside ASCII are decoded in every candidate, and each result counts for the candidate if it has
//! the shape of a Vietnamese syllable, against it if not. UTF-8 is a candidate too: a page that is cut or damaged
//! here and there has far more good words than bad ones.

use super::syllable::SHAPE;
use super::{Encoding, utf16};

/// Words that are looked at.
const MAX_WORDS: usize = 240;

/// Bytes that are looked at for UTF-16.
const UTF16_SAMPLE: usize = 4096;

/// Syllables that a page must have before it counts as anything but UTF-8.
const MIN_SYLLABLES: usize = 2;

/// In the order of preference among equals.
const CANDIDATES: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii];

/// The encoding of `bytes`, which are not valid UTF-8.
pub(super) fn detect_invalid(bytes: &[u8]) -> Encoding {
    if let Some(encoding) = Encoding::from_bom(bytes) {
        return encoding;
    }
    let sample = &bytes[..bytes.len().min(UTF16_SAMPLE)];
    if let Some(encoding) = sample.contains(&0).then(|| utf16::detect(sample)).flatten() {
        return encoding;
    }
    let words: Vec<&[u8]> = marked_words(bytes).take(MAX_WORDS).collect();
    let mut best = (Encoding::Utf8, Score::of(&words, Encoding::Utf8));
    for candidate in &CANDIDATES[1..] {
        let score = Score::of(&words, *candidate);
        if score.is_vietnamese() && score.balance() > best.1.balance() {
            best = (*candidate, score);
        }
    }
    match best.0 {
        Encoding::Tcvn3 => tcvn_variant(bytes),
        other => other,
    }
}

/// TCVN3 or the full TCVN 5712, which differ where the one has punctuation and the other capitals.
fn tcvn_variant(bytes: &[u8]) -> Encoding {
    let differs = |byte: &u8| matches!(byte, 0x80..=0x9F) || is_low_letter(*byte);
    let words: Vec<&[u8]> =
        marked_words(bytes).filter(|word| word.iter().any(differs)).take(MAX_WORDS).collect();
    let fonts = Score::of(&words, Encoding::Tcvn3).balance();
    let full = Score::of(&words, Encoding::Tcvn5712).balance();
    if full > fonts { Encoding::Tcvn5712 } else { Encoding::Tcvn3 }
}

/// Stretches of letters that are not all ASCII.
fn marked_words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_part = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80 || is_low_letter(*byte);
    bytes.split(move |byte| !is_part(byte)).filter(|word| word.iter().any(|byte| !byte.is_ascii_alphabetic()))
}

/// Control characters that bear capitals in VISCII and TCVN 5712.
fn is_low_letter(byte: u8) -> bool {
    matches!(byte, 0x01 | 0x02 | 0x04..=0x06 | 0x11..=0x17 | 0x19 | 0x1E)
}

/// How well words read in one encoding.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    syllables: usize,
    others: usize,
}

impl Score {
    fn of(words: &[&[u8]], encoding: Encoding) -> Self {
        let mut score = Self::default();
        for word in words {
            score.add(&encoding.decode(word).text);
        }
        score
    }

    /// Counts the marked words of `text`, and symbols within words, which a wrong encoding gives. One letter alone
    /// says nothing.
    fn add(&mut self, text: &str) {
        let is_letter = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
        for word in text.split(|c| !is_letter(c)).filter(|word| !word.is_ascii() && word.chars().count() > 1)
        {
            if SHAPE.is_syllable(word) {
                self.syllables += 1;
            } else {
                self.others += 1;
            }
        }
        let inner = text.trim_matches(|c| !is_letter(c));
        self.others += inner.chars().filter(|&c| !is_letter(c) && !is_punctuation(c)).count();
    }

    fn balance(self) -> i64 {
        let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        signed(self.syllables) - signed(self.others)
    }

    fn is_vietnamese(self) -> bool {
        self.syllables >= MIN_SYLLABLES && self.syllables > 2 * self.others
    }
}

/// Spaces, dashes, quotation marks and the ellipsis, which stand between words without a space.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{a0}' | '«' | '»' | '\u{2010}'..='\u{201f}' | '…' | '•')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Famous words as they show when the bytes of each encoding are taken for Windows 1252.
    const MOTTOES: [(&str, Encoding); 2] = [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding::Vni),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", Encoding::Tcvn3),
    ];

    #[test]
    fn mottoes() {
        for (shown, encoding) in MOTTOES {
            let bytes: Vec<u8> = shown.chars().map(|c| c as u8).collect();
            assert_eq!(Encoding::detect(&bytes), encoding, "{shown}");
            let read = crate::text::Text::read(&bytes);
            assert_eq!(crate::text::fold(read.as_str()), "cộng hòa xã hội chủ nghĩa việt nam");
        }
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let text = "Tổng thu ngân sách đạt 1.200 tỷ đồng, tăng 5% so với năm trước";
        for cut in 1..text.len() {
            assert_eq!(Encoding::detect(&text.as_bytes()[..cut]), Encoding::Utf8, "{cut}");
            assert_eq!(Encoding::detect(&text.as_bytes()[cut..]), Encoding::Utf8, "{cut}");
        }
    }

    #[test]
    fn other_languages_stay_utf8() {
        let latin1 = "Les résultats de l'année dernière étaient très élevés à Genève, où la fête a eu lieu";
        let bytes: Vec<u8> = latin1.chars().map(|c| c as u8).collect();
        assert_eq!(Encoding::detect(&bytes), Encoding::Utf8);
        let cyrillic: Vec<u8> = (0xC0..=0xFF).cycle().take(400).collect();
        assert_eq!(Encoding::detect(&cyrillic), Encoding::Utf8);
    }
}
