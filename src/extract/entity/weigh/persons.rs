//! Which person nouns stand for that words behind them describe: of what age (tiền vệ | 30 tuổi), from which country (tiền vệ |
//! người Bỉ), or the one named last (tiền vệ | này).

use super::sentence_candidates::Page;
use crate::extract::entity::memory::OFTEN;
use crate::extract::entity::memory::known::Known;
use crate::extract::entity::rules::capitals::is_upper;
use crate::extract::entity::rules::common::{StandsFor, Thing};
use crate::extract::entity::{EntityKind, EntityMention, Role};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};

/// Within how many words behind such a description the name of that person begins.
const NAME: usize = 3;

/// How many words nouns may have that own something.
const OWNER: usize = 3;

/// What says which person nouns mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Age,
    Country,
    This,
}

/// Words that say which person nouns mean.
#[derive(Debug)]
pub(super) struct Which {
    sort: Sort,
    /// The token behind them.
    behind: usize,
}

impl Page<'_, '_, '_, '_> {
    /// The words that begin at token `at`, if they say which person is meant.
    pub(super) fn which_person(&self, at: usize) -> Option<Which> {
        let which = |sort, behind| Some(Which { sort, behind });
        if self.aged(at) {
            which(Sort::Age, at + 2)
        } else if self.is_this(at) {
            which(Sort::This, at + 1)
        } else {
            which(Sort::Country, self.country_behind(at)?)
        }
    }

    /// Behind which token words for a country end that stand behind a word for people at token `at`.
    fn country_behind(&self, at: usize) -> Option<usize> {
        let (tokens, scene) = (self.tokens(), self.context.scene);
        tokens.get(at).filter(|t| self.context.rules.tables.is_people(t.word))?;
        let place = |e: &&EntityMention| e.first == at + 1 && e.kind == EntityKind::Country;
        if let Some(country) = scene.entities.iter().find(place) {
            return Some(country.last);
        }
        // Some names of countries are other words, too, and found nowhere else.
        let named = |i: &usize| scene.entities.iter().any(|e| e.first == *i);
        let country = (at + 1..tokens.len()).take_while(|i| tokens[*i].capital && !named(i));
        country.last().map(|last| last + 1)
    }

    /// The person that nouns stand for which begin with `head` and are described so.
    pub(super) fn described_person(&self, head: &Hit<u32>, which: &Which) -> Option<usize> {
        let common = &self.context.rules.tables.commons[head.value as usize];
        if let Some(named) = self.named_behind(which.behind) {
            return Some(named);
        }
        let standing = &self.context.rules.tables.standing;
        let elsewhere = |t: &Token| standing.elsewhere.contains(&t.word);
        // Nothing behind the word for this one says which other one is meant.
        let allowed = which.sort == Sort::This
            || self.definite(head.first, which.behind)
                && !self.tokens().get(which.behind).is_some_and(elsewhere);
        if !allowed || !self.no_other(head.first) || self.owns(head.first) {
            return None;
        }
        let found = match common.stands_for {
            Some(StandsFor::Trade | StandsFor::Person | StandsFor::Main) => self.person(head, which),
            _ => self.begun_by(head.first, head.last),
        };
        found.or_else(|| self.begun_by(head.first, head.last).filter(|_| which.sort == Sort::This))
    }

    /// Whether nouns at token `first` own a person or body that the value is then of (mẹ của | cầu thủ này).
    fn owns(&self, first: usize) -> bool {
        let (tables, tokens) = (&self.context.rules.tables, self.tokens());
        let Some(of) = first.checked_sub(1).filter(|&i| tables.standing.of.contains(&tokens[i].word)) else {
            return false;
        };
        (of.saturating_sub(OWNER)..of).any(|i| {
            let noun = tables.common.longest(tokens, i).filter(|hit| hit.last == of);
            let thing = noun.map(|hit| tables.commons[hit.value as usize].thing);
            matches!(thing, Some(Thing::Person | Thing::People | Thing::Business | Thing::Body))
        })
    }

    /// Whether an age stands at token `at`.
    fn aged(&self, at: usize) -> bool {
        let [number, unit, ..] = self.tokens().get(at..).unwrap_or_default() else { return false };
        let unit = unit.text(self.context.scene.sentence.text);
        number.kind == TokenKind::Number && self.context.rules.tables.is_age(unit)
    }

    /// Who is named behind a description that ends before token `behind` (tiền đạo 30 tuổi | người Pháp Karim Benzema).
    fn named_behind(&self, behind: usize) -> Option<usize> {
        let (tables, scene) = (&self.context.rules.tables, self.context.scene);
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

    /// Whom a word for a person's trade or fame stands for that is described so.
    fn person(&self, head: &Hit<u32>, which: &Which) -> Option<usize> {
        let (memory, tables) = (self.memory, &self.context.rules.tables);
        let word = self.context.scene.sentence.words(head.first, head.last);
        let stands_for = tables.commons[head.value as usize].stands_for;
        let sure = memory.person_called(word, tables);
        let k = sure.or_else(|| self.someone(which).filter(|_| stands_for != Some(StandsFor::Main)))?;
        let known = &memory.known[k];
        let sex = self.tokens()[head.first..head.last].iter().find_map(|t| tables.sex(t.word));
        let alike = known.sex.zip(sex).is_none_or(|(own, other)| own == other);
        let any = stands_for != Some(StandsFor::Trade);
        let this = which.sort == Sort::This || self.is_this(which.behind);
        let meant = match (stands_for, which.sort) {
            (Some(StandsFor::Main), Sort::Country) => false,
            (Some(StandsFor::Main), _) => this || self.is_main(k),
            // Whom something is done to may be somebody new (mua tiền vệ người Bỉ).
            (_, Sort::Country) => self.begins_or_is_told(head.first) || self.is_main(k),
            _ => true,
        };
        let trade = match known.trade {
            Some(trade) => any || trade == head.value || self.is_any(trade),
            None => known.title.is_empty() || tables.is_address(&known.title),
        };
        // Of whom only the sort is said, nobody who stands beside or tells of them.
        let apart = known.seen < memory.sentence && (known.role != Role::Says || known.count >= OFTEN);
        // An abbreviation is rather a body.
        (meant && alike && trade && (apart || !any) && !is_upper(&known.text)).then_some(k)
    }

    /// The person that the sentence before named last, or a name there that may be a person's; but for a word for this one, if it
    /// named no other.
    fn someone(&self, which: &Which) -> Option<usize> {
        let memory = self.memory;
        let just = |known: &Known| {
            known.seen + 1 == memory.sentence && known.may_be_person(&self.context.rules.tables.no_persons)
        };
        let found = self.last_named(just)?;
        let alone = || memory.known.iter().filter(|&known| just(known)).count() == 1;
        (which.sort == Sort::This || alone()).then_some(found)
    }

    /// Whether the page has named nobody else, or this person far more often.
    fn is_main(&self, k: usize) -> bool {
        let person = |known: &Known| known.kind == EntityKind::Person;
        let alone = self.memory.known.iter().filter(|&known| person(known)).count() == 1;
        alone || self.memory.main(person) == Some(k)
    }

    /// Whether nouns of this rule stand for persons of any trade.
    fn is_any(&self, rule: u32) -> bool {
        let stands_for = self.context.rules.tables.commons[rule as usize].stands_for;
        matches!(stands_for, Some(StandsFor::Person | StandsFor::Main))
    }
}
