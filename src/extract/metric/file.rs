//! The form of `rules/metric-text/`.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::canonical::abbreviations::AbbreviationList;
use super::canonical::theme::ThemeRule;
use super::clause::Class;
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::vocabulary::{Vocabulary, WordId};
use crate::rules::{Loaded, RuleError, RuleSources, merge_named, named};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: Vec<WordList>,
    #[serde(default)]
    abbreviations: Vec<AbbreviationList>,
    #[serde(default)]
    theme: Vec<ThemeRule>,
}

/// Words of a class.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    class: Class,
    words: Vec<String>,
    #[serde(default)]
    pub(super) examples: Vec<TextExample>,
}

named!(WordList);

/// A sentence with its figures marked, and the metric that each must get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextExample {
    pub(super) text: String,
    pub(super) metrics: Vec<String>,
}

/// `rules/metric-text/`, merged.
#[derive(Debug)]
pub(super) struct TextRules {
    /// The file as the user knows it.
    pub(super) file: String,
    pub(super) lists: Vec<WordList>,
    pub(super) abbreviations: Vec<AbbreviationList>,
    pub(super) themes: Vec<ThemeRule>,
}

impl TextRules {
    /// Reads the file and its replacements.
    pub(super) fn load(sources: &RuleSources) -> Result<Self, RuleError> {
        let files: Vec<Loaded<File>> = sources.parse("metric-text")?;
        let file = files.first().map_or_else(|| "rules/metric-text".to_owned(), |f| f.file.clone());
        let (mut lists, mut abbreviations, mut themes) = (Vec::new(), Vec::new(), Vec::new());
        for loaded in files {
            lists.extend(loaded.value.list);
            abbreviations.extend(loaded.value.abbreviations);
            themes.extend(loaded.value.theme);
        }
        Ok(Self {
            file,
            lists: merge_named(lists),
            abbreviations: merge_named(abbreviations),
            themes: merge_named(themes),
        })
    }

    /// The lists as one lexicon; a phrase of a later list takes the place of the same phrase of an earlier one.
    pub(super) fn lexicon(&self, vocabulary: &mut Vocabulary) -> Lexicon<Class> {
        let mut lexicon = Lexicon::default();
        for list in &self.lists {
            for word in &list.words {
                lexicon.insert(vocabulary, word, list.class);
            }
        }
        lexicon
    }

    /// The single words among the fillers and the measures over clauses.
    pub(super) fn loose_words(&self, vocabulary: &mut Vocabulary) -> FxHashSet<WordId> {
        let wanted = self.lists.iter().filter(|l| matches!(l.class, Class::Filler | Class::Ratio));
        let words = wanted.flat_map(|l| &l.words).filter(|w| !w.contains(' '));
        words.map(|w| vocabulary.intern(w)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_built_in_phrase_stands_in_one_list() {
        let rules = TextRules::load(&RuleSources::builtin()).unwrap_or_else(|e| panic!("{e}"));
        let mut seen = HashMap::new();
        for list in &rules.lists {
            for word in &list.words {
                let other = seen.insert(word.as_str(), list.name.as_str());
                assert_eq!(other, None, "{word} of {}", list.name);
            }
        }
    }
}
