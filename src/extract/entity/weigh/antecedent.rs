//! Which entity that the page has named common nouns stand for.

use super::stage::Page;
use crate::extract::entity::find::capitals::is_upper;
use crate::extract::entity::rules::file::StandsFor;
use crate::extract::entity::{EntityKind, EntityMention, Role};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};

/// How many sentences a speaker goes on.
const SPEECH: u32 = 3;

/// Within how many words behind somebody's age their name begins.
const NAME: usize = 3;

impl Page<'_, '_, '_, '_> {
    /// The entity that nouns stand for which begin with `head` and end at token `last`.
    pub(super) fn antecedent(&self, head: &Hit<u32>, last: usize) -> Option<usize> {
        let common = &self.assigner.rules.tables.commons[head.value as usize];
        self.begun_by(head.first, last).or_else(|| match common.stands_for {
            Some(StandsFor::Speaker) => self.speaker(head.first),
            Some(StandsFor::Aged) if self.aged(head.last) && self.definite(head.first, last) => {
                self.person(head)
            }
            Some(StandsFor::Named) if last == head.last && self.definite(head.first, last) => {
                self.called(head.first, last)
            }
            Some(StandsFor::Product) if last == head.last && self.definite(head.first, last) => {
                self.called(head.first, last).or_else(|| self.product(last))
            }
            _ => None,
        })
    }

    fn tokens(&self) -> &[Token] {
        &self.assigner.scene.sentence.tokens
    }

    /// The entity, of those that earlier sentences named last, whose name begins with the words `first..last`.
    fn begun_by(&self, first: usize, last: usize) -> Option<usize> {
        let words = self.assigner.scene.sentence.words(first, last);
        let begins = |text: &str| {
            let begin = text.get(..words.len()).filter(|_| text[words.len()..].starts_with(' '));
            begin.is_some_and(|begin| same(begin, words))
        };
        self.last_named(|k| begins(&self.memory.known[k].text))
    }

    /// The entity before one of whose names in earlier sentences the words `first..last` stood.
    fn called(&self, first: usize, last: usize) -> Option<usize> {
        let words = self.assigner.scene.sentence.words(first, last);
        self.last_named(|k| same(&self.memory.known[k].called, words))
    }

    /// The entity that earlier sentences named last, of those that fit.
    fn last_named(&self, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let memory = self.memory;
        let earlier = (0..memory.known.len()).filter(|&k| memory.known[k].seen < memory.sentence);
        earlier.filter(|&k| fits(k)).max_by_key(|&k| memory.known[k].last)
    }

    /// Whether the words around the nouns `first..last` let them mean one that was named before: none that say otherwise, and no
    /// name behind them.
    fn definite(&self, first: usize, last: usize) -> bool {
        let (tables, tokens) = (&self.assigner.rules.tables, self.tokens());
        let indefinite = |t: &Token| t.kind == TokenKind::Number || tables.indefinite.contains(&t.word);
        let other = |t: &Token| t.capital || tables.others.contains(&t.word);
        !first.checked_sub(1).is_some_and(|i| indefinite(&tokens[i])) && !tokens.get(last).is_some_and(other)
    }

    /// Who says the quotation that token `at` stands in.
    fn speaker(&self, at: usize) -> Option<usize> {
        let (scene, memory) = (self.assigner.scene, self.memory);
        let quoted = |at: usize| self.assigner.layout.at(at).quoted != 0;
        if !quoted(at) && !memory.quoting {
            return None;
        }
        let says = |(entity, role): &(&EntityMention, &Role)| {
            let person = matches!(entity.kind, EntityKind::Person | EntityKind::Name);
            person && **role == Role::Says && !quoted(entity.first)
        };
        let here = scene.entities.iter().zip(&self.assigner.roles).filter(says).last();
        let spoke = memory.spoke.filter(|(_, sentence)| memory.sentence - sentence <= SPEECH);
        here.map(|(entity, _)| entity.known).or(spoke.map(|(k, _)| k))
    }

    /// Whether an age stands at token `at`.
    fn aged(&self, at: usize) -> bool {
        let [number, unit, ..] = self.tokens().get(at..).unwrap_or_default() else { return false };
        let unit = unit.text(self.assigner.scene.sentence.text);
        number.kind == TokenKind::Number
            && self.assigner.rules.tables.person_units.iter().any(|own| own == unit)
    }

    /// Whom a word for a person stands for behind which an age stands: who is named behind it, or was before.
    fn person(&self, head: &Hit<u32>) -> Option<usize> {
        let (assigner, memory) = (self.assigner, self.memory);
        let (tables, scene) = (&assigner.rules.tables, assigner.scene);
        let behind = head.last + 2;
        let person = |e: &&EntityMention| matches!(e.kind, EntityKind::Person | EntityKind::Name);
        let leads = |from: usize, to: usize| {
            (from..to).all(|i| {
                let country = scene.entities.iter().any(|e| (e.first..e.last).contains(&i));
                let people = |i: usize| tables.is_people(self.tokens()[i].word);
                country || people(i) || people(i - 1) || tables.named.contains(&self.tokens()[i].word)
            })
        };
        let mut next = scene.entities.iter().filter(|e| (behind..=behind + NAME).contains(&e.first));
        if let Some(name) = next.find(person).filter(|name| leads(behind, name.first)) {
            return Some(name.known);
        }
        let word = scene.sentence.words(head.first, head.last);
        let sex = self.tokens()[head.first..head.last].iter().find_map(|t| tables.sex(t.word));
        let fits = |&k: &usize| memory.known[k].sex.zip(sex).is_none_or(|(own, other)| own == other);
        // An abbreviation is rather a body.
        let name = |&k: &usize| !is_upper(&memory.known[k].text);
        memory.person_called(word, &tables.address).filter(|k| fits(k) && name(k))
    }

    /// The product that the page is about; the last one, if the word at token `at` says so.
    fn product(&self, at: usize) -> Option<usize> {
        let (memory, tables) = (self.memory, &self.assigner.rules.tables);
        let product = |k: usize| memory.known[k].is_product();
        let this = self.tokens().get(at).is_some_and(|t| tables.this.contains(&t.word));
        let main = memory.main(|known| known.is_product());
        main.or_else(|| this.then(|| self.last_named(product)).flatten())
    }
}

/// Whether two texts are the same in small letters.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}
