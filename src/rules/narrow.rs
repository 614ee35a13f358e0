//! Patterns made small: their character classes hold only what normalized text can hold.
//!
//! `\d` has 700 digits, `\p{L}` 130,000 letters, and in any letter case `k` is also the Kelvin sign. Normalized
//! Vietnamese has none of the strange ones, but each costs states in every automaton. What is left is Latin script,
//! marks and symbols; a class that is meant to hold everything (`.`, `[^,\d]`) still does, the strange ones included.

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

/// A pattern that matches the same in normalized text, and compiles to less.
pub(super) fn narrowed(pattern: Hir) -> Hir {
    let inner = |sub: Box<Hir>| Box::new(narrowed(*sub));
    let all = |parts: Vec<Hir>| parts.into_iter().map(narrowed).collect();
    match pattern.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(narrowed_class(class))),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Repetition(part) => Hir::repetition(Repetition { sub: inner(part.sub), ..part }),
        HirKind::Capture(part) => Hir::capture(Capture { sub: inner(part.sub), ..part }),
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
    }
}

/// A pattern that matches wherever `pattern` does, and where something is repeated more often than it says: counting
/// makes automata large. None where nothing is counted.
pub(crate) fn uncounted(pattern: &Hir) -> Option<Hir> {
    let all =
        |parts: &[Hir]| parts.iter().map(|part| uncounted(part).unwrap_or_else(|| part.clone())).collect();
    match pattern.kind() {
        HirKind::Repetition(part) => {
            let (min, max) = if counts(part) { (part.min.min(1), None) } else { (part.min, part.max) };
            let sub = uncounted(&part.sub);
            let changed = sub.is_some() || counts(part);
            let sub = Box::new(sub.unwrap_or_else(|| (*part.sub).clone()));
            changed.then(|| Hir::repetition(Repetition { min, max, greedy: part.greedy, sub }))
        }
        HirKind::Capture(part) => {
            let sub = Box::new(uncounted(&part.sub)?);
            Some(Hir::capture(Capture { index: part.index, name: part.name.clone(), sub }))
        }
        HirKind::Concat(parts) if parts.iter().any(is_counted) => Some(Hir::concat(all(parts))),
        HirKind::Alternation(parts) if parts.iter().any(is_counted) => Some(Hir::alternation(all(parts))),
        _ => None,
    }
}

/// Whether anything in a pattern is counted.
fn is_counted(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Repetition(part) if counts(part) => true,
        kind => kind.subs().iter().any(is_counted),
    }
}

/// Whether something may be repeated so many times, and no more.
fn counts(part: &Repetition) -> bool {
    part.max.is_some_and(|max| max > 1 && part.min < max)
}

/// What a class holds of normalized text.
fn narrowed_class(class: ClassUnicode) -> ClassUnicode {
    let plain = |range: &ClassUnicodeRange| {
        WRITTEN.iter().any(|(first, last)| *first <= range.start() && range.end() <= *last)
    };
    if class.iter().all(plain) {
        return class;
    }
    let holds = |c: char| class.iter().any(|range| (range.start()..=range.end()).contains(&c));
    let mut written = ClassUnicode::new(WRITTEN.map(|(first, last)| ClassUnicodeRange::new(first, last)));
    if ANYTHING.into_iter().all(holds) {
        written.negate();
        written.union(&class);
        return written;
    }
    written.intersect(&class);
    if written.ranges().is_empty() { class } else { written }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse as narrow;

    #[test]
    fn classes_hold_what_news_is_written_in() {
        assert_eq!(narrow(r"\d", false).unwrap().to_string(), "[0-9]");
        assert_eq!(narrow("sk", true).unwrap().to_string(), "(?:[Ss][Kk])");
        assert_eq!(narrow(r"[^,\d]", true).unwrap(), narrow("[^,0-9]", false).unwrap());
    }

    #[test]
    fn counts_are_lifted_but_where_one_number_is_meant() {
        let lifted = uncounted(&narrow(r"a{0,9}(?:b{2,5}c?){1,3}\d{4}", false).unwrap());
        assert_eq!(lifted, Some(narrow(r"a*(?:b+c?)+\d{4}", false).unwrap()));
        assert_eq!(uncounted(&narrow(r"a*(?:b+c?|d)\d{4}", false).unwrap()), None);
    }
}
