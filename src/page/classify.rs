//! The decision on every line.

use super::cues::Effect;
use super::features::{Bullet, Line, is_name};
use super::segment;
use super::spam::{SpamRules, has_cjk_lead, is_foreign};
use super::title::{Head, head};
use super::{Block, Compiled, Page, Role};

/// Menu-like lines above the headline from which on they are taken for a menu without any cue.
const MENU_LINES: usize = 8;
/// How far back from the first cue of a footer its unmarked lines may begin.
const FOOTER_LEAD: usize = 12;
/// Longest unmarked line of a footer, in bytes.
const FOOTER_LINE: usize = 70;
/// How many bylines can follow each other.
const MAX_BYLINES: usize = 4;

/// One line's verdict.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    keep: bool,
    role: Role,
    rule: &'static str,
}

const fn keep(role: Role, rule: &'static str) -> Verdict {
    Verdict { keep: true, role, rule }
}

const fn drop(rule: &'static str) -> Verdict {
    Verdict { keep: false, role: Role::Boilerplate, rule }
}

/// Judges all lines of a page.
pub(super) fn classify(text: &str, lines: &[Line], rules: &Compiled) -> Page {
    let mut judge =
        Judge { text, lines, verdicts: vec![keep(Role::Body, "body"); lines.len()], author: None };
    let body = segment::body(lines);
    let mut found = Head::default();
    if let Some(body) = &body {
        found = head(text, lines, body.start, body.end, &rules.datelines);
        let top = found.title.map_or(body.start, |t| t.min(body.start));
        judge.inside(top, body.end);
        judge.above(top, body.start, &found);
        judge.below(body.end);
    } else {
        judge.without_prose();
    }
    judge.foreign_and_spam(&rules.spam);
    judge.finish(found)
}

struct Judge<'p> {
    text: &'p str,
    lines: &'p [Line],
    verdicts: Vec<Verdict>,
    author: Option<usize>,
}

impl Judge<'_> {
    fn words(&self, i: usize) -> &str {
        &self.text[self.lines[i].span.clone()]
    }

    /// Between headline and end of the body: only furniture goes, and the headlines under a pointer to other articles.
    fn inside(&mut self, top: usize, end: usize) {
        let mut box_open = false;
        for i in top..end {
            let line = &self.lines[i];
            match line.effect {
                Some(Effect::Drop) => self.verdicts[i] = drop(line.cue),
                Some(Effect::Footer) if !line.prose => self.verdicts[i] = drop(line.cue),
                Some(Effect::End | Effect::Link) if !line.prose || line.effect == Some(Effect::Link) => {
                    self.verdicts[i] = drop(line.cue);
                    box_open = true;
                    continue;
                }
                Some(Effect::Caption) => self.verdicts[i] = keep(Role::Body, line.cue),
                None if box_open && line.headline() => {
                    self.verdicts[i] = drop("related-headline");
                    continue;
                }
                _ => {}
            }
            box_open = false;
        }
    }

    /// Over the headline: a menu is dropped if there are signs of one.
    fn above(&mut self, top: usize, first: usize, found: &Head) {
        let head = &self.lines[..top];
        let cues = head.iter().filter(|l| l.furniture()).count();
        let short = head.iter().filter(|l| !l.prose && !l.closed && l.bullet == Bullet::None).count();
        let dated =
            found.dateline.as_ref().is_some_and(|(i, _)| *i > top || *i < first) && found.title.is_some();
        let menu = cues >= 2 || short >= MENU_LINES || dated;
        for i in 0..top {
            let line = &self.lines[i];
            if line.furniture() {
                self.verdicts[i] = drop(line.cue);
            } else if menu && !(dated && cues < 2 && line.prose) {
                self.verdicts[i] = drop("above-headline");
            }
        }
    }

    /// Under the body: bylines stay, and everything from the first sign of a footer or of other articles on goes.
    fn below(&mut self, end: usize) {
        let mut after = end;
        while after < self.lines.len() && after < end + MAX_BYLINES && self.is_byline(after) {
            self.verdicts[after] =
                keep(Role::Byline, if self.lines[after].plain() { "name" } else { self.lines[after].cue });
            self.author = self.author.or(Some(after));
            after += 1;
        }
        let Some(sign) = self.first_sign(after) else { return };
        let signed_off = after > end;
        let mut from = sign;
        while from > after && (signed_off || (sign - from < FOOTER_LEAD && self.may_lead_footer(from - 1))) {
            from -= 1;
        }
        for i in from..self.lines.len() {
            let line = &self.lines[i];
            self.verdicts[i] = drop(if line.furniture() { line.cue } else { "below-article" });
        }
        for i in after..from {
            if matches!(self.lines[i].effect, Some(Effect::Drop | Effect::Link)) {
                self.verdicts[i] = drop(self.lines[i].cue);
            }
        }
    }

    fn is_byline(&self, i: usize) -> bool {
        let line = &self.lines[i];
        match line.effect {
            Some(Effect::Byline) => !line.prose,
            Some(_) => false,
            None => line.words <= 8 && is_name(self.words(i)),
        }
    }

    /// The first line from `from` on that ends the article: a closing heading, two lines of a footer, or of a menu.
    fn first_sign(&self, from: usize) -> Option<usize> {
        let lines = &self.lines[from..];
        let marks =
            lines.iter().filter(|l| l.closing() || l.effect == Some(Effect::Nav) && l.letters).count();
        let near_end = lines.len() <= 3;
        lines
            .iter()
            .position(|l| {
                l.effect == Some(Effect::End)
                    || (l.effect == Some(Effect::Footer) && (marks >= 2 || near_end))
                    || l.bullet == Bullet::Double
                    || (l.effect == Some(Effect::Nav) && l.letters && marks >= 3)
            })
            .map(|n| from + n)
    }

    fn may_lead_footer(&self, i: usize) -> bool {
        let line = &self.lines[i];
        !line.closed
            && line.bullet == Bullet::None
            && line.len() <= FOOTER_LINE
            && !self.words(i).bytes().any(|b| b.is_ascii_digit())
    }

    /// A page without prose (a form, a table, a list): only what is surely furniture goes, if there is much of it.
    fn without_prose(&mut self) {
        let sure = self.lines.iter().filter(|l| l.closing()).count();
        for (i, line) in self.lines.iter().enumerate() {
            if line.closing() && sure >= 3 || line.effect == Some(Effect::Drop) && self.lines.len() > 3 {
                self.verdicts[i] = drop(line.cue);
            }
        }
    }

    /// Lines in a foreign script, and all that follows one under the body; lines that are keywords of spam.
    fn foreign_and_spam(&mut self, spam: &SpamRules) {
        let foreign = has_cjk_lead(self.text);
        let mut credit = false;
        for i in 0..self.lines.len() {
            let line = &self.lines[i];
            let spam_rule = if foreign && is_foreign(self.words(i)) {
                credit |= line.len() < 80 && i * 3 > self.lines.len();
                Some("foreign-script")
            } else if credit && !line.prose {
                Some("after-foreign-credit")
            } else if line.bullet == Bullet::Double && !self.verdicts[i].keep {
                Some("link-list")
            } else if !line.prose && line.len() < 200 && spam.count(self.words(i)) >= 2 {
                Some("spam-keywords")
            } else {
                None
            };
            if let Some(rule) = spam_rule {
                self.verdicts[i] = Verdict { keep: false, role: Role::Spam, rule };
            }
        }
    }

    fn finish(mut self, found: Head) -> Page {
        let mut page = Page::default();
        if let Some(i) = found.title {
            self.verdicts[i] = keep(Role::Title, "headline");
            page.title = Some(self.lines[i].span.clone());
        }
        if let Some((i, dateline)) = found.dateline {
            self.verdicts[i] = Verdict { keep: false, role: Role::Dateline, rule: "dateline" };
            page.published = Some(dateline.date);
            let start = self.lines[i].span.start;
            page.author = dateline
                .rest
                .map(|r| start + r.start..start + r.end)
                .filter(|r| is_name(&self.text[r.clone()]));
        }
        if page.author.is_none() {
            page.author = self.author.map(|i| self.lines[i].span.clone());
        }
        let blocks = self.lines.iter().zip(&self.verdicts);
        page.blocks = blocks
            .map(|(line, v)| Block {
                span: line.span.clone(),
                line: line.number,
                keep: v.keep,
                role: v.role,
                rule: v.rule,
            })
            .collect();
        page
    }
}
