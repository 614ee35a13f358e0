//! Where a gzip member starts: its header, and what tells it from bytes that only look like one.

use flate2::{Crc, Decompress, FlushDecompress, Status};

/// What a member starts with: magic number and method.
pub(super) const MAGIC: &[u8] = b"\x1f\x8b\x08";
/// Longest header, in bytes: names and comments are short.
pub(super) const MAX_HEADER: usize = 128 << 10;
/// What a place that looks like a member must give before it is believed, in bytes.
pub(super) const TRIAL: usize = 4 << 10;

/// Length of the header at the start of `bytes`: `None` where there is none, 0 where `bytes` are too few to tell.
pub(super) fn header_length(bytes: &[u8]) -> Option<usize> {
    if !MAGIC.starts_with(&bytes[..bytes.len().min(3)]) {
        return None;
    }
    let Some(&flags) = bytes.get(3) else { return Some(0) };
    if flags & 0xe0 != 0 {
        return None;
    }
    let mut at = 10;
    if flags & 4 != 0 {
        let Some(&[low, high]) = bytes.get(at..at + 2) else { return Some(0) };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for text in [8, 16] {
        if flags & text != 0 {
            let end = bytes.get(at..).and_then(|rest| memchr::memchr(0, rest));
            let Some(end) = end else { return Some(0) };
            at += end + 1;
        }
    }
    at += if flags & 2 == 0 { 0 } else { 2 };
    Some(if at <= bytes.len() { at } else { 0 })
}

/// Whether a member starts here: it can be decompressed for a while, or to its end.
pub(super) fn is_member(bytes: &[u8], all: bool) -> bool {
    let Some(start) = header_length(bytes).filter(|length| *length > 0) else { return false };
    let mut inflate = Decompress::new(false);
    let mut out = [0; TRIAL];
    let status = inflate.decompress(&bytes[start..], &mut out, FlushDecompress::None);
    match status {
        Err(_) => false,
        Ok(Status::StreamEnd) => {
            let mut crc = Crc::new();
            crc.update(&out[..inflate.total_out() as usize]);
            let tail = start + inflate.total_in() as usize;
            bytes.get(tail..tail + 4).is_some_and(|sum| sum == crc.sum().to_le_bytes())
        }
        Ok(_) => inflate.total_out() > 0 || !all && inflate.total_in() > 0,
    }
}
