//! Archives to raw pages.
//!
//! An [`Input`] is what the user names: a path or standard input. [`Feed`] walks the inputs in order and gives one
//! [`Item`] after another; [`Item::load`] turns an item into a [`RawPage`]. The two steps are apart so that many threads
//! can do the second while one at a time does the first.
//!
//! What a file is shows in its first bytes, whatever its name. A stream is decompressed as long as it is compressed;
//! then it is a page, or an archive whose pieces are pages or streams again. Every reader works on a stream and holds
//! one piece at a time, so memory does not grow with the archive.

mod archive;
mod breaks;
mod census;
mod decompress;
mod feed;
mod fields;
mod file;
mod growth;
mod gzip;
mod held;
mod http_body;
mod input;
mod item;
mod json;
mod json_object;
mod problem;
mod remote;
mod shown;
mod sidecar;
mod sniff;
mod stream;
mod warc_record;
mod written;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::text::Encoding;

pub use census::Census;
pub use feed::Feed;
pub use fields::Fields;
pub(crate) use file::with_sidecar;
pub use file::{MAX_PAGE_BYTES, PageFile};
pub use input::{Input, has_files, overwritten_input, total_size};
pub use item::Item;
pub use json::JsonRecord;
pub(crate) use json::without_place;
pub use problem::{Problem, Severity};
pub(crate) use shown::shown;
pub use shown::shown_prefix;
pub use warc_record::WarcRecord;
pub use written::Written;

use stream::Bytes;
pub(crate) use stream::decompressed;

/// How the bytes of a page are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Plain text, one block a line.
    #[default]
    Text,
    /// HTML.
    Html,
}

impl Format {
    /// What a page is by its first bytes; anything but HTML is read as text.
    pub fn of(page: &[u8]) -> Self {
        let head = &page[..page.len().min(sniff::HEAD)];
        sniff::sniff(head).into()
    }

    /// What the text of a record is.
    fn of_text(text: &[u8]) -> Self {
        if sniff::looks_like_html(text) { Self::Html } else { Self::Text }
    }
}

impl From<sniff::Kind> for Format {
    fn from(kind: sniff::Kind) -> Self {
        if kind == sniff::Kind::Html { Self::Html } else { Self::Text }
    }
}

/// A page as stored, with what its archive says about it.
#[derive(Debug, Clone, Default)]
pub struct RawPage<'a> {
    /// The file, as the user named it.
    pub path: Cow<'a, str>,
    /// The record within a container.
    pub record: Option<Cow<'a, str>>,
    /// The address of the page.
    pub uri: Option<Cow<'a, str>>,
    /// Its headline, as the archive gives it.
    pub title: Option<Cow<'a, str>>,
    /// Its day of publication, as the archive gives it.
    pub published: Option<Date>,
    /// How to read the bytes.
    pub format: Format,
    /// The encoding of the bytes, where it is known; otherwise it is found by what they decode to.
    pub encoding: Option<Encoding>,
    /// The page as stored: citations are byte ranges of this.
    pub bytes: Cow<'a, [u8]>,
}

impl RawPage<'_> {
    /// The page as normalized text, with the way back to its bytes.
    pub fn text(&self) -> crate::text::Text<'_> {
        match self.format {
            Format::Text => match self.encoding {
                Some(encoding) => crate::text::Text::read_as(&self.bytes, encoding),
                None => crate::text::Text::read(&self.bytes),
            },
            Format::Html => crate::page::html::HtmlPage::whole_text(&self.bytes),
        }
    }
}
