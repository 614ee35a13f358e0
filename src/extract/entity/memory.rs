//! What earlier sentences of a page leave behind.

use super::EntityKind;
use crate::fact::Kind;

/// How many entities of a page are remembered; more are forgotten, the rarest first.
const LIMIT: usize = 48;

/// How many sentences a business stays the topic without being named again.
const TOPIC_LASTS: u32 = 6;

/// How many times a page names what it is about, at least.
pub(super) const OFTEN: u32 = 3;

/// For how many mentions one in the headline counts.
const HEADLINE: u32 = 3;

/// How many mentions whom a page is about has at least.
const MAIN: u32 = 5;

/// An entity that the page named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The words, as they last stood.
    pub(super) text: Box<str>,
    /// The entry of the gazetteers.
    pub(super) entry: Option<u32>,
    pub(super) kind: EntityKind,
    pub(super) count: u32,
    /// The sentence that last named it, and its place among the mentions.
    pub(super) last: u32,
}

/// What earlier sentences of a page leave behind for resolving entities. A new page begins with a new one.
#[derive(Debug, Clone, Default)]
pub struct EntityMemory {
    pub(super) known: Vec<Known>,
    /// Short names that the page defines.
    pub(super) aliases: Vec<(Box<str>, usize)>,
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
    pub(super) sentence: u32,
    /// The person or other name that a sentence is about as its subject: of the last sentence that has one, and its number.
    pub(super) led: Option<(usize, u32)>,
    /// The one place that the headline names.
    pub(super) dateline: Option<usize>,
    /// What the headline names.
    pub(super) headline: Vec<usize>,
    clock: u32,
}

impl EntityMemory {
    /// Tells that a sentence begins.
    pub(super) fn begin_sentence(&mut self) {
        self.sentence += 1;
        (self.previous, self.began) = (self.began, self.clock);
    }

    /// Takes note of a mention; says which of the known entities it is.
    pub(super) fn note(&mut self, text: &str, entry: Option<u32>, kind: EntityKind) -> usize {
        let same = |k: &Known| match entry {
            Some(entry) => k.entry == Some(entry),
            None => k.entry.is_none() && *k.text == *text,
        };
        let at = self.known.iter().position(same).unwrap_or_else(|| self.add(text, entry, kind));
        if *self.known[at].text != *text {
            self.known[at].text = text.into();
        }
        self.touch(at);
        at
    }

    /// Counts another mention of a known entity.
    pub(super) fn touch(&mut self, at: usize) {
        self.clock += 1;
        let known = &mut self.known[at];
        known.count += 1;
        known.last = self.clock;
    }

    fn add(&mut self, text: &str, entry: Option<u32>, kind: EntityKind) -> usize {
        let new = Known { text: text.into(), entry, kind, count: 0, last: 0 };
        if self.known.len() < LIMIT {
            self.known.push(new);
            return self.known.len() - 1;
        }
        let rarest = (0..LIMIT).min_by_key(|&i| (self.known[i].count, self.known[i].last)).unwrap_or(0);
        if self.topic == Some(rarest) {
            self.topic = None;
        }
        if self.led.is_some_and(|(k, _)| k == rarest) {
            self.led = None;
        }
        if self.dateline == Some(rarest) {
            self.dateline = None;
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
    pub(super) fn by_name(&self, name: &str) -> Option<usize> {
        let alias = self.aliases.iter().find(|(text, _)| **text == *name).map(|(_, at)| *at);
        alias.or_else(|| self.known.iter().position(|k| *k.text == *name))
    }

    /// Remembers that the page calls a known entity `name`.
    pub(super) fn define(&mut self, name: &str, at: usize) {
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
    /// or whom the page names most, if not with another word of `address`.
    pub(super) fn person_called(&self, word: &str, address: &[String]) -> Option<usize> {
        let same = |a: &str, b: &str| {
            a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
        };
        let people = [EntityKind::Person, EntityKind::Name];
        let last = self.last_of(&people)?;
        let title = |k: usize| self.known[k].text.split(' ').next().unwrap_or_default();
        let addressed = |word: &str| address.iter().any(|a| same(a, word));
        let fits = |&k: &usize| !addressed(title(k)) || !addressed(word) || same(title(k), word);
        // A trade may have several words (nhạc sĩ).
        let titled = |text: &str| text.get(..word.len()).is_some_and(|title| same(title, word));
        if self.known[last].kind == EntityKind::Person && titled(&self.known[last].text) {
            return Some(last);
        }
        let of_people = |&k: &usize| people.contains(&self.known[k].kind);
        let most = (0..self.known.len())
            .filter(of_people)
            .max_by_key(|&k| (self.known[k].count, self.known[k].last))?;
        let just = self.known[most].last > self.previous;
        let sure = self.known[most].count >= OFTEN && just;
        let only = most == last && self.known[last].kind == EntityKind::Person;
        let mut lately =
            (0..self.known.len()).filter(of_people).filter(|&k| self.known[k].last > self.previous);
        let alone = lately.next().filter(|_| lately.next().is_none()).filter(|&k| k == last);
        let led = self.led.filter(|&(_, at)| at + 1 >= self.sentence).map(|(k, _)| k);
        Some(most).filter(|_| sure || only).or(alone).or(led).filter(fits)
    }

    /// The topic, while it lasts: longer for a business and for what the page names often, and shorter for things
    /// counted, which texts of any topic are full of.
    pub(super) fn topic(&self, kind: Kind) -> Option<usize> {
        let counted = matches!(kind, Kind::Count | Kind::Quantity | Kind::Rate);
        let topic = self.topic?;
        let known = &self.known[topic];
        let often = known.count >= OFTEN && self.known.iter().all(|k| k.count <= known.count);
        let lasts = match known.kind {
            EntityKind::Bank | EntityKind::Company if often || !counted => TOPIC_LASTS,
            EntityKind::Bank | EntityKind::Company => 1,
            EntityKind::Place if kind == Kind::Quantity && !often => u32::from(self.topic_led),
            EntityKind::Place | EntityKind::Project if !often => 1,
            _ if counted => u32::from(often || self.topic_led),
            _ if often => TOPIC_LASTS / 2,
            _ => 1,
        };
        (self.sentence - self.topic_at <= lasts).then_some(topic)
    }

    /// Whom the page is about as far as it was read: whom it names far more often than others of those that `fit`,
    /// the headline counting for several.
    pub(super) fn main(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
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
