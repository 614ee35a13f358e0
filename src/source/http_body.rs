//! The body of an HTTP response as a crawler stored it (RFC 9112).

use std::io::{Cursor, Read};

use memchr::memmem;

use super::decompress::{self, Opened};
use super::sniff::{Kind, looks_like_html, sniff};
use super::{Format, MAX_PAGE_BYTES};

/// How much is decompressed at a time, in bytes.
const BUFFER: usize = 16 << 10;

/// A body.
pub(super) struct Body {
    pub(super) format: Format,
    /// The decoded bytes; `None`: they are the block from `start` on.
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) start: usize,
}

/// What the header says.
#[derive(Default)]
struct Header {
    content_type: Vec<u8>,
    chunked: bool,
    encoded: bool,
    brotli: bool,
}

/// The body of a response; `None` where it is no page: an error, a redirection, a picture.
///
/// # Errors
/// What is wrong with it.
pub(super) fn body(block: &[u8]) -> Result<Option<Body>, String> {
    let (head, start) = split_head(block);
    if !is_success(head) {
        return Ok(None);
    }
    let header = parse(head);
    let Some(format) = format_or_sniff(&header.content_type, &block[start..]) else { return Ok(None) };
    let mut bytes = None;
    if header.chunked {
        bytes = dechunk(&block[start..]);
    }
    if header.encoded {
        let stored = bytes.take().unwrap_or_else(|| block[start..].to_vec());
        bytes = Some(decode(stored, header.brotli)?);
    }
    Ok(Some(Body { format, bytes, start }))
}

fn split_head(block: &[u8]) -> (&[u8], usize) {
    match (memmem::find(block, b"\r\n\r\n"), memmem::find(block, b"\n\n")) {
        (Some(crlf), lf) if lf.is_none_or(|lf| crlf < lf) => (&block[..crlf], crlf + 4),
        (_, Some(lf)) => (&block[..lf], lf + 2),
        _ => (block, block.len()),
    }
}

/// Only `200 OK` and its kin carry an article.
fn is_success(head: &[u8]) -> bool {
    let mut words = head.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let version = words.next().unwrap_or_default();
    version.starts_with(b"HTTP/") && words.next().is_some_and(|status| status.starts_with(b"2"))
}

fn parse(head: &[u8]) -> Header {
    let mut header = Header::default();
    for (name, value) in head.split(|&b| b == b'\n').filter_map(split_field) {
        let value = value.to_ascii_lowercase();
        match name.to_ascii_lowercase().as_slice() {
            b"content-type" => header.content_type = value,
            b"transfer-encoding" => header.chunked = memmem::find(&value, b"chunked").is_some(),
            b"content-encoding" => {
                (header.encoded, header.brotli) = (value != b"identity", value.ends_with(b"br"));
            }
            _ => {}
        }
    }
    header
}

/// Name and value of a line `Name: value`.
pub(super) fn split_field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// How a media type (in lower case) is read; `None`: it is no text.
pub(super) fn format_of(media_type: &[u8]) -> Option<Format> {
    let essence = media_type.split(|&b| b == b';').next().unwrap_or_default().trim_ascii();
    match essence {
        b"text/html" | b"application/xhtml+xml" => Some(Format::Html),
        b"text/plain" => Some(Format::Text),
        _ => None,
    }
}

fn format_or_sniff(media_type: &[u8], body: &[u8]) -> Option<Format> {
    match format_of(media_type) {
        // Servers send much as plain text that is none.
        Some(Format::Text) if looks_like_html(body) => Some(Format::Html),
        None if media_type.is_empty() && looks_like_html(body) => Some(Format::Html),
        known => known,
    }
}

/// The chunks put together; `None` where the body is not chunked after all (crawlers often store it decoded). A body
/// that is cut off gives what is there.
fn dechunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some(end) = memchr::memchr(b'\n', rest) else { return (!out.is_empty()).then_some(out) };
        let Some(size) = chunk_size(&rest[..end]) else { return (!out.is_empty()).then_some(out) };
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        let taken = size.min(rest.len());
        out.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&b| b == b';').next().unwrap_or_default().trim_ascii();
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Undoes the content encoding, which is told by the bytes: headers lie. Only `brotli` (RFC 7932), whose streams have no
/// mark, is told by the header.
fn decode(stored: Vec<u8>, brotli: bool) -> Result<Vec<u8>, String> {
    let kind = sniff(&stored[..stored.len().min(16)]);
    if matches!(kind, Kind::Gzip | Kind::Zstd) {
        return match decompress::open(kind, Box::new(Cursor::new(stored))) {
            Ok(Opened::Decompressed(stream)) => read_bounded(stream),
            Ok(Opened::Plain(_)) | Err(_) => Err("a body that cannot be decompressed".to_owned()),
        };
    }
    if matches!(stored.as_slice(), [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]) {
        return read_bounded(flate2::bufread::ZlibDecoder::new(&stored[..]));
    }
    if brotli && !looks_like_html(&stored) {
        return read_bounded(brotli_decompressor::Decompressor::new(&stored[..], BUFFER));
    }
    if looks_like_html(&stored) || std::str::from_utf8(&stored[..stored.len().min(64)]).is_ok() {
        return Ok(stored);
    }
    Err("a body in an unknown content encoding".to_owned())
}

fn read_bounded(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = from.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes);
    match read {
        _ if bytes.len() as u64 > MAX_PAGE_BYTES => Err(super::stream::too_large()),
        Err(error) => Err(format!("a broken compressed body: {error}")),
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(dechunk(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").unwrap(), b"abcde");
        assert_eq!(dechunk(b"3\r\nabc\r\nff\r\nde").unwrap(), b"abcde");
        assert_eq!(dechunk(b"<html>not chunked"), None);
    }

    #[test]
    fn brotli_is_undone_within_bounds() {
        // Made by the reference encoder of `<p>Giá gạo tăng 5% mỗi năm.</p>`.
        let packed: &[u8] = b"\x8b\x12\x80\x3c\x70\x3e\x47\x69\xc3\xa1\x20\x67\xe1\xba\xa1\x6f\x20\x74\xc4\x83\x6e\x67\x20\x35\x25\x20\x6d\xe1\xbb\x97\x69\x20\x6e\xc4\x83\x6d\x2e\x3c\x2f\x70\x3e\x03";
        let block = |body: &[u8]| {
            [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n", body].concat()
        };
        let text = "<p>Giá gạo tăng 5% mỗi năm.</p>".as_bytes();
        assert_eq!(body(&block(packed)).unwrap().unwrap().bytes.unwrap(), text);
        assert_eq!(body(&block(text)).unwrap().unwrap().bytes.unwrap(), text, "stored decoded");
        assert!(body(&block(&packed[..20])).is_err());
        assert!(body(&block(b"\x81\xff\x00nothing that can be read")).is_err());
    }

    #[test]
    fn errors_and_pictures_are_no_pages() {
        let none = |block: &[u8]| body(block).unwrap().is_none();
        assert!(none(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx"));
        assert!(none(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"));
        assert!(!none(b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>x"));
    }
}
