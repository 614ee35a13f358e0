//! The encodings of Vietnamese archives: Unicode, the Windows code page, and what was used before them.
//!
//! Every decoder gives the text with an [`OffsetMap`] to the bytes, so that citations point at the page as stored.
//!
//! Limits. TCVN3 fonts come in pairs, and capitals with tones exist only as the small letters of a capital font; as
//! bytes do not tell the font, such capitals are read as small letters. Text that was typed for a TCVN3 or VNI font
//! and then stored as UTF-8 is valid UTF-8 and read as such.

mod detect;
mod encode;
mod output;
mod single_byte;
mod tables;
#[cfg(test)]
mod tests;
mod utf16;
mod utf8;
mod vni;

use std::borrow::Cow;
use std::fmt;

use super::offset_map::OffsetMap;
pub(super) use utf8::decode_valid;

/// An encoding that pages are read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// Windows code page 1258: base letters followed by combining tones.
    Windows1258,
    /// TCVN3 (ABC): the single-byte fonts of northern offices, with the punctuation of Windows.
    Tcvn3,
    /// TCVN 5712:1993 VN1: as TCVN3, with toned capitals in the control ranges.
    Tcvn5712,
    /// VNI for Windows: a letter, then a byte for its diacritics.
    Vni,
    /// VISCII 1.1 (RFC 1456).
    Viscii,
    /// Windows code page 1252, for pages that say so; never detected.
    Windows1252,
}

/// All encodings, each with its labels in lower case; the first is the one shown.
const LABELS: &[(Encoding, &[&str])] = &[
    (Encoding::Utf8, &["utf-8", "utf8", "us-ascii", "ascii"]),
    (Encoding::Utf16Le, &["utf-16le", "utf-16", "utf16", "utf16le", "ucs-2", "unicode"]),
    (Encoding::Utf16Be, &["utf-16be", "utf16be"]),
    (Encoding::Windows1258, &["windows-1258", "cp1258", "x-cp1258"]),
    (Encoding::Tcvn3, &["tcvn3", "abc", "tcvn", "tcvn-3", "tcvn5712-3", "x-viet-tcvn3"]),
    (Encoding::Tcvn5712, &["tcvn5712-1", "tcvn5712", "tcvn-5712", "vn1", "x-viet-tcvn5712", "x-viet-tcvn"]),
    (Encoding::Vni, &["vni", "vni-win", "vni-windows", "x-viet-vni"]),
    (Encoding::Viscii, &["viscii", "viscii1.1-1", "csviscii", "x-viet-viscii"]),
    (Encoding::Windows1252, &["windows-1252", "cp1252", "iso-8859-1", "latin1", "iso8859-1"]),
];

/// Decoded text, not yet normalized.
#[derive(Debug, Clone)]
pub struct Decoded<'a> {
    /// The text; borrowed where the bytes are valid UTF-8.
    pub text: Cow<'a, str>,
    /// From offsets in `text` to offsets in the bytes.
    pub map: OffsetMap,
    /// How many sequences that mean nothing in the encoding became U+FFFD.
    pub replaced: usize,
    /// The encoding that was used.
    pub encoding: Encoding,
}

impl Encoding {
    /// The encoding called `label` (as in `charset=`), in any letter case; `None` if unknown here.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim().to_ascii_lowercase();
        LABELS.iter().find(|(_, labels)| labels.contains(&label.as_str())).map(|&(encoding, _)| encoding)
    }

    /// The usual name, in lower case.
    pub fn label(self) -> &'static str {
        LABELS.iter().find(|&&(encoding, _)| encoding == self).map_or("utf-8", |(_, labels)| labels[0])
    }

    /// All encodings.
    pub fn all() -> impl Iterator<Item = Self> {
        LABELS.iter().map(|&(encoding, _)| encoding)
    }

    /// The encoding that a byte order mark at the start of `bytes` states.
    pub(crate) fn from_bom(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some(Self::Utf8),
            [0xFF, 0xFE, ..] => Some(Self::Utf16Le),
            [0xFE, 0xFF, ..] => Some(Self::Utf16Be),
            _ => None,
        }
    }

    /// Decodes `bytes` in the encoding that they are found to be in, judged by what they decode to. Valid UTF-8 is always
    /// [`Encoding::Utf8`], and so is what makes no sense in any encoding.
    pub fn decode_detected(bytes: &[u8]) -> Decoded<'_> {
        decode_valid(bytes).unwrap_or_else(|| detect::detect_invalid(bytes).decode(bytes))
    }

    /// Decodes `bytes`, whatever they are; never fails. A byte order mark of the same encoding is removed.
    pub fn decode(self, bytes: &[u8]) -> Decoded<'_> {
        match self {
            Self::Utf8 => utf8::decode(bytes),
            Self::Utf16Le | Self::Utf16Be => utf16::decode(bytes, self),
            Self::Vni => vni::decode(bytes),
            _ => single_byte::decode(bytes, self),
        }
    }

    /// Writes `text` in this encoding: the way back, for making test copies of pages in old encodings.
    ///
    /// No byte order mark is written. A capital that the encoding has not becomes a small letter, any other character
    /// that it has not a `?`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        encode::encode(text, self)
    }
}

#[cfg(test)]
impl Encoding {
    /// The encoding that `bytes` are found to be in.
    fn detect(bytes: &[u8]) -> Self {
        Self::decode_detected(bytes).encoding
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
