//! Words elsewhere in a sentence that a metric leaves out: its topic, and what `nền tảng này` points back at.

use std::ops::Range;

use super::PatternWord;
use crate::extract::metric::clause::words::Class;
use crate::extract::metric::clause::{Clauses, Tag};
use crate::extract::metric::memory::MetricMemory;

/// Longest topic, in tokens.
const MAX_TOPIC: usize = 12;
/// Most words behind a noun that its repetition leaves out.
const MAX_LEFT_OUT: usize = 6;
/// Words of a noun that is repeated.
const NOUN: usize = 2;

/// Puts the words of a metric and of the topic before it (`Với dịch vụ công mức độ 4, tỷ lệ …`) into `memory.nearer`;
/// false where the sentence has no topic.
pub(crate) fn append(clauses: &Clauses<'_, '_>, noun: &Range<usize>, memory: &mut MetricMemory) -> bool {
    let opens = clauses.tags.first().is_some_and(|t| t.is(&[Class::With, Class::About, Class::Stop]));
    let comma = (1..clauses.len().min(MAX_TOPIC)).find(|&i| clauses.comma(i) || clauses.tags[i].figure);
    let Some(comma) = comma.filter(|&i| opens && clauses.comma(i) && i < noun.start) else { return false };
    let MetricMemory { words, own, nearer, .. } = memory;
    nearer.clear();
    nearer.extend_from_slice(&words[..*own]);
    let first = clauses.tags.iter().take_while(|t| t.first == 0).count();
    nearer.extend((first..comma).map(|i| word(clauses, i)));
    true
}

/// Puts the verb before figure `index` that recalls the metric `noun` behind it into `memory.nearer`, with its words; false
/// where there is none.
pub(crate) fn recall(
    clauses: &Clauses<'_, '_>,
    index: usize,
    noun: &Range<usize>,
    memory: &mut MetricMemory,
) -> bool {
    let figure = &clauses.figures[index];
    let Some(verb) = clauses.recalling(figure.start).filter(|_| noun.start >= figure.end) else {
        return false;
    };
    let MetricMemory { words, own, nearer, .. } = memory;
    nearer.clear();
    nearer.extend(verb.map(|i| word(clauses, i)));
    nearer.extend_from_slice(&words[..*own]);
    true
}

fn word(clauses: &Clauses<'_, '_>, at: usize) -> PatternWord {
    PatternWord { id: clauses.sentence.tokens[at].word, loose: clauses.is_loose(at) }
}

/// The words that the demonstrative at `at` stands for: those behind the same noun earlier in the sentence, for a metric
/// that begins at `start`.
pub(super) fn meant(clauses: &Clauses<'_, '_>, start: usize, at: usize) -> Option<Range<usize>> {
    let tag = &clauses.tags[at];
    if !tag.is(&[Class::Pronoun]) || tag.first != at || at < start + NOUN {
        return None;
    }
    let noun = at - NOUN;
    let same = |p: usize| (0..NOUN).all(|k| clauses.sentence.same_word(p + k, noun + k));
    let earlier = (0..start.saturating_sub(NOUN)).rev().find(|&p| same(p))?;
    let first = earlier + NOUN;
    let ends = |t: &Tag| {
        t.figure
            || t.time
            || t.is(&[Class::Level, Class::Change, Class::Part, Class::Have, Class::Break, Class::Pronoun])
    };
    let behind = clauses.tags[first..start].iter().take(MAX_LEFT_OUT).take_while(|t| !ends(t)).count();
    (behind > 0).then_some(first..first + behind)
}
