//! Where the article lies among the lines.
//!
//! The body is the run of lines with the largest sum of weights, prose counting for and short lines against it
//! (body text extraction: Finn, Kushmerick and Smyth, 2001, over lines in place of tokens). The sum is then widened over
//! prose that nothing but ordinary lines divides from it.

use std::ops::Range;

use super::cues::Effect;
use super::features::{Bullet, Line};
use super::teasers;

/// What one line of prose can weigh at most: one huge paragraph must not bridge a menu.
const MAX_WEIGHT: i32 = 600;
/// Weight of a line that a cue calls furniture.
const FURNITURE: i32 = -90;
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

/// The lines from the first to the last line of prose of the article; none on a page without prose.
pub(super) fn body(lines: &[Line]) -> Option<Body> {
    let all = widen(lines, heaviest(lines)?);
    let end = teasers::start(lines, &all);
    Some(Body { start: all.start, end, teasers: end < all.end })
}

fn weight(lines: &[Line], i: usize) -> i32 {
    let line = &lines[i];
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
        let next_to = |j: usize| lines.get(j).is_some_and(|l| l.prose);
        if line.len() <= LONE && !next_to(i + 1) && !(i > 0 && next_to(i - 1)) {
            return LONE_WEIGHT;
        }
        return i32::try_from(line.len()).unwrap_or(MAX_WEIGHT).min(MAX_WEIGHT);
    }
    match line.bullet {
        Bullet::Double => -40,
        Bullet::One if line.closed => 20,
        _ if line.closed => 0,
        _ if line.effect == Some(Effect::Caption) => 0,
        _ if line.len() < 30 => -20,
        _ => -25,
    }
}

/// The run with the largest positive sum (Kadane); the first of equals.
fn heaviest(lines: &[Line]) -> Option<Range<usize>> {
    let (mut best, mut best_sum) = (None, 0);
    let (mut start, mut sum) = (0, 0);
    for i in 0..lines.len() {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum += weight(lines, i);
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
