//! What stands before a figure: the noun phrase that governs it.

use std::ops::Range;

use super::class::{LINKS, MEASURES, VERBS};
use super::sort::Sort;
use super::{Class, Tag, TaggedSentence};
use crate::fact::Kind;

/// What was found before a figure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subject {
    /// Tokens of the noun phrase; absent where the clause names none of its own.
    pub(crate) noun: Option<Range<usize>>,
    /// Class of the word that makes it a measure; absent for other noun phrases.
    pub(crate) head: Option<Class>,
    /// The verb between it and the figure.
    pub(crate) verb: Option<Class>,
    /// A measure word that stands alone before the figure (tỷ lệ, mức).
    pub(crate) bare: Option<Range<usize>>,
    /// The verb of doing right before the figure (huy động được).
    pub(crate) doing: Option<Range<usize>>,
}

/// Words between a figure that narrows a measure down and the level of it.
const NARROWED: [Class; 5] = [Class::Level, Class::Adverb, Class::Locator, Class::After, Class::Do];
/// How many comma-separated pieces back a subject is looked for.
const MAX_PIECES: usize = 4;

impl Subject {
    /// Whether the verb of doing `tag` belongs to the noun phrase: the governing verb was passed already.
    fn closes(&self, tag: &Tag) -> bool {
        tag.is(&[Class::Do])
            && self.verb.is_some_and(|v| matches!(v, Class::Level | Class::Change | Class::Part))
    }
}

impl TaggedSentence<'_, '_> {
    /// The subject of the figure `index`.
    pub(crate) fn subject(&self, index: usize) -> Subject {
        let at = self.figures[index].start;
        let edge = self.left_edge(at);
        let sort = self.sort(index);
        let mut subject = self.subject_before(at, edge, sort);
        if subject.noun.is_none() && self.follows_figure(edge) {
            let over = match (subject.verb, self.mentions[index].kind) {
                (Some(Class::Level), _) => self.subject_over(index, edge),
                // tăng tốc từ 0-100 km/h chỉ trong 5 giây
                (_, Kind::Quantity) if sort == Sort::Duration => {
                    let before = self.figures.iter().find(|f| f.end == edge);
                    let narrows = before.is_some_and(|f| self.qualifies(f, at));
                    narrows.then(|| self.subject_over(index, edge)).flatten()
                }
                // xử phạt 2 công ty 300 triệu đồng; giá trị hàng của 8 xe hơn 5 tỷ đồng
                (None, Kind::Money) => self.subject_over(index, edge).filter(|s| {
                    s.head == Some(Class::Act) || s.head == Some(Class::Head) && self.owns(index - 1)
                }),
                _ => None,
            };
            subject = over.unwrap_or(subject);
        }
        if subject.noun.is_none()
            && let Some(open) = self.open_bracket(at)
            && open > 0
            && !self.has_figure(open, at)
        {
            let edge = self.left_edge(open);
            let mut host = self.subject_before(open, edge, sort);
            // An apposition behind an earlier figure (65%, một bước tiến lớn (năm 2018 …)) names nothing.
            if host.head.is_none() && self.follows_figure(edge) {
                host.bare = host.noun.take();
            }
            let bare = subject.bare.or(host.bare.take());
            subject = Subject { verb: subject.verb.or(host.verb), bare, ..host };
        }
        subject
    }

    /// The subject that begins before the counted figure that ends at `edge` (chi phí cho 1 hồ sơ là …).
    fn subject_over(&self, index: usize, edge: usize) -> Option<Subject> {
        let at = self.figures[index].start;
        let before = self.figures.get(index.checked_sub(1)?).filter(|f| f.end == edge)?;
        let counts = matches!(self.mentions[index - 1].kind, Kind::Count) || self.qualifies(before, at);
        if !counts
            || (edge..at)
                .any(|i| self.tags[i].mark != 0 || self.tags[i].is(&[Class::Break, Class::Conjunction]))
        {
            return None;
        }
        let subject = self.subject_before(before.start, self.left_edge(before.start), Sort::Other);
        subject.head.is_some().then_some(subject)
    }

    /// Whether the figure `before` only narrows a measure down whose level stands at `at` (tăng tốc từ 0-100 km/h là …).
    fn qualifies(&self, before: &Range<usize>, at: usize) -> bool {
        let opening = before.start.checked_sub(1).is_some_and(|i| {
            self.tags[i].is(&[Class::Stop, Class::Locator, Class::After]) && !self.tags[i].time
        });
        let behind = self.tags[before.end..at].iter().skip_while(|t| t.figure);
        opening && behind.into_iter().all(|t| t.is(&NARROWED))
    }

    fn has_figure(&self, first: usize, last: usize) -> bool {
        self.tags[first..last].iter().any(|t| t.figure)
    }

    fn subject_before(&self, at: usize, edge: usize, sort: Sort) -> Subject {
        let mut subject = Subject::default();
        let mut right = at;
        for _ in 0..MAX_PIECES {
            let closed = self.separates(right);
            right = self.strip_links(edge, right, &mut subject);
            let start = self.piece_start(edge, right);
            if start < right {
                // The words right behind an earlier figure, up to a comma, belong to that figure.
                let tail = (closed || self.separates(right))
                    && self.follows_figure(edge)
                    && !(edge..start).any(|i| self.ends_tail(i));
                if !tail {
                    self.pick(edge, start, right, sort, &mut subject);
                }
                let passed = subject.noun.is_none() && !tail && self.only_says_whose(start, right);
                if !passed || start <= edge || !self.separates(start - 1) {
                    break;
                }
            } else if start <= edge || !self.separates(start - 1) {
                break;
            }
            right = start - 1;
        }
        subject
    }

    /// Whether the words behind an earlier figure no longer belong to it behind token `at`.
    fn ends_tail(&self, at: usize) -> bool {
        self.separates(at) || self.tags[at].is(&[Class::Break, Class::Conjunction])
    }

    /// Whether the piece only names an owner, or one of several (…, Bắc Giang, Bắc Ninh đạt).
    fn only_says_whose(&self, start: usize, right: usize) -> bool {
        let owner = |t: &Tag| t.entity || t.is(&[Class::Body, Class::Pronoun]);
        let loose = |t: &Tag| t.time || t.mark != 0 || t.is(&[Class::Conjunction, Class::Determiner]);
        let piece = &self.tags[start..right];
        piece.iter().any(owner) && piece.iter().all(|t| owner(t) || loose(t))
    }

    /// Goes left over verbs, adverbs, times and bare measure words.
    fn strip_links(&self, edge: usize, mut right: usize, subject: &mut Subject) -> usize {
        while right > edge {
            let tag = &self.tags[right - 1];
            if tag.time || matches!(tag.mark, b'"' | b'-' | b'~') {
                right -= 1;
            } else if tag.is(&[Class::About]) && self.tags.get(right).is_some_and(|t| t.figure) {
                right = tag.first.max(edge);
            } else if let Some(open) = self.aside_before(right) {
                right = open.max(edge);
            } else if tag.is(&LINKS) && !self.modifies(edge, right) && !subject.closes(tag) {
                if (tag.is(&VERBS) || tag.is(&[Class::Do]))
                    && subject.verb.is_none_or(|v| matches!(v, Class::Have | Class::Do))
                {
                    subject.verb = governing(tag);
                }
                if tag.is(&[Class::Do]) {
                    subject.doing = Some(tag.first.max(edge)..right);
                }
                right = tag.first.max(edge);
            } else if tag.is(&[Class::Place])
                || tag.is(&[Class::Filler, Class::Ratio]) && self.stands_alone(edge, tag.first)
            {
                subject.bare = subject.bare.take().or(Some(tag.first..right));
                right = tag.first.max(edge);
            } else if tag.is(&[Class::Determiner, Class::About])
                && subject.bare.as_ref().is_some_and(|b| b.start == right)
            {
                right = tag.first.max(edge);
            } else {
                break;
            }
        }
        right
    }

    /// Chooses the noun phrase in the piece `start..right`.
    fn pick(&self, edge: usize, start: usize, right: usize, sort: Sort, subject: &mut Subject) {
        if let Some(pronoun) = self.taken_up(start, right) {
            subject.bare = Some(pronoun);
            return;
        }
        let start = self.behind_aside(start, right);
        let Some(start) = self.behind_whole(edge, start, right) else { return };
        if let Some(first) = self.measure_in(edge, start, right, sort, subject.verb) {
            subject.head = Some(self.tags[first].measure().unwrap_or(Class::Dimension));
            let last = if first < start { self.own_piece(first, start, right) } else { right };
            let noun = self.trimmed(first, last);
            let level = matches!(subject.verb, Some(Class::Level | Class::Part));
            let reached = !level && (subject.bare.is_some() || subject.verb == Some(Class::Change));
            subject.noun = Some(if reached { self.without_deeds(noun) } else { noun });
            return;
        }
        let start = if start == edge && self.follows_figure(edge) {
            let Some(joined) = self.joined(start, right) else { return };
            joined
        } else {
            self.list_start(edge, start, right)
        };
        subject.noun = self.plain(start, right);
        // A name in a list (…, Vĩnh Yên 41 độ) has what the figure before it measures.
        if subject.noun.as_ref().is_some_and(|n| self.is_name(n)) {
            subject.bare = subject.noun.take();
        }
    }

    /// Where the measure begins that the piece `start..right` names, if it names one.
    fn measure_in(
        &self,
        edge: usize,
        start: usize,
        right: usize,
        sort: Sort,
        verb: Option<Class>,
    ) -> Option<usize> {
        let own = self.first_of(start, right, &MEASURES);
        let Some(head) = own.or_else(|| self.measure_of_list(edge, start, right)) else {
            return self.act_in(start, right, sort);
        };
        let head = self.measure_behind(self.with_act(start, head), right);
        // An amount of money is rather one of a measure joined to a count (số lượng lớn và giá | 9.500 đồng).
        let count = sort == Sort::Money && self.tags[head].is(&[Class::Ratio]);
        let nearest = verb.is_none() && (sort.is_measured() || count);
        Some(if nearest { self.nearest(head, right) } else { head })
    }

    /// Where the words `start..right` begin that do not belong to the figure right before them: behind the conjunction,
    /// where that figure counts a measure (80% nhu cầu vốn và | thời hạn trả); nowhere, where nothing is left.
    fn behind_whole(&self, edge: usize, start: usize, right: usize) -> Option<usize> {
        let figure = self.figures.iter().position(|figure| figure.end == edge);
        let whole = figure.is_some_and(|i| self.mentions[i].kind != Kind::Count);
        let measured = start == edge && whole && self.heads(start, start, &MEASURES);
        let joins = |&i: &usize| self.tags[i].is(&[Class::Conjunction]);
        let Some(at) = (start..right).rfind(joins).filter(|_| measured) else { return Some(start) };
        if at + 1 == right {
            return None;
        }
        Some(if self.first_of(at + 1, right, &MEASURES).is_some() { at + 1 } else { start })
    }
}

/// The class of a verb that governs a figure, as far as it matters there.
fn governing(tag: &Tag) -> Option<Class> {
    let other = [Class::Do, Class::Have, Class::Part].into_iter().find(|class| tag.is(&[*class]));
    other.or(tag.class)
}
