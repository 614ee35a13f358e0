//! Patterns as syntax trees, each class of characters translated once.
//!
//! To translate `\p{L}`, `regex_syntax` gathers 130,000 letters and looks for the other case of each. Some thousand
//! patterns are made of the same few hundred classes and letters, so those are kept, narrowed already.

use std::cell::RefCell;

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    self, Ast, Flag, FlagsItemKind, Group, GroupKind, RepetitionKind, RepetitionRange as Range, Visitor,
};
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::hir::{self, Capture, Hir};
use rustc_hash::FxHashMap;

use super::narrow::narrowed;

type Error = Box<regex_syntax::Error>;

thread_local! {
    /// Classes, letters and marks by their text, with letters meant as they stand, and in any case.
    static KNOWN: RefCell<[FxHashMap<Box<str>, Hir>; 2]> = RefCell::default();
}

/// A pattern as a syntax tree that matches the same in normalized text, and compiles to less.
///
/// # Errors
/// Where `pattern` is no regular expression.
pub(crate) fn parse(pattern: &str, case_insensitive: bool) -> Result<Hir, Error> {
    let tree = Parser::new().parse(pattern).map_err(regex_syntax::Error::from)?;
    Translation { pattern }.whole(&tree, case_insensitive)
}

/// Checks the syntax of `pattern` without building its tree.
///
/// # Errors
/// Those of [`parse`].
pub(crate) fn check(pattern: &str) -> Result<(), Error> {
    let tree = Parser::new().parse(pattern).map_err(regex_syntax::Error::from)?;
    if ast::visit(&tree, Check { pattern }).is_err() {
        Translation { pattern }.whole(&tree, false)?;
    }
    Ok(())
}

/// Translates trees of one pattern.
struct Translation<'p> {
    pattern: &'p str,
}

impl Translation<'_> {
    /// The whole pattern; `any_case` says whether letters are meant in any case.
    fn whole(&self, tree: &Ast, any_case: bool) -> Result<Hir, Error> {
        if sets_flags(tree) { self.anew(tree, any_case) } else { self.tree(tree, any_case) }
    }

    fn tree(&self, tree: &Ast, any_case: bool) -> Result<Hir, Error> {
        match tree {
            Ast::Concat(parts) => Ok(Hir::concat(self.trees(&parts.asts, any_case)?)),
            Ast::Alternation(parts) => Ok(Hir::alternation(self.trees(&parts.asts, any_case)?)),
            Ast::Repetition(part) => Ok(Hir::repetition(self.repetition(part, any_case)?)),
            Ast::Group(group) => self.group(group, any_case),
            part => self.part(part, any_case),
        }
    }

    fn trees(&self, trees: &[Ast], any_case: bool) -> Result<Vec<Hir>, Error> {
        trees.iter().map(|tree| self.tree(tree, any_case)).collect()
    }

    fn repetition(&self, part: &ast::Repetition, any_case: bool) -> Result<hir::Repetition, Error> {
        let (min, max) = match part.op.kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(Range::Exactly(count)) => (count, Some(count)),
            RepetitionKind::Range(Range::AtLeast(min)) => (min, None),
            RepetitionKind::Range(Range::Bounded(min, max)) => (min, Some(max)),
        };
        let sub = Box::new(self.tree(&part.ast, any_case)?);
        Ok(hir::Repetition { min, max, greedy: part.greedy, sub })
    }

    fn group(&self, group: &Group, any_case: bool) -> Result<Hir, Error> {
        let (index, name) = match &group.kind {
            GroupKind::CaptureIndex(index) => (*index, None),
            GroupKind::CaptureName { name, .. } => (name.index, Some(name.name.as_str().into())),
            GroupKind::NonCapturing(flags) => {
                return match case(flags, any_case) {
                    Some(any_case) => self.tree(&group.ast, any_case),
                    None => self.anew(&Ast::group(group.clone()), any_case),
                };
            }
        };
        let sub = Box::new(self.tree(&group.ast, any_case)?);
        Ok(Hir::capture(Capture { index, name, sub }))
    }

    /// A class, letter or mark, which is remembered.
    fn part(&self, part: &Ast, any_case: bool) -> Result<Hir, Error> {
        let span = part.span();
        let text = &self.pattern[span.start.offset..span.end.offset];
        let of_case = usize::from(any_case);
        if let Some(known) = KNOWN.with_borrow(|known| known[of_case].get(text).cloned()) {
            return Ok(known);
        }
        let hir = self.anew(part, any_case)?;
        KNOWN.with_borrow_mut(|known| known[of_case].insert(text.into(), hir.clone()));
        Ok(hir)
    }

    /// A tree translated whole.
    fn anew(&self, tree: &Ast, any_case: bool) -> Result<Hir, Error> {
        let mut translator = TranslatorBuilder::new().case_insensitive(any_case).build();
        let hir = translator.translate(self.pattern, tree).map_err(regex_syntax::Error::from)?;
        Ok(narrowed(hir))
    }
}

/// Whether a tree has flags that hold from a place on, through branches that follow.
fn sets_flags(tree: &Ast) -> bool {
    match tree {
        Ast::Flags(_) => true,
        Ast::Concat(parts) => parts.asts.iter().any(sets_flags),
        Ast::Alternation(parts) => parts.asts.iter().any(sets_flags),
        Ast::Repetition(part) => sets_flags(&part.ast),
        Ast::Group(group) => sets_flags(&group.ast),
        _ => false,
    }
}

/// Looks whether anything in a tree may be wrong, which only classes can be, and what stands under flags.
struct Check<'p> {
    pattern: &'p str,
}

impl Visitor for Check<'_> {
    type Output = ();
    type Err = ();

    fn finish(self) -> Result<(), ()> {
        Ok(())
    }

    fn visit_pre(&mut self, tree: &Ast) -> Result<(), ()> {
        let sound = match tree {
            Ast::Flags(_) => false,
            Ast::Group(group) => group.flags().is_none_or(|flags| case(flags, false).is_some()),
            Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
                Translation { pattern: self.pattern }.part(tree, false).is_ok()
            }
            _ => true,
        };
        sound.then_some(()).ok_or(())
    }
}

/// Whether letters are meant in any case under flags that speak of nothing else.
fn case(flags: &ast::Flags, around: bool) -> Option<bool> {
    let of_nothing_else = |item: &ast::FlagsItem| {
        matches!(item.kind, FlagsItemKind::Negation | FlagsItemKind::Flag(Flag::CaseInsensitive))
    };
    let set = flags.flag_state(Flag::CaseInsensitive).unwrap_or(around);
    flags.items.iter().all(of_nothing_else).then_some(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_syntax::ParserBuilder;

    #[test]
    fn trees_are_those_of_the_parser_but_for_their_narrow_classes() {
        for pattern in [
            r"^(?:tăng|giảm)\s+(?P<by>\d+(?:,\d{1,3})?)\b[^\p{L}]*?$",
            r"((?-i:\p{Lu}\S*)|(?i)k){2,}|.(?s:.)",
            r"a(?i)b|c(?x: d )[\w&&[^ê]]|",
            r"(?:x(?i)y|c)*z|(?i:[q-s])|t",
            r"sk|\x{345}|[sk]|\PL",
        ] {
            for any_case in [false, true] {
                let own = ParserBuilder::new().case_insensitive(any_case).build().parse(pattern).unwrap();
                assert_eq!(parse(pattern, any_case).unwrap(), narrowed(own), "{pattern}");
            }
        }
    }

    #[test]
    fn errors_are_those_of_the_parser() {
        for pattern in ["a(", r"\p{Latn}\p{Nothing}", r"(?x:\p{Nothing})", r"(?-u)\xff"] {
            let own = regex_syntax::parse(pattern).unwrap_err();
            assert_eq!(*parse(pattern, false).unwrap_err(), own, "{pattern}");
            assert_eq!(*check(pattern).unwrap_err(), own, "{pattern}");
        }
    }
}
