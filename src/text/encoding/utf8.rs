//! UTF-8 with or without a byte order mark; what is not valid is replaced.

use std::borrow::Cow;

use super::output::Output;
use super::{Decoded, Encoding, OffsetMap};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Decodes `bytes`. Each maximal part of an ill-formed sequence becomes one U+FFFD (Unicode, section 3.9).
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_valid(bytes).unwrap_or_else(|| decode_lossy(bytes))
}

/// Decodes `bytes` if all of them are valid.
pub(crate) fn decode_valid(bytes: &[u8]) -> Option<Decoded<'_>> {
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = simdutf8::basic::from_utf8(body).ok()?;
    let map = match bytes.len() - body.len() {
        0 => OffsetMap::identity(),
        skipped => OffsetMap::shifted(skipped, body.len()),
    };
    Some(Decoded { text: Cow::Borrowed(text), map, replaced: 0, encoding: Encoding::Utf8 })
}

fn decode_lossy(bytes: &[u8]) -> Decoded<'_> {
    let mut out = Output::new(bytes.len());
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    out.skip(bytes.len() - body.len());
    for chunk in body.utf8_chunks() {
        out.copy(chunk.valid());
        if !chunk.invalid().is_empty() {
            out.invalid(chunk.invalid().len());
        }
    }
    out.finish(Encoding::Utf8)
}
