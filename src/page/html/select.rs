//! Which lines of a document are the article.

use super::rules::RegionKind;
use super::tree::{Node, Tree};
use super::{date, render};

/// Shortest line that counts as prose, in characters without white space.
const PROSE: usize = 40;
/// How many lines before the headline may hold the date.
const ABOVE_TITLE: usize = 4;
/// How many lines before the main block may hold a headline that is no heading.
const ABOVE_BODY: usize = 6;
/// Shortest and longest headline that is no heading, in characters without white space.
const TITLE: (usize, usize) = (16, 250);
/// How many lines after the main block may hold the date.
const BELOW_BODY: usize = 3;
/// Longest line that is taken for a date line, in characters.
const DATE_LINE: usize = 70;
/// An aside counts for so much less than other prose.
const ASIDE: u64 = 8;

/// The lines of the article.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// In order.
    pub(super) lines: Vec<usize>,
    /// The headline among all lines.
    pub(super) title: Option<usize>,
}

/// Chooses the lines of the article, whose title the metadata gives as `known_title`.
pub(super) fn select(html: &str, tree: &Tree<'_>, known_title: Option<&str>) -> Chosen {
    let asides = asides(html, tree, known_title);
    let weights = Weights::of(tree, &asides);
    let Some(main) = weights.main(tree) else { return everything(tree, &asides) };
    let inside = below(tree, main);
    let Some(first) = tree.lines.iter().position(|line| inside[line.node]) else {
        return everything(tree, &asides);
    };
    let last = tree.lines.iter().rposition(|line| inside[line.node]).unwrap_or(first);
    let title = find_title(html, tree, known_title, first, last);
    let start = title.filter(|t| *t < first).unwrap_or(first);
    let mut lines: Vec<usize> = Vec::new();
    let above = start.saturating_sub(ABOVE_TITLE)..start;
    lines.extend(above.filter(|&i| is_date_line(html, tree, i)));
    lines.extend((start..=last).filter(|&i| {
        Some(i) == title
            || if inside[tree.lines[i].node] {
                asides[tree.lines[i].node] <= asides[main] && !is_linked(tree, i)
            } else {
                // A lead between the headline and the main block.
                is_prose(tree, i) && asides[tree.lines[i].node] <= asides[main] || is_date_line(html, tree, i)
            }
    }));
    if !lines.iter().any(|&i| is_date_line(html, tree, i)) {
        lines.extend((last + 1..=last + BELOW_BODY).filter(|&i| is_date_line(html, tree, i)).take(1));
    }
    Chosen { lines, title }
}

/// A page without a main block is taken whole, but for what is named as something else.
fn everything(tree: &Tree<'_>, asides: &[u32]) -> Chosen {
    let keep = |i: &usize| asides[tree.lines[*i].node] == 0 && !is_linked(tree, *i);
    Chosen { lines: (0..tree.lines.len()).filter(keep).collect(), title: None }
}

/// For each node, how many of it and those around it are named as something else than the article. What the headline is
/// in is none of them: whole pages are called `has-sidebar`.
fn asides(html: &str, tree: &Tree<'_>, known: Option<&str>) -> Vec<u32> {
    let is_h1 = |i: &usize| tree.nodes[tree.lines[*i].node].name.is("h1");
    let says = |i: &usize| known.is_some_and(|known| is_title(known, &render::line_text(html, tree, *i)));
    let headlines = || (0..tree.lines.len()).filter(is_h1);
    let mut around = vec![false; tree.nodes.len()];
    if let Some(line) = headlines().find(says).or_else(|| headlines().next()) {
        let mut at = tree.lines[line].node;
        while at != 0 {
            around[at] = true;
            at = tree.nodes[at].parent;
        }
    }
    let mut asides = vec![0; tree.nodes.len()];
    for (i, node) in tree.nodes.iter().enumerate().skip(1) {
        asides[i] = asides[node.parent] + u32::from(node.kind == Some(RegionKind::Aside) && !around[i]);
    }
    asides
}

/// How much prose each node holds.
struct Weights {
    /// Prose right below a node counts whole, two levels below half, three levels below a quarter.
    near: Vec<u64>,
    /// Characters of prose anywhere below.
    prose: Vec<u64>,
    /// All characters anywhere below.
    all: Vec<u64>,
    /// Lines of prose anywhere below, and how many of them follow a line that is a link: teasers.
    lines: Vec<(u32, u32)>,
}

impl Weights {
    fn of(tree: &Tree<'_>, asides: &[u32]) -> Self {
        let zero = || vec![0; tree.nodes.len()];
        let lines = vec![(0, 0); tree.nodes.len()];
        let mut weights = Self { near: zero(), prose: zero(), all: zero(), lines };
        for (i, line) in tree.lines.iter().enumerate() {
            weights.all[line.node] += line.chars as u64;
            if is_prose(tree, i) {
                let share = if asides[line.node] > 0 { ASIDE } else { 1 };
                weights.prose[line.node] += line.chars as u64 / share;
                let (lines, teasers) = &mut weights.lines[line.node];
                *lines += 1;
                *teasers += u32::from(i > 0 && is_linked(tree, i - 1));
                weights.spread(tree, line.node, worth(line.chars, line.marks) / share);
            }
        }
        // A node comes after its parent, so sums flow up in one pass from the end.
        for node in (1..tree.nodes.len()).rev() {
            let parent = tree.nodes[node].parent;
            weights.prose[parent] += weights.prose[node];
            weights.all[parent] += weights.all[node];
            let (lines, teasers) = weights.lines[node];
            weights.lines[parent].0 += lines;
            weights.lines[parent].1 += teasers;
        }
        weights
    }

    fn spread(&mut self, tree: &Tree<'_>, node: usize, worth: u64) {
        let Node { parent, name, .. } = tree.nodes[node];
        let mut at = if name.is_paragraph() { parent } else { node };
        for share in [1, 2, 4] {
            self.near[at] += worth / share;
            at = tree.nodes[at].parent;
        }
    }

    /// The block that holds the article: the one with most prose near it, or one around it that adds as much again.
    fn main(&self, tree: &Tree<'_>) -> Option<usize> {
        let density = |node: usize| {
            let (lines, teasers) = self.lines[node];
            let share = if teasers > 1 && teasers * 3 >= lines * 2 { ASIDE } else { 1 };
            self.near[node] * self.prose[node] / self.all[node].max(1) / share
        };
        let best = (0..tree.nodes.len()).max_by_key(|&node| (density(node), std::cmp::Reverse(node)))?;
        if self.near[best] == 0 {
            return None;
        }
        let mut main = best;
        let mut at = best;
        while at != 0 {
            at = tree.nodes[at].parent;
            let (prose, all) = (self.prose[at] - self.prose[main], self.all[at] - self.all[main]);
            if prose * 5 >= self.prose[main] && prose * 3 >= all * 2 {
                main = at;
            }
        }
        Some(main)
    }
}

/// What a line of prose is worth: long lines with many sentence marks are surest.
fn worth(chars: usize, marks: usize) -> u64 {
    10 + chars.min(600) as u64 / 10 + 3 * marks.min(10) as u64
}

fn is_prose(tree: &Tree<'_>, line: usize) -> bool {
    let line = &tree.lines[line];
    line.chars >= PROSE && line.linked * 3 < line.chars && line.marks > 0
}

fn is_linked(tree: &Tree<'_>, line: usize) -> bool {
    tree.lines[line].linked * 2 > tree.lines[line].chars
}

/// For each node, whether it is `main` or below it.
fn below(tree: &Tree<'_>, main: usize) -> Vec<bool> {
    let mut inside = vec![false; tree.nodes.len()];
    inside[main] = true;
    for node in main + 1..tree.nodes.len() {
        inside[node] = inside[tree.nodes[node].parent];
    }
    inside
}

fn is_date_line(html: &str, tree: &Tree<'_>, line: usize) -> bool {
    let Some(found) = tree.lines.get(line) else { return false };
    found.chars <= DATE_LINE && !is_linked(tree, line) && date::is_shown(&render::line_text(html, tree, line))
}

/// The headline: the heading that says what the metadata say, or else the last `<h1>` before the article.
fn find_title(html: &str, tree: &Tree<'_>, known: Option<&str>, first: usize, last: usize) -> Option<usize> {
    let text = |i: usize| render::line_text(html, tree, i);
    let element = |i: usize| tree.nodes[tree.lines[i].node].name;
    let is_h1 = |i: &usize| element(*i).is("h1");
    let says = |i: &usize| known.is_some_and(|known| is_title(known, &text(*i)));
    let heading = |i: &usize| element(*i).is_heading();
    let before = || (0..=last).rev().filter(move |i| *i <= first + 3);
    (0..=last)
        .filter(is_h1)
        .find(says)
        .or_else(|| before().filter(heading).find(says))
        .or_else(|| before().filter(|&i| known.is_some_and(|k| tree.lines[i].chars <= k.len())).find(says))
        .or_else(|| before().find(is_h1))
        .or_else(|| (first.saturating_sub(ABOVE_BODY)..first).rev().find(|&i| is_named_title(tree, i)))
}

/// A line of its own that is called a title, where the page has no heading for it.
fn is_named_title(tree: &Tree<'_>, line: usize) -> bool {
    let found = &tree.lines[line];
    let alone = |node: usize| tree.lines.iter().filter(|line| line.node == node).count() == 1;
    (TITLE.0..=TITLE.1).contains(&found.chars)
        && tree.nodes[found.node].kind == Some(RegionKind::Headline)
        && !is_linked(tree, line)
        && alone(found.node)
}

/// Whether a line is the title that the metadata give, which may have the name of the site after it.
fn is_title(known: &str, line: &str) -> bool {
    let (known, line) = (crate::text::fold(known), crate::text::fold(line));
    let line = line.trim();
    if line.is_empty() {
        return false;
    }
    // A line that is most of the title is it; a shorter one where the rest is set off.
    let most = line.len() * 2 >= known.len();
    let before = |rest: &str| rest.trim_end().ends_with(['-', '|', '–', ':', '»']);
    let after = |rest: &str| rest.trim_start().starts_with(['-', '|', '–']);
    known.strip_prefix(line).is_some_and(|rest| most || after(rest))
        || known.strip_suffix(line).is_some_and(|rest| most && before(rest))
}

#[cfg(test)]
mod tests {
    use super::is_title;

    #[test]
    fn a_title_may_have_the_name_of_the_site_after_it() {
        assert!(is_title("Huyện trồng 5 ha rừng | Báo Xứ Này", "Huyện trồng 5 ha rừng"));
        assert!(is_title("Góc Làng: Huyện trồng 5 ha rừng", "Huyện trồng 5 ha rừng"));
        assert!(
            !is_title("Huyện trồng 5 ha rừng", "Rừng") && !is_title("Góc Làng: Huyện trồng rừng", "Góc Làng")
        );
        // Blanks around the line are no part of it.
        assert!(!is_title("à con thôn Đồi", "\u{a0}\u{a0}à \u{a0}"));
    }
}
