//! UTF-8 with or without a byte order mark; what is not valid is replaced.

use std::borrow::Cow;

use super::offset_builder::OffsetMapBuilder;
use super::offset_map::OffsetMap;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Decoded text, the map to its bytes, and how many invalid sequences became U+FFFD.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) map: OffsetMap,
    pub(super) replaced: usize,
}

/// Decodes `bytes`. Each maximal part of an ill-formed sequence becomes one U+FFFD (Unicode, section 3.9).
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    match decode_valid(bytes) {
        Some(decoded) => decoded,
        None => decode_lossy(bytes),
    }
}

/// Decodes `bytes` if all of them are valid.
pub(super) fn decode_valid(bytes: &[u8]) -> Option<Decoded<'_>> {
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = simdutf8::basic::from_utf8(body).ok()?;
    let map = match bytes.len() - body.len() {
        0 => OffsetMap::identity(),
        skipped => OffsetMap::shifted(skipped, body.len()),
    };
    Some(Decoded { text: Cow::Borrowed(text), map, replaced: 0 })
}

fn decode_lossy(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len());
    let mut map = OffsetMapBuilder::new();
    let mut replaced = 0;
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    map.push_removed(bytes.len() - body.len());
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        map.push_copied(chunk.valid().len());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            map.push_replaced(char::REPLACEMENT_CHARACTER.len_utf8(), chunk.invalid().len());
            replaced += 1;
        }
    }
    Decoded { text: Cow::Owned(text), map: map.finish(), replaced }
}
