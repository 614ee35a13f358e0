//! The decision on every line.

use super::bracketed;
use super::cues::Effect;
use super::features::{Bullet, Line, is_name};
use super::segment::{self, Body};
use super::spam::{SpamRules, has_cjk_lead, is_foreign};
use super::title::{Head, head};
use super::{Block, Compiled, Page, Role};

/// Menu-like lines above the headline from which on they are taken for a menu without any cue.
const MENU_LINES: usize = 8;
/// How far into the body a date still says that what stands over the headline is no part of the article.
const NEAR_DATE: usize = 4;
/// How many names of menu entries make a menu, and within how many lines below the article.
const MENU_CUES: usize = 3;
const MENU_SPAN: usize = 9;
/// Longest pointer to other articles, in words, that headlines follow (a longer one is the link itself).
const MAX_BOX_WORDS: u8 = 6;
/// How far back from the first cue of a footer its unmarked lines may begin.
const FOOTER_LEAD: usize = 12;
/// Most lines between the author's name and the first sign of a footer.
const MAX_SIGNED: usize = 40;
/// Longest unmarked line of a footer, in bytes.
const FOOTER_LINE: usize = 70;
/// How many bylines can follow each other.
const MAX_BYLINES: usize = 4;
/// Longest name of an author, in words.
const MAX_NAME_WORDS: u8 = 8;
/// So many lines have one of furniture among them where the furniture is dense, and where it is sparse.
const DENSE: usize = 3;
const SPARSE: usize = 8;
/// A page without prose has furniture only if it has so many lines with sure signs, or more lines than this.
const SURE_LINES: usize = 3;
const FEW_LINES: usize = 3;
/// Longest line in a foreign script (bytes) that may be a credit under the body, which is not in the first of so many parts of
/// a page.
const MAX_CREDIT: usize = 80;
const CREDIT_PARTS: usize = 3;
/// Longest line of spam keywords, in bytes, and how many it has at least.
const MAX_KEYWORD_LINE: usize = 200;
const KEYWORDS: usize = 2;

/// One line's verdict.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    keep: bool,
    role: Role,
    rule: &'static str,
}

const fn kept(role: Role, by: &'static str) -> Verdict {
    Verdict { keep: true, role, rule: by }
}

const fn dropped(rule: &'static str) -> Verdict {
    Verdict { keep: false, role: Role::Boilerplate, rule }
}

/// Judges all lines of a page.
pub(super) fn classify(text: &str, lines: &[Line], rules: &Compiled) -> Page {
    let mut judge =
        Judge { text, lines, verdicts: vec![kept(Role::Body, "body"); lines.len()], author: None };
    let dated = |line: &Line| rules.datelines.read(&text[line.span.clone()]).is_some_and(|d| d.marked);
    let body = segment::body(lines, dated);
    let mut found = Head::default();
    if let Some(body) = body {
        found = head(text, lines, body.start, body.end, &rules.datelines);
        let top = found.title.map_or(body.start, |t| t.min(body.start));
        judge.inside(top, body.end);
        judge.above(top, body.start, &found);
        judge.between(&found);
        judge.below(&body);
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
            let in_box = box_open && line.headline();
            box_open = in_box || line.pointer() && line.words <= MAX_BOX_WORDS;
            match line.effect {
                Some(Effect::Drop | Effect::Form | Effect::Link) => self.verdicts[i] = dropped(line.cue),
                Some(Effect::End) if !line.prose => self.verdicts[i] = dropped(line.cue),
                Some(Effect::Caption) => self.verdicts[i] = kept(Role::Body, line.cue),
                _ if in_box => self.verdicts[i] = dropped("related-headline"),
                _ => {}
            }
        }
    }

    /// Between headline and date: the author's name.
    fn between(&mut self, found: &Head) {
        let (Some(title), Some((date, _))) = (found.title, &found.dateline) else { return };
        for i in title + 1..*date {
            if self.is_byline(i) {
                self.verdicts[i] = kept(Role::Byline, "name");
                self.author = self.author.or(Some(i));
            }
        }
    }

    /// Over the headline: a menu is dropped if there are signs of one.
    fn above(&mut self, top: usize, first: usize, found: &Head) {
        let head = &self.lines[..top];
        let evident =
            |l: &&Line| l.menu_entry() || matches!(l.effect, Some(Effect::End | Effect::Form | Effect::Drop));
        let cues = head.iter().filter(evident).count();
        let short = head.iter().filter(|l| !l.prose && !l.closed && l.bullet == Bullet::None).count();
        let prose = head.iter().any(|l| l.prose);
        let dated = found.dateline.as_ref().is_some_and(|(i, d)| d.marked && *i < first + NEAR_DATE);
        let marked = cues >= 2 || cues == 1 && short >= MENU_LINES || dated && found.title.is_some();
        let menu = if prose { cues >= MENU_CUES && cues * SPARSE >= top } else { marked };
        for i in 0..top {
            let line = &self.lines[i];
            if menu {
                self.verdicts[i] = dropped(if line.furniture() { line.cue } else { "above-headline" });
            } else if matches!(line.effect, Some(Effect::Drop | Effect::Link | Effect::Form)) {
                self.verdicts[i] = dropped(line.cue);
            }
        }
    }

    /// Under the body: bylines stay, and everything from the first sign of a footer or of other articles on goes.
    fn below(&mut self, body: &Body) {
        let mut after = body.end;
        while after < self.lines.len() && after < body.end + MAX_BYLINES && self.is_byline(after) {
            let line = &self.lines[after];
            self.verdicts[after] = kept(Role::Byline, if line.plain() { "name" } else { line.cue });
            self.author = self.author.or(Some(after));
            after += 1;
        }
        let sign = if body.teasers { Some(after) } else { self.first_sign(after) };
        let from = sign.map_or(self.lines.len(), |sign| self.footer_start(after, sign, after > body.end));
        for i in after..self.lines.len() {
            let line = &self.lines[i];
            if i >= from {
                self.verdicts[i] = dropped(if line.furniture() { line.cue } else { "below-article" });
            } else if matches!(line.effect, Some(Effect::Drop | Effect::Link | Effect::Form)) {
                self.verdicts[i] = dropped(line.cue);
            }
        }
    }

    /// Where the footer whose first sign is the line `sign` begins: right under the author's name, else some lines above the sign.
    fn footer_start(&self, after: usize, sign: usize, signed_off: bool) -> usize {
        let closing = self.lines[sign..].iter().filter(|l| l.closing()).count();
        if signed_off
            && sign - after <= MAX_SIGNED
            && (closing >= 2 || self.lines[sign].effect == Some(Effect::End))
        {
            return after;
        }
        let leads = (after..sign).rev().take(FOOTER_LEAD).take_while(|&i| self.may_lead_footer(i));
        leads.last().unwrap_or(sign)
    }

    fn is_byline(&self, i: usize) -> bool {
        let line = &self.lines[i];
        match line.effect {
            Some(Effect::Byline) => !line.prose,
            Some(_) => false,
            None => line.words <= MAX_NAME_WORDS && is_name(self.words(i)),
        }
    }

    /// The first line from `from` on that ends the article: a heading of links, the first of several lines of a footer
    /// that goes on to the end of the page, or a menu.
    fn first_sign(&self, from: usize) -> Option<usize> {
        let lines = &self.lines[from..];
        let furniture = |l: &&Line| l.closing() || l.menu_entry();
        let mut marks = lines.iter().filter(furniture).count();
        lines
            .iter()
            .enumerate()
            .position(|(i, l)| {
                let rest = lines.len() - i;
                let dense = marks * DENSE >= rest && (marks >= 2 || rest <= DENSE);
                let menu =
                    || lines[i..].iter().take(MENU_SPAN).filter(|l| l.menu_entry()).count() >= MENU_CUES;
                let sign = match l.effect {
                    Some(Effect::End) => true,
                    Some(Effect::Form) => rest <= marks * SPARSE,
                    Some(Effect::Footer) => dense,
                    Some(Effect::Nav) if l.letters => dense && marks >= MENU_CUES || menu(),
                    _ => l.bullet == Bullet::Double && !l.closed,
                };
                marks -= usize::from(furniture(&l));
                sign
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
            if line.closing() && sure >= SURE_LINES
                || matches!(line.effect, Some(Effect::Drop | Effect::Form)) && self.lines.len() > FEW_LINES
            {
                self.verdicts[i] = dropped(line.cue);
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
                credit |= line.len() < MAX_CREDIT && i * CREDIT_PARTS > self.lines.len();
                Some("foreign-script")
            } else if credit && !line.prose {
                Some("after-foreign-credit")
            } else if line.bullet == Bullet::Double && !self.verdicts[i].keep {
                Some("link-list")
            } else if !line.closed && line.len() < MAX_KEYWORD_LINE && spam.count(self.words(i)) >= KEYWORDS {
                Some("spam-keywords")
            } else {
                None
            };
            if let Some(rule) = spam_rule {
                self.verdicts[i] = Verdict { keep: false, role: Role::Spam, rule };
            } else if bracketed::is_headline(self.words(i)) {
                self.verdicts[i] = dropped(bracketed::RULE);
            }
        }
    }

    fn finish(mut self, found: Head) -> Page {
        let mut page = Page::default();
        if let Some(i) = found.title {
            self.verdicts[i] = kept(Role::Title, "headline");
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
