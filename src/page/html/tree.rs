//! A document as lines of text, each in its place in a tree of blocks.
//!
//! Only blocks are nodes; inline elements end up as pieces of a line. Nothing is copied: pieces are ranges of the
//! document.

use std::ops::Range;

use super::elements::{Content, Display, Name};
use super::rules::{HtmlRules, RegionKind};
use super::tokens::{Attributes, Token, Tokens};

/// The type of scripts that say what an article is.
const JSON_LD: &str = "application/ld+json";
/// Attributes that say what an element holds; some editing systems name their boxes in `type`.
const NAMING: [&str; 5] = ["class", "id", "role", "type", "itemprop"];
/// Open elements beyond this depth are ignored.
const MAX_DEPTH: usize = 512;
/// How far up an end tag looks for its start tag.
const MAX_CLOSED: usize = 64;

/// A block element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: usize,
    pub(super) name: Name,
    /// What it is called.
    pub(super) kind: Option<RegionKind>,
}

/// Text between two block boundaries.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) node: usize,
    pub(super) pieces: Range<usize>,
    /// Characters that are no white space.
    pub(super) chars: usize,
    /// Those of them in links.
    pub(super) linked: usize,
    /// Commas and ends of sentences.
    pub(super) marks: usize,
}

/// A part of a line.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Text of the document, with references not decoded.
    Text(Range<usize>),
    /// A boundary between two cells of a table row.
    Cell,
}

/// A document taken apart.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node>,
    pub(super) lines: Vec<Line>,
    pub(super) pieces: Vec<Piece>,
    /// `<meta>` and `<link>` in order.
    pub(super) head_elements: Vec<(Name, Attributes<'a>)>,
    /// `<time>` in order, each with the number of the line that it stands in or before.
    pub(super) times: Vec<(usize, Attributes<'a>)>,
    /// The content of `<title>`.
    pub(super) title: Option<Range<usize>>,
    /// The content of JSON-LD scripts.
    pub(super) linked_data: Vec<Range<usize>>,
}

/// An open element.
struct Open {
    name: Name,
    node: usize,
    hidden: bool,
    linked: bool,
}

struct Builder<'a, 'r> {
    html: &'a str,
    rules: Option<&'r HtmlRules>,
    tree: Tree<'a>,
    stack: Vec<Open>,
    /// The line that is being filled.
    line: Line,
}

impl<'a> Tree<'a> {
    /// Takes a document apart. Without rules no block is taken for anything else than the article.
    pub(super) fn read(html: &'a str, rules: Option<&HtmlRules>) -> Self {
        let mut builder =
            Builder { html, rules, tree: Tree::default(), stack: Vec::new(), line: empty_line(0, 0) };
        let root = Name::new(b"html");
        builder.tree.nodes.push(Node { parent: 0, name: root, kind: None });
        for token in Tokens::new(html) {
            builder.take(token);
        }
        builder.end_line();
        builder.tree
    }
}

fn empty_line(node: usize, piece: usize) -> Line {
    Line { node, pieces: piece..piece, chars: 0, linked: 0, marks: 0 }
}

impl<'a> Builder<'a, '_> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(range) => self.text(range),
            Token::Start { name, attributes } => self.start(name, attributes),
            Token::End(name) => self.end(name),
            Token::Raw { name, attributes, content } => self.raw(name, attributes, content),
        }
    }

    fn node(&self) -> usize {
        self.stack.last().map_or(0, |open| open.node)
    }

    fn text(&mut self, range: Range<usize>) {
        let open = self.stack.last();
        if open.is_some_and(|open| open.hidden) {
            return;
        }
        let linked = open.is_some_and(|open| open.linked);
        let (chars, marks) = count(&self.html.as_bytes()[range.clone()]);
        if self.line.chars == 0 {
            if chars == 0 {
                return;
            }
            self.line.node = self.node();
        }
        self.line.chars += chars;
        self.line.linked += if linked { chars } else { 0 };
        self.line.marks += marks;
        self.tree.pieces.push(Piece::Text(range));
    }

    fn end_line(&mut self) {
        let end = self.tree.pieces.len();
        let next = empty_line(self.node(), end);
        let mut line = std::mem::replace(&mut self.line, next);
        if line.chars > 0 {
            line.pieces.end = end;
            self.tree.lines.push(line);
        } else {
            self.tree.pieces.truncate(line.pieces.start);
            self.line.pieces = line.pieces.start..line.pieces.start;
        }
    }

    fn start(&mut self, name: Name, attributes: Attributes<'a>) {
        let display = name.display();
        match display {
            Display::Break => return self.end_line(),
            Display::Void => return self.void(name, attributes),
            Display::Block => {
                self.end_line();
                self.close_implied(name);
            }
            Display::Cell => {
                self.close_implied(name);
                self.cell();
            }
            Display::Inline | Display::Hidden => {}
        }
        if name.is("time") {
            self.tree.times.push((self.tree.lines.len(), attributes));
        }
        self.push(name, attributes, display);
    }

    /// A cell begins: it goes on the line of its row.
    fn cell(&mut self) {
        if self.line.chars > 0 {
            self.tree.pieces.push(Piece::Cell);
        }
    }

    fn push(&mut self, name: Name, attributes: Attributes<'a>, display: Display) {
        if self.stack.len() >= MAX_DEPTH {
            return;
        }
        let (mut node, mut hidden, mut linked) =
            self.stack.last().map_or((0, false, false), |open| (open.node, open.hidden, open.linked));
        hidden |= display == Display::Hidden || is_hidden(attributes);
        linked |= name.is("a");
        if matches!(display, Display::Block | Display::Cell) && !hidden {
            let kind = self.region_kind(name, attributes);
            self.tree.nodes.push(Node { parent: node, name, kind });
            node = self.tree.nodes.len() - 1;
        }
        self.stack.push(Open { name, node, hidden, linked });
    }

    fn region_kind(&self, name: Name, attributes: Attributes<'_>) -> Option<RegionKind> {
        match name.content() {
            Content::Aside => Some(RegionKind::Aside),
            Content::Page => None,
            Content::Any => kind_by_attributes(self.rules?, attributes),
        }
    }

    fn void(&mut self, name: Name, attributes: Attributes<'a>) {
        if name.is("meta") || name.is("link") {
            self.tree.head_elements.push((name, attributes));
        }
    }

    fn raw(&mut self, name: Name, attributes: Attributes<'a>, content: Range<usize>) {
        match name.as_bytes() {
            b"title" if self.tree.title.is_none() => self.tree.title = Some(content),
            b"script" if attributes.get("type").is_some_and(|t| t.trim().eq_ignore_ascii_case(JSON_LD)) => {
                self.tree.linked_data.push(content);
            }
            _ => {}
        }
    }

    /// Ends elements that end by themselves where `name` begins.
    fn close_implied(&mut self, name: Name) {
        let implied = name.implied_ends();
        let open = self.stack.iter().rev().take(MAX_CLOSED).enumerate();
        let hit = open
            .take_while(|(_, open)| !implied.is_within(open.name))
            .filter(|(_, open)| implied.closes(open.name))
            .last();
        if let Some((up, _)) = hit {
            self.stack.truncate(self.stack.len() - 1 - up);
        }
    }

    fn end(&mut self, name: Name) {
        if matches!(name.display(), Display::Block | Display::Break) {
            self.end_line();
        }
        let up = self.stack.iter().rev().take(MAX_CLOSED).position(|open| open.name == name);
        if let Some(up) = up {
            self.stack.truncate(self.stack.len() - 1 - up);
        }
    }
}

/// What an element is called: the article before all others, the headline after them.
fn kind_by_attributes(rules: &HtmlRules, attributes: Attributes<'_>) -> Option<RegionKind> {
    let mut kind = None;
    for (key, value) in attributes.iter() {
        let names = NAMING.iter().any(|naming| naming.eq_ignore_ascii_case(key));
        match names.then(|| rules.region_kind(value)).flatten() {
            Some(RegionKind::Article) => return Some(RegionKind::Article),
            Some(RegionKind::Headline) => kind = kind.or(Some(RegionKind::Headline)),
            Some(RegionKind::Aside) => kind = Some(RegionKind::Aside),
            None => {}
        }
    }
    kind
}

fn is_hidden(attributes: Attributes<'_>) -> bool {
    attributes.iter().any(|(key, value)| match key.len() {
        5 if key.eq_ignore_ascii_case("style") => {
            let squeezed: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            squeezed.to_ascii_lowercase().contains("display:none")
        }
        6 => key.eq_ignore_ascii_case("hidden"),
        _ => false,
    })
}

/// Characters that are no white space, and marks of sentences among them.
fn count(bytes: &[u8]) -> (usize, usize) {
    let (mut chars, mut marks) = (0, 0);
    for &b in bytes {
        // Bytes that continue a character in UTF-8 are not counted.
        chars += usize::from(b > b' ' && b & 0xc0 != 0x80);
        marks += usize::from(matches!(b, b',' | b'.' | b';' | b'?' | b'!'));
    }
    (chars, marks)
}
