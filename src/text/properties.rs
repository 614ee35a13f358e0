//! What must hold for any input.

use std::borrow::Cow;

use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::*;

/// Strings thick with the characters that normalization cares about.
fn tricky() -> impl Strategy<Value = String> {
    let chars = "aâáơuêxĐÐðy0５ｎ＆& \n\r\t;\u{a0}\u{ad}\u{200b}\u{feff}\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\
        \u{323}\u{34f}\u{344}\u{2013}\u{2126}\u{1100}\u{1161}\u{11a8}\u{ac00}\u{fb2c}\u{1d15e}\u{f900}\u{fe0f}😀…“";
    let chars: Vec<char> = chars.chars().collect();
    let piece = prop_oneof![
        8 => prop::sample::select(chars).prop_map(String::from),
        1 => Just("&nbsp".to_owned()),
        1 => Just("&nb\u{ad}sp;".to_owned()),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z ]{60,90}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn check(bytes: &[u8]) {
    let text = Text::read(bytes);
    let norm = text.as_str();
    assert!(is_nfc(norm), "{norm:?} is not NFC");
    assert_eq!(normalized(norm), norm, "not idempotent");
    check_spans(&text, bytes);
}

/// Spans between character boundaries: in bounds, monotone, and giving the same text when read again.
fn check_spans(text: &Text<'_>, bytes: &[u8]) {
    let norm = text.as_str();
    let mut last = 0..0;
    for (at, c) in norm.char_indices() {
        let raw = text.raw(at..at + c.len_utf8());
        assert!(
            raw.start >= last.start && raw.end >= last.end && raw.end <= bytes.len() && raw.start < raw.end
        );
        last = raw;
    }
    let cuts: Vec<usize> = unit_boundaries(text);
    for pair in cuts.windows(2).chain(cuts.windows(4)).chain([cuts.as_slice()]) {
        let span = pair[0]..pair[pair.len() - 1];
        let raw = text.raw(span.clone());
        let again = Text::read_as(&bytes[raw.clone()], text.encoding());
        assert_eq!(again.as_str(), &norm[span.clone()], "{span:?} from {raw:?}");
    }
}

/// Offsets at which one cluster ends and the next begins.
fn unit_boundaries(text: &Text<'_>) -> Vec<usize> {
    let norm = text.as_str();
    let starts = norm.char_indices().filter(|&(_, c)| matches!(chars::classify(c), chars::Class::Stable(_)));
    let cuts = starts.map(|(at, _)| at).filter(|&at| at > 0 && text.raw(at - 1..at) != text.raw(at..at + 1));
    [0].into_iter().chain(cuts).chain([norm.len()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn holds_on_tricky_strings(text in tricky()) {
        check(text.as_bytes());
    }

    #[test]
    fn holds_on_any_string(text in any::<String>()) {
        check(text.as_bytes());
    }

    #[test]
    fn holds_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    #[test]
    fn holds_on_cut_strings(text in tricky(), cut in 0usize..9) {
        let bytes = text.as_bytes();
        check(&bytes[cut.min(bytes.len())..bytes.len().saturating_sub(cut).max(cut.min(bytes.len()))]);
    }

    #[test]
    fn agrees_with_nfc_where_nothing_is_replaced(text in "[a-zâôêăơưáàđ\u{300}\u{301}\u{323}\u{31b}가-각\u{1100}\u{1161}]{0,30}") {
        prop_assert_eq!(normalized(&text), text.nfc().collect::<String>());
    }

    #[test]
    fn composed_maps_agree_with_two_steps(text in tricky(), wide in 1usize..4) {
        // A stand-in for another reader: every character was stored as `wide` bytes.
        let mut map = OffsetMapBuilder::new();
        text.chars().for_each(|c| map.push_replaced(c.len_utf8(), wide));
        let map = map.finish();
        let outer = Text::read(text.as_bytes());
        if text.starts_with('\u{feff}') {
            return Ok(());
        }
        let both = Text::from_parts(Cow::Borrowed(&text), map.clone());
        prop_assert_eq!(outer.as_str(), both.as_str());
        for (start, _) in both.as_str().char_indices() {
            for (end, c) in both.as_str().char_indices().filter(|&(end, _)| end >= start) {
                let span = start..end + c.len_utf8();
                prop_assert_eq!(both.raw(span.clone()), map.raw(outer.raw(span)));
            }
        }
    }
}

#[test]
fn examples() {
    let cases = [
        ("42,5&nbsptriệu", "42,5 triệu"),
        ("7&nbsp;tỷ\u{a0}đồng", "7 tỷ đồng"),
        ("35–40%\r\nGRDP", "35-40%\nGRDP"),
        ("a\rb", "a b"),
        ("Ðồng Ɖà ðó", "Đồng Đà đó"),
        ("\u{feff}\u{feff}xin\u{ad}chào\u{200b}", "xinchào"),
        ("１２，５％", "12,5%"),
        ("tiê\u{301}t kiê\u{323}m", "tiết kiệm"),
        ("tie\u{301}\u{302}t kie\u{323}\u{302}m", "tiết kiệm"),
        (
            "nươ\u{301}c nu\u{31b}o\u{301}\u{31b}c na\u{306}\u{301}ng na\u{301}\u{306}ng",
            "nước nước nắng nắng",
        ),
        ("hoà hòa quý", "hoà hòa quý"),
        ("AT&T &amp; R&D", "AT&T &amp; R&D"),
    ];
    for (raw, norm) in cases {
        assert_eq!(Text::read(raw.as_bytes()).as_str(), norm);
        check(raw.as_bytes());
    }
}

#[test]
fn composed_letters_lead_to_all_their_marks() {
    let raw = "kie\u{323}\u{302}m";
    let text = Text::read(raw.as_bytes());
    let at = text.as_str().find('ệ').expect("composed");
    assert_eq!(&raw[text.raw(at..at + 3)], "e\u{323}\u{302}");
}

#[test]
fn normal_pages_are_borrowed() {
    let page = "\u{feff}“Cả nước” có 63 tỉnh, thành phố… 日本".as_bytes();
    let text = Text::read(page);
    assert!(matches!(text.normalized, Cow::Borrowed(_)));
    assert_eq!(text.raw(0..3), 3..6);
    assert!(Text::read(&page[3..]).map().is_identity());
}

#[test]
fn invalid_bytes_are_counted() {
    let text = Text::read(b"10\xFF\xE1\xBA% \xC2");
    assert_eq!((text.as_str(), text.replaced()), ("10\u{fffd}\u{fffd}% \u{fffd}", 3));
    assert_eq!(text.raw(5..8), 3..5);
}
