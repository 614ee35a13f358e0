//! Character references, decoded with a map back to the bytes of the document.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use memchr::memchr;

use crate::text::Encoding;

/// Longest name of a character reference with its `;`, in bytes.
const MAX_NAME: usize = 33;

/// The characters that the reference at the start of `text` stands for, and its length; `None`: a mere `&`.
pub(super) fn decode_at(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let bytes = text.as_bytes();
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let name = bytes[1..].iter().take(MAX_NAME).take_while(|b| is_part(b)).count();
    let end = 1 + name + usize::from(bytes.get(1 + name) == Some(&b';'));
    let reference = &text[..end];
    if let Some(common) = common(reference) {
        return Some((Cow::Borrowed(common), end));
    }
    if bytes.get(1) == Some(&b'#') {
        return numeric(&reference[2..]).map(|c| (Cow::Owned(c.to_string()), end));
    }
    named(reference).map(|(text, length)| (Cow::Owned(text), length))
}

/// All references of a text decoded.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = text[..first].to_owned();
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let (decoded, length) = decode_at(rest).unwrap_or(("&".into(), 1));
        out.push_str(&decoded);
        let next = memchr(b'&', &rest.as_bytes()[length..]).map_or(rest.len(), |i| i + length);
        out.push_str(&rest[length..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

fn common(reference: &str) -> Option<&'static str> {
    Some(match reference {
        "&nbsp;" | "&#160;" | "&#xA0;" => "\u{a0}",
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" | "&#34;" => "\"",
        "&#39;" | "&apos;" => "'",
        _ => return None,
    })
}

/// `160;` or `xA0;`. Numbers of windows-1252's control range mean its characters, by the HTML standard (13.2.5.80).
fn numeric(digits: &str) -> Option<char> {
    let digits = digits.trim_end_matches(';');
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    if let 0x80..0xA0 = code {
        return Some(of_windows(code as u8));
    }
    Some(char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// What a byte means in windows-1252, where those that it leaves open mean themselves.
fn of_windows(byte: u8) -> char {
    let decoded = Encoding::Windows1252.decode(&[byte]).text.chars().next();
    decoded.filter(|c| *c != char::REPLACEMENT_CHARACTER).unwrap_or(char::from(byte))
}

/// A named reference, also one without `;` that old pages may write. Gives the length that belongs to the name.
fn named(reference: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    for Ok(token) in Tokenizer::new(reference) {
        if let Token::String(part) = token {
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    // What follows the name stands unchanged at the end of both.
    let tail = reference.bytes().rev().zip(text.bytes().rev()).take_while(|(a, b)| a == b).count();
    let decoded = &text[..text.len() - tail.min(text.len())];
    if text.starts_with('&') && reference == text || decoded.is_empty() {
        return None;
    }
    Some((decoded.to_owned(), reference.len() - tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_names_and_numbers() {
        assert_eq!(
            decode("Ch&#237;nh s&#xE1;ch &ocirc; t&ocirc; &amp; R&D &hellip;"),
            "Chính sách ô tô & R&D …"
        );
        assert_eq!(decode("&agraveb &notareference; &#0; &#150; &"), "àb ¬areference; \u{fffd} – &");
        assert_eq!(decode("&#128;&#129;&#x9f;&#xA0;"), "€\u{81}Ÿ\u{a0}");
    }

    #[test]
    fn gives_the_length() {
        assert_eq!(decode_at("&nbsp;x"), Some(("\u{a0}".into(), 6)));
        assert_eq!(decode_at("&eacute;x"), Some(("é".into(), 8)));
        assert_eq!(decode_at("&x"), None);
    }
}
