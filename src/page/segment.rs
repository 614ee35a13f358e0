//! Where the article lies among the lines.
//!
//! The body is the run of lines with the largest sum of weights, prose counting for and short lines against it
//! (body text extraction: Finn, Kushmerick and Smyth, 2001, over lines in place of tokens). The sum is then widened over
//! prose that nothing but ordinary lines divides from it.

use std::cmp::Reverse;
use std::ops::Range;

use super::cues::Effect;
use super::features::{Bullet, Line};
use super::teasers;

/// What one line of prose can weigh at most: one huge paragraph must not bridge a menu.
const MAX_WEIGHT: i32 = 600;
/// Weight of a line that a cue calls furniture.
const FURNITURE: i32 = -90;
/// From this length (bytes) on, such a line weighs as prose.
const MAX_FURNITURE: usize = 400;
/// Weight of a menu entry.
const MENU_ENTRY: i32 = -30;
/// Weight of a line with two list marks.
const DOUBLE_BULLET: i32 = -40;
/// Weight of an item of a list that ends as a sentence does.
const CLOSED_ITEM: i32 = 20;
/// Weight of any other line that does not end as a sentence does.
const UNCLOSED: i32 = -25;
/// The same of one below [`SHORT`] bytes.
const SHORT_UNCLOSED: i32 = -20;
const SHORT: usize = 30;
/// How many ordinary lines above the run may divide more prose from it, and how many its date of publication.
const MAX_GAP: usize = 12;
const MAX_DATE_GAP: usize = 30;
/// Average length (bytes) of the lines of an article under its date; menu entries are shorter.
const LONG_LINES: usize = 40;
/// How far below the heading of a box of links, inside an article, the article must have gone on.
const MAX_BOX: usize = 12;
/// Weight of a heading of links to other articles.
const HEADING: i32 = -500;
/// How far the sum may fall within a run.
const MAX_DROP: i32 = 1200;
/// What a date of publication is worth, and how far above and below the first line of a run it may stand.
const DATED: i32 = 800;
const DATE_ABOVE: usize = 4;
const DATE_BELOW: usize = 4;
/// So many lines of footers and forms make a footer.
const FOOTER_LINES: usize = 4;
/// Paragraphs up to this length (bytes) weigh little where none stands next to them: leads of other articles do so.
const LONE: usize = 450;
const LONE_WEIGHT: i32 = 20;
/// Widest stretch of ordinary lines between two parts of one article (a table, a list).
const MAX_BRIDGE: usize = 80;

/// Where the article's body lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    /// Index of its first line.
    pub(super) start: usize,
    /// Index behind its last line of prose.
    pub(super) end: usize,
    /// Whether a list of other articles with their leads follows right behind it.
    pub(super) teasers: bool,
}

/// The lines from the first to the last line of prose of the article; none on a page without prose. `dated` tells
/// whether a line says when an article was published.
pub(super) fn body(lines: &[Line], dated: impl Fn(&Line) -> bool) -> Option<Body> {
    let all = widen(lines, &heaviest(lines, &dated)?, &dated);
    let end = teasers::start(lines, &all);
    Some(Body { start: all.start, end, teasers: end < all.end })
}

fn weight(lines: &[Line], i: usize) -> i32 {
    let line = &lines[i];
    match line.effect {
        Some(Effect::End) if !line.prose => return HEADING,
        Some(Effect::End | Effect::Footer | Effect::Form | Effect::Link | Effect::Drop)
            if line.len() < MAX_FURNITURE =>
        {
            return FURNITURE;
        }
        Some(Effect::Nav) => return MENU_ENTRY,
        _ => {}
    }
    if line.prose {
        let next_to = |j: usize| lines.get(j).is_some_and(|l| l.prose);
        if line.len() <= LONE && !next_to(i + 1) && !(i > 0 && next_to(i - 1)) {
            return LONE_WEIGHT;
        }
        return i32::try_from(line.len()).unwrap_or(MAX_WEIGHT).min(MAX_WEIGHT);
    }
    match line.bullet {
        Bullet::Double => DOUBLE_BULLET,
        Bullet::One | Bullet::Number if line.closed => CLOSED_ITEM,
        _ if line.closed => 0,
        _ if line.effect == Some(Effect::Caption) => 0,
        _ if line.len() < SHORT => SHORT_UNCLOSED,
        _ => UNCLOSED,
    }
}

/// A run of lines with a positive sum of weights.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    sum: i32,
    /// Lines of footers and forms above it.
    footers: usize,
}

/// The runs of positive sums: each ends where its sum was largest, before it fell to nothing or by more than [`MAX_DROP`].
fn runs(lines: &[Line]) -> Vec<Run> {
    let mut all = Vec::new();
    let mut footers = 0;
    let mut run = Run { start: 0, end: 0, sum: 0, footers };
    let mut sum = 0;
    for (i, line) in lines.iter().enumerate() {
        if sum <= 0 || sum < run.sum - MAX_DROP {
            if run.sum > 0 {
                all.push(run);
            }
            (run, sum) = (Run { start: i, end: i, sum: 0, footers }, 0);
        }
        sum += weight(lines, i);
        if sum > run.sum {
            (run.end, run.sum) = (i + 1, sum);
        }
        footers += usize::from(matches!(line.effect, Some(Effect::Footer | Effect::Form)));
    }
    if run.sum > 0 {
        all.push(run);
    }
    all
}

/// The run with the largest sum, where a date of publication at its head counts for it and a footer above against it.
fn heaviest(lines: &[Line], dated: impl Fn(&Line) -> bool) -> Option<Range<usize>> {
    let all = runs(lines);
    let score = |run: &Run| {
        let head = run.start.saturating_sub(DATE_ABOVE)..(run.start + DATE_BELOW).min(lines.len());
        let bonus = if all.len() > 1 && lines[head].iter().any(&dated) { DATED } else { 0 };
        let sum = if run.footers >= FOOTER_LINES { run.sum / 3 } else { run.sum };
        (sum + bonus, Reverse(run.start))
    };
    all.iter().max_by_key(|run| score(run)).map(|run| run.start..run.end)
}

/// Widens the run over prose that only ordinary lines divide from it, and up to the date above it.
fn widen(lines: &[Line], found: &Range<usize>, dated: impl Fn(&Line) -> bool) -> Range<usize> {
    let start = under_date(lines, found.start, dated).unwrap_or_else(|| widen_up(lines, found.start));
    start..widen_down(lines, found.end)
}

fn widen_down(lines: &[Line], from: usize) -> usize {
    let (mut end, mut since) = (from, 0);
    for (i, line) in lines.iter().enumerate().skip(from) {
        since += 1;
        let over = line.closing() && !resumes(lines, i);
        if over || line.menu_entry() || since > MAX_BRIDGE {
            break;
        }
        if line.prose {
            (end, since) = (i + 1, 0);
        }
    }
    end
}

/// Whether the article goes on below the heading of links at `heading`: soon there are two paragraphs in a row, which
/// lists of headlines and leads do not have.
fn resumes(lines: &[Line], heading: usize) -> bool {
    let signed_off = heading > 0 && lines[heading - 1].effect == Some(Effect::Byline);
    if signed_off || lines[heading].effect != Some(Effect::End) {
        return false;
    }
    let mut after_prose = false;
    for line in lines[heading + 1..].iter().take(MAX_BOX) {
        match line.effect {
            Some(Effect::Link | Effect::Drop | Effect::Caption) => {}
            Some(Effect::End | Effect::Footer | Effect::Form | Effect::Nav | Effect::Byline) => return false,
            None if line.prose && line.full_stop && after_prose => return true,
            None => after_prose = line.prose && line.full_stop,
        }
    }
    false
}

fn widen_up(lines: &[Line], from: usize) -> usize {
    let (mut start, mut since) = (from, 0);
    for i in (0..from).rev() {
        since += 1;
        if ends_upwards(&lines[i]) || since > MAX_GAP {
            break;
        }
        if lines[i].prose {
            (start, since) = (i, 0);
        }
    }
    start
}

/// The line behind the nearest date of publication above `from` (or the lead above the date), if what stands between could be lists, captions and
/// paragraphs of the article.
fn under_date(lines: &[Line], from: usize, dated: impl Fn(&Line) -> bool) -> Option<usize> {
    let mut bytes = 0;
    for i in (0..from).rev().take(MAX_DATE_GAP) {
        if ends_upwards(&lines[i]) {
            return None;
        }
        if dated(&lines[i]) {
            let start = if i > 0 && lines[i - 1].prose && lines[i - 1].plain() { i - 1 } else { i + 1 };
            return (bytes >= (from - i - 1) * LONG_LINES).then_some(start);
        }
        bytes += lines[i].len();
    }
    None
}

fn ends_upwards(line: &Line) -> bool {
    line.furniture() && line.effect != Some(Effect::Drop)
}
