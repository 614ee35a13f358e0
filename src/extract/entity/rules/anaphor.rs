//! Words that stand for an entity named before.

use crate::extract::entity::EntityKind;
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::Token;
use crate::extract::words::vocabulary::WordId;

/// What a rule says of its anaphors.
#[derive(Debug)]
pub(crate) struct Anaphor {
    pub(crate) to: Vec<EntityKind>,
    pub(crate) else_to: Vec<EntityKind>,
    pub(crate) bare: bool,
    pub(crate) opens: bool,
    pub(crate) of: Option<EntityKind>,
    pub(crate) after: Vec<Vec<WordId>>,
    pub(crate) not_after: Vec<Vec<WordId>>,
    pub(crate) not_before: Vec<Vec<WordId>>,
}

impl Anaphor {
    /// Whether one of the words stands right before the hit behind which the rule asks for it.
    pub(crate) fn stands_after(&self, tokens: &[Token], hit: &Hit<u32>) -> bool {
        self.after.iter().any(|words| ends_with(&tokens[..hit.first], words))
    }

    /// Whether nothing around the hit forbids it.
    pub(crate) fn allowed(&self, tokens: &[Token], hit: &Hit<u32>) -> bool {
        if self.of.is_none() && tokens.get(hit.last).is_some_and(|t| t.capital) {
            return false;
        }
        let after = |words: &Vec<WordId>| ends_with(&tokens[..hit.first], words);
        let before =
            |words: &Vec<WordId>| tokens.get(..hit.last + words.len()).is_some_and(|t| ends_with(t, words));
        let cued = self.opens || self.after.is_empty() || self.stands_after(tokens, hit);
        cued && !self.not_after.iter().any(after) && !self.not_before.iter().any(before)
    }
}

/// Whether `tokens` end with these words.
fn ends_with(tokens: &[Token], words: &[WordId]) -> bool {
    tokens.len() >= words.len()
        && tokens[tokens.len() - words.len()..].iter().zip(words).all(|(t, w)| t.word == *w)
}
