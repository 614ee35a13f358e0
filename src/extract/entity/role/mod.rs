//! The part that each name plays in its sentence, by the cue words around it.

pub(super) mod adjust;
mod cues;
pub(super) mod layout;
pub(super) mod lists;
mod speech;

use super::{CueRole, EntityKind, EntityMention, Role};
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::rules::tables::Tables;
use crate::extract::sentence::Sentence;
use crate::extract::words::token::{Token, TokenKind};

/// How many words of a noun may stand before a name that belongs to it: behind the beginning of its clause, or behind a cue.
const NOUN_BEFORE_NAME: usize = 3;

/// How many words and marks a bracket behind a name may have.
const ASIDE: usize = 14;

/// Reads the roles of the names of one sentence.
pub(super) struct RoleReader<'r, 's, 't> {
    pub(crate) tables: &'r Tables,
    pub(crate) sentence: &'s Sentence<'t>,
}

impl RoleReader<'_, '_, '_> {
    /// The role of each of `entities`.
    pub(crate) fn of_all(&self, entities: &[EntityMention]) -> Vec<Role> {
        let joined = self.continuations(entities);
        let mut roles = Vec::with_capacity(entities.len());
        let mut said = 0;
        for (k, entity) in entities.iter().enumerate() {
            let office =
                || self.sentence.tokens.get(entity.last).is_some_and(|t| t.text(self.sentence.text) == ",");
            if entity.kind == EntityKind::Person || entity.kind == EntityKind::Name && office() {
                said = self.speech_behind(entity.last).unwrap_or(said);
            }
            if entity.last <= said {
                roles.push(Role::Says);
                continue;
            }
            let apposed = k > 0 && self.apposed(&entities[k - 1], roles[k - 1], entity);
            roles.push(if joined[k] || apposed { roles[k - 1] } else { self.of_one(entity) });
        }
        roles
    }

    /// Whether a name stands beside one that governs nothing and only tells more of it: the person of an office (theo
    /// giám đốc Sở Y tế, ông A), or the country of a ground (trên sân Anfield - Anh).
    fn apposed(&self, office: &EntityMention, role: Role, name: &EntityMention) -> bool {
        let between = self.sentence.tokens.get(office.last..name.first).unwrap_or_default();
        let [mark] = between else { return false };
        match mark.text(self.sentence.text) {
            "-" if name.kind == EntityKind::Country => matches!(role, Role::Venue | Role::Against),
            "," | "-" => name.kind == EntityKind::Person && matches!(role, Role::Source | Role::Says),
            _ => false,
        }
    }

    /// Whether a clause begins at token `at`; a hyphen or slash joins words, but for the one of a list's item.
    fn clause_at(&self, at: usize) -> bool {
        let Some(mark) = at.checked_sub(1).map(|i| &self.sentence.tokens[i]) else { return true };
        mark.kind == TokenKind::Mark && (at == 1 || !matches!(mark.text(self.sentence.text), "-" | "/" | "&"))
    }

    /// Whether a name belongs to the first words of its clause, or to a word before it by a cue.
    pub(crate) fn leads(&self, entity: &EntityMention) -> bool {
        let from = entity.first.saturating_sub(NOUN_BEFORE_NAME);
        (from..=entity.first).any(|i| self.clause_at(i)) || self.cue_before(entity.first).is_some()
    }

    /// The first token of words for people who speak or act: words of the first or second person, or a word of address
    /// without a name that begins its clause.
    pub(super) fn first_person(&self) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        (0..tokens.len()).find(|&i| {
            let class = self.tables.classes.of(tokens[i].word);
            let named = tokens.get(i + 1).is_some_and(|t| t.capital);
            let opens = || i == 0 || tokens[i - 1].kind == TokenKind::Mark || tokens[i].capital;
            class & class::SPEAKER != 0 && !(i > 0 && self.tables.is_plural(tokens[i - 1].word))
                || class & class::ADDRESS != 0 && !named && opens() && !self.says(i + 1)
        })
    }

    /// Whether a name begins its clause, but for a word or two that join it to the one before.
    pub(crate) fn opens(&self, entity: &EntityMention) -> bool {
        let from = entity.first.saturating_sub(NOUN_BEFORE_NAME - 1);
        (from..=entity.first).any(|i| self.clause_at(i))
    }

    /// Whether what stands behind a name goes on as behind a subject: with a verb, or with a bracket or comma.
    pub(crate) fn acts(&self, entity: &EntityMention) -> bool {
        self.sentence.tokens.get(entity.last).is_some_and(|t| match t.kind {
            TokenKind::Word => {
                self.tables.classes.of(t.word) & (class::STOP | class::VERB) != 0
                    || self.predicate(entity.last)
                    || self.tables.measures.longest(&self.sentence.tokens, entity.last).is_some()
            }
            TokenKind::Mark => matches!(t.text(self.sentence.text), "(" | "," | ":" | "-"),
            TokenKind::Number => false,
        })
    }

    /// Whether a name begins with a family name.
    pub(super) fn names_person(&self, entity: &EntityMention) -> bool {
        let first = &self.sentence.tokens[entity.first];
        self.tables.classes.of(first.word) & class::SURNAME != 0
    }

    /// Whether a name has a foreign word or an abbreviation in it.
    pub(crate) fn foreign(&self, entity: &EntityMention) -> bool {
        let words = self.sentence.tokens.get(entity.first..entity.last).unwrap_or_default();
        words.iter().any(|t| self.tables.foreign_word(t.text(self.sentence.text)))
    }

    /// Whether a word joins the last two names of a list.
    pub(super) fn is_and(&self, token: &Token) -> bool {
        token.kind == TokenKind::Word && self.tables.is_and(token.word)
    }

    /// Whether a name stands in the credit of a picture or text (Ảnh: AFP).
    fn credited(&self, first: usize) -> bool {
        let Some(colon) = first.checked_sub(1).filter(|&i| self.sentence.words(i, first) == ":") else {
            return false;
        };
        colon > 0 && self.tables.classes.of(self.sentence.tokens[colon - 1].word) & class::CREDIT != 0
    }

    /// The role of a name that shares none with its neighbours.
    pub(super) fn of_one(&self, entity: &EntityMention) -> Role {
        if self.credited(entity.first) {
            return Role::Source;
        }
        let near = self.cue_before(entity.first).map(|cue| match cue.role {
            CueRole::On if entity.kind.reports_itself() && entity.entry.is_some() => Role::Venue,
            role => role.role(),
        });
        let figures = near == Some(Role::Owner) && entity.kind.is_place();
        let estimated = near == Some(Role::Owner) && self.estimates(entity.last);
        if near != Some(Role::Place) && !figures && !estimated && self.says(entity.last) {
            return Role::Says;
        }
        if let Some(role @ (Role::Against | Role::Agent | Role::Scope | Role::Venue)) = near {
            return role;
        }
        let near = near.or_else(|| self.cue_over_nouns(entity.first));
        let far = self.far_cue(entity.first);
        match (far, near) {
            (Some((Role::Against, away)), None | Some(Role::Says)) if away > NOUN_BEFORE_NAME => {
                Role::Subject
            }
            (Some((role, _)), _)
            | (
                None,
                Some(role @ (Role::Subject | Role::Owner | Role::Place | Role::Partner | Role::Source)),
            ) => role,
            _ if self.leads(entity) || self.governs_verb(entity) => Role::Subject,
            _ => Role::Object,
        }
    }

    /// Whether a verb follows a name, as it follows a subject.
    pub(super) fn governs_verb(&self, entity: &EntityMention) -> bool {
        let verb = |t: &Token| {
            let class = self.tables.classes.of(t.word);
            t.kind == TokenKind::Word && class & (class::STOP | class::VERB) != 0 && class & class::CUE == 0
        };
        let behind = self.past_aside(entity.last);
        self.sentence.tokens.get(behind).is_some_and(verb) || self.joins(behind) || self.predicate(behind)
    }

    /// Whether a predicate begins at token `at`.
    fn predicate(&self, at: usize) -> bool {
        at < self.sentence.tokens.len() && self.tables.predicates.longest(&self.sentence.tokens, at).is_some()
    }

    /// Behind the bracket that opens at token `at`, if one does.
    fn past_aside(&self, at: usize) -> usize {
        let mark = |i: usize| self.sentence.tokens.get(i).map(|t| t.text(self.sentence.text));
        let close = || (at..at + ASIDE).find(|&i| mark(i) == Some(")"));
        if mark(at) == Some("(") { close().map_or(at, |i| i + 1) } else { at }
    }

    /// Whether the copula stands at token `at`.
    pub(crate) fn joins(&self, at: usize) -> bool {
        self.cue_at(at).is_some_and(|(cue, _)| cue.role == CueRole::Is)
    }

    /// Whether `first..last` lies within one clause.
    pub(crate) fn nearby(&self, first: usize, last: usize) -> bool {
        self.sentence
            .tokens
            .get(first..last)
            .is_some_and(|words| words.iter().all(|t| t.kind != TokenKind::Mark))
    }

    /// Whether only nouns stand in `first..last`.
    pub(crate) fn nouns(&self, first: usize, last: usize) -> bool {
        let noun = |t: &Token| {
            t.kind == TokenKind::Word && self.tables.classes.of(t.word) & (class::STOP | class::CUE) == 0
        };
        self.sentence.tokens.get(first..last).is_some_and(|words| words.iter().all(noun))
    }

    /// Whether an owner only tells whose another name is (Airbus A320 của Vietjet, Tổ chức Y tế của Liên hợp quốc).
    pub(super) fn owns_name(&self, name: &EntityMention, role: Role, owner: &EntityMention) -> bool {
        let named = match name.kind {
            EntityKind::Group | EntityKind::Media => false,
            EntityKind::Name => role != Role::Scope && name.last > name.first + 1 && self.foreign(name),
            _ => true,
        };
        let reaches =
            |last: usize| last <= owner.first && owner.first <= last + 2 && self.nouns(last, owner.first);
        named && self.cue_at(name.last).is_some_and(|(cue, last)| cue.role == CueRole::Owner && reaches(last))
    }
}
