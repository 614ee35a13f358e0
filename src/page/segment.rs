//! Where the article lies among the lines.
//!
//! The body is the run of lines with the largest sum of weights, prose counting for and short lines against it
//! (body text extraction: Finn, Kushmerick and Smyth, 2001, over lines in place of tokens). The sum is then widened over
//! prose that nothing but ordinary lines divides from it.

use std::ops::Range;

use super::cues::Effect;
use super::features::{Bullet, Line};

/// What one line of prose can weigh at most: one huge paragraph must not bridge a menu.
const MAX_WEIGHT: i32 = 600;
/// Weight of a line that a cue calls furniture.
const FURNITURE: i32 = -90;
/// How many headlines with leads make a list of other articles.
const MIN_TEASERS: usize = 3;
/// Longest headline and lead in such a list, in bytes.
const MAX_TEASER_HEADLINE: usize = 200;
const MAX_TEASER: usize = 450;
/// Average length (bytes) of headlines; sub-headings are shorter.
const LONG_HEADLINE: usize = 60;
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

/// The lines from the first to the last line of prose of the article; none on a page without prose.
pub(super) fn body(lines: &[Line]) -> Option<Body> {
    let all = widen(lines, heaviest(lines)?);
    let end = before_teasers(lines, &all);
    Some(Body { start: all.start, end, teasers: end < all.end })
}

/// Where a list of headlines, each with one short paragraph, begins at the end of `range`. Such a list can be told from
/// sections of one paragraph by what follows (a heading of links or a footer) and by the length of the headlines, or by
/// bullets that only the headlines have.
fn before_teasers(lines: &[Line], range: &Range<usize>) -> usize {
    let closed_off = lines[range.end..].iter().take(2).any(Line::closing);
    let mut start = range.end;
    let (mut pairs, mut bytes, mut bullets) = (0, 0, 0);
    while closed_off && start >= range.start + 3 && is_teaser(&lines[start - 2], &lines[start - 1]) {
        start -= 2;
        pairs += 1;
        bytes += lines[start].len();
        bullets += usize::from(lines[start].bullet == Bullet::One);
    }
    if pairs < MIN_TEASERS || (bullets < pairs && bytes < pairs * LONG_HEADLINE) {
        return range.end;
    }
    let heading = &lines[start - 1];
    let has_heading = bullets == pairs && !heading.prose && !heading.closed && heading.bullet == Bullet::None;
    start - usize::from(has_heading)
}

fn is_teaser(headline: &Line, lead: &Line) -> bool {
    let short = headline.plain()
        && headline.len() <= MAX_TEASER_HEADLINE
        && headline.words >= 4
        && !headline.full_stop;
    short && lead.prose && lead.plain() && lead.len() <= MAX_TEASER && lead.bullet == Bullet::None
}

fn weight(line: &Line) -> i32 {
    match line.effect {
        Some(Effect::End | Effect::Footer | Effect::Form | Effect::Link | Effect::Drop)
            if line.len() < 400 =>
        {
            return FURNITURE;
        }
        Some(Effect::Nav) => return -30,
        _ => {}
    }
    if line.prose {
        return i32::try_from(line.len()).unwrap_or(MAX_WEIGHT).min(MAX_WEIGHT);
    }
    match line.bullet {
        Bullet::Double => -40,
        Bullet::One if line.closed => 20,
        _ if line.closed => 0,
        _ if line.len() < 30 => -20,
        _ => -14,
    }
}

/// The run with the largest positive sum (Kadane); the first of equals.
fn heaviest(lines: &[Line]) -> Option<Range<usize>> {
    let (mut best, mut best_sum) = (None, 0);
    let (mut start, mut sum) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum += weight(line);
        if sum > best_sum {
            best_sum = sum;
            best = Some(start..i + 1);
        }
    }
    best
}

fn widen(lines: &[Line], found: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (found.start, found.end);
    let mut since = 0;
    for (i, line) in lines.iter().enumerate().skip(end) {
        since += 1;
        if line.closing()
            || line.effect == Some(Effect::Nav) && line.words > 0 && line.letters
            || since > MAX_BRIDGE
        {
            break;
        }
        if line.prose {
            (end, since) = (i + 1, 0);
        }
    }
    since = 0;
    for i in (0..start).rev() {
        since += 1;
        if lines[i].furniture() && lines[i].effect != Some(Effect::Drop) || since > 12 {
            break;
        }
        if lines[i].prose {
            (start, since) = (i, 0);
        }
    }
    start..end
}
