//! How far a common noun goes on behind its head.

use crate::extract::entity::EntityMention;
use crate::extract::entity::rules::capitals::is_upper;
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::rules::tables::Tables;
use crate::extract::sentence::Sentence;
use crate::extract::time::TimeMention;
use crate::extract::words::lexicon::{Hit, Lexicon};
use crate::extract::words::token::{Token, TokenKind};

/// How many words that belong to a noun may follow it.
const MODIFIERS: usize = 5;
/// How many digits a number that is a name may have.
const LONGEST_NUMBER: usize = 2;
/// How many words may say how exact a number is (cao | từ khoảng | 2 m).
const QUALIFIERS: usize = 2;

/// The tokens among which nouns are looked for.
pub(super) struct Phrases<'a> {
    tables: &'a Tables,
    text: &'a str,
    tokens: &'a [Token],
    /// What is known of each token, and of the end of the sentence.
    known: Vec<Known>,
}

/// What is known of a token.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// Whether it may belong to a noun phrase.
    noun: bool,
    /// Whether it may do so only behind others (vụ tai nạn | giao thông).
    goes_on: bool,
    /// Whether it stands within words that rules list together, behind the first of them (Hội | nghị).
    inside: bool,
    /// Whether a word for a measure ends right before it (sản lượng | mắc ca).
    measured: bool,
    /// Whether a verb begins there with which no noun does.
    acts: bool,
    /// Whether such a verb ends right before it that begins as a noun may.
    acted: bool,
    /// The common noun of a rule that begins there.
    common: Option<Hit<u32>>,
    /// Where words end that rules list together and that begin there.
    compound: Option<usize>,
    /// Where words end that begin there and belong to the noun before them, though they may begin like a verb.
    modifier: Option<usize>,
}

/// What belongs to a noun, up to token `last`.
struct Part {
    last: usize,
    /// Whether it says nothing without the next word (học sinh lớp | 5).
    open: bool,
    /// Whether nothing behind it belongs to the noun (gia đình tôi | lấy).
    whole: bool,
}

impl Known {
    /// Where the longer ends of the words that rules list and that begin there.
    fn longest(&self) -> Option<usize> {
        self.compound.max(self.common.map(|hit| hit.last))
    }
}

impl<'a> Phrases<'a> {
    pub(super) fn of(tables: &'a Tables, sentence: &'a Sentence<'_>, times: &[TimeMention]) -> Self {
        let (text, tokens) = (sentence.text, sentence.tokens.as_slice());
        let mut known = vec![Known::default(); tokens.len() + 1];
        let fill_inside =
            |known: &mut [Known], i, last| known[i + 1..last].iter_mut().for_each(|word| word.inside = true);
        for (i, token) in tokens.iter().enumerate() {
            let ends = [&tables.predicates, &tables.ends].map(|words| words.longest(tokens, i));
            let ends = ends.map(|hit| hit.map(|hit| hit.last)).into_iter().max().flatten();
            let ends = ends.max(tables.cues.longest(tokens, i).map(|hit| hit.last));
            let class = tables.classes.of(token.word) & (class::STOP | class::VERB);
            let word = &mut known[i];
            word.modifier = tables.modifiers.longest(tokens, i).map(|hit| hit.last);
            if token.kind == TokenKind::Word {
                let begins = class == 0 && ends.is_none();
                word.goes_on = !begins && word.modifier.is_some() && word.modifier >= ends;
                word.noun = begins || word.goes_on;
            }
            word.compound = tables.compounds.longest(tokens, i).map(|hit| hit.last);
            word.common = tables.common.longest(tokens, i);
            if let Some(last) = ends.max(word.longest()) {
                fill_inside(&mut known, i, last);
            }
            if let Some(dimension) = tables.dimensions.longest(tokens, i) {
                known[dimension.last].measured = true;
                fill_inside(&mut known, i, dimension.last);
            }
        }
        for i in 0..tokens.len() {
            let Some(action) = tables.actions.longest(tokens, i) else { continue };
            let last = action.last;
            if known[i].longest().is_some_and(|other| other >= last) {
                continue;
            }
            // Those before it are known already.
            known[i].acts = true;
            known[last].acted |= i == 0 || !known[i - 1].noun || known[i].acted;
        }
        for time in times {
            let first = tokens.partition_point(|token| token.end <= time.span.start);
            let last = tokens.partition_point(|token| token.start < time.span.end);
            known[first..last].iter_mut().for_each(|word| word.noun = false);
        }
        Self { tables, text, tokens, known }
    }

    /// The common noun of a rule that begins at token `at`.
    pub(super) fn common(&self, at: usize) -> Option<Hit<u32>> {
        self.known.get(at)?.common
    }

    /// Where words end that rules list together and that begin at token `at`.
    pub(super) fn compound(&self, at: usize) -> Option<usize> {
        self.known.get(at)?.compound
    }

    /// Where the noun ends that begins with `head`.
    pub(super) fn end(&self, head: &Hit<u32>) -> usize {
        if self.tables.commons[head.value as usize].whole {
            return head.last;
        }
        let (mut at, mut end) = (head.last, head.last);
        while at < self.tokens.len() && at <= head.last + MODIFIERS && self.goes_on(at) {
            let part = self.part(at);
            at = part.last;
            if !part.open {
                end = at;
            }
            if part.whole {
                return end;
            }
        }
        // Where no verb comes soon, the words behind the noun are not only its own.
        if at > head.last + MODIFIERS { head.last } else { end }
    }

    /// Where nouns that no rule lists end, if some may begin at token `at`: behind a word or mark that belongs to no noun, or
    /// a word for a measure, or a verb that does not belong to them, they go on like others, but not to token `before`.
    pub(super) fn unlisted(&self, at: usize, before: usize) -> Option<usize> {
        let apart = |at: usize| !(self.is_noun(at - 1) || self.joins(at - 1));
        let known = &self.known[at];
        let begins = at == 0 || !known.inside && (known.measured || apart(at));
        if !known.noun || known.goes_on || !(begins || known.acted) || known.acts {
            return None;
        }
        let end = before.min(at + MODIFIERS + 1);
        let mut last = self.part(at).last;
        while last < end && self.goes_on(last) {
            last = self.part(last).last;
        }
        let last = last.min(end);
        let capital = |i: usize| self.tokens.get(i).is_some_and(|t| t.capital);
        // Where no verb comes soon, the words are not only one noun's, and with capitals they are rather a name.
        let no_noun =
            |words: &Lexicon<()>| words.longest(self.tokens, at).is_some_and(|hit| hit.last >= last);
        let measure =
            [&self.tables.measures, &self.tables.leads, &self.tables.dimensions].into_iter().any(no_noun);
        let ends = last <= at + MODIFIERS && !self.joins(last) && !measure;
        // One syllable behind a verb is rather the second of a word.
        let alone = !begins && last == at + 1;
        (ends && !alone && !(capital(at) && capital(at + 1))).then_some(last)
    }

    /// Where in nouns of tokens `first..last` what they name begins: a value is not of the measure, but of what is measured.
    pub(super) fn named(&self, first: usize, last: usize) -> usize {
        let dimension = self.tables.dimensions.longest(self.tokens, first).map(|hit| hit.last);
        dimension.filter(|&behind| behind < last && self.is_noun(behind)).unwrap_or(first)
    }

    /// Where nouns that end at token `last` end together with a name right behind them that says which are meant (nhà tù |
    /// Iwakuni): one of `entities`, or words with capitals.
    pub(super) fn with_name(&self, last: usize, entities: &[EntityMention]) -> usize {
        match entities.iter().find(|entity| entity.first == last) {
            Some(name) if name.stands_for_another() => last,
            Some(name) => name.last,
            None => self.unknown_name(last),
        }
    }

    /// Where words with capitals end that begin at token `at`; there, where they begin a noun, as a new sentence does.
    fn unknown_name(&self, at: usize) -> usize {
        let capital = |i: &usize| self.tokens[*i].capital && self.is_noun(*i);
        let Some(name) = (at..self.tokens.len()).take_while(capital).last() else { return at };
        if self.common(at).is_some() {
            return at;
        }
        // Of a noun of two words only the first has a capital (Hải quan).
        let compound = self.compound(name);
        let whole_word = self.tokens[name].text(self.text).chars().nth(1).is_some_and(char::is_lowercase);
        let second = (whole_word && self.known[name + 1].noun).then_some(name + 2);
        let last = compound.or(second).unwrap_or(name + 1);
        let last = self.known[last].modifier.unwrap_or(last);
        last + usize::from(
            last == name + 1 && is_upper(self.tokens[name].text(self.text)) && self.grade_at(last),
        )
    }

    /// Whether the number of a grade stands at `at`: of few digits, and before nothing that it could count (xăng RON 92).
    fn grade_at(&self, at: usize) -> bool {
        let short = |t: &Token| {
            t.kind == TokenKind::Number && t.end - t.start <= 3 && !t.text(self.text).contains([',', '.'])
        };
        self.tokens.get(at).is_some_and(short) && !self.tables.may_be_counted(self.text, self.tokens, at + 1)
    }

    /// Where nouns that end at token `last` end together with the number that is their name, behind them or a word that says nothing
    /// without it (gói thầu | 5, bệnh viện | hạng 2); such as `counts` says are values or belong to a time are none.
    pub(super) fn with_number(&self, last: usize, counts: impl Fn(&Token) -> bool) -> usize {
        let number = |&i: &usize| {
            let short = |t: &&Token| t.kind == TokenKind::Number && t.end - t.start <= LONGEST_NUMBER;
            self.tokens.get(i).filter(short).is_some_and(|t| !counts(t) && self.ends_number(i))
        };
        let open = self.tables.open.longest(self.tokens, last).map(|hit| hit.last);
        [Some(last), open].into_iter().flatten().find(number).map_or(last, |at| at + 1)
    }

    /// Whether a number at token `i` is whole and alone: nothing is written to it (30/4, 5A), no other one follows (hạng 1, 2), nor what
    /// it could count.
    fn ends_number(&self, i: usize) -> bool {
        let Some(next) = self.tokens.get(i + 1) else { return true };
        let tight = next.start == self.tokens[i].end && !matches!(next.text(self.text), "." | "," | ")");
        let joins = next.kind == TokenKind::Mark || self.tables.is_and(next.word);
        let more = joins && self.tokens.get(i + 2).is_some_and(|t| t.kind == TokenKind::Number);
        !tight && !more && !self.tables.is_counted(next.word)
    }

    /// Whether a mark stands at token `i` without a space on either side, as within a word (ki-ốt).
    fn joins(&self, i: usize) -> bool {
        let Some([before, mark, behind, ..]) = i.checked_sub(1).and_then(|i| self.tokens.get(i..)) else {
            return false;
        };
        mark.kind == TokenKind::Mark && before.end == mark.start && mark.end == behind.start
    }

    /// The word or the noun of several that begins at token `at`.
    fn part(&self, at: usize) -> Part {
        let tables = self.tables;
        let noun = self.common(at);
        let leads = tables.leads.longest(self.tokens, at).map(|hit| hit.last);
        let known = self.known[at].longest().max(self.known[at].modifier);
        let known = known.max(leads.filter(|&last| last > at + 1));
        let ends = |hit: &Hit<()>| known.is_none_or(|last| last < hit.last);
        let open = tables.open.longest(self.tokens, at).filter(ends).map(|hit| hit.last);
        let owner = tables.owners.longest(self.tokens, at).filter(ends).map(|hit| hit.last);
        let last = owner.or(open).or(known).unwrap_or(at + 1);
        let speaks = noun.is_some_and(|hit| hit.last == last && tables.commons[hit.value as usize].whole);
        Part { last, open: open == Some(last), whole: owner.is_some() || speaks }
    }

    /// Whether the word at token `i` belongs to the noun before it.
    fn goes_on(&self, i: usize) -> bool {
        let (tables, tokens) = (self.tables, self.tokens);
        let to_figure = |hit: Option<Hit<()>>| hit.is_some_and(|hit| self.figure_follows(hit.last));
        let classifier = self.known[i].modifier.is_none()
            && self.common(i).is_some_and(|hit| !tables.commons[hit.value as usize].alone);
        self.is_noun(i)
            && !tokens[i].capital
            && !classifier
            && !to_figure(tables.measures.longest(tokens, i))
            && !to_figure(tables.leads.longest(tokens, i))
    }

    /// Whether a number stands at token `i`, or behind words that say how exact it is.
    fn figure_follows(&self, i: usize) -> bool {
        let ends = |&i: &usize| self.tokens[i].kind != TokenKind::Word || self.is_noun(i);
        let behind = (i..self.tokens.len()).take(QUALIFIERS + 1).find(ends);
        behind.is_some_and(|i| self.tokens[i].kind == TokenKind::Number)
    }

    /// Whether the word at token `i` may belong to a noun phrase.
    pub(super) fn is_noun(&self, i: usize) -> bool {
        self.known[i].noun
    }

    /// Whether a common noun begins behind token `first` and ends behind token `last`.
    pub(super) fn noun_across(&self, first: usize, last: usize) -> bool {
        (first + 1..last).any(|i| self.common(i).is_some_and(|hit| hit.last > last))
    }

    /// Whether words with capitals are rather a name that nobody knows.
    pub(super) fn begins_name(&self, head: &Hit<u32>) -> bool {
        let (first, last) = (head.first, head.last);
        let capital = |i: usize| self.tokens.get(i).is_some_and(|t| t.capital);
        capital(first) && (capital(last) || first > 0 && self.tokens[first - 1].kind == TokenKind::Word)
    }
}
