//! The pieces of a clause: where one begins, and which words only link it to its figure.

use super::class::{LINKS, MEASURES};
use super::{Class, TaggedSentence};

/// Behind these a verb of doing begins what is said of a subject.
const BEFORE_DOING: [Class; 6] =
    [Class::Adverb, Class::Pronoun, Class::Body, Class::Break, Class::Stop, Class::After];
/// How far back a measure that holds a clause is looked for, in tokens.
const MAX_REACH: usize = 20;

impl TaggedSentence<'_, '_> {
    /// The opening of the figureless bracket that closes right before token `right`.
    pub(super) fn aside_before(&self, right: usize) -> Option<usize> {
        (self.tags[right - 1].mark == b')').then(|| self.closed_aside(right - 1)).flatten()
    }

    /// Whether a comma or colon stands at `at`.
    pub(crate) fn separates(&self, at: usize) -> bool {
        self.tags.get(at).is_some_and(|t| matches!(t.mark, b',' | b':'))
    }

    /// Whether the verb of doing that ends at `right` is part of a noun phrase (tỷ lệ sở hữu).
    pub(super) fn modifies(&self, edge: usize, right: usize) -> bool {
        let tag = &self.tags[right - 1];
        tag.is(&[Class::Do]) && tag.first > edge && self.tags[tag.first - 1].is(&[Class::Head, Class::Ratio])
    }

    /// Whether nothing that it could belong to stands before the measure word at `first`.
    pub(crate) fn stands_alone(&self, edge: usize, first: usize) -> bool {
        if first <= edge {
            return true;
        }
        let before = &self.tags[first - 1];
        before.mark != 0
            || before.time
            || before.is(&LINKS)
            || before.is(&[Class::Break, Class::Conjunction, Class::Determiner, Class::About])
    }

    /// Where the piece that ends at `right` begins: behind a comma, a clause breaker or a governing verb.
    pub(super) fn piece_start(&self, edge: usize, right: usize) -> usize {
        let mut at = right;
        while at > edge {
            if let Some(open) = self.aside_before(at) {
                at = open.max(edge);
                continue;
            }
            if self.begins_piece(edge, at, right) {
                return at;
            }
            at -= 1;
        }
        at
    }

    /// Whether what stands before `at` ends a piece.
    pub(super) fn begins_piece(&self, edge: usize, at: usize, right: usize) -> bool {
        let tag = &self.tags[at - 1];
        if tag.is(&[Class::Level, Class::Change, Class::Have, Class::Do]) && self.in_relative(edge, at - 1) {
            return false;
        }
        let measure = |i: usize| {
            let tag = &self.tags[i];
            let filled = || tag.is(&[Class::Filler]) && tag.first == i && self.level_of(i);
            i < right && (tag.is(&[Class::Head, Class::Ratio, Class::Act]) || filled())
        };
        match tag.class {
            None => self.separates(at - 1) && !self.between_numbers(at - 1),
            Some(Class::Break | Class::Aim) => !self.in_relative(edge, at - 1),
            Some(Class::Part | Class::Give) => at >= right || !self.ratio_before(edge, at - 1),
            Some(Class::Level) => {
                // Before a preposition it says of what a measure holds (mức phí áp dụng với …).
                let holds = at < right && self.tags[at].is(&[Class::With, Class::Stop]);
                let ratio = at < right && self.tags[at].is_plain() && self.ratio_before(edge, at - 1);
                !holds && !ratio
            }
            Some(Class::Change) => !self.tags.get(at).is_some_and(|t| t.is(&[Class::Locator])),
            Some(Class::Have | Class::Include) => !self.ratio_before(edge, at - 1),
            Some(Class::Do | Class::Receive) => {
                // Before a bare number it is a grade (gió cấp 9), no verb.
                let ends = at < right && self.tags[at].first != tag.first && self.is_word(at);
                ends && (tag.first == edge || self.begins_doing(tag.first - 1))
                    && !self.ratio_before(edge, at - 1)
            }
            Some(Class::Cause) => self.begins_cause(edge, at, right),
            Some(Class::With) => measure(at) || !(edge..at).any(measure),
            Some(Class::Relative) => !(edge..at - 1).any(|i| self.heads(edge, i, &MEASURES)),
            _ => false,
        }
    }

    /// Whether the words `at..right` behind a cause are a subject of their own (do tồn kho | đã tăng), and nothing before them
    /// is a measure (giá do hãng công bố | là …).
    fn begins_cause(&self, edge: usize, at: usize, right: usize) -> bool {
        let subject = || {
            self.tags.get(right).is_some_and(|t| t.is(&[Class::Auxiliary]))
                || self.first_of(at, right, &MEASURES).is_some()
                || self.tags[right - 1].is(&[Class::Dimension])
        };
        at < right && !(edge..at - 1).any(|i| self.heads(edge, i, &MEASURES)) && subject()
    }

    /// Whether the verb at `at` stands in a clause that `mà` joins to a measure (tổng số nợ mà … còn phải trả).
    fn in_relative(&self, edge: usize, at: usize) -> bool {
        let clause = (edge..at).rev().take(MAX_REACH).take_while(|&i| !self.ends_clause(i));
        let relative = clause.into_iter().find(|&i| self.tags[i].is(&[Class::Relative]));
        relative.is_some_and(|i| !self.begins_piece(edge, i + 1, at))
    }

    /// Whether a verb of doing may begin right behind `before`.
    pub(super) fn begins_doing(&self, before: usize) -> bool {
        let tag = &self.tags[before];
        tag.entity || tag.time || !matches!(tag.mark, 0 | b'-') || tag.is(&BEFORE_DOING)
    }

    /// Whether the mark at `at` stands between two numbers (mức độ 3, 4).
    pub(crate) fn between_numbers(&self, at: usize) -> bool {
        let number = |i: usize| !self.is_word(i) && self.tags.get(i).is_some_and(|t| t.mark == 0);
        at > 0 && number(at - 1) && number(at + 1)
    }

    /// Whether the clause before `at` begins with a measure that may hold a clause (tỷ lệ người dân có …).
    pub(super) fn ratio_before(&self, edge: usize, at: usize) -> bool {
        let ends = [Class::Change, Class::Part, Class::Break];
        let own =
            (edge..at).rev().take(MAX_REACH).take_while(|&i| !self.ends_clause(i) && !self.tags[i].is(&ends));
        own.into_iter().any(|i| self.heads(edge, i, &[Class::Ratio, Class::Sum]))
    }

    /// Whether the mark at `at` is a comma that is not followed by a body (tỷ lệ sở, ngành có …).
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        self.separates(at) && !self.tags.get(at + 1).is_some_and(|t| t.is(&[Class::Body]))
    }
}
