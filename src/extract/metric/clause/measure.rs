//! The measure word of a noun phrase, and lists that one measure word or owner heads.

use std::ops::Range;

use super::class::{LINKS, MEASURES};
use super::sort::Sort;
use super::{Class, TaggedSentence};
use crate::extract::words::token::TokenKind;

/// Words before a pronoun-like phrase.
const BEFORE_PRONOUN: [Class; 4] = [Class::Adverb, Class::Conjunction, Class::Determiner, Class::Break];
/// Among how many tokens behind an earlier figure, its unit first, the conjunction stands that a subject begins with.
const MAX_TO_JOINT: usize = 3;
/// Longest item of a list, in tokens.
const MAX_ITEM: usize = 6;
/// Most items of a list that are passed over.
const MAX_ITEMS: usize = 4;

impl TaggedSentence<'_, '_> {
    /// Behind the conjunction that begins the words `start..right`, the unit of an earlier figure left out.
    pub(crate) fn joined(&self, start: usize, right: usize) -> Option<usize> {
        let at =
            (start..right.min(start + MAX_TO_JOINT)).find(|&i| self.tags[i].is(&[Class::Conjunction]))?;
        self.tags[start..at].iter().all(|t| t.is(&[Class::Unit])).then_some(at + 1)
    }

    /// Where a list of bodies begins whose last one is the piece at `start` (dịch vụ công của các bộ, ngành, tỉnh).
    pub(super) fn list_start(&self, edge: usize, start: usize, right: usize) -> usize {
        let mut piece = start;
        let bodies =
            |range: Range<usize>| self.tags[range].iter().all(|t| t.is(&[Class::Body]) || t.mark != 0);
        let behind_body = |piece: usize| piece >= 2 && self.tags[piece - 2].is(&[Class::Body]);
        for _ in 0..MAX_ITEMS {
            if piece <= edge || !self.separates(piece - 1) {
                break;
            }
            let before = self.piece_start(edge, piece - 1);
            let owner = right - piece <= 2 && self.owned_by_list(before, piece);
            let listed = bodies(piece..right) && behind_body(piece);
            if !owner && !listed {
                break;
            }
            piece = before;
        }
        piece
    }

    /// Whether the piece ends with the first owner of several (của các cơ quan Đảng, …).
    pub(super) fn owned_by_list(&self, first: usize, last: usize) -> bool {
        let owns = |i: usize| self.tags[i].is(&[Class::Locator]) && self.tags[i + 1].is(&[Class::Determiner]);
        (first + 1..last).any(|i| i + 1 < last && owns(i))
    }

    /// The measure at `head` with the verb right before it (giải ngân vốn đầu tư).
    pub(super) fn with_act(&self, start: usize, head: usize) -> usize {
        let before = head.checked_sub(1).filter(|&i| i >= start && self.tags[i].is(&[Class::Act]));
        before.map_or(head, |i| self.tags[i].first.max(start))
    }

    /// The pronoun-like phrase that the piece begins with (chỉ số này).
    pub(super) fn taken_up(&self, start: usize, right: usize) -> Option<Range<usize>> {
        let first = (start..right).find(|&i| !self.tags[i].is(&BEFORE_PRONOUN) && !self.tags[i].time)?;
        let last = (first..right).take_while(|&i| self.tags[i].first == first).last()? + 1;
        (self.tags[first].is(&[Class::Pronoun]) && last - first > 2).then_some(first..last)
    }

    /// The first token in `first..last` that is the head of a measure of one of `classes`.
    pub(crate) fn first_of(&self, first: usize, last: usize, classes: &[Class]) -> Option<usize> {
        (first..last).find(|&i| self.heads(first, i, classes))
    }

    /// The last measure of two that are joined (độ phân giải HD và camera | 8 MP; dung tích 2.0L cho công suất | 153 hp),
    /// the one that the figure follows.
    pub(crate) fn nearest(&self, head: usize, right: usize) -> usize {
        let joined = |i: &usize| self.tags[*i].is(&[Class::Head]) && self.tags[*i].first == *i;
        let joins = [Class::Conjunction, Class::Stop];
        let later = (head + 1..right).filter(joined).rfind(|&i| self.tags[i - 1].is(&joins));
        later.unwrap_or(head)
    }

    /// The measure behind a filler at `head` that only seems to be one (vùng lưng | kích thước).
    pub(super) fn measure_behind(&self, head: usize, right: usize) -> usize {
        let filler = self.tags[head].is(&[Class::Filler]);
        let measure = |&i: &usize| self.heads(head, i, &MEASURES);
        let joined = |i: &usize| self.tags[*i].is(&[Class::Conjunction]);
        let behind = (head + 1..right).take_while(|i| !joined(i)).find(measure);
        behind.filter(|_| filler).unwrap_or(head)
    }

    /// A measure without what was done where its figure is no level of it (giá vàng | đã lình xình quanh …).
    pub(super) fn without_deeds(&self, noun: Range<usize>) -> Range<usize> {
        let head = self.tags[noun.start].is(&[Class::Head]);
        let deed = |&i: &usize| self.tags[i].class == Some(Class::Auxiliary);
        let own = noun.clone().find(|&i| self.tags[i].first != noun.start).unwrap_or(noun.end);
        match (own..noun.end).find(deed).filter(|_| head) {
            Some(at) => self.without_loose_end(noun.start, at),
            None => noun,
        }
    }

    /// Where the words of the measure at `first` end, given that the piece `start..right` may go on with its list: a
    /// piece that begins with a verb or the like does not.
    pub(super) fn own_piece(&self, first: usize, start: usize, right: usize) -> usize {
        if !self.tags[start].is(&LINKS) {
            return right;
        }
        (first..start).find(|&i| self.separates(i)).unwrap_or(right)
    }

    /// Behind the figureless bracket that the words `start..right` begin with.
    pub(super) fn behind_aside(&self, start: usize, right: usize) -> usize {
        if self.tags[start].mark != b'(' {
            return start;
        }
        let close = (start..right).find(|&i| self.tags[i].mark == b')');
        close.map_or(start, |i| i + 1).min(right - 1)
    }

    /// The verb that measures: the one right before the figure, else the first that stands where a verb can.
    pub(super) fn act_in(&self, start: usize, right: usize, sort: Sort) -> Option<usize> {
        let measures = |i: usize| {
            let tag = &self.tags[i];
            let lead = tag.class == Some(Class::Apart);
            tag.is(&[Class::Act]) && (!lead || sort.is_measured())
                || sort.is_measured() && tag.is(&[Class::Dimension])
        };
        let apart = |&i: &usize| self.tags[i].class == Some(Class::Apart) && self.tags[i].first == i;
        if sort == Sort::Quantity
            && let Some(far) = (start..right).rfind(apart)
        {
            return Some(far);
        }
        let last = &self.tags[right - 1];
        let nearest = measures(right - 1) && !last.time && !last.entity && last.first >= start;
        let opening =
            || (start..right).find(|&i| self.heads(start, i, &[Class::Act]) && self.opens(start, i));
        if nearest && last.is(&[Class::Dimension]) {
            return Some(last.first);
        }
        if nearest && self.opens(start, last.first) {
            return Some(last.first);
        }
        opening().or(nearest.then_some(last.first))
    }

    /// Whether a verb can stand at `at`: first in its clause, or behind whoever acts.
    fn opens(&self, start: usize, at: usize) -> bool {
        at == start
            || self.begins_doing(at - 1)
            || self.tags[at - 1].is(&[Class::Passive, Class::Conjunction])
    }

    /// Whether a copula at `at` joins what is before it to a name (… cao nhất là Kim Mã).
    pub(super) fn equates(&self, at: usize, right: usize) -> bool {
        self.tags[at].is(&[Class::Level])
            && at + 1 < right
            && (self.tags[at + 1].entity || self.sentence.tokens[at + 1].capital)
    }

    /// Whether a measure begins at `at`. One syllable behind a word that no list knows continues that word
    /// (chuyển đổi số, người nộp thuế).
    pub(crate) fn heads(&self, edge: usize, at: usize, classes: &[Class]) -> bool {
        let tag = &self.tags[at];
        if tag.time || tag.entity && !self.is_index(at) || tag.first != at || self.numbers(at) {
            return false;
        }
        if !tag.is(classes) {
            return tag.is(&[Class::Filler]) && classes.contains(&Class::Head) && self.level_of(at);
        }
        let longer = self.tags.get(at + 1).is_some_and(|t| t.first == at);
        let behind_word = at > edge && {
            let before = &self.tags[at - 1];
            before.mark == 0 && before.is_plain() && !before.entity && !before.time && self.is_word(at - 1)
        };
        let single_act = !longer && tag.is(&[Class::Act]) && !self.governs(at + 1);
        !single_act && (longer || !behind_word || self.sentence.tokens[at].capital && !self.name_goes_on(at))
    }

    /// Whether the word at `at` only says that a number names something (tuyến số 1).
    fn numbers(&self, at: usize) -> bool {
        let number = |i: usize| self.sentence.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
        self.tags[at].is(&[Class::Ratio]) && number(at + 1) && !self.tags[at + 1].figure
    }

    /// Whether the entity at `at` is a measure itself (VN-Index).
    fn is_index(&self, at: usize) -> bool {
        let tags = &self.tags;
        let behind = tags[at..].iter().position(|t| t.first != at).map_or(tags.len(), |n| at + n);
        let alone = (at == 0 || !tags[at - 1].entity) && tags.get(behind).is_none_or(|t| !t.entity);
        alone && behind > at + 1 && tags[at].is(&[Class::Head])
    }

    /// Whether the filler at `at` has a noun of its own behind it (mức cát-sê).
    pub(super) fn level_of(&self, at: usize) -> bool {
        self.tags.get(at + 1).is_some_and(|t| {
            matches!(t.class, None | Some(Class::Plain | Class::Whole))
                && t.mark == 0
                && !t.figure
                && !t.time
                && !t.entity
                && self.is_word(at + 1)
        })
    }

    /// Whether the capital word at `at` is the last of a name (sông Tiền tại …).
    fn name_goes_on(&self, at: usize) -> bool {
        let behind = self.tags.get(at + 1);
        behind
            .is_none_or(|t| t.mark != 0 || t.figure || t.time || t.is(&LINKS) || t.is(&[Class::Conjunction]))
    }

    /// Whether what stands at `at` can be governed by a verb of one syllable right before it (cách Hà Nội 40 km).
    pub(crate) fn governs(&self, at: usize) -> bool {
        let Some(tag) = self.tags.get(at) else { return true };
        tag.entity || tag.figure || tag.mark != 0 || tag.is(&LINKS) || tag.is(&MEASURES)
    }

    /// A measure that heads a list whose last piece begins at `start` (kim ngạch xuất khẩu rau, hoa, quả).
    pub(super) fn measure_of_list(&self, edge: usize, start: usize, right: usize) -> Option<usize> {
        let length = self.tags[start..right]
            .iter()
            .take_while(|t| !t.time && !t.is(&[Class::Locator, Class::Stop]))
            .count();
        let owner = self.tags[start].entity || self.tags[start].is(&[Class::Body, Class::Pronoun]);
        let mut piece = start;
        for _ in 0..MAX_ITEMS {
            if piece <= edge || !self.separates(piece - 1) || length > MAX_ITEM || owner {
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
}
