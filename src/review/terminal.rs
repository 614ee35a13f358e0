//! Text for terminals: colours, and lines no wider than the terminal.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::text::plain::visible;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TerminalStyle {
    /// Whether colours are wanted.
    pub colour: bool,
    /// How many columns there are; lines are not broken where that is absent.
    pub width: Option<usize>,
}

impl TerminalStyle {
    fn style(self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    /// Of what is gone.
    pub fn removed(self) -> Style {
        self.style(AnsiColor::Red.on_default())
    }

    /// Of what is new.
    pub fn added(self) -> Style {
        self.style(AnsiColor::Green.on_default())
    }

    /// Of what is otherwise than before.
    pub fn changed(self) -> Style {
        self.style(AnsiColor::Yellow.on_default())
    }

    /// Of the places of facts.
    pub fn place(self) -> Style {
        self.style(AnsiColor::Cyan.on_default())
    }

    /// Of headings.
    pub fn heading(self) -> Style {
        self.style(Style::new().bold())
    }

    /// Of what matters less.
    pub(crate) fn faint(self) -> Style {
        self.style(Style::new().dimmed())
    }

    /// Of the number in its sentence.
    pub fn number(self, style: Style) -> Style {
        if self.colour { style.bold().underline() } else { style }
    }

    /// Of words that were edited.
    pub fn edited(self, style: Style) -> Style {
        if self.colour { style.invert() } else { style }
    }

    /// How many columns are left beside `taken`; at least 20.
    pub fn room(self, taken: usize) -> usize {
        self.width.map_or(usize::MAX, |width| width.saturating_sub(taken).max(20))
    }
}

/// Appends the text in that style.
pub(crate) fn paint(out: &mut String, style: Style, text: &str) {
    out.push_str(&style.render().to_string());
    out.push_str(text);
    out.push_str(&style.render_reset().to_string());
}

/// Writes text piece by piece and breaks lines at spaces. Each line begins with a prefix.
pub(crate) struct Wrapped<'o> {
    out: &'o mut String,
    room: usize,
    prefix: String,
    column: usize,
    /// The pieces of the word that is being written, and how wide they are.
    word: Vec<(Style, String)>,
    width: usize,
    /// The style of what was written last.
    style: Style,
}

impl<'o> Wrapped<'o> {
    /// Begins with `first`, and each line that follows with `next`, which must be as wide.
    pub(crate) fn new(out: &'o mut String, look: TerminalStyle, first: &str, next: &str) -> Self {
        out.push_str(first);
        let room = look.room(next.width());
        let prefix = next.to_owned();
        Self { out, room, prefix, column: 0, word: Vec::new(), width: 0, style: Style::new() }
    }

    /// Writes a piece in a style. Nothing in it acts on the terminal.
    pub(crate) fn write(&mut self, style: Style, text: &str) {
        for part in visible(text).split_inclusive(' ') {
            let letters = part.trim_end_matches(' ');
            self.width += letters.width();
            self.word.push((style, letters.to_owned()));
            if letters.len() < part.len() {
                self.put_word();
                self.put(style, " ");
                self.column += 1;
            }
        }
    }

    /// Writes the word, on the next line where it does not fit.
    fn put_word(&mut self) {
        if self.column > 0 && self.column + self.width > self.room {
            self.put(Style::new(), "");
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\n');
            self.out.push_str(&self.prefix);
            self.column = 0;
        }
        for (style, letters) in std::mem::take(&mut self.word) {
            self.put(style, &letters);
        }
        self.column += std::mem::take(&mut self.width);
    }

    /// Writes letters; the terminal is told of the style only where it changes.
    fn put(&mut self, style: Style, letters: &str) {
        if style != self.style {
            self.out.push_str(&self.style.render_reset().to_string());
            self.out.push_str(&style.render().to_string());
            self.style = style;
        }
        self.out.push_str(letters);
    }

    /// Ends the line.
    pub(crate) fn end(mut self) {
        self.put_word();
        self.put(Style::new(), "");
        self.out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_words_stay_whole() {
        let mut out = String::new();
        let look = TerminalStyle { colour: false, width: Some(22) };
        let mut wrapped = Wrapped::new(&mut out, look, "- ", "  ");
        for piece in ["Một hai ba bốn năm (", "12", ") sáu bảy"] {
            wrapped.write(Style::new(), piece);
        }
        wrapped.end();
        assert_eq!(out, "- Một hai ba bốn năm\n  (12) sáu bảy\n");
    }

    #[test]
    fn colours_are_reset() {
        let mut out = String::new();
        paint(&mut out, TerminalStyle { colour: true, width: None }.removed(), "x");
        assert_eq!(out, "\u{1b}[31mx\u{1b}[0m");
    }
}
