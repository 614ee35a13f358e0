//! The rules about numbers, compiled, and how they read a sentence.

use std::iter::Peekable;
use std::slice::Iter;

use super::account::{Account, Analysis, Outcome};
use super::compound::Compounds;
use super::context::{ContextCache, Match};
use super::converted::Conversions;
use super::currency;
use super::figure;
use super::file::ReadingFile;
use super::needed::{Needed, NeededWords};
use super::noun::Nouns;
use super::number_context::{NumberContext, SearchState};
use super::qualifier::{AttributeRules, Attributes};
use super::qualifiers_file::QualifiersFile;
use super::readings::Readings;
use super::status::{StatusCues, StatusMemory};
use crate::extract::mention::Mention;
use crate::extract::number::decimal::Convention;
use crate::extract::number::numerals::Numerals;
use crate::extract::number::reader::Reader;
use crate::extract::sentence::Sentence;
use crate::extract::time::TimeMention;
use crate::extract::words::token::TokenKind;
use crate::extract::words::vocabulary::Vocabulary;
use crate::fact::{Kind, Status};
use crate::rules::{Patterns, RuleError, RuleSources, merge_named};

/// Scratch space for reading; one a thread.
#[derive(Debug)]
pub struct NumberScratch {
    pub(super) readings: ContextCache,
    pub(super) search: SearchState,
    attributes: ContextCache,
    /// The rules whose patterns match, in falling order of precedence.
    pub(super) found: Vec<Match>,
    /// The first token of each value.
    starts: Vec<usize>,
    /// What cues say of the status of each value.
    statuses: Vec<Status>,
    /// What the words around each value say of its status themselves.
    stated: Vec<Option<Status>>,
    status: StatusMemory,
}

impl NumberScratch {
    /// Forgets the sentences read so far: another article begins.
    pub(crate) fn begin_article(&mut self) {
        self.status = StatusMemory::default();
    }

    /// Whether [`NumberRules::note`] has nothing to note of a sentence without a number.
    pub(crate) fn has_nothing_to_note(&self, text: &str) -> bool {
        self.status.is_empty() && !text.ends_with([':', ';'])
    }

    fn forget_sentence(&mut self) {
        self.starts.clear();
        self.stated.clear();
        self.search.forget_sentence();
    }
}

/// Compiled rules about numbers: `numbers.toml`, `units/`, `not-facts/`, `qualifiers/`.
#[derive(Debug)]
pub struct NumberRules {
    /// The number words.
    pub numerals: Numerals,
    /// What a number is.
    pub readings: Readings,
    /// Qualifier, change and per.
    pub attributes: AttributeRules,
    pub(super) statuses: StatusCues,
    pub(super) nouns: Nouns,
    compounds: Compounds,
    conversions: Conversions,
    /// Words that patterns of any of the rules need.
    pub(super) needed: Needed,
}

impl NumberRules {
    /// Compiles the rules about numbers; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(sources: &RuleSources, vocabulary: &mut Vocabulary) -> Result<Self, RuleError> {
        let (mut patterns, mut needed) = (Patterns::default(), NeededWords::default());
        let files = sources.parse::<QualifiersFile>("qualifiers")?;
        let mut words = sources.parse::<ReadingFile>("units")?;
        words.extend(sources.parse::<ReadingFile>("not-facts")?);
        let attributes = AttributeRules::compile(&files, &mut patterns, &mut needed)?;
        let readings = Readings::compile(&words, &mut patterns, &mut needed)?;
        let stops = merge_named(words.iter().flat_map(|f| f.value.stop.clone()));
        let lists = merge_named(words.iter().flat_map(|f| f.value.list.clone()));
        let cues = merge_named(
            files.iter().flat_map(|f| f.value.status.iter().map(|cue| (f.file.clone(), cue.clone()))),
        );
        let continuations = merge_named(files.iter().flat_map(|f| f.value.continuation.clone()));
        let too_many = |error| sources.error("qualifiers", format!("too many needed words: {error}"));
        Ok(Self {
            numerals: Numerals::compile(sources, vocabulary)?,
            statuses: StatusCues::compile(cues, &continuations, vocabulary),
            nouns: Nouns::compile(&stops, &lists, vocabulary),
            compounds: Compounds::new(words.iter().flat_map(|f| f.value.compound.clone())),
            conversions: Conversions::new(files.iter().flat_map(|f| f.value.conversion.clone())),
            needed: needed.compile().map_err(too_many)?,
            readings,
            attributes,
        })
    }

    /// Scratch space for [`Self::read`].
    pub(crate) fn scratch(&self) -> NumberScratch {
        NumberScratch {
            readings: self.readings.contexts.cache(),
            search: SearchState::new(self.readings.spellings.scratch()),
            attributes: self.attributes.contexts.cache(),
            found: Vec::new(),
            starts: Vec::new(),
            statuses: Vec::new(),
            stated: Vec::new(),
            status: StatusMemory::default(),
        }
    }

    /// Takes note of a sentence that has no number.
    pub(crate) fn note(&self, sentence: &Sentence<'_>, scratch: &mut NumberScratch) {
        self.statuses.govern(sentence, &[], &mut scratch.status, &mut scratch.statuses);
    }

    /// Reads every number of a sentence that has these time expressions.
    pub fn read<'t>(
        &self,
        sentence: &Sentence<'t>,
        times: &[TimeMention],
        convention: Option<Convention>,
        scratch: &mut NumberScratch,
    ) -> Analysis<'t> {
        scratch.forget_sentence();
        let mut analysis = Analysis::default();
        let mut times = times.iter().peekable();
        let mut at = 0;
        while at < sentence.tokens.len() {
            at = self.read_at(at, (sentence, convention), &mut times, scratch, &mut analysis);
        }
        self.statuses.govern(sentence, &scratch.starts, &mut scratch.status, &mut scratch.statuses);
        let statuses = scratch.stated.iter().zip(&scratch.statuses);
        for (mention, (stated, governing)) in analysis.mentions.iter_mut().zip(statuses) {
            mention.status = stated.unwrap_or(*governing);
        }
        self.conversions.agree(sentence.text, &mut analysis.mentions);
        currency::share(&mut analysis);
        analysis
    }

    /// Reads the number or the numbers of the time expression at token `at`, if there is one, and gives the token to go
    /// on with.
    fn read_at<'t>(
        &self,
        at: usize,
        (sentence, convention): (&Sentence<'t>, Option<Convention>),
        times: &mut Peekable<Iter<'_, TimeMention>>,
        scratch: &mut NumberScratch,
        analysis: &mut Analysis<'t>,
    ) -> usize {
        let token = &sentence.tokens[at];
        if token.kind != TokenKind::Number && !self.numerals.begins(token) {
            return at + 1;
        }
        while times.next_if(|t| t.span.end <= token.start).is_some() {}
        if let Some(time) = times.peek().filter(|t| t.span.start <= token.start) {
            return account_for_time(sentence, time, at, &mut analysis.accounts);
        }
        let reader = Reader { numerals: &self.numerals, sentence, convention };
        let Some(number) = reader.read(at) else { return at + 1 };
        let limit = times.peek().map_or(usize::MAX, |t| t.span.start);
        let context = NumberContext { sentence, number: &number, limit, convention };
        let outcome = self.decide(&context, scratch, &mut analysis.mentions);
        if number.digits || outcome != Outcome::Unexplained {
            analysis.accounts.push(Account { span: number.span, outcome });
        }
        number.tokens.end
    }

    /// Marks the numbers that belong to the names before them.
    pub(crate) fn mark_names(&self, sentence: &mut Sentence<'_>, accounts: &[Account]) {
        for account in accounts {
            let Outcome::NotFact(rule) = account.outcome else { continue };
            if self.readings.rules[rule].of_name {
                let at = sentence.token_at(account.span.start);
                sentence.tokens[at].capital = true;
            }
        }
    }

    /// What a number is; a value is added to `mentions`.
    fn decide<'t>(
        &self,
        context: &NumberContext<'_, 't>,
        scratch: &mut NumberScratch,
        mentions: &mut Vec<Mention<'t>>,
    ) -> Outcome {
        let (sentence, number) = (context.sentence, context.number);
        self.find_matches(context, scratch);
        let read = scratch.found.iter().find_map(|m| self.try_rule(context, &scratch.search, *m));
        let Some(read) = read else { return Outcome::Unexplained };
        let Some(kind) = read.rule.kind else { return Outcome::NotFact(read.index) };
        let sign = number.sign.filter(|_| read.rule.takes_sign());
        let edges = (sign.map_or(number.span.start, |sign| sign.start), read.end);
        let attributes = self.attributes(context, kind, edges, scratch);
        // What no decimal holds is no figure.
        let Some(mut found) = figure::mention(sentence.text, number, &read, kind, &attributes) else {
            return Outcome::Unexplained;
        };
        figure::add_half(&self.numerals, sentence, &mut found, read.rule.factor);
        if let Some(sign) = sign {
            found.negate(sign);
        }
        let last = mentions.last_mut();
        if !last.is_some_and(|last| self.compounds.add(sentence.text, last, &mut found)) {
            mentions.push(found);
            scratch.starts.push(number.tokens.start);
            scratch.stated.push(attributes.status);
        }
        Outcome::Fact(mentions.len() - 1)
    }

    /// What the words around a value of `kind` say of it, whose sign and unit end at `edges`.
    fn attributes<'t>(
        &self,
        context: &NumberContext<'_, 't>,
        kind: Kind,
        edges: (usize, usize),
        scratch: &mut NumberScratch,
    ) -> Attributes<'t> {
        let (text, contexts) = (context.sentence.text, &self.attributes.contexts);
        contexts.matches(text, edges.0..edges.1, None, &mut scratch.attributes, &mut scratch.found);
        let what = (kind, context.number);
        self.attributes.apply(text, what, edges, &scratch.found, &scratch.search.present)
    }
}

/// Accounts for the numbers of a time expression and gives the token behind it.
fn account_for_time(
    sentence: &Sentence<'_>,
    time: &TimeMention,
    mut at: usize,
    accounts: &mut Vec<Account>,
) -> usize {
    while let Some(token) = sentence.tokens.get(at).filter(|t| t.start < time.span.end) {
        if token.kind == TokenKind::Number {
            accounts.push(Account { span: token.start..token.end, outcome: Outcome::Time });
        }
        at += 1;
    }
    at
}
