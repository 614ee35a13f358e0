//! Lines of the tree to text, with a map back to the document.

use super::elements::Display;
use super::entities;
use super::tokens::{Token, Tokens};
use super::tree::{Piece, Tree};
use crate::text::{OffsetMap, OffsetMapBuilder};

/// Between two cells of a row.
const CELL: &str = " | ";

/// The text of the lines `lines`, one a line, and its map to `html`.
pub(super) fn render(html: &str, tree: &Tree<'_>, lines: &[usize]) -> (String, OffsetMap) {
    let mut writer = Writer::new(html);
    for &line in lines {
        writer.line(tree, line);
    }
    (writer.out, writer.map.finish())
}

/// The text of one line.
pub(super) fn line_text(html: &str, tree: &Tree<'_>, line: usize) -> String {
    let text = render(html, tree, &[line]).0;
    crate::text::normalized(&text).into_owned()
}

/// The text of a piece of a document.
pub(super) fn fragment_text(fragment: &str) -> String {
    let mut writer = Writer::new(fragment);
    for token in Tokens::new(fragment) {
        match token {
            Token::Text(range) => writer.text(range.start, range.end),
            Token::Start { name, .. } if name.display() == Display::Cell => writer.gap = Gap::Cell,
            _ => {}
        }
    }
    writer.out
}

/// What stands before the next character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
}

struct Writer<'a> {
    html: &'a str,
    out: String,
    map: OffsetMapBuilder,
    /// How far the map has come in the document.
    at: usize,
    gap: Gap,
}

impl<'a> Writer<'a> {
    fn new(html: &'a str) -> Self {
        Self { html, out: String::new(), map: OffsetMapBuilder::new(), at: 0, gap: Gap::None }
    }

    fn line(&mut self, tree: &Tree<'_>, line: usize) {
        self.gap = Gap::Line;
        for piece in &tree.pieces[tree.lines[line].pieces.clone()] {
            match piece {
                Piece::Text(range) => self.text(range.start, range.end),
                Piece::Cell => self.gap = self.gap.max(Gap::Cell),
            }
        }
    }

    /// White space runs become one space; references are decoded.
    fn text(&mut self, mut at: usize, end: usize) {
        let bytes = self.html.as_bytes();
        while at < end {
            let rest = &bytes[at..end];
            let plain = rest.iter().position(|&b| b <= b' ' || b == b'&').unwrap_or(rest.len());
            if plain > 0 {
                self.open_gap(at);
                self.out.push_str(&self.html[at..at + plain]);
                self.map.push_copied(plain);
                at += plain;
                self.at = at;
            } else if bytes[at] == b'&' {
                at = self.reference(at, end);
            } else {
                self.gap = self.gap.max(Gap::Space);
                at += 1;
            }
        }
    }

    fn reference(&mut self, at: usize, end: usize) -> usize {
        let (decoded, length) = entities::decode_at(&self.html[at..end]).unwrap_or(("&".into(), 1));
        if decoded.chars().all(|c| c <= ' ') {
            self.gap = self.gap.max(Gap::Space);
            return at + length;
        }
        self.open_gap(at);
        self.out.push_str(&decoded);
        self.map.push_replaced(decoded.len(), length);
        self.at = at + length;
        self.at
    }

    /// Writes what stands before the text at `at`.
    fn open_gap(&mut self, at: usize) {
        let skipped = at - self.at;
        let gap = if self.out.is_empty() { Gap::None } else { self.gap };
        let between = match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => CELL,
            Gap::Line => "\n",
        };
        self.out.push_str(between);
        if between.is_empty() {
            self.map.push_removed(skipped);
        } else {
            self.map.push_replaced(between.len(), skipped);
        }
        self.gap = Gap::None;
        self.at = at;
    }
}
