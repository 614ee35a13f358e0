//! Lists of other articles: headlines, each with a short lead, that no heading announces.

use std::ops::Range;

use super::cues::Effect;
use super::features::{Bullet, Line};

/// How many leads make a list.
const MIN_LEADS: usize = 3;
/// Longest headline and lead in a list, in bytes.
const MAX_HEADLINE: usize = 200;
const MAX_LEAD: usize = 450;
/// Average length (bytes) of headlines; the sub-headings of an article are shorter.
const LONG_HEADLINE: usize = 60;
/// Headlines have at least so many words; fewer make a label (a section, a time), which is not averaged.
const HEADLINE_WORDS: u8 = 5;
/// A page with fewer lines of furniture is an article alone, and has no such list.
const MIN_FURNITURE: usize = 6;
/// Within how many lines behind the list the article must be over.
const CLOSED_WITHIN: usize = 3;

/// Where a list of headlines and leads begins at the end of `range`; its end if there is none.
///
/// Such a list can be told from sections of one paragraph by what follows (other links, a footer, the end) and by the
/// length of the headlines, or by bullets that only the headlines have.
pub(super) fn start(lines: &[Line], range: &Range<usize>) -> usize {
    let mut behind = lines[range.end..].iter().take(CLOSED_WITHIN);
    let closed = behind.any(|l| l.closing() || l.menu_entry()) || range.end + CLOSED_WITHIN >= lines.len();
    let list = if closed { walk_back(lines, range) } else { return range.end };
    let bulleted = list.headlines > 0 && list.bullets == list.headlines;
    let long = list.bytes >= list.headlines * LONG_HEADLINE;
    // The questions of an interview and the captions of a series of pictures look alike otherwise.
    let asked = list.questions * 2 > list.headlines;
    let captions = list.leads * 2 < list.headlines;
    let sure = bulleted || long && lines.iter().filter(|l| l.furniture()).count() >= MIN_FURNITURE;
    if !sure || asked || captions || list.leads < MIN_LEADS || list.start <= range.start + 1 {
        return range.end;
    }
    let heading = &lines[list.start - 1];
    let headed = bulleted && !heading.prose && !heading.closed && heading.bullet == Bullet::None;
    list.start - usize::from(headed)
}

/// A stretch of headlines and leads.
#[derive(Default)]
struct List {
    start: usize,
    leads: usize,
    headlines: usize,
    questions: usize,
    bytes: usize,
    bullets: usize,
}

fn walk_back(lines: &[Line], range: &Range<usize>) -> List {
    let mut list = List { start: range.end, ..List::default() };
    while list.start > range.start {
        let line = &lines[list.start - 1];
        let bulleted = list.bullets > 0 && list.bullets == list.headlines;
        if is_headline(line) {
            if bulleted && line.bullet == Bullet::None {
                break;
            }
            if line.words >= HEADLINE_WORDS {
                list.headlines += 1;
                list.questions += usize::from(line.closed);
                list.bytes += line.len();
                list.bullets += usize::from(line.bullet == Bullet::One);
            }
        } else if is_lead(line) && list.start >= range.start + 2 && is_headline(&lines[list.start - 2]) {
            list.leads += 1;
        } else {
            break;
        }
        list.start -= 1;
    }
    list
}

fn is_headline(line: &Line) -> bool {
    let title_like = !line.prose || line.bullet == Bullet::One;
    title_like
        && matches!(line.effect, None | Some(Effect::Nav))
        && line.len() <= MAX_HEADLINE
        && !line.full_stop
}

fn is_lead(line: &Line) -> bool {
    let long = line.prose || line.len() > MAX_HEADLINE;
    long && line.plain() && line.len() <= MAX_LEAD && line.bullet == Bullet::None
}
