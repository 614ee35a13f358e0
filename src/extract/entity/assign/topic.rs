//! Whom later sentences that name nobody are about.

use super::{Choice, Context};
use crate::extract::entity::memory::known::{Known, Named};
use crate::extract::entity::memory::{EntityMemory, OFTEN};
use crate::extract::entity::{EntityKind, EntityMention, Role};

/// A name that begins within so many words leads its sentence.
pub(super) const LEADING_WORDS: usize = 4;

impl Context<'_, '_, '_> {
    /// What a headline names, but for whom it names in passing.
    pub(super) fn headline(&self) -> Vec<usize> {
        let told = |role: &Role| !matches!(role, Role::Source | Role::Says | Role::Against | Role::Venue);
        let named = self.scene.entities.iter().zip(&self.roles).filter(|(_, role)| told(role));
        let mut headline: Vec<usize> = named.map(|(e, _)| e.known).collect();
        headline.sort_unstable();
        headline.dedup();
        headline
    }

    /// The person, or what may be one, that is the first subject of the sentence, for the pronouns of the next.
    pub(super) fn leading_name(&self) -> Option<usize> {
        let mut named = self.scene.entities.iter().zip(&self.roles);
        let reader = self.reader();
        let proper = |e: &EntityMention| reader.foreign(e) || reader.names_person(e);
        let person = |e: &EntityMention| match e.kind {
            EntityKind::Person => true,
            EntityKind::Name => e.last > e.first + 1 && proper(e),
            _ => false,
        };
        let led = named.find(|(e, role)| person(e) && matches!(role, Role::Subject | Role::Says));
        led.map(|(e, _)| e.known)
    }

    /// What later sentences that name nobody are about.
    pub(super) fn set_topic(&self, choices: &[Choice], memory: &mut EntityMemory) {
        let leads = |a: usize, b: usize| a == b || self.scene.entities[a].first <= LEADING_WORDS;
        let mut about = choices.iter().copied().filter(|choice| match *choice {
            Choice::Here(a, b) => leads(a, b),
            Choice::Known(_) => true,
            Choice::Within(_) | Choice::Common(..) | Choice::Nobody => false,
        });
        let topic = match about.next() {
            Some(first) if about.all(|other| other == first) => self.noted(first, memory),
            None if choices.is_empty() => self.first_subject(memory),
            _ => None,
        };
        if let Some(topic) = topic.filter(|&k| self.carries(&memory.known[k])) {
            let led = self
                .scene
                .entities
                .iter()
                .zip(&self.roles)
                .any(|(e, role)| e.known == topic && *role == Role::Subject && e.first <= LEADING_WORDS);
            let list = &memory.known[topic];
            let led = led || list.seen == memory.sentence && list.early && list.role == Role::Subject;
            memory.set_topic(topic, led);
        }
    }

    /// The place of a choice in the memory; a list is remembered as one whole, which later sentences may be about.
    fn noted(&self, choice: Choice, memory: &mut EntityMemory) -> Option<usize> {
        let (a, b) = match choice {
            Choice::Here(a, b) if a < b => (a, b),
            Choice::Here(a, _) => return Some(self.scene.entities[a].known),
            Choice::Known(k) => return Some(k),
            Choice::Within(_) | Choice::Common(..) | Choice::Nobody => return None,
        };
        let (first, last) = (&self.scene.entities[a], &self.scene.entities[b]);
        let text = &self.scene.sentence.text[first.span.start..last.span.end];
        let kind = if first.kind.is_place() { EntityKind::Region } else { EntityKind::Name };
        let whole = memory.note(&Named::bare(text, None, kind));
        memory.played(whole, self.roles[a], true);
        memory.known[whole].words = self.weighed_words(first.first, last.last);
        Some(whole)
    }

    /// The first subject or owner that later sentences may be about.
    fn first_subject(&self, memory: &EntityMemory) -> Option<usize> {
        let reader = self.reader();
        // Brackets and objects tell of something else than the sentence does.
        let subject = |k: usize| match self.roles[k] {
            Role::Owner => true,
            Role::Subject => reader.leads(&self.scene.entities[k]),
            _ => false,
        } && self.layout.at(self.scene.entities[k].first).bracket == 0;
        let known = (0..self.roles.len()).filter(|&k| subject(k)).map(|k| self.scene.entities[k].known);
        // A body that is named in passing mostly speaks or acts; the figures that follow are of others.
        let speaks = |known: &Known| {
            matches!(known.kind, EntityKind::Agency | EntityKind::Organisation) && known.count < OFTEN
        };
        let about =
            |&k: &usize| self.carries(&memory.known[k]) && !speaks(&memory.known[k]) && !memory.in_passing(k);
        let subject = known.into_iter().find(about);
        subject.or_else(|| self.last_place().filter(|_| !memory.has_topic()))
    }

    /// The place where a sentence sets its scene.
    fn last_place(&self) -> Option<usize> {
        let scene = |&k: &usize| {
            let entity = &self.scene.entities[k];
            self.roles[k] == Role::Place
                && matches!(entity.kind, EntityKind::Place | EntityKind::Province | EntityKind::Project)
                && self.layout.at(entity.first).bracket == 0
        };
        (0..self.roles.len()).rev().find(scene).map(|k| self.scene.entities[k].known)
    }
}
