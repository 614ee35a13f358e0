//! A sentence with the part that each of its tokens plays, and the stretch of it that belongs to one figure.

pub(super) mod class;
mod label;
mod measure;
mod phrase;
mod piece;
pub(super) mod sort;
pub(super) mod subject;
mod unit;

use std::ops::Range;

pub(crate) use self::class::Class;
use crate::extract::mention::Mention;
use crate::extract::sentence::Sentence;
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::token::{Token, TokenKind};
use crate::fact::Kind;

/// Longest bracket, in tokens, that is passed over.
const MAX_ASIDE: usize = 16;
/// How far behind a noun phrase its words are read, in tokens.
const MAX_BEHIND: usize = 8;
/// How far back an opening bracket is looked for, in tokens.
const MAX_REACH: usize = 60;

/// The part that a token plays.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag {
    /// Class of the phrase it stands in.
    pub(crate) class: Option<Class>,
    /// Its bits, which tell of many classes at once whether it is of one of them.
    bits: u128,
    /// First token of that phrase.
    pub(crate) first: usize,
    /// Whether it stands in a time expression.
    pub(crate) time: bool,
    /// Whether it stands in the number expression of a figure.
    pub(crate) figure: bool,
    /// Whether it stands in an entity.
    pub(crate) entity: bool,
    /// The mark itself, or 0 for a word or number.
    pub(crate) mark: u8,
}

impl Tag {
    /// Whether it is of one of `classes`, or counts as that.
    #[inline]
    pub(crate) fn is(&self, classes: &[Class]) -> bool {
        self.bits & classes.iter().fold(0, |all, class| all | class.bit()) != 0
    }

    /// Its class, that of all measures for any that is named by a noun.
    pub(crate) fn measure(&self) -> Option<Class> {
        if self.is(&[Class::Head]) { Some(Class::Head) } else { self.class }
    }

    /// Whether it can stand inside any noun phrase.
    pub(super) fn is_plain(&self) -> bool {
        self.class.is_none() || self.is(&[Class::Plain, Class::Do, Class::Lapse, Class::Collective])
    }
}

/// A sentence ready for naming metrics.
#[derive(Debug)]
pub(crate) struct TaggedSentence<'a, 't> {
    pub(crate) sentence: &'a Sentence<'t>,
    pub(crate) mentions: &'a [Mention<'t>],
    pub(crate) tags: Vec<Tag>,
    /// Token range of every figure's number expression.
    pub(crate) figures: Vec<Range<usize>>,
}

impl<'a, 't> TaggedSentence<'a, 't> {
    /// Tags every token of a sentence with these figures, time expressions and entities.
    pub(crate) fn new(
        sentence: &'a Sentence<'t>,
        mentions: &'a [Mention<'t>],
        times: impl Iterator<Item = Range<usize>>,
        entities: impl Iterator<Item = Range<usize>>,
        lexicon: &Lexicon<Class>,
    ) -> Self {
        let mut tags = plain_tags(sentence);
        let span = |bytes: Range<usize>| sentence.tokens_in(&bytes);
        for time in times {
            tags[span(time)].iter_mut().for_each(|t| t.time = true);
        }
        for entity in entities {
            tags[span(entity)].iter_mut().for_each(|t| t.entity = true);
        }
        let figures: Vec<_> = mentions.iter().map(|m| span(m.quote.clone())).collect();
        for (figure, mention) in figures.iter().zip(mentions) {
            let last = rate_end(sentence, &tags, figure.end, mention);
            tags[figure.start..last].iter_mut().for_each(|t| t.figure = true);
        }
        for hit in lexicon.find_all(&sentence.tokens) {
            let bits = hit.value.bits();
            for tag in &mut tags[hit.first..hit.last] {
                (tag.class, tag.bits, tag.first) = (Some(hit.value), bits, hit.first);
            }
        }
        Self { sentence, mentions, tags, figures }
    }

    /// Where the text that may hold the subject of what stands at token `from` begins: behind the last strong mark or
    /// earlier figure.
    pub(super) fn left_edge(&self, from: usize) -> usize {
        let mut at = from;
        while at > 0 {
            let tag = &self.tags[at - 1];
            if tag.figure || matches!(tag.mark, b'(' | b';' | b'.' | b'!' | b'?') {
                return at;
            }
            if tag.mark == b')' {
                match self.closed_aside(at - 1) {
                    Some(open) => at = open + 1,
                    None => return at,
                }
            }
            at -= 1;
        }
        at
    }

    /// The opening of the figureless bracket that closes at `close`.
    pub(super) fn closed_aside(&self, close: usize) -> Option<usize> {
        let open = (0..close).rev().take(MAX_ASIDE).find(|&i| self.tags[i].mark == b'(')?;
        self.tags[open..close].iter().all(|t| !t.figure).then_some(open)
    }

    /// Whether the bracket that opens before token `at` is still open there, and where it opens.
    pub(super) fn open_bracket(&self, at: usize) -> Option<usize> {
        let mark = (0..at).rev().take(MAX_REACH).find(|&i| matches!(self.tags[i].mark, b'(' | b')'))?;
        (self.tags[mark].mark == b'(').then_some(mark)
    }

    /// Where the words end that belong to a noun phrase, those that only say where or whose included.
    pub(crate) fn reach(&self, noun: &Range<usize>) -> usize {
        let ends = |t: &Tag| {
            t.figure
                || t.mark != 0
                || t.is(&[
                    Class::Level,
                    Class::Change,
                    Class::Part,
                    Class::Have,
                    Class::Break,
                    Class::Relative,
                ])
        };
        let behind = self.tags[noun.end..].iter().take(MAX_BEHIND).take_while(|t| !ends(t)).count();
        noun.end + behind
    }

    /// Whether token `at` says nothing of what is measured.
    pub(super) fn is_loose(&self, at: usize) -> bool {
        let tag = &self.tags[at];
        let classes = [
            Class::Adverb,
            Class::Determiner,
            Class::Locator,
            Class::Stop,
            Class::After,
            Class::With,
            Class::Conjunction,
            Class::Pronoun,
            Class::Body,
            Class::Passive,
            Class::Have,
            Class::Do,
            Class::About,
            Class::Filler,
            Class::Relative,
            Class::Edge,
        ];
        tag.time || tag.entity || tag.figure || tag.mark != 0 || tag.is(&classes) || self.is_number(at)
    }

    fn is_number(&self, at: usize) -> bool {
        self.sentence.tokens[at].kind == TokenKind::Number
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether token `at` is a word.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether an earlier figure ends right before token `at`.
    pub(super) fn follows_figure(&self, at: usize) -> bool {
        at > 0 && self.tags[at - 1].figure
    }
}

fn plain_tags(sentence: &Sentence<'_>) -> Vec<Tag> {
    let text = sentence.text.as_bytes();
    let tag = |(i, token): (usize, &Token)| {
        let mark = if token.kind == TokenKind::Mark { text[token.start] } else { 0 };
        Tag { class: None, bits: 0, first: i, time: false, figure: false, entity: false, mark }
    };
    sentence.tokens.iter().enumerate().map(tag).collect()
}

/// Where the words end that belong to the number expression before token `at`: its `/lượng` and, where no counted noun
/// can follow, the rest of its phrase.
fn rate_end(sentence: &Sentence<'_>, tags: &[Tag], at: usize, mention: &Mention<'_>) -> usize {
    let mut last = at;
    while tags.get(last).is_some_and(|t| t.mark == b'/') && last + 1 < tags.len() {
        last += 2;
    }
    match mention.kind {
        Kind::Money | Kind::Quantity => last.max(sentence.tokens_in(&mention.phrase).end).min(tags.len()),
        _ => last,
    }
}
