//! The encodings against each other, against known bytes, and on arbitrary input.

use proptest::prelude::*;

use super::*;
use crate::text::Text;

const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";

const PAGE: &str = "Kho bạc huyện công bố số liệu quý này: thu được 1.234,5 tỷ đồng, vượt 6,7% kế hoạch cả năm.\n\
    Người dân ở 12 xã vùng sâu đã nộp hồ sơ qua mạng; mỗi hồ sơ đỡ tốn chừng 40.000 đồng đi lại.\n";

/// The encodings that detection can find.
fn detectable() -> impl Iterator<Item = Encoding> {
    Encoding::all().filter(|&encoding| encoding != Encoding::Windows1252)
}

#[test]
fn every_small_letter_in_every_encoding() {
    for encoding in detectable() {
        let bytes = encoding.encode(LETTERS);
        assert_eq!(Text::read_as(&bytes, encoding).as_str(), LETTERS, "{encoding}");
    }
}

#[test]
fn every_capital_in_every_encoding() {
    for encoding in detectable() {
        let bytes = encoding.encode(&LETTERS.to_uppercase());
        assert_eq!(Text::read_as(&bytes, encoding).as_str(), LETTERS.to_uppercase(), "{encoding}");
    }
}

#[test]
fn pages_are_found_and_read_with_citations() {
    for encoding in detectable() {
        let bytes = encoding.encode(PAGE);
        let text = Text::read(&bytes);
        let full = if encoding == Encoding::Tcvn5712 { Encoding::Tcvn3 } else { encoding };
        assert_eq!((text.encoding(), text.as_str(), text.replaced()), (full, PAGE, 0));
        let quote = "1.234,5 tỷ đồng";
        let at = PAGE.find(quote).expect("in the page");
        let raw = text.raw(at..at + quote.len());
        assert_eq!(&bytes[raw], encoding.encode(quote), "{encoding}");
    }
}

#[test]
fn capitals_tell_the_full_tcvn_from_its_fonts() {
    let page = "ĐẠI HỘI CỔ ĐÔNG: Ủy ban trả lời “đã rõ”";
    let bytes = Encoding::Tcvn5712.encode(&page.replace(['“', '”'], "\""));
    assert_eq!(Encoding::detect(&bytes), Encoding::Tcvn5712);
    let bytes = Encoding::Tcvn3.encode(page);
    assert_eq!(Encoding::detect(&bytes), Encoding::Tcvn3);
    assert_eq!(Text::read(&bytes).as_str(), page);
}

#[test]
fn utf16_with_and_without_mark() {
    for (encoding, mark) in [(Encoding::Utf16Le, b"\xFF\xFE"), (Encoding::Utf16Be, b"\xFE\xFF")] {
        let marked = [mark.as_slice(), &encoding.encode("nợ 😀 5%")].concat();
        let text = Text::read(&marked);
        assert_eq!((text.as_str(), text.encoding()), ("nợ 😀 5%", encoding));
        let at = text.as_str().find('5').expect("there");
        assert_eq!(text.raw(at..at + 2), marked.len() - 4..marked.len());
    }
    let lone = Encoding::Utf16Le.decode(b"a\0\x00\xD8b\0c");
    assert_eq!((lone.text.as_ref(), lone.replaced), ("a\u{fffd}b\u{fffd}", 2));
}

#[test]
fn precomposed_letters_of_windows_1258() {
    let text = Text::read_as(b"m\xE9t, b\xEA\xECn, h\xF4\xF2p, \xFD\xF2", Encoding::Windows1258);
    assert_eq!(text.as_str(), "mét, bến, hộp, ự");
    assert_eq!(text.raw(text.as_str().len() - 3..text.as_str().len()), 17..19);
}

#[test]
fn labels() {
    for encoding in Encoding::all() {
        assert_eq!(Encoding::from_label(encoding.label()), Some(encoding));
    }
    assert_eq!(Encoding::from_label(" TCVN3 "), Some(Encoding::Tcvn3));
    assert_eq!(Encoding::from_label("ISO-8859-1"), Some(Encoding::Windows1252));
    assert_eq!(Encoding::from_label("koi8-r"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_encoding(bytes in prop::collection::vec(any::<u8>(), 0..160)) {
        for encoding in Encoding::all() {
            let text = Text::read_as(&bytes, encoding);
            let mut last = 0..0;
            for (at, c) in text.as_str().char_indices() {
                let raw = text.raw(at..at + c.len_utf8());
                prop_assert!(raw.start >= last.start && raw.end >= last.end && raw.end <= bytes.len());
                last = raw;
            }
        }
    }

    #[test]
    fn valid_utf8_is_never_anything_else(text in any::<String>()) {
        prop_assert_eq!(Encoding::detect(text.as_bytes()), Encoding::Utf8);
    }

    #[test]
    fn quotes_are_cited_in_any_encoding(words in prop::collection::vec("[bhlt][aeoôuư]", 2..20), at in any::<prop::sample::Index>()) {
        let page = words.join(" ");
        let word = at.index(words.len());
        let start: usize = words[..word].iter().map(|w| w.len() + 1).sum();
        for encoding in Encoding::all().filter(|&encoding| encoding != Encoding::Windows1252) {
            let bytes = encoding.encode(&page);
            let text = Text::read_as(&bytes, encoding);
            let raw = text.raw(start..start + words[word].len());
            let again = Text::read_as(&bytes[raw], encoding);
            prop_assert_eq!(again.as_str(), words[word].as_str());
        }
    }
}
