//! What stands before a figure: the noun phrase that governs it.

use std::ops::Range;

use super::clause::Clauses;
use super::words::Class;
use crate::fact::Kind;

/// What was found before a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// Tokens of the noun phrase; absent where the clause names none of its own.
    pub(super) noun: Option<Range<usize>>,
    /// Class of the word that makes it a measure; absent for other noun phrases.
    pub(super) head: Option<Class>,
    /// The verb between it and the figure.
    pub(super) verb: Option<Class>,
    /// A measure word that stands alone before the figure (tỷ lệ, mức).
    pub(super) bare: Option<Range<usize>>,
}

/// Words between a noun phrase and its figure.
const LINKS: [Class; 10] = [
    Class::Do,
    Class::Level,
    Class::Change,
    Class::Part,
    Class::Have,
    Class::Adverb,
    Class::Locator,
    Class::Passive,
    Class::Stop,
    Class::With,
];
const VERBS: [Class; 4] = [Class::Level, Class::Change, Class::Part, Class::Have];
/// Behind these a verb of doing begins what is said of a subject.
const BEFORE_DOING: [Class; 5] = [Class::Adverb, Class::Pronoun, Class::Body, Class::Break, Class::Stop];
const MEASURES: [Class; 2] = [Class::Head, Class::Ratio];
/// Words that a noun phrase never begins with.
const LEADING: [Class; 8] = [
    Class::Adverb,
    Class::Conjunction,
    Class::Determiner,
    Class::Break,
    Class::Pronoun,
    Class::Passive,
    Class::Have,
    Class::Level,
];
const LEADING_BUT_PRONOUN: [Class; 4] = [Class::Adverb, Class::Conjunction, Class::Determiner, Class::Break];
/// Longest item of a list, in tokens.
const MAX_ITEM: usize = 6;
/// Longest noun phrase, in tokens, that is not headed by a measure.
const MAX_PLAIN: usize = 12;
/// Longest noun phrase, in tokens.
const MAX_NOUN: usize = 20;
/// How many comma-separated pieces back a subject is looked for.
const MAX_PIECES: usize = 4;

impl Clauses<'_, '_> {
    /// The subject of the figure `index`.
    pub(super) fn subject(&self, index: usize) -> Subject {
        let at = self.figures[index].start;
        let edge = self.left_edge(at);
        let mut subject = self.subject_before(at, edge);
        if subject.noun.is_none() && subject.verb == Some(Class::Level) && self.follows_figure(edge) {
            subject = self.subject_over(index, edge).unwrap_or(subject);
        }
        if subject.noun.is_none()
            && let Some(open) = self.open_bracket(at)
            && open > 0
            && !self.has_figure(open, at)
        {
            let host = self.subject_before(open, self.left_edge(open));
            subject = Subject { verb: subject.verb.or(host.verb), bare: subject.bare, ..host };
        }
        subject
    }

    /// The subject that begins before the counted figure that ends at `edge` (chi phí cho 1 hồ sơ là …).
    fn subject_over(&self, index: usize, edge: usize) -> Option<Subject> {
        let at = self.figures[index].start;
        let before = self.figures.get(index.checked_sub(1)?).filter(|f| f.end == edge)?;
        let counts = matches!(self.mentions[index - 1].kind, Kind::Count);
        if !counts
            || (edge..at)
                .any(|i| self.tags[i].mark != 0 || self.tags[i].is(&[Class::Break, Class::Conjunction]))
        {
            return None;
        }
        let subject = self.subject_before(before.start, self.left_edge(before.start));
        subject.head.is_some().then_some(subject)
    }

    fn has_figure(&self, first: usize, last: usize) -> bool {
        self.tags[first..last].iter().any(|t| t.figure)
    }

    fn subject_before(&self, at: usize, edge: usize) -> Subject {
        let mut subject = Subject::default();
        let mut right = at;
        for _ in 0..MAX_PIECES {
            right = self.strip_links(edge, right, &mut subject);
            let start = self.piece_start(edge, right);
            if start < right {
                // The words right behind an earlier figure, up to a comma, belong to that figure.
                let tail = start == edge && self.follows_figure(edge) && self.comma(right);
                if !tail {
                    self.pick(edge, start, right, &mut subject);
                }
                break;
            }
            if start <= edge || !self.comma(start - 1) {
                break;
            }
            right = start - 1;
        }
        subject
    }

    /// The opening of the figureless bracket that closes right before token `right`.
    fn aside_before(&self, right: usize) -> Option<usize> {
        (self.tags[right - 1].mark == b')').then(|| self.closed_aside(right - 1)).flatten()
    }

    fn comma(&self, at: usize) -> bool {
        self.tags.get(at).is_some_and(|t| matches!(t.mark, b',' | b':'))
    }

    /// Goes left over verbs, adverbs, times and bare measure words.
    fn strip_links(&self, edge: usize, mut right: usize, subject: &mut Subject) -> usize {
        while right > edge {
            let tag = &self.tags[right - 1];
            if tag.time || matches!(tag.mark, b'"' | b'-' | b'~') {
                right -= 1;
            } else if let Some(open) = self.aside_before(right) {
                right = open.max(edge);
            } else if tag.is(&LINKS) && !self.modifies(edge, right) {
                if (tag.is(&VERBS) || tag.is(&[Class::Do]))
                    && subject.verb.is_none_or(|v| matches!(v, Class::Have | Class::Do))
                {
                    subject.verb = tag.class;
                }
                right = tag.first.max(edge);
            } else if tag.is(&[Class::Filler, Class::Ratio]) && self.stands_alone(edge, tag.first) {
                subject.bare = subject.bare.take().or(Some(tag.first..right));
                right = tag.first.max(edge);
            } else {
                break;
            }
        }
        right
    }

    /// Whether the verb of doing that ends at `right` is part of a noun phrase (tỷ lệ sở hữu).
    fn modifies(&self, edge: usize, right: usize) -> bool {
        let tag = &self.tags[right - 1];
        tag.is(&[Class::Do]) && tag.first > edge && self.tags[tag.first - 1].is(&[Class::Head, Class::Ratio])
    }

    /// Whether nothing that it could belong to stands before the measure word at `first`.
    fn stands_alone(&self, edge: usize, first: usize) -> bool {
        if first <= edge {
            return true;
        }
        let before = &self.tags[first - 1];
        before.mark != 0 || before.time || before.is(&LINKS) || before.is(&[Class::Break, Class::Conjunction])
    }

    /// Where the piece that ends at `right` begins: behind a comma, a clause breaker or a governing verb.
    fn piece_start(&self, edge: usize, right: usize) -> usize {
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
    fn begins_piece(&self, edge: usize, at: usize, right: usize) -> bool {
        let tag = &self.tags[at - 1];
        let measure = |i: usize| i < right && self.tags[i].is(&[Class::Head, Class::Ratio, Class::Act]);
        match tag.class {
            None => self.comma(at - 1) && !self.between_numbers(at - 1),
            Some(Class::Break | Class::Part) => true,
            Some(Class::Level) => {
                !(at < right && self.tags[at].is_plain() && self.ratio_before(edge, at - 1))
            }
            Some(Class::Change) => !self.tags.get(at).is_some_and(|t| t.is(&[Class::Locator])),
            Some(Class::Have) => !self.ratio_before(edge, at - 1),
            Some(Class::Do) => at < right && (tag.first == edge || self.begins_doing(tag.first - 1)),
            Some(Class::With) => measure(at),
            _ => false,
        }
    }

    fn begins_doing(&self, before: usize) -> bool {
        let tag = &self.tags[before];
        tag.entity || tag.time || tag.mark != 0 || tag.is(&BEFORE_DOING)
    }

    /// Whether the mark at `at` stands between two numbers (mức độ 3, 4).
    pub(super) fn between_numbers(&self, at: usize) -> bool {
        let number = |i: usize| !self.is_word(i) && self.tags.get(i).is_some_and(|t| t.mark == 0);
        at > 0 && number(at - 1) && number(at + 1)
    }

    /// Whether the clause before `at` begins with a measure that may hold a clause (tỷ lệ người dân có …).
    fn ratio_before(&self, edge: usize, at: usize) -> bool {
        let ends = [Class::Change, Class::Part, Class::Break];
        let own =
            (edge..at).rev().take(MAX_NOUN).take_while(|&i| !self.ends_clause(i) && !self.tags[i].is(&ends));
        own.into_iter().any(|i| self.heads(edge, i, &[Class::Ratio]))
    }

    /// Whether the mark at `at` is a comma that is not followed by a body (tỷ lệ sở, ngành có …).
    fn ends_clause(&self, at: usize) -> bool {
        self.comma(at) && !self.tags.get(at + 1).is_some_and(|t| t.is(&[Class::Body]))
    }

    /// Chooses the noun phrase in the piece `start..right`.
    fn pick(&self, edge: usize, start: usize, right: usize, subject: &mut Subject) {
        if let Some(pronoun) = self.taken_up(start, right) {
            subject.bare = Some(pronoun);
            return;
        }
        let head =
            self.first_of(start, right, &MEASURES).or_else(|| self.measure_of_list(edge, start, right));
        let head = head.map(|h| self.with_act(start, h));
        if let Some(first) = head.or_else(|| self.first_of(start, right, &[Class::Act])) {
            subject.head = self.tags[first].class;
            subject.noun = Some(self.trimmed(first, right));
            return;
        }
        let start = if start == edge && self.follows_figure(edge) {
            let Some(joined) = self.joined(start, right) else { return };
            joined
        } else {
            self.list_start(edge, start, right)
        };
        subject.noun = self.plain(start, right);
    }

    /// Behind the conjunction that begins the words `start..right`, the unit of an earlier figure left out.
    fn joined(&self, start: usize, right: usize) -> Option<usize> {
        let at = (start..right.min(start + 3)).find(|&i| self.tags[i].is(&[Class::Conjunction]))?;
        self.tags[start..at].iter().all(|t| t.is(&[Class::Unit])).then_some(at + 1)
    }

    /// Where a list of bodies begins whose last one is the piece at `start` (dịch vụ công của các bộ, ngành, tỉnh).
    fn list_start(&self, edge: usize, start: usize, right: usize) -> usize {
        let mut piece = start;
        let bodies =
            |range: Range<usize>| self.tags[range].iter().all(|t| t.is(&[Class::Body]) || t.mark != 0);
        for _ in 0..MAX_PIECES {
            if piece <= edge || !self.comma(piece - 1) {
                break;
            }
            let before = self.piece_start(edge, piece - 1);
            if !bodies(piece..right) && !(right - piece <= 2 && self.owned_by_list(before, piece)) {
                break;
            }
            piece = before;
        }
        piece
    }

    /// Whether the piece ends with the first owner of several (của các cơ quan Đảng, …).
    fn owned_by_list(&self, first: usize, last: usize) -> bool {
        let owns = |i: usize| self.tags[i].is(&[Class::Locator]) && self.tags[i + 1].is(&[Class::Determiner]);
        (first + 1..last).any(|i| i + 1 < last && owns(i))
    }

    /// The measure at `head` with the verb right before it (giải ngân vốn đầu tư).
    fn with_act(&self, start: usize, head: usize) -> usize {
        let before = head.checked_sub(1).filter(|&i| i >= start && self.tags[i].is(&[Class::Act]));
        before.map_or(head, |i| self.tags[i].first.max(start))
    }

    /// The pronoun-like phrase that the piece begins with (chỉ số này).
    fn taken_up(&self, start: usize, right: usize) -> Option<Range<usize>> {
        let first = (start..right).find(|&i| !self.tags[i].is(&LEADING_BUT_PRONOUN) && !self.tags[i].time)?;
        let last = (first..right).take_while(|&i| self.tags[i].first == first).last()? + 1;
        (self.tags[first].is(&[Class::Pronoun]) && last - first > 2).then_some(first..last)
    }

    fn first_of(&self, first: usize, last: usize, classes: &[Class]) -> Option<usize> {
        (first..last).find(|&i| self.heads(first, i, classes))
    }

    /// Whether a measure begins at `at`. One syllable behind a word that no list knows continues that word
    /// (chuyển đổi số, người nộp thuế).
    fn heads(&self, edge: usize, at: usize, classes: &[Class]) -> bool {
        let tag = &self.tags[at];
        if !tag.is(classes) || tag.time || tag.first != at {
            return false;
        }
        let longer = self.tags.get(at + 1).is_some_and(|t| t.first == at);
        let behind_word = at > edge && {
            let before = &self.tags[at - 1];
            before.mark == 0 && before.is_plain() && !before.entity && !before.time && self.is_word(at - 1)
        };
        let single_act = !longer && tag.is(&[Class::Act]) && !self.governs(at + 1);
        !single_act && (longer || !behind_word || self.sentence.tokens[at].capital)
    }

    /// Whether what stands at `at` can be governed by a verb of one syllable right before it (cách Hà Nội 40 km).
    fn governs(&self, at: usize) -> bool {
        let Some(tag) = self.tags.get(at) else { return true };
        tag.entity || tag.figure || tag.mark != 0 || tag.is(&LINKS) || tag.is(&MEASURES)
    }

    /// A measure that heads a list whose last piece begins at `start` (kim ngạch xuất khẩu rau, hoa, quả).
    fn measure_of_list(&self, edge: usize, start: usize, right: usize) -> Option<usize> {
        let length =
            self.tags[start..right].iter().take_while(|t| !t.time && !t.is(&[Class::Locator])).count();
        let mut piece = start;
        for _ in 0..MAX_PIECES {
            if piece <= edge || !self.comma(piece - 1) || length > MAX_ITEM || self.tags[start].entity {
                return None;
            }
            let before = self.piece_start(edge, piece - 1);
            if self.follows_figure(before) || self.tags[before..piece].iter().any(|t| t.time) {
                return None;
            }
            if let Some(first) = self.first_of(before, piece, &MEASURES) {
                return Some(first);
            }
            if piece - before > MAX_ITEM + 1 {
                return None;
            }
            piece = before;
        }
        None
    }

    /// A noun phrase without a measure word, if it is more than an entity or a pronoun.
    fn plain(&self, start: usize, right: usize) -> Option<Range<usize>> {
        let mut first = start;
        while first < right {
            let tag = &self.tags[first];
            if tag.is(&[Class::Locator, Class::Stop]) && !tag.time {
                return None;
            }
            if !(tag.time || tag.entity || tag.mark != 0 || tag.is(&LEADING)) {
                break;
            }
            first += 1;
        }
        let mut noun = self.trimmed(first, right);
        noun.start = noun.start.max(noun.end.saturating_sub(MAX_PLAIN));
        let says = |i: usize| self.is_word(i) && !self.tags[i].is(&[Class::Pronoun, Class::Body]);
        noun.clone().any(says).then_some(noun)
    }

    /// The noun phrase that begins at `first`, without what only says where, when or whose.
    pub(super) fn trimmed(&self, first: usize, right: usize) -> Range<usize> {
        let class = self.tags[first.min(self.len() - 1)].class;
        let mut last = first;
        while last < right && last - first < MAX_NOUN {
            let tag = &self.tags[last];
            let own = self.tags[first..last].iter().any(|t| t.first != first && !t.is(&[Class::Adverb]));
            let ends = tag.time || tag.mark == b'(' || tag.is(&[Class::Locator]);
            if last > first && ends && (own || class != Some(Class::Ratio)) {
                break;
            }
            last += 1;
        }
        while last > first + 1 && self.loose_end(last - 1) {
            last -= 1;
        }
        first..last
    }

    fn loose_end(&self, at: usize) -> bool {
        let tag = &self.tags[at];
        let loose = [
            Class::Adverb,
            Class::Conjunction,
            Class::Determiner,
            Class::Stop,
            Class::Locator,
            Class::Passive,
        ];
        tag.mark != 0 && tag.mark != b')' || tag.is(&loose) || tag.is(&VERBS) || tag.is(&[Class::Break])
    }
}
