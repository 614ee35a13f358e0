//! A record of a WARC file, and the page in it.

use std::sync::Arc;

use super::http_body::{self, Body};
use super::{Problem, RawPage};

/// The named fields of a record that matter here.
#[derive(Debug, Default)]
pub(super) struct WarcHeader {
    kind: Vec<u8>,
    content_type: Vec<u8>,
    uri: Option<String>,
    /// Without angle brackets.
    pub(super) id: Option<String>,
    pub(super) length: Option<u64>,
}

impl WarcHeader {
    /// Takes one line of the header.
    pub(super) fn take(&mut self, line: &[u8]) {
        let Some((name, value)) = http_body::split_field(line) else { return };
        let text = || String::from_utf8_lossy(value).trim_matches(['<', '>']).to_owned();
        match name.to_ascii_lowercase().as_slice() {
            b"warc-type" => self.kind = value.to_ascii_lowercase(),
            b"content-type" => self.content_type = value.to_ascii_lowercase(),
            b"warc-target-uri" => self.uri = Some(text()),
            b"warc-record-id" => self.id = Some(text()),
            b"content-length" => self.length = text().parse().ok(),
            _ => {}
        }
    }

    /// Whether the record can hold a page: an HTTP response, extracted text, or a text file.
    pub(super) fn holds_page(&self) -> bool {
        match self.kind.as_slice() {
            b"response" => self.content_type.is_empty() || self.is_http(),
            b"conversion" | b"resource" => {
                self.content_type.is_empty() || http_body::format_of(&self.content_type).is_some()
            }
            _ => false,
        }
    }

    fn is_http(&self) -> bool {
        self.content_type.starts_with(b"application/http")
    }
}

/// A record with its block, not parsed yet.
#[derive(Debug)]
pub struct WarcRecord {
    pub(super) path: Arc<str>,
    /// The name of the record: its WARC-Record-ID.
    pub(super) name: String,
    /// Byte offset in the file, after decompression.
    pub(super) offset: u64,
    pub(super) header: WarcHeader,
    pub(super) block: Vec<u8>,
}

impl WarcRecord {
    /// The page in it; `None` where it holds none, such as an error page or a picture.
    ///
    /// # Errors
    /// Where its body is broken.
    pub(super) fn parse(self) -> Result<Option<RawPage<'static>>, Problem> {
        // What a record of no type holds may be told by its content (WARC 1.1, 5.6).
        let told = || self.header.content_type.is_empty() && self.block.starts_with(b"HTTP/");
        let body = if self.header.is_http() || told() {
            match http_body::body(&self.block) {
                Ok(Some(body)) => body,
                Ok(None) => return Ok(None),
                Err(what) => return Err(self.problem(what)),
            }
        } else {
            let format = http_body::format_of(&self.header.content_type).unwrap_or_default();
            Body { format, bytes: None, start: 0 }
        };
        Ok(Some(self.page(body)))
    }

    fn page(self, body: Body) -> RawPage<'static> {
        let bytes = body.bytes.unwrap_or_else(|| {
            let mut block = self.block;
            block.drain(..body.start.min(block.len()));
            block
        });
        RawPage {
            path: self.path.to_string().into(),
            record: Some(self.name.into()),
            uri: self.header.uri.map(Into::into),
            format: body.format,
            bytes: bytes.into(),
            ..RawPage::default()
        }
    }

    fn problem(&self, what: impl std::fmt::Display) -> Problem {
        Problem::error(self.path.as_ref(), what).in_record(Some(self.name.as_str())).at(self.offset)
    }
}

impl Default for WarcRecord {
    fn default() -> Self {
        Self {
            path: "".into(),
            name: String::new(),
            offset: 0,
            header: WarcHeader::default(),
            block: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;

    #[test]
    fn a_response_gives_its_body_and_address() {
        let mut header = WarcHeader::default();
        for line in ["WARC-Type: response", "Content-Type: application/http; msgtype=response"] {
            header.take(line.as_bytes());
        }
        header.take(b"WARC-Target-URI: <http://a/b>\r\n");
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>mot</p>".to_vec();
        let page = WarcRecord { header, block, ..WarcRecord::default() }.parse().unwrap().unwrap();
        assert_eq!((&*page.bytes, page.format), (&b"<p>mot</p>"[..], Format::Html));
        assert_eq!(page.uri.as_deref(), Some("http://a/b"));
    }

    #[test]
    fn a_response_of_no_type_is_told_by_its_content() {
        let page = |block: &[u8]| {
            let mut header = WarcHeader::default();
            header.take(b"WARC-Type: response");
            assert!(header.holds_page());
            WarcRecord { header, block: block.to_vec(), ..WarcRecord::default() }.parse().unwrap().unwrap()
        };
        let html = page(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hai</p>");
        assert_eq!((&*html.bytes, html.format), (&b"<p>hai</p>"[..], Format::Html));
        assert_eq!(&*page(b"hai trang").bytes, b"hai trang");
    }
}
