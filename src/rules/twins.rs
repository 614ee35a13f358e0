//! Entries of one rule file that would silently take each other's place.

use std::collections::HashSet;
use std::ops::Range;

use toml::de::DeTable;

/// A second entry of one kind and name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Twin {
    /// The kind, as it stands between double brackets.
    pub(super) kind: String,
    pub(super) name: String,
    /// Where its name stands in the file.
    pub(super) span: Range<usize>,
}

/// The first entry that is called like an earlier one of its kind; none in what is not TOML.
pub(super) fn twin(text: &str) -> Option<Twin> {
    let file = DeTable::parse(text).ok()?.into_inner();
    file.iter().find_map(|(kind, entries)| {
        let kind = kind.get_ref().as_ref();
        let key = if kind == "metric" { "id" } else { "name" };
        let names = entries.get_ref().as_array()?.iter().filter_map(|entry| entry.get_ref().get(key));
        let mut seen = HashSet::new();
        let twin = names.filter_map(|name| Some((name.get_ref().as_str()?, name.span())));
        let (name, span) = twin.into_iter().find(|(name, _)| !seen.insert(*name))?;
        Some(Twin { kind: kind.to_owned(), name: name.to_owned(), span })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_different_kinds_may_share_a_name() {
        assert_eq!(twin("[[pattern]]\nname = \"a\"\n[[rule]]\nname = \"a\"\n[[rule]]\nname = \"b\"\n"), None);
        let text = "[[rule]]\nname = \"a\"\n[[rule]]\nname = \"b\"\n[[rule]]\nname = \"a\"\n";
        let span = text.len() - 4..text.len() - 1;
        assert_eq!(twin(text), Some(Twin { kind: "rule".to_owned(), name: "a".to_owned(), span }));
    }

    #[test]
    fn metrics_are_told_apart_by_their_ids() {
        assert_eq!(twin("metric = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"A\" }]"), None);
        assert!(twin("metric = [{ id = \"a\", name = \"A\" }, { id = \"a\", name = \"B\" }]").is_some());
    }
}
