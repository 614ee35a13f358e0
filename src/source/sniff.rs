//! What a file is, by its first bytes.

use memchr::{memchr, memmem};

/// How many bytes are looked at.
pub(super) const HEAD: usize = 8 << 10;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Zip,
    Tar,
    Parquet,
    Warc,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or objects over several lines.
    JsonValues,
    /// Delimiter-separated values, with the delimiter.
    Csv(u8),
    /// Text that looks like them, though no name in its header is a common one for pages.
    Table(u8),
    Html,
    Text,
    /// Nothing that holds pages: pictures, databases, programs.
    Other,
}

const MAGIC: &[(&[u8], Kind)] = &[
    (b"\x1f\x8b", Kind::Gzip),
    (b"\x28\xb5\x2f\xfd", Kind::Zstd),
    (b"BZh", Kind::Bzip2),
    (b"\xfd7zXZ\0", Kind::Xz),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"PAR1", Kind::Parquet),
    (b"WARC/", Kind::Warc),
];

/// Tells what starts with `head`.
pub(super) fn sniff(head: &[u8]) -> Kind {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if head.get(257..262) == Some(b"ustar") {
        return Kind::Tar;
    }
    let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || looks_like_utf16(head);
    if utf16 {
        return if looks_like_html(&drop_zeros(head)) { Kind::Html } else { Kind::Text };
    }
    // Damage may put zeros into what clearly is an archive.
    match sniff_text(head) {
        Kind::Text | Kind::Table(_) if memchr(0, head).is_some() || head.starts_with(b"%PDF-") => Kind::Other,
        kind => kind,
    }
}

fn sniff_text(head: &[u8]) -> Kind {
    let start = trim_start(head);
    match start.first() {
        Some(b'{') if starts_object(start) => json_layout(start),
        Some(b'[') if matches!(trim_start(&start[1..]).first(), Some(b'{' | b']')) => Kind::JsonValues,
        Some(b'<') if looks_like_html(start) => Kind::Html,
        _ => match sniff_csv(start) {
            Some(delimiter) => Kind::Csv(delimiter),
            None => sniff_table(start).map_or(Kind::Text, Kind::Table),
        },
    }
}

fn starts_object(start: &[u8]) -> bool {
    matches!(trim_start(&start[1..]).first(), Some(b'"' | b'}'))
}

/// Whether the object is whole on the first line. A first line longer than the head is taken for a whole object.
fn json_layout(start: &[u8]) -> Kind {
    match memchr(b'\n', start) {
        Some(end) if !start[..end].trim_ascii_end().ends_with(b"}") => Kind::JsonValues,
        _ => Kind::JsonLines,
    }
}

/// Whether bytes are HTML: they begin with a tag or comment, and a common element shows early on.
pub(super) fn looks_like_html(bytes: &[u8]) -> bool {
    const ELEMENTS: &[&[u8]] = &[
        b"html",
        b"head",
        b"body",
        b"p",
        b"div",
        b"h1",
        b"h2",
        b"span",
        b"a",
        b"table",
        b"br",
        b"article",
        b"section",
        b"ul",
        b"ol",
        b"strong",
        b"b",
        b"em",
        b"i",
        b"figure",
        b"img",
        b"meta",
        b"title",
        b"script",
        b"link",
        b"style",
        b"main",
        b"header",
        b"font",
        b"center",
        b"blockquote",
    ];
    let start = trim_start(&bytes[..bytes.len().min(HEAD)]);
    if start.first() != Some(&b'<') {
        return false;
    }
    let lower = start[..start.len().min(2048)].to_ascii_lowercase();
    if lower.starts_with(b"<!doctype html") || memmem::find(&lower, b"<html").is_some() {
        return true;
    }
    let name_end = lower[1..].iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(0);
    ELEMENTS.contains(&&lower[1..=name_end])
}

/// The delimiter of a table whose header names a field that can hold a page.
fn sniff_csv(start: &[u8]) -> Option<u8> {
    let end = memchr(b'\n', start)?;
    let line = std::str::from_utf8(&start[..end]).ok()?;
    // A table of one column has no delimiter, but quotes around pages of more than a line.
    if start[end + 1..].starts_with(b"\"")
        && super::fields::any_text_name([line.trim().trim_matches('"')].into_iter())
    {
        return Some(b',');
    }
    DELIMITERS.into_iter().find(|&delimiter| {
        let names = || line.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"'));
        names().count() > 1 && names().all(is_column) && super::fields::any_text_name(names())
    })
}

const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// The delimiter of what looks like a table with a header: names without marks and spaces around them, which prose has behind
/// its commas, and a second line of as many fields.
fn sniff_table(start: &[u8]) -> Option<u8> {
    let mut lines = start.split_inclusive(|&byte| byte == b'\n').filter_map(|line| line.strip_suffix(b"\n"));
    let (header, row) = (std::str::from_utf8(lines.next()?).ok()?.trim_end(), lines.next()?);
    DELIMITERS.into_iter().find(|&delimiter| {
        let count = memchr::memchr_iter(delimiter, header.as_bytes()).count();
        let fields = || memchr::memchr_iter(delimiter, row).count() >= count || row.contains(&b'"');
        count > 0 && header.split(char::from(delimiter)).all(is_name) && fields()
    })
}

/// Whether the header of a table names the column `name`.
pub(super) fn names_column(head: &[u8], delimiter: u8, name: &str) -> bool {
    let header = trim_start(head).split(|&byte| byte == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header);
    header.split(char::from(delimiter)).any(|column| column.trim().trim_matches('"') == name)
}

/// Whether words of a first line, in any language, could name a column.
fn is_name(name: &str) -> bool {
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    !name.is_empty() && name.trim() == name && name.chars().all(fits)
}

/// Whether a word of a first line could name a column.
fn is_column(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// UTF-16 without a byte order mark: every other byte of much of Vietnamese text is zero.
fn looks_like_utf16(head: &[u8]) -> bool {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    half >= 8 && even.min(odd) == 0 && even.max(odd) * 2 > half
}

fn drop_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().skip_while(|b| *b >= 0xfe).filter(|&b| b != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_formats_apart() {
        for (head, kind) in [
            (&b"\x1f\x8b\x08"[..], Kind::Gzip),
            (b"WARC/1.0\r\n", Kind::Warc),
            (b"{\"text\":\"a\"}\n{\"text\":\"b\"}", Kind::JsonLines),
            (b"{\n  \"text\": \"a\"\n}", Kind::JsonValues),
            (b"[\n{\"text\":1}]", Kind::JsonValues),
            (b"[1] a footnote", Kind::Text),
            (b"\xef\xbb\xbf<!DOCTYPE html><html>", Kind::Html),
            (b"<p class=x>a</p>", Kind::Html),
            (b"<3 trai tim", Kind::Text),
            (b"id,url,text\n1,u,t\n", Kind::Csv(b',')),
            (b"Hom nay, text\n", Kind::Text),
            (b"a,b\n", Kind::Text),
            (b"id,words of it\n1,u\n", Kind::Table(b',')),
            ("id;\"nội dung\"\n1;\"mot\n".as_bytes(), Kind::Table(b';')),
            (b"Hom nay,mai\nmot hai\n", Kind::Text),
            (b"Hom nay, mai\nmot, hai\n", Kind::Text),
            (b"text\r\n\"mot\nhai\"\r\n", Kind::Csv(b',')),
            (b"text\nmot\n", Kind::Text),
            (b"\x89PNG\r\n\x1a\n\0\0", Kind::Other),
            (b"\xff\xfea\0b\0", Kind::Text),
            (b"", Kind::Text),
        ] {
            assert_eq!(sniff(head), kind, "{:?}", String::from_utf8_lossy(head));
        }
    }
}
