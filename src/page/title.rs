//! The headline and the date line over an article.

use super::cues::Effect;
use super::dateline::{Dateline, Datelines};
use super::features::{Line, is_name};

/// How far above the body headline and dateline are looked for, in lines.
const ABOVE: usize = 9;
/// How far into the body a dateline may stand (some sites put it under the lead).
const INTO: usize = 4;
/// A bare date counts only among so many first lines of a page: further down it may stand in a table.
const BARE: usize = 4;
/// How far below the body a dateline may stand.
const BELOW: usize = 4;
/// How far above the date the headline is looked for.
const OVER_DATE: usize = 3;
/// A line over the date or the body is surely the headline from this length (bytes) and so many words on; a shorter one
/// may be a menu entry.
const SURE_TITLE: usize = 32;
const SURE_WORDS: u8 = 6;
/// Headlines have so many words or bytes at least.
const MIN_WORDS: u8 = 4;
const MIN_TITLE: usize = 28;
/// Longest headline, in bytes.
const MAX_TITLE: usize = 330;

/// What stands over the article.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Line of the headline.
    pub(super) title: Option<usize>,
    /// Line that dates the article, and what it says.
    pub(super) dateline: Option<(usize, Dateline)>,
}

/// Finds the headline and the dateline of the article whose body is `first..end`.
pub(super) fn head(text: &str, lines: &[Line], first: usize, end: usize, datelines: &Datelines) -> Head {
    let dateline = find_dateline(text, lines, first, end, datelines);
    let title = find_title(text, lines, first, dateline.as_ref().map(|(i, _)| *i), datelines);
    Head { title, dateline }
}

/// The marked dateline nearest to the start of the body, else a bare date there, else one right below the body.
fn find_dateline(
    text: &str,
    lines: &[Line],
    first: usize,
    end: usize,
    datelines: &Datelines,
) -> Option<(usize, Dateline)> {
    let read = |i: usize| datelines.read(&text[lines[i].span.clone()]).map(|d| (i, d));
    let above = (first.saturating_sub(ABOVE)..first).rev();
    let into = first..(first + INTO).min(lines.len());
    let near: Vec<_> = above.chain(into).filter_map(read).collect();
    let bare = near.iter().find(|(i, _)| *i < BARE);
    let marked = near.iter().find(|(_, d)| d.marked).or(bare).cloned();
    marked.or_else(|| (end..(end + BELOW).min(lines.len())).filter_map(read).find(|(_, d)| d.marked))
}

/// The headline: the first line of the body if it looks like one, else the line over the dateline, else the nearest one
/// over the body.
fn find_title(
    text: &str,
    lines: &[Line],
    first: usize,
    dated: Option<usize>,
    datelines: &Datelines,
) -> Option<usize> {
    let top = first.saturating_sub(ABOVE);
    let candidate = |i: &usize| is_candidate(text, &lines[*i], datelines);
    let silent = |i: &usize| {
        matches!(lines[*i].effect, Some(Effect::Drop | Effect::Byline))
            || is_name(&text[lines[*i].span.clone()])
    };
    let sure = |i: &usize| is_sure(&lines[*i]);
    let above_date = |date: usize| (date.saturating_sub(OVER_DATE)..date).rev().find(|i| !silent(i));
    let over_date = dated.filter(|date| *date <= first).and_then(above_date);
    let over_date = over_date.filter(|i| candidate(i) && sure(i));
    let over_body = (top..first).rev().find(candidate);
    let sure_over_body = over_body.filter(sure);
    let opening = opening(text, lines, first, dated);
    let under_date = opening.filter(|i| lines[*i].headline());
    over_date.or(under_date).or(sure_over_body).or(opening).or(over_body)
}

fn is_candidate(text: &str, line: &Line, datelines: &Datelines) -> bool {
    let words = &text[line.span.clone()];
    let long_enough = line.words >= MIN_WORDS || line.len() >= MIN_TITLE;
    line.plain()
        && line.letters
        && line.len() <= MAX_TITLE
        && long_enough
        && !words.ends_with('.')
        && !is_name(words)
        && datelines.read(words).is_none()
}

/// Whether a line that may be the headline is too long for a menu entry.
fn is_sure(line: &Line) -> bool {
    line.words >= SURE_WORDS && line.len() >= SURE_TITLE
}

/// The first line of the body itself, where it looks like a headline over what follows (`… có đáng không?`).
fn opening(text: &str, lines: &[Line], first: usize, dated: Option<usize>) -> Option<usize> {
    let line = lines.get(first)?;
    let next = lines.get(first + 1)?;
    let words = &text[line.span.clone()];
    let over_date = dated.is_some_and(|d| d == first + 1 || d + 1 == first);
    let short = line.len() <= MAX_TITLE && !words.ends_with(['.', ':', ';']) && line.plain();
    (short && (over_date || first == 0 && next.len() > line.len())).then_some(first)
}
