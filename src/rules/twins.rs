//! Entries of rule files that would silently take each other's place.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeTable;

use super::RuleError;
use super::sources::SourceFile;

/// The entries of rule files that were added together, by kind and name, each with the place of its file.
#[derive(Debug, Default)]
pub(super) struct Entries(BTreeMap<(String, String), usize>);

/// A second entry of one kind and name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Twin {
    /// The kind, as it stands between double brackets.
    pub(super) kind: String,
    pub(super) name: String,
    /// Where its name stands in the file.
    pub(super) span: Range<usize>,
    /// The file of the first one.
    pub(super) first: usize,
}

impl Entries {
    /// Adds those of a file, up to the first that is called like an earlier one of its kind; none of what is not TOML.
    pub(super) fn add(&mut self, file: usize, text: &str) -> Option<Twin> {
        let table = DeTable::parse(text).ok()?.into_inner();
        for (kind, entries) in &table {
            let kind = kind.get_ref().as_ref();
            let key = if kind == "metric" { "id" } else { "name" };
            for entry in entries.get_ref().as_array().into_iter().flatten() {
                let Some(name) = entry.get_ref().get(key) else { continue };
                let Some(text) = name.get_ref().as_str() else { continue };
                if let Some(first) = self.0.insert((kind.to_owned(), text.to_owned()), file) {
                    let (kind, name, span) = (kind.to_owned(), text.to_owned(), name.span());
                    return Some(Twin { kind, name, span, first });
                }
            }
        }
        None
    }
}

/// Refuses entries of one kind and name in files that were added together.
pub(super) fn refuse_twins(versions: &[&SourceFile]) -> Result<(), RuleError> {
    // That no built-in entry has a twin is tested.
    let together = versions.chunk_by(|a, b| a.layer == b.layer);
    for files in together.filter(|files| files[0].layer > 0) {
        let mut entries = Entries::default();
        for (index, file) in files.iter().enumerate() {
            if let Some(twin) = entries.add(index, &file.text) {
                return Err(twin_error(file, files[twin.first], twin));
            }
        }
    }
    Ok(())
}

fn twin_error(file: &SourceFile, first: &SourceFile, Twin { kind, name, span, .. }: Twin) -> RuleError {
    let message = if file.shown == first.shown {
        format!("two [[{kind}]] of this file are called `{name}`")
    } else {
        format!("a [[{kind}]] of {} is called `{name}`, too", first.shown)
    };
    RuleError {
        file: file.shown.clone(),
        text: file.text.to_string(),
        span,
        message,
        help: Some("the second would take the place of the first: rename or remove one".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twin(text: &str) -> Option<Twin> {
        Entries::default().add(0, text)
    }

    #[test]
    fn entries_of_different_kinds_may_share_a_name() {
        assert_eq!(twin("[[pattern]]\nname = \"a\"\n[[rule]]\nname = \"a\"\n[[rule]]\nname = \"b\"\n"), None);
        let text = "[[rule]]\nname = \"a\"\n[[rule]]\nname = \"b\"\n[[rule]]\nname = \"a\"\n";
        let span = text.len() - 4..text.len() - 1;
        let expected = Twin { kind: "rule".to_owned(), name: "a".to_owned(), span, first: 0 };
        assert_eq!(twin(text), Some(expected));
    }

    #[test]
    fn the_file_of_the_first_is_named() {
        let mut entries = Entries::default();
        assert_eq!(entries.add(0, "[[rule]]\nname = \"a\"\n"), None);
        assert_eq!(entries.add(1, "[[rule]]\nname = \"b\"\n"), None);
        let twin = entries.add(2, "[[rule]]\nname = \"c\"\n[[rule]]\nname = \"b\"\n");
        assert_eq!(twin.map(|twin| (twin.name, twin.first)), Some(("b".to_owned(), 1)));
    }

    #[test]
    fn metrics_are_told_apart_by_their_ids() {
        assert_eq!(twin("metric = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"A\" }]"), None);
        assert!(twin("metric = [{ id = \"a\", name = \"A\" }, { id = \"a\", name = \"B\" }]").is_some());
    }
}
