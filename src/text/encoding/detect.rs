//! Finding the encoding of bytes that are not valid UTF-8, by what they decode to.
//!
//! Words with bytes outside ASCII are decoded in every candidate, and each result counts for the candidate if it has
//! the shape of a Vietnamese syllable, against it if not. UTF-8 is a candidate too: a page that is cut or damaged
//! here and there has far more good words than bad ones.

use super::{Encoding, utf16};
use crate::text::is_syllable;

/// Words that are looked at, and those that are looked at first: mostly they leave no doubt.
const MAX_WORDS: usize = 120;
const FIRST_WORDS: usize = 24;

/// Bytes of a word that are looked at: far more than any syllable has, in any encoding.
const MAX_WORD_BYTES: usize = 64;

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
    let first = ranked(&joined(marked_words(bytes).take(FIRST_WORDS)));
    let best = if first.is_clear() { first } else { ranked(&joined(marked_words(bytes).take(MAX_WORDS))) };
    match best.encoding {
        Encoding::Tcvn3 => tcvn_variant(bytes),
        other => other,
    }
}

/// The best candidate and how far it is ahead.
struct Ranking {
    encoding: Encoding,
    score: Score,
    lead: i64,
}

impl Ranking {
    /// Whether more words would hardly change it: nearly all are syllables in one encoding and few in the others.
    fn is_clear(&self) -> bool {
        let enough = self.score.syllables * 3 >= FIRST_WORDS * 2;
        enough && self.score.others * 8 <= self.score.syllables && self.lead * 2 >= self.score.balance()
    }
}

fn ranked(words: &[u8]) -> Ranking {
    let mut best =
        Ranking { encoding: Encoding::Utf8, score: Score::of(words, Encoding::Utf8), lead: i64::MAX };
    for &encoding in &CANDIDATES[1..] {
        let score = Score::of(words, encoding);
        let lead = score.balance() - best.score.balance();
        if score.is_vietnamese() && lead > 0 {
            best = Ranking { encoding, score, lead };
        } else {
            best.lead = best.lead.min(-lead);
        }
    }
    best
}

/// TCVN3 or the full TCVN 5712, which differ where the one has punctuation and the other capitals.
fn tcvn_variant(bytes: &[u8]) -> Encoding {
    let differs = |byte: &u8| matches!(byte, 0x80..=0x9F) || is_low_letter(*byte);
    let words = joined(marked_words(bytes).filter(|word| word.iter().any(differs)).take(MAX_WORDS));
    let fonts = Score::of(&words, Encoding::Tcvn3).balance();
    let full = Score::of(&words, Encoding::Tcvn5712).balance();
    if full > fonts { Encoding::Tcvn5712 } else { Encoding::Tcvn3 }
}

/// Words, a line each.
fn joined<'b>(words: impl Iterator<Item = &'b [u8]>) -> Vec<u8> {
    let mut sample = Vec::new();
    for word in words {
        sample.extend_from_slice(&word[..word.len().min(MAX_WORD_BYTES)]);
        sample.push(b'\n');
    }
    sample
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
    fn of(words: &[u8], encoding: Encoding) -> Self {
        let mut score = Self::default();
        encoding.decode(words).text.lines().for_each(|word| score.add(word));
        score
    }

    /// Counts the marked words of `text`, and symbols within words, which a wrong encoding gives. One letter alone
    /// says nothing.
    fn add(&mut self, text: &str) {
        let is_letter = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
        for word in text.split(|c| !is_letter(c)).filter(|word| !word.is_ascii() && word.chars().count() > 1)
        {
            if is_syllable(word) {
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
    const MOTTOES: [(&str, Encoding); 3] = [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding::Vni),
        ("Cµng hòa xã hµi chü nghîa Vi®t Nam", Encoding::Viscii),
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
