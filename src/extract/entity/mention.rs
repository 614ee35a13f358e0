//! An entity in a sentence: its type, the part that it plays, and what found it.

use std::ops::Range;

use serde::Deserialize;

use crate::rules::named_values;

named_values! {
    /// The type of an entity.
    pub enum EntityKind {
        /// Province or centrally run city of Việt Nam.
        Province = "province",
        /// Any other place: district, commune, port, zone.
        Place = "place",
        /// Country or territory.
        Country = "country",
        /// Part of the world or of a country; bloc of states.
        Region = "region",
        /// Ministry, authority or other body of a state.
        Agency = "agency",
        /// Bank.
        Bank = "bank",
        /// Any other business.
        Company = "company",
        /// Club or team of sport.
        Club = "club",
        /// Association, school, hospital, international body.
        Organisation = "organisation",
        /// News agency, newspaper, broadcaster.
        Media = "media",
        /// Index of a stock exchange.
        Index = "index",
        /// Person.
        Person = "person",
        /// Road, railway, bridge and other works.
        Project = "project",
        /// All of a sort, named by common words.
        Group = "group",
        /// Name of something that no rule knows.
        Name = "name",
    }
}

impl EntityKind {
    pub(super) fn is_place(self) -> bool {
        matches!(self, Self::Province | Self::Place | Self::Country | Self::Region)
    }

    /// Whether figures of its own business are what it reports about.
    pub(super) fn reports_itself(self) -> bool {
        matches!(self, Self::Bank | Self::Company | Self::Club)
    }
}

named_values! {
    /// The part that a name plays in its sentence.
    pub enum Role {
        /// Subject of a clause.
        Subject = "subject",
        /// Neither at the head of its clause nor before a verb, and without a cue.
        Object = "object",
        /// Whom the metric belongs to (của X).
        Owner = "owner",
        /// Where it is measured (tại X).
        Place = "place",
        /// The other side of a trade or journey (sang X).
        Partner = "partner",
        /// What a value is set against (so với X).
        Against = "against",
        /// Who gives the information (theo X).
        Source = "source",
        /// Who speaks (X cho biết).
        Says = "says",
        /// Who carries something out (do X).
        Agent = "agent",
        /// Where something was said or held.
        Venue = "venue",
        /// What is counted or ranked over: right behind a number.
        Scope = "scope",
    }
}

/// The part that a cue gives the name behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CueRole {
    Subject,
    Object,
    Owner,
    Place,
    /// Who a sentence says that its subject is (dẫn đầu là X), which is a subject.
    Is,
    /// What it is measured on (trên X), which is a place, or only a medium and so a venue.
    On,
    Partner,
    Against,
    Source,
    Says,
    Agent,
    Venue,
    Scope,
}

impl CueRole {
    /// The role of a name behind a cue of this one.
    pub(super) fn role(self) -> Role {
        match self {
            Self::Subject | Self::Is => Role::Subject,
            Self::Object => Role::Object,
            Self::Owner => Role::Owner,
            Self::Place | Self::On => Role::Place,
            Self::Partner => Role::Partner,
            Self::Against => Role::Against,
            Self::Source => Role::Source,
            Self::Says => Role::Says,
            Self::Agent => Role::Agent,
            Self::Venue => Role::Venue,
            Self::Scope => Role::Scope,
        }
    }
}

/// Of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Man,
    Woman,
}

/// What found an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Listed,
    Group(u32),
    Head(u32),
    Anaphor(u32),
    Bare,
    /// An abbreviation with the next word stuck to it.
    Glued,
}

/// An entity in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityMention {
    /// Byte range in the sentence.
    pub span: Range<usize>,
    /// Index of its first token.
    pub first: usize,
    /// Index behind its last token.
    pub last: usize,
    /// Its type; an anaphor has that of what it stands for.
    pub kind: EntityKind,
    /// Its entry in the gazetteers.
    pub(super) entry: Option<u32>,
    /// Its place in the memory of the page.
    pub(super) known: usize,
    pub(super) origin: Origin,
}

impl EntityMention {
    /// Whether its words only point to a name (tỉnh này).
    pub(super) fn stands_for_another(&self) -> bool {
        matches!(self.origin, Origin::Anaphor(_))
    }
}
