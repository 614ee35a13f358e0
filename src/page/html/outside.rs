//! What an HTML page shows outside its article: menus, comments, related pages.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::tree::{Line, Piece, Tree};
use super::{HtmlRules, render};
use crate::text::{Decoded, Encoding};

/// A line outside the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLine {
    /// Its normalized text.
    pub text: String,
    /// Where it stands in the document as stored, tags inside it included.
    pub bytes: Range<usize>,
}

/// The lines of a document that its article leaves out, in order.
pub(super) fn read(bytes: &[u8], encoding: Option<Encoding>, rules: &HtmlRules) -> Vec<OutsideLine> {
    let decoded = super::decode(bytes, encoding);
    let html: &str = &decoded.text;
    let (tree, _, chosen) = super::choose(html, rules);
    let kept: FxHashSet<usize> = chosen
        .lines
        .iter()
        .flat_map(|&line| texts(&tree, &tree.lines[line]))
        .map(|text| text.start)
        .collect();
    let whole = Tree::read(html, None);
    let outside = |line: &&Line| texts(&whole, line).all(|text| !kept.contains(&text.start));
    let lines = whole.lines.iter().enumerate().filter(|(_, line)| outside(line));
    lines.filter_map(|(number, line)| shown(&decoded, &whole, number, line)).collect()
}

fn texts<'t>(tree: &'t Tree<'_>, line: &Line) -> impl Iterator<Item = &'t Range<usize>> {
    tree.pieces[line.pieces.clone()].iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Cell => None,
    })
}

fn shown(decoded: &Decoded<'_>, tree: &Tree<'_>, number: usize, line: &Line) -> Option<OutsideLine> {
    let text = render::line_text(&decoded.text, tree, number);
    let first = texts(tree, line).next()?;
    let last = texts(tree, line).last()?;
    (!text.is_empty()).then(|| OutsideLine { text, bytes: decoded.map.raw(first.start..last.end) })
}
