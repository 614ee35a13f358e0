//! Where a list of nouns behind a figure goes on, and where the next clause begins instead.

use super::ENDS;
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Longest further item of a list, in tokens.
const LONGEST_ITEM: usize = 2;
/// Classes that no further item of a list begins with.
const NO_ITEM: [Class; 11] = [
    Class::Do,
    Class::Act,
    Class::Edge,
    Class::Head,
    Class::Ratio,
    Class::Determiner,
    Class::Conjunction,
    Class::Pronoun,
    Class::Degree,
    Class::Auxiliary,
    Class::Passive,
];
/// Classes that a conjunction joins no second noun of.
const BEGINS_CLAUSE: [Class; 6] =
    [Class::Head, Class::Ratio, Class::Act, Class::Do, Class::Adverb, Class::Next];
/// Classes behind a conjunction that begin a noun phrase or a clause of their own, which the count before does not reach.
const BEGINS_ANOTHER: [Class; 5] =
    [Class::Determiner, Class::Person, Class::Numeral, Class::Auxiliary, Class::Classifier];
/// Classes behind a word for somebody that make it the subject of a clause (và anh | đã …).
const BEHIND_SUBJECT: [Class; 4] = [Class::Auxiliary, Class::Doing, Class::Have, Class::Passive];
/// Classes between a verb and the figure that it governs.
const LEADS: [Class; 5] = [Class::Adverb, Class::Have, Class::Act, Class::Passive, Class::With];
/// Most words between a conjunction and the next figure that lead to that figure.
const MAX_LEADING: usize = 6;

impl TaggedSentence<'_, '_> {
    /// Whether the conjunction at `at` joins a measure, a verb or the words before the next figure, not a second noun
    /// (công ty | và huy động …).
    pub(super) fn joins_clause(&self, first: usize, at: usize) -> bool {
        if !self.tags[at].is(&[Class::Conjunction]) {
            return false;
        }
        if self.joins_another(at) {
            return true;
        }
        let begins = self.tags.get(at + 1).is_some_and(|t| t.is(&BEGINS_CLAUSE));
        let acts = self.tags[first..at].iter().any(|t| t.is(&[Class::Do, Class::Act]));
        begins && !acts || self.leads_to_figure(at + 1) || self.joins_name(first, at)
    }

    /// Whether at `at` stands a conjunction behind which another noun phrase (và nhiều bao cát) or subject (và tôi đã …) begins.
    pub(super) fn joins_another(&self, at: usize) -> bool {
        let next = |i: usize, classes: &[Class]| self.tags.get(i).is_some_and(|t| t.is(classes) && !t.time);
        let subject = next(at + 1, &[Class::Kin]) && next(at + 2, &BEHIND_SUBJECT);
        self.tags[at].is(&[Class::Conjunction]) && (next(at + 1, &BEGINS_ANOTHER) || subject)
    }

    /// Whether a common noun is followed by a name (giường | và Đại đội 77).
    fn joins_name(&self, first: usize, at: usize) -> bool {
        let capital = |i: usize| self.sentence.tokens.get(i).is_some_and(|t| t.capital);
        capital(at + 1) && !(first..at).any(capital)
    }

    /// Whether a few words from `at` on lead right to a figure (chặt hạ hơn 1.000 cây).
    pub(crate) fn leads_to_figure(&self, at: usize) -> bool {
        let leads = |t: &&Tag| !t.figure && t.mark == 0 && (t.time || t.is_plain() || t.is(&LEADS));
        let behind = at + self.tags[at..].iter().take(MAX_LEADING).take_while(leads).count();
        behind > at && self.tags.get(behind).is_some_and(|t| t.figure)
    }

    /// Whether the mark at `at` ends the phrase; a comma does not where a list of nouns goes on behind it.
    pub(super) fn mark_ends(&self, first: usize, at: usize) -> bool {
        match self.tags[at].mark {
            0 | b'&' | b'"' => false,
            b'-' => !self.hyphen(at),
            b',' => !self.between_numbers(at) && !self.list_goes_on(first, at),
            _ => true,
        }
    }

    /// Whether the dash at `at` joins two words (vắc-xin).
    fn hyphen(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let tight = |i: usize| tokens.get(i + 1).is_some_and(|next| next.start == tokens[i].end);
        at > 0 && tight(at - 1) && tight(at)
    }

    fn list_goes_on(&self, first: usize, comma: usize) -> bool {
        let Some(next) = self.tags.get(comma + 1) else { return false };
        let noun =
            !next.figure && !next.time && !next.is(&ENDS) && !next.is(&NO_ITEM) && self.is_word(comma + 1);
        let capital = |i: usize| self.sentence.tokens[i].capital;
        let other = next.entity && !self.tags[comma - 1].entity || capital(comma + 1) && !capital(comma - 1);
        noun && comma - first <= 2 && !other && self.item_ends(comma + 1)
    }

    /// Whether the piece that begins at `at` is as short as an item of a list and nothing is said of it: behind it stands
    /// a mark, whose it is, or one more item.
    fn item_ends(&self, at: usize) -> bool {
        let said = [Class::Locator, Class::Conjunction, Class::Passive];
        let words = self.tags[at..].iter().take(LONGEST_ITEM + 1);
        let length = words.take_while(|t| t.mark == 0 && !t.figure && !t.is(&ENDS) && !t.is(&said)).count();
        let behind = self.tags.get(at + length);
        length <= LONGEST_ITEM
            && behind.is_none_or(|t| !t.figure && (t.is(&said) || !matches!(t.mark, 0 | b':')))
    }
}
