//! Patterns made small: their character classes hold only what normalized text can hold.
//!
//! `\d` has 700 digits, `\p{L}` 130,000 letters, and in any letter case `k` is also the Kelvin sign. Normalized
//! Vietnamese has none of the strange ones, but each costs states in every automaton. What is left is Latin script,
//! marks and symbols; a class that is meant to hold everything (`.`, `[^,]`) still does.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// What normalized text of Vietnamese news is written in, without the long s and the Kelvin sign, which are
/// other spellings of s and k.
const WRITTEN: [(char, char); 9] = [
    ('\0', '\u{7f}'),
    ('\u{a1}', '\u{17e}'),
    ('\u{180}', '\u{24f}'),
    ('\u{300}', '\u{36f}'),
    ('\u{1e00}', '\u{1eff}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{2030}', '\u{2129}'),
    ('\u{212c}', '\u{2bff}'),
    ('\u{1f000}', '\u{1faff}'),
];

/// A class that holds both is meant to hold everything but a few characters.
const ANYTHING: [char; 2] = ['中', '😀'];

/// A pattern as a syntax tree that matches the same in normalized text, and compiles to less.
///
/// # Errors
/// Where `pattern` is no regular expression.
pub(crate) fn narrow(pattern: &str, case_insensitive: bool) -> Result<Hir, Box<regex_syntax::Error>> {
    let parsed = ParserBuilder::new().case_insensitive(case_insensitive).build().parse(pattern)?;
    Ok(narrowed(parsed))
}

fn narrowed(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(narrowed_class(class))),
        HirKind::Class(bytes) => Hir::class(bytes),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            Hir::repetition(Repetition { min, max, greedy, sub: Box::new(narrowed(*sub)) })
        }
        HirKind::Capture(Capture { index, name, sub }) => {
            Hir::capture(Capture { index, name, sub: Box::new(narrowed(*sub)) })
        }
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(narrowed).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(narrowed).collect()),
    }
}

fn narrowed_class(class: ClassUnicode) -> ClassUnicode {
    let plain = |range: &ClassUnicodeRange| {
        WRITTEN.iter().any(|(first, last)| *first <= range.start() && range.end() <= *last)
    };
    if class.iter().all(plain) {
        return class;
    }
    let holds = |c: char| class.iter().any(|range| (range.start()..=range.end()).contains(&c));
    if ANYTHING.into_iter().all(holds) {
        return class;
    }
    let mut written = ClassUnicode::new(WRITTEN.map(|(first, last)| ClassUnicodeRange::new(first, last)));
    written.intersect(&class);
    if written.ranges().is_empty() { class } else { written }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_what_news_is_written_in() {
        assert_eq!(narrow(r"\d", false).unwrap().to_string(), "[0-9]");
        assert_eq!(narrow("sk", true).unwrap().to_string(), "(?:[Ss][Kk])");
    }
}
