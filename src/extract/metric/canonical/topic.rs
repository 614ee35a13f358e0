//! Words elsewhere in a sentence that a metric leaves out: its topic, and what `nền tảng này` points back at.

use std::ops::Range;

use super::words::{PatternWord, PatternWords};
use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Longest topic, in tokens.
const MAX_TOPIC: usize = 12;
/// Most words behind a noun that its repetition leaves out.
const MAX_LEFT_OUT: usize = 6;
/// Words of a noun that is repeated.
const REPEATED_NOUN: usize = 2;

/// The words of a metric with the topic before it (`Với dịch vụ công mức độ 4, tỷ lệ …`), which begins at `start`, if its
/// sentence has one.
pub(crate) fn with_topic(
    tagged: &TaggedSentence<'_, '_>,
    start: usize,
    words: &PatternWords,
) -> Option<Vec<PatternWord>> {
    let opens = tagged.tags.first().is_some_and(|t| t.is(&[Class::With, Class::About, Class::Stop]));
    let comma = (1..tagged.len().min(MAX_TOPIC)).find(|&i| tagged.separates(i) || tagged.tags[i].figure);
    let comma = comma.filter(|&i| opens && tagged.separates(i) && i < start)?;
    let first = tagged.tags.iter().take_while(|t| t.first == 0).count();
    Some(words.followed_by((first..comma).map(|i| PatternWord::at(tagged, i))).all)
}

/// The words of a metric behind figure `index`, at `start`, with the verb before the figure that recalls it, if one does.
pub(crate) fn with_recalling(
    tagged: &TaggedSentence<'_, '_>,
    index: usize,
    start: usize,
    words: &PatternWords,
) -> Option<Vec<PatternWord>> {
    let figure = &tagged.figures[index];
    let verb = tagged.recalling(figure.start).filter(|_| start >= figure.end)?;
    let verb = verb.map(|i| PatternWord::at(tagged, i));
    Some(verb.chain(words.own().iter().copied()).collect())
}

/// The words that the demonstrative at `at` stands for: those behind the same noun earlier in the sentence, for a metric
/// that begins at `start`.
pub(super) fn meant(tagged: &TaggedSentence<'_, '_>, start: usize, at: usize) -> Option<Range<usize>> {
    let tag = &tagged.tags[at];
    if !tag.is(&[Class::Pronoun]) || tag.first != at || at < start + REPEATED_NOUN {
        return None;
    }
    let noun = at - REPEATED_NOUN;
    let same = |p: usize| (0..REPEATED_NOUN).all(|k| tagged.sentence.same_word(p + k, noun + k));
    let earlier = (0..start.saturating_sub(REPEATED_NOUN)).rev().find(|&p| same(p))?;
    let first = earlier + REPEATED_NOUN;
    let ends = |t: &Tag| {
        t.figure
            || t.time
            || t.is(&[Class::Level, Class::Change, Class::Part, Class::Have, Class::Break, Class::Pronoun])
    };
    let behind = tagged.tags[first..start].iter().take(MAX_LEFT_OUT).take_while(|t| !ends(t)).count();
    (behind > 0).then_some(first..first + behind)
}
