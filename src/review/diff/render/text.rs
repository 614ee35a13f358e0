//! Text like a unified diff: a hunk for each fact, a line for each field.

use std::fmt::Write as _;

use anstyle::Style as Paint;

use super::segment::{self, Segment};
use super::{Render, Style, fields_shown, not_shown, page_name, stat};
use crate::fact::Fact;
use crate::review::diff::{Change, PageDiff, Pair, Totals};
use crate::review::field::{self, NAMES, QUOTE};
use crate::review::terminal::{TerminalStyle, Wrapped, paint};
use crate::text::plain::visible;

/// Columns of the names of fields.
const NAME: usize = 12;

/// Text like a unified diff.
#[derive(Debug)]
pub struct Text {
    style: Style,
    begun: bool,
}

impl Text {
    /// In that style.
    pub fn new(style: Style) -> Self {
        Self { style, begun: false }
    }

    fn begin(&mut self, out: &mut String) {
        if !std::mem::replace(&mut self.begun, true) {
            let look = self.style.look;
            for (mark, name) in ["---", "+++"].iter().zip(&self.style.names) {
                paint(out, look.heading(), &format!("{mark} {}", visible(name)));
                out.push('\n');
            }
        }
    }
}

// Writing to a String does not fail, so the results of `write!` below are not looked at.

impl Render for Text {
    fn page(&mut self, page: &PageDiff, shown: &[&Change], out: &mut String) {
        if shown.is_empty() {
            return;
        }
        self.begin(out);
        out.push('\n');
        heading(page, self.style.look, out);
        for change in shown {
            write_change(change, &self.style, out);
        }
    }

    fn finish(&mut self, totals: &Totals, hidden: u64, out: &mut String) {
        if self.begun {
            out.push('\n');
        }
        if hidden > 0 {
            let _ = writeln!(out, "{}", not_shown(hidden, "change"));
        }
        if totals.counts != crate::review::diff::Counts::default() {
            out.push_str(&summary(totals));
            stat::sums(totals, self.style.look, out);
        }
    }
}

/// All that differs in one sentence.
pub(crate) fn summary(totals: &Totals) -> String {
    let Totals { old, new, pages, counts, .. } = totals;
    format!(
        "{} added, {} removed, {} changed on {pages} {}; {} moved ({old} → {new} facts)\n",
        counts.added,
        counts.removed,
        counts.changed,
        if *pages == 1 { "page" } else { "pages" },
        counts.moved
    )
}

fn heading(page: &PageDiff, look: TerminalStyle, out: &mut String) {
    let source = &page.fact().source;
    let mut wrapped = Wrapped::new(out, look, "", "  ");
    wrapped.write(look.heading(), &page_name(page));
    let day = source.published.map(|day| day.to_string());
    for part in source.title.as_deref().into_iter().chain(day.as_deref()) {
        wrapped.write(look.faint(), &format!(" · {part}"));
    }
    wrapped.end();
}

/// One fact: its place, its sentence, its fields.
pub(crate) fn write_change(change: &Change, style: &Style, out: &mut String) {
    let look = style.look;
    paint(out, look.place(), &hunk(change));
    out.push('\n');
    match change {
        Change::Added(fact) => {
            write_sentence(&segment::of(fact), look, Paint::new(), "   ", out);
            write_fields(fact, look, look.added(), "+  ", out);
        }
        Change::Removed(fact) => {
            write_sentence(&segment::of(fact), look, look.removed(), "-  ", out);
            write_fields(fact, look, look.removed(), "-  ", out);
        }
        Change::Both(pair) => {
            write_sentences(pair, look, out);
            write_differing(change, pair, style, out);
        }
    }
}

/// The sentence of both sides, or that of each where they differ.
fn write_sentences(Pair { old, new, .. }: &Pair, look: TerminalStyle, out: &mut String) {
    if old.source.sentence == new.source.sentence {
        return write_sentence(&segment::of(new), look, Paint::new(), "   ", out);
    }
    let [old, new] = segment::of_both(old, new);
    write_sentence(&old, look, look.removed(), "-  ", out);
    write_sentence(&new, look, look.added(), "+  ", out);
}

/// `@@ -11:429 +12:10 id @@ changed`.
fn hunk(change: &Change) -> String {
    let place = |mark: char, fact: Option<&Fact<'_>>| {
        fact.map_or(String::new(), |f| format!(" {mark}{}:{}", f.source.line, f.source.column))
    };
    let mut text = format!(
        "@@{}{} {} @@ {}",
        place('-', change.before()),
        place('+', change.after()),
        change.fact().id,
        change.kind().as_str()
    );
    if let Some(Pair { old, similarity: Some(similarity), .. }) = change.pair() {
        let _ = write!(text, ", was {} ({} % similar)", old.id, similarity / 10);
    }
    visible(&text).into_owned()
}

/// A sentence in lines, its number in brackets where there are no colours.
pub(crate) fn write_sentence(
    segments: &[Segment<'_>],
    look: TerminalStyle,
    style: Paint,
    prefix: &str,
    out: &mut String,
) {
    let mut painted = String::new();
    paint(&mut painted, style, prefix);
    let mut wrapped = Wrapped::new(out, look, &painted, prefix);
    for (at, Segment { text, number, edited }) in segments.iter().copied().enumerate() {
        let mut paint = if edited { look.edited(style) } else { style };
        if number {
            paint = look.number(paint);
        }
        // A number of which one word alone was edited is in several pieces.
        let beside = |at: Option<usize>| at.and_then(|at| segments.get(at)).is_some_and(|piece| piece.number);
        let bracket = number && !look.colour;
        let open = if bracket && !beside(at.checked_sub(1)) { "[" } else { "" };
        let close = if bracket && !beside(Some(at + 1)) { "]" } else { "" };
        wrapped.write(paint, &format!("{open}{text}{close}"));
    }
    wrapped.end();
}

/// All fields that say what a fact is.
pub(crate) fn write_fields(
    fact: &Fact<'_>,
    look: TerminalStyle,
    style: Paint,
    prefix: &str,
    out: &mut String,
) {
    for (name, value) in NAMES.iter().zip(field::values(fact)).take(QUOTE) {
        if let Some(value) = value {
            write_field(name, &value, look, style, prefix, out);
        }
    }
}

fn write_differing(change: &Change, pair: &Pair, style: &Style, out: &mut String) {
    let (old, new) = (field::values(&pair.old), field::values(&pair.new));
    let look = style.look;
    for i in fields_shown(change, style.context) {
        let sides = if pair.differing.contains(&i) {
            vec![(&old[i], look.removed(), "-  "), (&new[i], look.added(), "+  ")]
        } else {
            vec![(&new[i], Paint::new(), "   ")]
        };
        for (value, paint, prefix) in sides {
            if let Some(value) = value {
                write_field(NAMES[i], value, look, paint, prefix, out);
            }
        }
    }
}

fn write_field(name: &str, value: &str, look: TerminalStyle, style: Paint, prefix: &str, out: &mut String) {
    let mut first = String::new();
    paint(&mut first, style, &format!("{prefix}{name:NAME$} "));
    let next = format!("{:width$}", prefix, width = prefix.len() + NAME.max(name.len()) + 1);
    let mut wrapped = Wrapped::new(out, look, &first, &next);
    wrapped.write(style, value);
    wrapped.end();
}
