//! Archives to raw pages.

use std::borrow::Cow;

use jiff::civil::Date;

/// How the bytes of a page are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Plain text, one block a line.
    #[default]
    Text,
    /// HTML.
    Html,
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
    /// The page as stored: citations are byte ranges of this.
    pub bytes: Cow<'a, [u8]>,
}
