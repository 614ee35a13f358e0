//! Which entity that the page has named common nouns stand for.

use super::stage::Page;
use crate::extract::entity::find::capitals::is_upper;
use crate::extract::entity::memory::OFTEN;
use crate::extract::entity::memory::known::Known;
use crate::extract::entity::rules::common::{StandsFor, Thing};
use crate::extract::entity::{EntityKind, EntityMention, Role};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};

/// Within how many words behind somebody's age their name begins.
const NAME: usize = 3;

/// How many sentences what was named stays what nouns stand for that are no more than its sort.
const LASTS: u32 = 12;

/// How many sentences words for any product mean the last one that was named.
const SOON: u32 = 3;

impl Page<'_, '_, '_, '_> {
    /// The entity that nouns stand for which begin with `head` and end at token `last`.
    pub(super) fn antecedent(&self, head: &Hit<u32>, last: usize) -> Option<usize> {
        let common = &self.assigner.rules.tables.commons[head.value as usize];
        let (aged, whole) = (self.aged(head.last), last == head.last);
        match common.stands_for {
            Some(StandsFor::Speaker) => self.assigner.first_person(head.first, self.memory),
            _ if common.thing == Thing::Person && aged && self.named_behind(head.last + 2).is_some() => {
                self.named_behind(head.last + 2)
            }
            _ if !self.definite(head.first, if aged { head.last + 2 } else { last }) => None,
            Some(StandsFor::Trade | StandsFor::Person | StandsFor::Main) if aged => {
                self.person(head).filter(|_| !self.is_elsewhere(head.last + 2))
            }
            Some(StandsFor::Named) if whole && self.stands_free(head.first, last) => {
                self.called(head.first, last)
            }
            Some(StandsFor::Product) if whole && self.stands_free(head.first, last) => {
                self.called(head.first, last).or_else(|| self.product(head.first, last))
            }
            _ => self.begun_by(head.first, last),
        }
    }

    /// The person that a pronoun stands for with which nouns begin, or end behind words that belong to none (ban đầu | ông).
    pub(super) fn pronoun(&self, first: usize, last: usize) -> Option<usize> {
        let (tables, tokens) = (&self.assigner.rules.tables, self.tokens());
        let adverb = tables.compounds.longest(tokens, first).map(|hit| hit.last);
        let at = adverb.filter(|behind| behind + 1 == last).unwrap_or(first);
        let one = |hit: &Hit<u32>| {
            let anaphor = &tables.anaphors[hit.value as usize];
            anaphor.opens && anaphor.allowed(tokens, hit)
        };
        let hit = tables.anaphor_words.longest_where(tokens, at, one)?;
        // A noun behind it says which other one is meant (bà | nội trợ).
        let alone = hit.last == last || tables.actions.longest(tokens, hit.last).is_some();
        if !alone || !self.definite(at, hit.last) {
            return None;
        }
        let word = self.assigner.scene.sentence.words(at, hit.last);
        let k = self.memory.person_called(word, &tables.address)?;
        let person = self.memory.known[k].kind == EntityKind::Person;
        let sexes = self.memory.known[k].sex.zip(tables.sex(tokens[at].word));
        (person && sexes.is_none_or(|(own, other)| own == other)).then_some(k)
    }

    /// The body whose name begins with the word with a capital that nouns are (Sở | đã cấp phép).
    pub(super) fn body(&self, first: usize, last: usize) -> Option<usize> {
        let (tables, tokens) = (&self.assigner.rules.tables, self.tokens());
        let head = tables.head_words.longest(tokens, first).is_some_and(|hit| hit.last == last);
        let named = tokens[first].capital && last == first + 1 && head;
        let body =
            |k: &usize| matches!(self.memory.known[*k].kind, EntityKind::Agency | EntityKind::Organisation);
        self.begun_by(first, last).filter(body).filter(|_| named)
    }

    fn tokens(&self) -> &[Token] {
        &self.assigner.scene.sentence.tokens
    }

    /// The entity, of those that earlier sentences named last, whose name begins with the words `first..last`.
    fn begun_by(&self, first: usize, last: usize) -> Option<usize> {
        let words = self.assigner.scene.sentence.words(first, last);
        let begins = |text: &str| {
            let begin = text.get(..words.len()).filter(|_| text[words.len()..].starts_with(' '));
            begin.is_some_and(|begin| {
                begin.chars().zip(words.chars()).all(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
            })
        };
        self.last_named(|known| begins(&known.text))
    }

    /// The entity before whose name in the last sentences the words `first..last` stood, if it is the only one, or whose name
    /// begins with them.
    fn called(&self, first: usize, last: usize) -> Option<usize> {
        let (memory, words) = (self.memory, &self.tokens()[first..last]);
        let same = |known: &Known| known.called.iter().copied().eq(words.iter().map(|token| token.word));
        let lately = |known: &Known| memory.sentence - known.seen <= LASTS;
        let last_called = self.last_named(same);
        let begin = |k: usize| memory.known[k].text.split([' ', '-']).next();
        // The same one with more of its name, or less.
        let only = |&of: &usize| {
            memory.known.iter().enumerate().all(|(k, known)| !same(known) || begin(k) == begin(of))
        };
        let found = last_called.filter(only).filter(|&k| lately(&memory.known[k]));
        found.or_else(|| self.begun_by(first, last))
    }

    /// The entity that earlier sentences named last, of those that fit.
    fn last_named(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        let memory = self.memory;
        let earlier = (0..memory.known.len()).filter(|&k| memory.known[k].seen < memory.sentence);
        earlier.filter(|&k| fits(&memory.known[k])).max_by_key(|&k| memory.known[k].last)
    }

    /// Whether what stands before token `first`, and at token `behind`, lets nouns mean one that was named before: no words that
    /// say otherwise, and no name behind them.
    fn definite(&self, first: usize, behind: usize) -> bool {
        let (tables, tokens) = (&self.assigner.rules.tables, self.tokens());
        let indefinite =
            |t: &Token| t.kind == TokenKind::Number || tables.standing.indefinite.contains(&t.word);
        let other = |t: &Token| t.capital || tables.standing.others.contains(&t.word);
        !first.checked_sub(1).is_some_and(|i| indefinite(&tokens[i]))
            && !tokens.get(behind).is_some_and(other)
    }

    /// Whether nouns are no part of other ones, nor what something is done to: they begin a clause, or stand behind words
    /// or before one that mean what was named, and no words behind them say which other one is meant.
    fn stands_free(&self, first: usize, last: usize) -> bool {
        let (tables, tokens) = (&self.assigner.rules.tables, self.tokens());
        let free = |i: usize| {
            tokens[i].kind == TokenKind::Mark || tables.standing.definite.contains(&tokens[i].word)
        };
        let other = tokens.get(last).is_some_and(|t| tables.standing.which.contains(&t.word));
        first.checked_sub(1).is_none_or(free) && !other || self.is_this(last)
    }

    /// Whether a word that means the one that was named last stands at token `at`.
    fn is_this(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|t| self.assigner.rules.tables.standing.this.contains(&t.word))
    }

    /// Whether a word stands at token `at`, behind an age, that says which other person is meant.
    fn is_elsewhere(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|t| self.assigner.rules.tables.standing.elsewhere.contains(&t.word))
    }

    /// Whether an age stands at token `at`.
    fn aged(&self, at: usize) -> bool {
        let [number, unit, ..] = self.tokens().get(at..).unwrap_or_default() else { return false };
        let unit = unit.text(self.assigner.scene.sentence.text);
        number.kind == TokenKind::Number
            && self.assigner.rules.tables.person_units.iter().any(|own| own == unit)
    }

    /// Who is named behind an age that ends before token `behind` (tiền đạo 30 tuổi | người Pháp Karim Benzema).
    fn named_behind(&self, behind: usize) -> Option<usize> {
        let (tables, scene) = (&self.assigner.rules.tables, self.assigner.scene);
        let people = |i: usize| tables.is_people(self.tokens()[i].word);
        // Right behind the word for people stands where they are from.
        let person = |e: &&EntityMention| {
            matches!(e.kind, EntityKind::Person | EntityKind::Name) && !people(e.first - 1)
        };
        let leads = |i: usize| {
            let country = |e: &EntityMention| e.kind == EntityKind::Country && (e.first..e.last).contains(&i);
            let from = people(i) || people(i - 1) || scene.entities.iter().any(country);
            from || tables.standing.named.contains(&self.tokens()[i].word)
        };
        let mut next = scene.entities.iter().filter(|e| (behind..=behind + NAME).contains(&e.first));
        next.find(person).filter(|name| (behind..name.first).all(leads)).map(|name| name.known)
    }

    /// Whom a word for a person's trade or fame stands for behind which an age stands.
    fn person(&self, head: &Hit<u32>) -> Option<usize> {
        let (memory, tables) = (self.memory, &self.assigner.rules.tables);
        let word = self.assigner.scene.sentence.words(head.first, head.last);
        let k = memory.person_called(word, &tables.address)?;
        let known = &memory.known[k];
        let sex = self.tokens()[head.first..head.last].iter().find_map(|t| tables.sex(t.word));
        let alike = known.sex.zip(sex).is_none_or(|(own, other)| own == other);
        let stands_for = tables.commons[head.value as usize].stands_for;
        let any = stands_for != Some(StandsFor::Trade);
        let meant = stands_for != Some(StandsFor::Main) || self.is_main(k) || self.is_this(head.last + 2);
        let trade = match known.trade {
            Some(trade) => any || trade == head.value || self.is_any(trade),
            None => known.title.is_empty() || tables.is_address(&known.title),
        };
        // Of whom only the sort is said, nobody who stands beside or tells of them.
        let apart = known.seen < memory.sentence && (known.role != Role::Says || known.count >= OFTEN);
        // An abbreviation is rather a body.
        (meant && alike && trade && (apart || !any) && !is_upper(&known.text)).then_some(k)
    }

    /// Whether the page has named nobody else, or this person far more often.
    fn is_main(&self, k: usize) -> bool {
        let person = |known: &Known| known.kind == EntityKind::Person;
        let alone = self.memory.known.iter().filter(|&known| person(known)).count() == 1;
        alone || self.memory.main(person) == Some(k)
    }

    /// Whether nouns of this rule stand for persons of any trade.
    fn is_any(&self, rule: u32) -> bool {
        let stands_for = self.assigner.rules.tables.commons[rule as usize].stands_for;
        matches!(stands_for, Some(StandsFor::Person | StandsFor::Main))
    }

    /// The product that the page is about, if it named no other one since; the last one, if the word behind the nouns of tokens
    /// `first..last` says so, or they begin a clause soon after it was named.
    fn product(&self, first: usize, last: usize) -> Option<usize> {
        let standing = &self.assigner.rules.tables.standing;
        let fits = |known: &Known| known.is_product() && !standing.is_part(&known.text);
        let (named, main) = (self.last_named(fits), self.memory.main(fits));
        let opens = first.checked_sub(1).is_none_or(|i| self.tokens()[i].kind == TokenKind::Mark);
        let soon = |known: &Known| opens && self.memory.sentence - known.seen <= SOON;
        named.filter(|&k| self.is_this(last) || main == named || soon(&self.memory.known[k]))
    }
}
