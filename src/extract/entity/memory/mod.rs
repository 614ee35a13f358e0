//! What earlier sentences of a page leave behind.

pub(super) mod known;

use self::known::{Known, Named};
use super::rules::tables::Tables;
use super::{EntityKind, Role};
use crate::text::same_in_any_case;

/// How many entities of earlier sentences are remembered; more are forgotten, the rarest first.
const LIMIT: usize = 48;

/// How many sentences an entity stays the topic without being named again.
const TOPIC_LASTS: u32 = 3;

/// How many times a page names what it is about, at least.
pub(super) const OFTEN: u32 = 3;

/// For how many mentions one in the headline counts.
const HEADLINE: u32 = 3;

/// How many mentions whom a page is about has at least.
const MAIN: u32 = 5;

/// What people are named as; a name that no rule knows may be a person's.
const PEOPLE: [EntityKind; 2] = [EntityKind::Person, EntityKind::Name];

/// What earlier sentences of a page leave behind for resolving entities. A new page begins with a new one.
#[derive(Debug, Clone, Default)]
pub struct EntityMemory {
    pub(crate) known: Vec<Known>,
    /// Short names that the page defines.
    pub(crate) aliases: Vec<(Box<str>, usize)>,
    /// Whom the article is about just now.
    topic: Option<usize>,
    /// Sentence of the topic.
    topic_at: u32,
    /// Whether that sentence begins with it.
    topic_led: bool,
    /// The clock at the beginning of the sentence.
    began: u32,
    /// The clock at the beginning of the sentence before.
    previous: u32,
    pub(crate) sentence: u32,
    /// The person or other name that a sentence is about as its subject: of the last sentence that has one, and its number.
    pub(crate) led: Option<(usize, u32)>,
    /// Who said something last, and in which sentence.
    pub(crate) spoke: Option<(usize, u32)>,
    /// Whether a quotation went on where the last sentence ended.
    pub(crate) quoting: bool,
    /// What the headline names.
    pub(crate) headline: Vec<usize>,
    clock: u32,
}

impl EntityMemory {
    /// Tells that a paragraph begins, in which no quotation of the one before goes on.
    pub(crate) fn new_paragraph(&mut self) {
        self.quoting = false;
    }

    /// Tells that a sentence begins.
    pub(super) fn begin_sentence(&mut self) {
        self.sentence += 1;
        (self.previous, self.began) = (self.began, self.clock);
    }

    /// Takes note of a mention; says which of the known entities it is.
    pub(crate) fn note(&mut self, named: &Named<'_>) -> usize {
        let at = self.known.iter().position(|k| k.is_same(named)).or_else(|| self.person(named));
        let at = at.unwrap_or_else(|| self.add(named));
        self.known[at].rename(named);
        self.touch(at);
        at
    }

    /// The only person that may have this name, in full or but for the first words of the longer one.
    fn person(&self, named: &Named<'_>) -> Option<usize> {
        let mut fits = (0..self.known.len()).filter(|&i| self.known[i].is_person_called(named));
        fits.next().filter(|_| fits.next().is_none())
    }

    /// Counts another mention of a known entity.
    pub(crate) fn touch(&mut self, at: usize) {
        self.clock += 1;
        let known = &mut self.known[at];
        known.count += 1;
        (known.last, known.seen) = (self.clock, self.sentence);
    }

    /// Takes note of the part that a known entity plays in the sentence, and whether that begins with it.
    pub(super) fn played(&mut self, at: usize, role: Role, early: bool) {
        (self.known[at].role, self.known[at].early) = (role, early);
    }

    fn add(&mut self, named: &Named<'_>) -> usize {
        let new = Known::new(named, self.sentence);
        // What this sentence names stays: its mentions know their places here.
        let earlier = (0..self.known.len()).filter(|&i| self.known[i].seen < self.sentence);
        let rarest = earlier.min_by_key(|&i| (self.known[i].count, self.known[i].last));
        let Some(rarest) = rarest.filter(|_| self.known.len() >= LIMIT) else {
            self.known.push(new);
            return self.known.len() - 1;
        };
        if self.topic == Some(rarest) {
            self.topic = None;
        }
        for said in [&mut self.led, &mut self.spoke] {
            said.take_if(|(k, _)| *k == rarest);
        }
        self.aliases.retain(|(_, at)| *at != rarest);
        self.headline.retain(|at| *at != rarest);
        self.known[rarest] = new;
        rarest
    }

    /// The known entity of a gazetteer entry.
    pub(super) fn known_entry(&self, entry: u32) -> Option<usize> {
        self.known.iter().position(|k| k.entry == Some(entry))
    }

    /// The known entity that the page calls `name`, by a name it defined or as it stood before.
    pub(crate) fn by_name(&self, name: &str) -> Option<usize> {
        let alias = self.aliases.iter().find(|(text, _)| **text == *name).map(|(_, at)| *at);
        alias.or_else(|| self.known.iter().position(|k| *k.text == *name))
    }

    /// Remembers that the page calls a known entity `name`.
    pub(crate) fn define(&mut self, name: &str, at: usize) {
        if self.aliases.len() < LIMIT && !self.aliases.iter().any(|(text, _)| **text == *name) {
            self.aliases.push((name.into(), at));
        }
    }

    /// The entity of one of `kinds` that was named last; a name that no rule knows counts once the page repeats it.
    pub(super) fn last_of(&self, kinds: &[EntityKind]) -> Option<usize> {
        let known = |known: &Known| known.kind != EntityKind::Name || known.count > 1;
        let fits = |&i: &usize| kinds.contains(&self.known[i].kind) && known(&self.known[i]);
        (0..self.known.len()).filter(fits).max_by_key(|&i| self.known[i].last)
    }

    /// The person whom a word of address or for their trade stands for: who was named last, if with that very word,
    /// or whom the page names most, if not with another word of address.
    pub(super) fn person_called(&self, word: &str, tables: &Tables) -> Option<usize> {
        let Some(last) = self.last_of(&PEOPLE) else {
            return self.only_name_lately(&tables.no_persons);
        };
        if self.is_titled(last, word) {
            return Some(last);
        }
        let addressed = |word: &str| tables.address.iter().any(|own| same_in_any_case(own, word));
        let fits = |&k: &usize| {
            let title = self.known[k].text.split(' ').next().unwrap_or_default();
            let alike = !addressed(title) || !addressed(word) || same_in_any_case(title, word);
            alike && !self.known[k].is_no_person(&tables.no_persons)
        };
        let found = self.most_named(last).or_else(|| self.only_lately(last)).or_else(|| self.just_led());
        found.filter(fits)
    }

    /// Whether the name of person `k` begins with that word for them; one for a trade may be of several (nhạc sĩ).
    fn is_titled(&self, k: usize, word: &str) -> bool {
        let Known { kind, text, .. } = &self.known[k];
        let title = text.get(..word.len());
        *kind == EntityKind::Person && title.is_some_and(|title| same_in_any_case(title, word))
    }

    /// The people, or what may be some.
    fn people(&self) -> impl Iterator<Item = usize> {
        (0..self.known.len()).filter(|&k| PEOPLE.contains(&self.known[k].kind))
    }

    /// Whether an entity was named in this sentence or the one before.
    fn lately(&self, k: usize) -> bool {
        self.known[k].last > self.previous
    }

    /// The person whom the page names most, if it does so often and lately, or if it is `last`, who was named last.
    fn most_named(&self, last: usize) -> Option<usize> {
        let most = self.people().max_by_key(|&k| (self.known[k].count, self.known[k].last))?;
        let sure = self.known[most].count >= OFTEN && self.lately(most);
        let only = most == last && self.known[last].kind == EntityKind::Person;
        (sure || only).then_some(most)
    }

    /// The person `last`, if no other was named lately.
    fn only_lately(&self, last: usize) -> Option<usize> {
        let mut lately = self.people().filter(|&k| self.lately(k));
        lately.next().filter(|&k| k == last && lately.next().is_none())
    }

    /// What this sentence or the one before named that may be a person, if they named one thing of that sort.
    fn only_name_lately(&self, no_persons: &[String]) -> Option<usize> {
        let mut names =
            (0..self.known.len()).filter(|&k| self.lately(k) && self.known[k].may_be_person(no_persons));
        names.next().filter(|_| names.next().is_none())
    }

    /// Whom this sentence or the one before is about as its subject.
    fn just_led(&self) -> Option<usize> {
        self.led.filter(|&(_, at)| at + 1 >= self.sentence).map(|(k, _)| k)
    }

    /// Whether some entity is the topic just now.
    pub(super) fn has_topic(&self) -> bool {
        self.topic.is_some() && self.sentence - self.topic_at <= TOPIC_LASTS
    }

    /// How many sentences ago a known entity was last made the topic, and whether it began that one; nothing of any
    /// other.
    pub(super) fn topic_of(&self, at: usize) -> Option<(u32, bool)> {
        (self.topic == Some(at)).then(|| (self.sentence - self.topic_at, self.topic_led))
    }

    /// Whom the page is about as far as it was read: whom it names far more often than others of those that `fit`,
    /// the headline counting for several (of persons, Lan, named six times, where it names Minh twice, but a company ten times).
    pub(crate) fn main(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        let weight = |k: usize| {
            let named = if self.headline.contains(&k) { HEADLINE } else { 0 };
            self.known[k].count + named
        };
        let (mut best, mut second) = (None, 0);
        for k in (0..self.known.len()).filter(|&k| fits(&self.known[k])) {
            let weight = weight(k);
            match best {
                Some((_, most)) if weight <= most => second = second.max(weight),
                _ => {
                    second = second.max(best.map_or(0, |(_, most)| most));
                    best = Some((k, weight));
                }
            }
        }
        best.filter(|&(_, most)| most >= MAIN && most >= second + OFTEN).map(|(k, _)| k)
    }

    /// Whether the page is about another business than this one, which it names in passing.
    pub(super) fn in_passing(&self, at: usize) -> bool {
        let business = |known: &Known| known.kind.reports_itself();
        business(&self.known[at]) && self.main(business).is_some_and(|main| main != at)
    }

    /// Makes a known entity the topic; `led` tells that its sentence begins with it.
    pub(super) fn set_topic(&mut self, at: usize, led: bool) {
        (self.topic, self.topic_at, self.topic_led) = (Some(at), self.sentence, led);
    }

    /// The antecedent of a bare noun: the topic if it fits, else the most named entity of those types if the page
    /// names no other of them as often.
    pub(super) fn subject_of(&self, kinds: &[EntityKind]) -> Option<usize> {
        let fits = |&i: &usize| kinds.contains(&self.known[i].kind);
        let mut here = (0..self.known.len()).filter(|&i| self.known[i].last > self.began && fits(&i));
        let here = here.next().filter(|_| here.next().is_none());
        let topic = here.or(self.topic.filter(fits));
        topic.or_else(|| {
            let most = (0..self.known.len())
                .filter(fits)
                .max_by_key(|&i| (self.known[i].count, self.known[i].last))?;
            let rivals =
                (0..self.known.len()).filter(fits).filter(|&i| self.known[i].count == self.known[most].count);
            (rivals.count() == 1).then_some(most)
        })
    }
}
