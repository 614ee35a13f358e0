//! Patterns and words of a rule file, with their place where they are broken.

use regex_syntax::hir::{Hir, Look};
use toml::Spanned;

use super::definitions::Definitions;
use super::schema::TimeFile;
use crate::rules::{Loaded, Pattern, RuleError, parse, stretch_spaces};

/// A rule file with what its rules may name.
pub(super) struct RuleText<'f> {
    pub(super) file: &'f Loaded<TimeFile>,
    pub(super) definitions: &'f Definitions,
}

impl RuleText<'_> {
    fn expand(&self, pattern: &Spanned<String>) -> Result<String, RuleError> {
        let expanded = self.definitions.patterns.expand(pattern.get_ref());
        let expanded = expanded.map_err(|wrong| self.file.error(pattern.span(), wrong))?;
        Ok(stretch_spaces(&expanded))
    }

    /// Words, with those of the lists that they name in their place.
    pub(super) fn words(&self, words: &[Spanned<String>]) -> Result<Vec<String>, RuleError> {
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            let listed = self.definitions.listed(word.get_ref()).map_err(|name| {
                self.file.error(word.span(), format!("no list of words is called `{name}`"))
            })?;
            all.extend_from_slice(listed.unwrap_or(std::slice::from_ref(word.get_ref())));
        }
        Ok(all)
    }

    /// A pattern that an engine looks for.
    pub(super) fn syntax(&self, pattern: &Spanned<String>) -> Result<Hir, RuleError> {
        let syntax = parse(&self.expand(pattern)?, true)
            .map_err(|e| self.file.error(pattern.span(), e.to_string()))?;
        // Where an expression may begin is told by its first bytes, before anything else is asked.
        if !syntax.properties().look_set().remove(Look::End).is_empty() {
            let message = "a pattern of times can ask for no place but `$`: `opens = true` keeps a rule to the beginning";
            return Err(self.file.error(pattern.span(), message));
        }
        Ok(syntax)
    }

    /// A pattern for whole words anywhere in a text.
    pub(super) fn word(&self, pattern: &Spanned<String>) -> Result<Pattern, RuleError> {
        let text = format!(r"(?:\A|\PL)(?:{})(?:\PL|\z)", self.expand(pattern)?);
        Pattern::new(&text, true).map_err(|message| self.file.error(pattern.span(), message))
    }

    /// A pattern for the beginning of a text.
    pub(super) fn beginning(&self, pattern: &Spanned<String>) -> Result<Pattern, RuleError> {
        let text = format!(r"\A(?:{})", self.expand(pattern)?);
        Pattern::new(&text, true).map_err(|message| self.file.error(pattern.span(), message))
    }
}
