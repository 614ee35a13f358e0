//! Whether a reading whose patterns matched also takes the number, and what the sentence says its unit is.

use std::ops::Range;

use rust_decimal::Decimal;

use super::bit_set::BitSet;
use super::context::Match;
use super::file::UnitFrom;
use super::spelling::Spelled;
use super::{NumberRules, NumberScratch, ReadingRule};
use crate::extract::number::decimal::Convention;
use crate::extract::number::expression::{Expression, Form};
use crate::extract::number::reader::Reader;
use crate::extract::sentence::Sentence;
use crate::extract::words::quotation::quoted;
use crate::extract::words::token::TokenKind;
use crate::fact::Kind;
use crate::text::is_syllable;

/// Words that a noun in quotation marks may have.
const LONGEST_QUOTED: usize = 6;

/// A number with what rules look at around it.
pub(crate) struct NumberContext<'a, 't> {
    pub(crate) sentence: &'a Sentence<'t>,
    pub(crate) number: &'a Expression,
    /// Where the next time expression begins.
    pub(crate) limit: usize,
    /// How the document writes decimals.
    pub(crate) convention: Option<Convention>,
}

/// What was found besides what stands next to a number.
#[derive(Debug)]
pub(crate) struct SearchState {
    /// The patterns that the whole number matches.
    pub(super) spelled: Spelled,
    /// The words before the number, in its sentence, that patterns need: what asks for them looks no further.
    pub(super) present: BitSet,
    /// Up to where they were searched for.
    searched: usize,
}

impl SearchState {
    pub(super) fn new(spelled: Spelled) -> Self {
        Self { spelled, present: BitSet::default(), searched: 0 }
    }

    /// The next number is one of another sentence.
    pub(super) fn forget_sentence(&mut self) {
        self.searched = 0;
        self.present.clear();
    }
}

/// A reading that holds for a number, with what the sentence says its unit is.
pub(crate) struct Read<'r> {
    pub(crate) index: usize,
    pub(crate) rule: &'r ReadingRule,
    pub(crate) matched: Match,
    /// Bytes of the unit.
    pub(crate) unit: Option<Range<usize>>,
    /// Where the unit ends.
    pub(crate) end: usize,
    /// The whole that a share or rank is of, where the pattern behind the number ends in it (9 trên 10 người).
    pub(crate) whole: Option<Decimal>,
}

impl NumberRules {
    /// Finds the rules whose patterns match around a number, and what [`Self::try_rule`] needs besides, which tells of each
    /// of them whether it holds.
    pub(super) fn find_matches(&self, context: &NumberContext<'_, '_>, scratch: &mut NumberScratch) {
        let (text, span) = (context.sentence.text, context.number.span.clone());
        let (readings, search) = (&self.readings, &mut scratch.search);
        readings.spellings.find_matches(&text[span.clone()], &mut search.spelled);
        self.needed.find(text, search.searched..span.start, &mut search.present);
        search.searched = span.start;
        let takers = Some(readings.takers.of(context.number));
        readings.contexts.matches(text, span, takers, &mut scratch.readings, &mut scratch.found);
    }

    /// Whether the rule that matched also takes the number and finds its unit.
    pub(super) fn try_rule<'r>(
        &'r self,
        context: &NumberContext<'_, '_>,
        search: &SearchState,
        matched: Match,
    ) -> Option<Read<'r>> {
        let rule = &self.readings.rules[matched.rule];
        let (number, text) = (context.number, context.sentence.text);
        let into_time = rule.quote_after && matched.end > context.limit.max(number.span.end);
        if !rule.takes(number, &search.spelled) || into_time {
            return None;
        }
        if rule.no_syllable && is_syllable(&text[number.span.end..matched.end]) {
            return None;
        }
        if !rule.far_patterns_match(text, &matched, &search.present) || rule.bare && self.is_counting(context)
        {
            return None;
        }
        let (unit, end) = self.unit(context, rule, matched)?;
        Some(Read {
            index: matched.rule,
            rule,
            matched,
            unit,
            end,
            whole: self.whole(context, rule, &matched),
        })
    }

    /// The number that the pattern behind a share or rank ends in, if it is no less than that.
    fn whole(&self, context: &NumberContext<'_, '_>, rule: &ReadingRule, matched: &Match) -> Option<Decimal> {
        let (sentence, number) = (context.sentence, context.number);
        let last = sentence.tokens.partition_point(|token| token.end < matched.end);
        let parts = matches!(rule.kind, Some(Kind::Share | Kind::Rank));
        if !parts || number.denominator.is_some() || last < number.tokens.end {
            return None;
        }
        let reader = Reader { numerals: &self.numerals, sentence, convention: context.convention };
        let whole = reader.is_number(last).then(|| reader.amount(last)).flatten()?;
        Some(whole.value).filter(|whole| number.max.unwrap_or(number.value) <= *whole)
    }

    /// The unit's bytes and where it ends; `None` where the rule needs a unit and there is none.
    fn unit(
        &self,
        context: &NumberContext<'_, '_>,
        rule: &ReadingRule,
        matched: Match,
    ) -> Option<(Option<Range<usize>>, usize)> {
        let (number, sentence) = (context.number, context.sentence);
        let here = number.tokens.end;
        let end = if rule.quote_after { matched.end } else { number.span.end };
        let noun = |first| self.noun(context, first).map(|span| (span.end, span));
        match rule.unit_from {
            UnitFrom::Rule => Some((None, end)),
            UnitFrom::Match => {
                let text = &sentence.text[number.span.end..end];
                Some((Some(end - text.trim_start().len()..end), end))
            }
            UnitFrom::Noun => noun(here).map(|(end, span)| (Some(span), end)),
            UnitFrom::NounIfAny => Some(noun(here).map_or((None, end), |(end, span)| (Some(span), end))),
            UnitFrom::NounBehind => Some((noun(sentence.token_at(matched.end)).map(|(_, span)| span), end)),
            UnitFrom::Earlier | UnitFrom::Later => Some((Some(self.afar(context, rule, &matched)?), end)),
        }
    }

    /// The bytes of a unit that stands further off. What was counted before goes no further than its noun phrase, which a
    /// pattern cannot tell.
    fn afar(
        &self,
        context: &NumberContext<'_, '_>,
        rule: &ReadingRule,
        matched: &Match,
    ) -> Option<Range<usize>> {
        let text = context.sentence.text;
        let unit = rule.unit_afar(text, matched)?;
        let start = unit.as_ptr() as usize - text.as_ptr() as usize;
        let counted = matches!(rule.unit_from, UnitFrom::Earlier) && rule.kind == Some(Kind::Count);
        let noun = counted.then(|| self.noun(context, context.sentence.token_at(start))).flatten();
        let noun = noun.filter(|noun| noun.start == start && noun.end < start + unit.len());
        Some(noun.unwrap_or(start..start + unit.len()))
    }

    /// Whether a noun in lower case, which the number would count, follows it.
    fn is_counting(&self, context: &NumberContext<'_, '_>) -> bool {
        let behind = context.number.tokens.end;
        let lower = context.sentence.tokens.get(behind).is_some_and(|token| !token.capital);
        lower && self.noun(context, behind).is_some()
    }

    /// The bytes of the noun phrase that begins at token `first`.
    fn noun(&self, context: &NumberContext<'_, '_>, first: usize) -> Option<Range<usize>> {
        let (sentence, number) = (context.sentence, context.number);
        let count = (number.form == Form::Plain).then_some(number.value);
        let first = in_quotes(sentence, first).unwrap_or(first);
        let tokens = self.nouns.phrase(sentence, first, context.limit, count);
        let (first, last) = (sentence.tokens.get(tokens.start)?, tokens.end.checked_sub(1)?);
        (!tokens.is_empty()).then(|| first.start..sentence.tokens[last].end)
    }
}

/// Where a noun in quotation marks, in small letters, begins whose first mark stands at token `at` (4 “cuốc” xe).
fn in_quotes(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let first = quoted(sentence.text, tokens, at, LONGEST_QUOTED)?.start;
    let word = &tokens[first];
    let noun = word.kind == TokenKind::Word && !word.capital && tokens[at].end == word.start;
    noun.then_some(first)
}
