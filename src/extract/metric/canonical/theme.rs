//! Themes: what a figure is about beyond its metric, savings first of all.

use serde::Deserialize;

use crate::extract::mention::Mention;
use crate::extract::metric::clause::TaggedSentence;
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::vocabulary::Vocabulary;
use crate::fact::Kind;
use crate::rules::named;

/// How far before a figure a phrase is looked for, in tokens.
const REACH: usize = 14;

/// A theme as its rule file states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThemeRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    /// Kinds of value that can have it.
    kinds: Vec<Kind>,
    /// Units that a value of kind `quantity` must have.
    #[serde(default)]
    units: Vec<String>,
    /// Phrases that give it, before the figure in its clause.
    phrases: Vec<String>,
    /// Longer phrases that hold one of these and mean something else.
    #[serde(default)]
    unless: Vec<String>,
    /// Sentences whose first figure has this theme.
    pub(crate) examples: Vec<String>,
    /// Sentences in which no figure has it.
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

named!(ThemeRule);

/// All themes; phrases that only look like one stand for `None`.
#[derive(Debug, Default)]
pub(crate) struct Themes {
    phrases: Lexicon<Option<usize>>,
}

impl Themes {
    /// Compiles the phrases of `rules`.
    pub(crate) fn compile(rules: &[ThemeRule], vocabulary: &mut Vocabulary) -> Self {
        let mut phrases = Lexicon::default();
        for (i, rule) in rules.iter().enumerate() {
            rule.phrases.iter().for_each(|p| phrases.insert(vocabulary, p, Some(i)));
            rule.unless.iter().for_each(|p| phrases.insert(vocabulary, p, None));
        }
        Self { phrases }
    }

    /// The theme of figure `index`: that of the last phrase before it in its clause.
    pub(crate) fn find<'r>(
        &self,
        rules: &'r [ThemeRule],
        tagged: &TaggedSentence<'_, '_>,
        index: usize,
    ) -> Option<&'r str> {
        let at = tagged.figures[index].start;
        let from = tagged.left_edge(at).max(at.saturating_sub(REACH));
        let before = &tagged.sentence.tokens[from..at];
        let last = self.phrases.find_all(before).last()?.value?;
        let rule = &rules[last];
        rule.allows(&tagged.mentions[index]).then_some(rule.name.as_str())
    }
}

impl ThemeRule {
    fn allows(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or("");
        let measured =
            mention.kind != Kind::Quantity || self.units.iter().any(|u| unit.starts_with(u.as_str()));
        self.kinds.contains(&mention.kind) && measured
    }
}
