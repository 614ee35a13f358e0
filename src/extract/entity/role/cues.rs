//! Cue words before names, and how far they reach.

use super::{NOUN_BEFORE_NAME, Role, RoleReader};
use crate::extract::entity::CueRole;
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::rules::tables::Cue;
use crate::extract::words::token::TokenKind;

/// How many words back a source or venue is looked for.
const REACH: usize = 16;
/// How many words of a title may stand between the copula and a name.
const COPULA_TITLE: usize = 4;
/// Longest cue, in words.
const CUE_WORDS: usize = 4;

impl RoleReader<'_, '_, '_> {
    /// A cue for whose or where, with only nouns between it and the name (của bóng đá Việt Nam).
    pub(super) fn cue_over_nouns(&self, first: usize) -> Option<Role> {
        let tokens = &self.sentence.tokens;
        let noun = |i: &usize| {
            let free = self.tables.classes.of(tokens[*i].word) & (class::STOP | class::CUE) == 0;
            tokens[*i].kind == TokenKind::Word && !tokens[*i].capital && free
        };
        let nouns = (first.saturating_sub(COPULA_TITLE)..first).rev().take_while(noun).count();
        let cue = (nouns > 0).then(|| self.cue_before(first - nouns)).flatten()?;
        let reaches = match cue.role {
            CueRole::Owner | CueRole::Place | CueRole::On | CueRole::Partner => nouns <= NOUN_BEFORE_NAME,
            CueRole::Is => true,
            _ => false,
        };
        reaches.then_some(cue.role.role())
    }

    /// The cue that begins at token `at`, and the token behind it.
    pub(super) fn cue_at(&self, at: usize) -> Option<(Cue, usize)> {
        let token = self.sentence.tokens.get(at)?;
        if self.tables.classes.of(token.word) & class::CUE == 0 {
            return None;
        }
        self.tables.cues.longest(&self.sentence.tokens, at).map(|hit| (hit.value, hit.last))
    }

    /// The cue that ends right before token `first`.
    pub(super) fn cue_before(&self, first: usize) -> Option<Cue> {
        (first.saturating_sub(CUE_WORDS)..first)
            .find_map(|at| self.cue_at(at).filter(|(_, last)| *last == first).map(|(cue, _)| cue))
    }

    /// The nearest cue in the same clause before token `first` that holds up to there, and how far away it is.
    pub(super) fn far_cue(&self, first: usize) -> Option<(Role, usize)> {
        let tokens = &self.sentence.tokens;
        let ends = |i: usize| matches!(tokens[i].text(self.sentence.text), "," | ";" | ":" | "." | "(" | ")");
        (first.saturating_sub(REACH)..first)
            .rev()
            .take_while(|&i| !ends(i))
            .filter(|&i| i == 0 || self.cue_at(i - 1).is_none_or(|(_, last)| last <= i))
            .filter_map(|i| self.cue_at(i))
            .find(|(cue, last)| cue.far && *last <= first)
            .map(|(cue, last)| (cue.role.role(), first - last))
    }
}
