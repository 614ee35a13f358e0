//! One of the entities that a page names, and when two names are one entity's.

use crate::extract::entity::mention::Sex;
use crate::extract::entity::{EntityKind, Role};
use crate::extract::words::vocabulary::WordId;
use crate::text::same_in_any_case;

/// An entity that the page named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// The words, as they last stood.
    pub(crate) text: Box<str>,
    /// The longest of its names without head nouns and titles (tổng thống | Joe Biden).
    name: Box<str>,
    full: bool,
    /// The words that last stood before its name.
    pub(crate) title: Box<str>,
    pub(crate) sex: Option<Sex>,
    /// The entry of the gazetteers.
    pub(crate) entry: Option<u32>,
    pub(crate) kind: EntityKind,
    pub(crate) count: u32,
    /// The clock at its last mention.
    pub(crate) last: u32,
    /// The sentence that last named it.
    pub(crate) seen: u32,
    /// The part that it played there.
    pub(crate) role: Role,
    /// Whether that sentence began with it.
    pub(crate) early: bool,
    /// The words of the nouns right before one of its names that may stand for it later (tàu ngầm | Kilo).
    pub(crate) called: Box<[WordId]>,
    /// The rule of the nouns for the trade or fame of a person.
    pub(crate) trade: Option<u32>,
    /// Whether nouns right before one of its names are those for a thing (phim | Người Phán Xử).
    pub(crate) is_thing: bool,
    /// The words of its last name that is no pronoun.
    pub(crate) words: WeighedWords,
}

/// The words of a name that it is weighed by as a candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct WeighedWords {
    /// The first, the second and the last one, as features of candidates have words; 0 for none.
    pub(crate) words: [u16; 3],
    /// How many it has.
    pub(crate) length: usize,
}

/// A name as a sentence has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) text: &'a str,
    /// The words behind its head noun or title.
    pub(crate) name: &'a str,
    pub(crate) entry: Option<u32>,
    pub(crate) kind: EntityKind,
    /// Whether it begins as the full name of a person does.
    pub(crate) full: bool,
    /// Of a person, if a title or part of the name tells.
    pub(crate) sex: Option<Sex>,
}

impl<'a> Named<'a> {
    /// The words before the name.
    fn title(&self) -> &'a str {
        self.text.strip_suffix(self.name).unwrap_or_default().trim_end()
    }

    /// A name without a head noun or title.
    pub(crate) fn bare(text: &'a str, entry: Option<u32>, kind: EntityKind) -> Self {
        Self { text, name: text, entry, kind, full: false, sex: None }
    }
}

impl Known {
    /// An entity named for the first time, in that sentence, which is yet to be counted.
    pub(crate) fn new(named: &Named<'_>, sentence: u32) -> Self {
        Self {
            text: named.text.into(),
            name: named.name.into(),
            title: named.title().into(),
            entry: named.entry,
            kind: named.kind,
            full: named.full,
            sex: named.sex,
            count: 0,
            last: 0,
            seen: sentence,
            role: Role::Object,
            early: false,
            called: Box::default(),
            trade: None,
            is_thing: false,
            words: WeighedWords::default(),
        }
    }

    /// Whether a name is that of this entity, in whatever letter case.
    pub(super) fn is_same(&self, named: &Named<'_>) -> bool {
        match named.entry {
            Some(entry) => self.entry == Some(entry),
            None => self.entry.is_none() && same_in_any_case(&self.text, named.text),
        }
    }

    /// Whether a name may be that of this person: with another title, or shorter or longer by first words (Nguyễn Văn
    /// Nam, anh Nam).
    pub(super) fn is_person_called(&self, named: &Named<'_>) -> bool {
        let maybe = |kind| matches!(kind, EntityKind::Person | EntityKind::Name);
        let either = self.kind == EntityKind::Person || named.kind == EntityKind::Person;
        let sexes = self.sex.zip(named.sex).is_none_or(|(own, other)| own == other);
        // A firm may have a person's name for its last word (Phương Nam).
        let longer = (ends_in(&self.name, named.name) && (self.full || self.kind == EntityKind::Person))
            || (ends_in(named.name, &self.name) && (named.full || named.kind == EntityKind::Person));
        let nameless = self.entry.is_none() && named.entry.is_none();
        maybe(self.kind) && maybe(named.kind) && either && sexes && nameless && longer
    }

    /// Whether a page that knows this person by more words may call them that.
    pub(crate) fn may_be_called(&self, name: &str) -> bool {
        match self.kind {
            EntityKind::Person => ends_in(&self.name, name),
            EntityKind::Name => ends_in(&self.name, name) && *self.name != *name,
            // A product without its maker (Fortuner for Toyota Fortuner).
            EntityKind::Company => {
                let rest = self.text.strip_suffix(name).and_then(|rest| rest.strip_suffix(' '));
                self.entry.is_none() && rest.is_some_and(|rest| !rest.contains(' '))
            }
            _ => false,
        }
    }

    /// Whether it is a product: a maker's name with more words, or a name with a number.
    pub(crate) fn is_product(&self) -> bool {
        let bare = self.entry.is_none() && self.text == self.name;
        bare && match self.kind {
            EntityKind::Company => true,
            EntityKind::Name => self.name.bytes().any(|byte| byte.is_ascii_digit()),
            _ => false,
        }
    }

    /// Whether a name may be a person's: that of one, or one of several words that no rule knows, without a number or a noun for a
    /// thing before it or one of the words `no_persons`, and neither where something was nor who told it.
    pub(crate) fn may_be_person(&self, no_persons: &[String]) -> bool {
        let number = || self.text.contains(|c: char| c.is_ascii_digit());
        let elsewhere = || matches!(self.role, Role::Place | Role::Venue | Role::Source);
        match self.kind {
            EntityKind::Person => true,
            EntityKind::Name => {
                self.text.contains(' ')
                    && !self.is_thing
                    && !number()
                    && !elsewhere()
                    && !self.is_no_person(no_persons)
            }
            _ => false,
        }
    }

    /// Whether a name that no rule knows has one of the words `no_persons`.
    pub(crate) fn is_no_person(&self, no_persons: &[String]) -> bool {
        self.kind == EntityKind::Name
            && self.text.split(' ').any(|word| no_persons.iter().any(|other| other == word))
    }

    /// Takes on the words of a mention, and its longer name.
    pub(crate) fn rename(&mut self, named: &Named<'_>) {
        if *self.text != *named.text {
            self.text = named.text.into();
            self.title = named.title().into();
        }
        if self.name.len() < named.name.len() {
            self.name = named.name.into();
        }
        self.full |= named.full;
        self.sex = self.sex.or(named.sex);
        if self.kind == EntityKind::Name && named.kind == EntityKind::Person {
            self.kind = EntityKind::Person;
        }
    }
}

/// Whether the last words of `whole` are `part`.
fn ends_in(whole: &str, part: &str) -> bool {
    whole.strip_suffix(part).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}
