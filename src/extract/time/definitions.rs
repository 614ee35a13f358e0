//! What the rules of all files may name: parts of patterns, words that state values, lists of words.

use super::schema::{Cues, TimeFile, Words};
use crate::rules::{Loaded, Named, Patterns, RuleError, merge_named, merged};

/// What rules may name; of several definitions of one name, the last one.
pub(super) struct Definitions {
    pub(super) patterns: Patterns,
    pub(super) words: Vec<Words>,
    lists: Vec<Cues>,
}

impl Definitions {
    /// # Errors
    /// The first pattern that names one which there is not, or itself.
    pub(super) fn of(files: &[Loaded<TimeFile>]) -> Result<Self, RuleError> {
        let words = merge_named(files.iter().flat_map(|file| file.value.words.iter().cloned()));
        let lists = merge_named(files.iter().flat_map(|file| file.value.list.iter().cloned()));
        Ok(Self { patterns: patterns(files, &words)?, words, lists })
    }

    /// The words of the list that another word of a rule stands for (`{lasting}`); none where it stands for itself.
    ///
    /// # Errors
    /// The name, where no list has it.
    pub(super) fn listed<'w>(&self, word: &'w str) -> Result<Option<&[String]>, &'w str> {
        let Some(name) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) else {
            return Ok(None);
        };
        let list = self.lists.iter().find(|list| list.name() == name);
        list.map(|list| Some(list.words.as_slice())).ok_or(name)
    }
}

fn patterns(files: &[Loaded<TimeFile>], words: &[Words]) -> Result<Patterns, RuleError> {
    let mut patterns = Patterns::default();
    for list in words {
        patterns.define_words(&format!("{}-words", list.name), list.values.keys().map(String::as_str));
        patterns.define_words(&list.name, list.values.keys().map(String::as_str));
    }
    let subs = merged(files, |f| &f.pattern);
    let entries: Vec<_> =
        subs.iter().map(|(_, sub)| (sub.name.as_str(), sub.pattern.get_ref().as_str())).collect();
    patterns.define_all(&entries).map_err(|(index, wrong)| {
        let (file, sub) = subs[index];
        files[file].error(sub.pattern.span(), wrong)
    })?;
    Ok(patterns)
}
