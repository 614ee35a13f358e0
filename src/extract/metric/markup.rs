//! Sentences with their figures marked, as the examples of rules write them.
//!
//! `{kind words}` is a figure (`{kind+ words}` one that rose by so much, `{kind- words}` one that fell), `{time words}` a
//! time expression, `{entity words}` an entity.

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use crate::extract::mention::Mention;
use crate::extract::number::decimal;
use crate::fact::{Direction, Kind};

/// A marked sentence.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// The sentence without its marks.
    pub(super) text: String,
    /// Its figures.
    pub(super) mentions: Vec<Mention<'static>>,
    /// Its time expressions.
    pub(super) times: Vec<Range<usize>>,
    /// Its entities.
    pub(super) entities: Vec<Range<usize>>,
}

impl Marked {
    /// Reads the marks.
    ///
    /// # Errors
    /// The mark that is broken.
    pub(super) fn read(marked: &str) -> Result<Self, String> {
        let mut sentence = Self::default();
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('{') {
            sentence.text.push_str(before);
            let (inside, behind) = after.split_once('}').ok_or("`}` is missing")?;
            let (what, words) = inside.split_once(' ').ok_or_else(|| format!("no words in {{{inside}}}"))?;
            let start = sentence.text.len();
            sentence.text.push_str(words);
            sentence.mark(what, start..start + words.len(), behind)?;
            rest = behind;
        }
        sentence.text.push_str(rest);
        Ok(sentence)
    }

    fn mark(&mut self, what: &str, span: Range<usize>, behind: &str) -> Result<(), String> {
        match what {
            "time" => self.times.push(span),
            "entity" => self.entities.push(span),
            kind => {
                let words = &self.text[span.clone()];
                let mut mention = figure(kind, span, unit(words, behind))?;
                mention.value = value(words).unwrap_or(mention.value);
                self.mentions.push(mention);
            }
        }
        Ok(())
    }
}

/// The value of the digits that a quote begins with.
fn value(quote: &str) -> Option<Decimal> {
    let digits = quote.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).next()?;
    decimal::parse(digits.trim_end_matches(['.', ',']), None, false)
}

/// The words behind the digits of a quote, else those behind the quote.
fn unit(quote: &str, behind: &str) -> String {
    let own = quote.trim_start_matches(|c: char| !c.is_alphabetic() && c != '%').trim();
    if !own.is_empty() {
        return own.to_owned();
    }
    behind.trim_start().split(['.', ',', ';', '{', '(']).next().unwrap_or("").trim().to_owned()
}

fn figure(kind: &str, quote: Range<usize>, unit: String) -> Result<Mention<'static>, String> {
    let direction = match kind.chars().last() {
        Some('+') => Some(Direction::Increase),
        Some('-') => Some(Direction::Decrease),
        _ => None,
    };
    let name = kind.trim_end_matches(['+', '-']);
    let known = Kind::deserialize(StrDeserializer::<Error>::new(name));
    let kind = known.map_err(|_| format!("no kind `{name}`"))?;
    Ok(Mention {
        unit: Some(unit.into()),
        direction,
        is_change: direction.is_some(),
        ..Mention::bare(quote, kind)
    })
}
