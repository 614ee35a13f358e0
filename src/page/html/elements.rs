//! What the code knows of the elements of HTML, by their names.

/// The name of an element in lower case; names longer than any of HTML's are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    bytes: [u8; 12],
    len: u8,
}

/// How an element bears on lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    Inline,
    Block,
    /// A cell of a table: goes on the line of its row.
    Cell,
    /// Its text is never shown, or is no text of the page.
    Hidden,
    /// Ends the line and has no content.
    Break,
    /// Has no content.
    Void,
}

/// What the name of a block says of its content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Something else than the article.
    Aside,
    /// Nothing, and nor do its attributes: the whole page is called many things.
    Page,
    /// Nothing; attributes may.
    Any,
}

/// The elements that end where another begins.
pub(super) struct Implied {
    closed: &'static [&'static [u8]],
    /// Elements within which alone they are looked for.
    within: &'static [&'static [u8]],
}

impl Implied {
    /// Whether an open element ends.
    pub(super) fn closes(&self, open: Name) -> bool {
        self.closed.contains(&open.as_bytes())
    }

    /// Whether no element beyond an open one is looked at.
    pub(super) fn is_within(&self, open: Name) -> bool {
        self.within.contains(&open.as_bytes())
    }
}

impl Name {
    pub(super) fn new(name: &[u8]) -> Self {
        let mut bytes = [0; 12];
        let len = name.len().min(bytes.len());
        bytes[..len].copy_from_slice(&name[..len]);
        bytes.make_ascii_lowercase();
        Self { bytes, len: len as u8 }
    }

    /// The name as bytes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// Whether it is the name `name`, which is in lower case.
    pub(super) fn is(self, name: &str) -> bool {
        self.as_bytes() == name.as_bytes()
    }

    /// Whether tags and comments in it are text.
    pub(super) fn holds_no_markup(self) -> bool {
        matches!(
            self.as_bytes(),
            b"script" | b"style" | b"title" | b"textarea" | b"iframe" | b"noembed" | b"noframes" | b"xmp"
        )
    }

    /// How it bears on lines.
    pub(super) fn display(self) -> Display {
        match self.as_bytes() {
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"caption" | b"center" | b"dd"
            | b"details" | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption"
            | b"figure" | b"footer" | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header"
            | b"html" | b"li" | b"main" | b"menu" | b"nav" | b"ol" | b"p" | b"pre" | b"section"
            | b"summary" | b"table" | b"tbody" | b"tfoot" | b"thead" | b"tr" | b"ul" => Display::Block,
            b"td" | b"th" => Display::Cell,
            b"head" | b"noscript" | b"template" | b"svg" | b"select" | b"button" | b"object" | b"canvas"
            | b"datalist" | b"audio" | b"video" | b"math" => Display::Hidden,
            b"br" | b"hr" => Display::Break,
            b"area" | b"base" | b"col" | b"embed" | b"img" | b"input" | b"link" | b"meta" | b"param"
            | b"source" | b"track" | b"wbr" => Display::Void,
            _ => Display::Inline,
        }
    }

    /// What it says of its content.
    pub(super) fn content(self) -> Content {
        match self.as_bytes() {
            b"nav" | b"aside" | b"footer" | b"form" | b"menu" | b"dialog" => Content::Aside,
            b"html" | b"body" | b"main" | b"p" | b"h1" => Content::Page,
            _ => Content::Any,
        }
    }

    /// Whether it holds one piece of text: its block is the one around it.
    pub(super) fn is_paragraph(self) -> bool {
        matches!(
            self.as_bytes(),
            b"p" | b"li"
                | b"h1"
                | b"h2"
                | b"h3"
                | b"h4"
                | b"h5"
                | b"h6"
                | b"blockquote"
                | b"pre"
                | b"dd"
                | b"dt"
        )
    }

    /// Whether it may be the headline's.
    pub(super) fn is_heading(self) -> bool {
        matches!(self.as_bytes(), b"h1" | b"h2" | b"h3")
    }

    /// The elements that end by themselves where one of this name begins.
    pub(super) fn implied_ends(self) -> Implied {
        let (closed, within): (&[&[u8]], &[&[u8]]) = match self.as_bytes() {
            b"li" => (&[b"li"], &[b"ul", b"ol", b"menu"]),
            b"dt" | b"dd" => (&[b"dt", b"dd"], &[b"dl"]),
            b"td" | b"th" => (&[b"td", b"th"], &[b"tr", b"table"]),
            b"tr" => (&[b"tr"], &[b"table"]),
            b"body" => (&[b"head"], &[]),
            _ => (&[b"p"], &[b"td", b"th", b"div", b"li", b"section", b"article"]),
        };
        Implied { closed, within }
    }
}
