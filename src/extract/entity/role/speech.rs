//! Verbs of saying behind names.

use super::RoleReader;
use crate::extract::entity::CueRole;
use crate::extract::entity::rules::classes::class;
use crate::extract::words::token::{Token, TokenKind};

/// How many words behind a person their verb of saying is looked for.
const SPEECH: usize = 28;
/// Within how many words behind a name its verb of saying begins, where no office stands between.
const NEAR: usize = 4;
/// Within how many words behind an estimate its value stands.
const QUALIFIED: usize = 2;

impl RoleReader<'_, '_, '_> {
    /// Whether a verb of saying follows, with little between.
    pub(crate) fn says(&self, from: usize) -> bool {
        let tokens = &self.sentence.tokens;
        // A short name in brackets may stand between (WHO).
        let short = from + 2 < tokens.len() && self.sentence.words(from, from + 1) == "(";
        let short = short && self.sentence.words(from + 2, from + 3) == ")";
        let from = if short { from + 3 } else { from };
        (from..tokens.len().min(from + NEAR))
            .take_while(|&i| tokens[i].kind == TokenKind::Word)
            .any(|i| self.cue_at(i).is_some_and(|(cue, _)| cue.role == CueRole::Says))
    }

    /// Whether a verb of saying stands at token `at`, right behind who may say it.
    pub(crate) fn somebody_says_at(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let who = |t: &Token| {
            t.kind == TokenKind::Word && self.tables.classes.of(t.word) & (class::STOP | class::VERB) == 0
        };
        at > 0 && who(&tokens[at - 1]) && self.cue_at(at).is_some_and(|(cue, _)| cue.role == CueRole::Says)
    }

    /// Whether the verb of saying at token `at` has the value itself for its object (thu nhập của X ước tính 3 tỷ).
    pub(super) fn estimates(&self, at: usize) -> bool {
        let number = |t: &Token| t.kind == TokenKind::Number;
        self.cue_at(at).is_some_and(|(cue, last)| {
            let object = self.sentence.tokens.get(last..).unwrap_or_default();
            cue.role == CueRole::Says && object.iter().take(QUALIFIED).any(number)
        })
    }

    /// Where a person's verb of saying stands, behind offices between commas, dashes or brackets.
    pub(super) fn speech_behind(&self, from: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let mark = |t: &Token| matches!(t.text(self.sentence.text), "," | "-" | "(" | ")" | "/");
        let apposed = tokens.get(from).is_some_and(mark);
        (from..tokens.len().min(from + SPEECH))
            .take_while(|&i| match tokens[i].kind {
                TokenKind::Word => apposed || self.tables.classes.of(tokens[i].word) & class::STOP == 0,
                TokenKind::Number => false,
                TokenKind::Mark => mark(&tokens[i]),
            })
            .find(|&i| self.cue_at(i).is_some_and(|(cue, _)| cue.role == CueRole::Says))
    }
}
