//! One regular expression of a rule.

use once_cell::sync::OnceCell;
use regex_automata::meta;
use regex_automata::util::captures::GroupInfo;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Input, PatternID};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::syntax::{check, parse};

/// Bytes of an automaton above which a pattern counts as too large.
const SIZE_LIMIT: usize = 10 << 20;

/// Bytes that each of its automata may take on a thread. There are hundreds of patterns, and what they are asked of is
/// short; with thirty times as much, pages are read as fast.
const CACHE: usize = 64 << 10;

/// A pattern in `regex` syntax for normalized text, built when it is first asked: most are never.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: Source,
    /// Whether it is only asked for the groups of what it is known to match, which no automaton need find first.
    whole: bool,
    cell: OnceCell<Option<meta::Regex>>,
}

/// What a pattern is built from. Trees take many times as much as their text.
#[derive(Debug)]
enum Source {
    /// The text, and whether letters are meant in any case; it has been read once.
    Text(Box<str>, bool),
    Tree(Hir),
}

/// The groups of a match; those above the fifteenth are not kept.
#[derive(Debug)]
pub(crate) struct Groups<'p, 't> {
    text: &'t str,
    info: &'p GroupInfo,
    slots: [Option<NonMaxUsize>; 2 * KEPT],
}

/// The whole match and fifteen groups.
const KEPT: usize = 16;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with its syntax.
    pub(crate) fn new(pattern: &str, case_insensitive: bool) -> Result<Self, String> {
        check(pattern).map_err(|e| e.to_string())?;
        let source = Source::Text(pattern.into(), case_insensitive);
        Ok(Self { source, whole: false, cell: OnceCell::new() })
    }

    /// A pattern for the groups of a whole text, given its syntax tree without anchors.
    pub(crate) fn whole(syntax: Hir) -> Self {
        let syntax = Hir::concat(vec![Hir::look(Look::Start), syntax, Hir::look(Look::End)]);
        Self { source: Source::Tree(syntax), whole: true, cell: OnceCell::new() }
    }

    /// Its syntax tree.
    pub(crate) fn syntax(&self) -> Hir {
        match &self.source {
            // What was read once is read again; if ever it were not, it would match nothing.
            Source::Text(text, case_insensitive) => {
                parse(text, *case_insensitive).unwrap_or_else(|_| Hir::fail())
            }
            Source::Tree(tree) => tree.clone(),
        }
    }

    /// Whether it matches somewhere in `text`; one that is too large to be built matches nowhere.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// The groups of its first match in `text`.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Groups<'_, 't>> {
        let regex = self.regex()?;
        let mut slots = [None; 2 * KEPT];
        let wanted = slots.len().min(regex.group_info().slot_len());
        regex.search_slots(&Input::new(text), &mut slots[..wanted])?;
        Some(Groups { text, info: regex.group_info(), slots })
    }

    fn regex(&self) -> Option<&meta::Regex> {
        let build = || {
            let config = meta::Config::new()
                .nfa_size_limit(Some(SIZE_LIMIT))
                .hybrid_cache_capacity(CACHE)
                .hybrid(!self.whole)
                .dfa(!self.whole)
                .auto_prefilter(!self.whole);
            meta::Builder::new().configure(config).build_many_from_hir(&[self.syntax()]).ok()
        };
        self.cell.get_or_init(build).as_ref()
    }
}

impl<'t> Groups<'_, 't> {
    /// What the group with an index matched; 0 is the whole match.
    pub(crate) fn get(&self, index: usize) -> Option<&'t str> {
        let (start, end) = (self.slots.get(2 * index)?.as_ref()?, self.slots.get(2 * index + 1)?.as_ref()?);
        self.text.get(start.get()..end.get())
    }

    /// What the group with a name matched.
    pub(crate) fn name(&self, name: &str) -> Option<&'t str> {
        self.get(self.info.to_index(PatternID::ZERO, name)?)
    }
}

/// The named groups of a pattern, by index.
pub(crate) fn group_names(syntax: &Hir) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    collect_names(syntax, &mut names);
    names
}

fn collect_names(syntax: &Hir, into: &mut Vec<(usize, String)>) {
    if let HirKind::Capture(group) = syntax.kind()
        && let Some(name) = &group.name
    {
        into.push((group.index as usize, name.to_string()));
    }
    for sub in syntax.kind().subs() {
        collect_names(sub, into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_as_the_pattern_says() {
        let source = r"(?P<unit>tỷ\s+đồng|[^,]+?)?\W*\p{Lu}\p{L}*$";
        let (pattern, regex) = (Pattern::new(source, false).unwrap(), regex::Regex::new(source).unwrap());
        assert_eq!(group_names(&parse(source, false).unwrap()), [(1, "unit".to_owned())]);
        for text in ["5 TỶ ĐỒNG, Huế", "中😀 Đà", "k s", "", "“Ệ”", "tỷ  đồng Bắc"] {
            let expected = regex.captures(text);
            let found = pattern.captures(text);
            assert_eq!(found.is_some(), expected.is_some(), "{text}");
            if let (Some(found), Some(expected)) = (found, expected) {
                assert_eq!(found.get(0), Some(&expected[0]), "{text}");
                assert_eq!(found.name("unit"), expected.name("unit").map(|m| m.as_str()), "{text}");
            }
        }
    }
}
