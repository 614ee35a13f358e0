//! Compiled `rules/numbers.toml`: the words that numbers are made of.

use std::ops::Range;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::token::Token;
use crate::extract::words::vocabulary::Vocabulary;
use crate::rules::{Named, RuleError, RuleSources, merge_named};

/// What part a word plays in a number expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Magnitude,
    GluedMagnitude,
    DecimalUnit,
    Digit,
    Ten,
    Tens,
    Half,
    AndHalf,
    Amount,
    Fraction,
    Part,
    Multiple,
    Times,
    Vague,
    Range,
    From,
    Negative,
    Towards,
    Level,
    TwoSided,
    Numbered,
    Series,
    Either,
    InTurn,
    Also,
    None,
}

/// A number word with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// Multiplies the number before it.
    Magnitude(Decimal),
    /// The same, but only in small letters written to the number.
    GluedMagnitude(Decimal),
    /// A unit written between the whole and its hundredths: `1m72`.
    DecimalUnit,
    /// One to nine.
    Digit(Decimal),
    /// Ten.
    Ten,
    /// Makes tens of the digit before it.
    Tens,
    /// A half before a magnitude.
    Half,
    /// A half of the magnitude before it.
    AndHalf,
    /// A whole amount, which counts without a magnitude.
    Amount(Decimal),
    /// A whole fraction.
    Fraction(Decimal, Decimal),
    /// Between numerator and denominator.
    Part,
    /// A whole multiple.
    Multiple(Decimal),
    /// Makes a multiple of the digit behind it.
    Times,
    /// Makes the amount behind it vague.
    Vague,
    /// Between the ends of a range.
    Range,
    /// Before the first end of a range.
    From,
    /// Makes the number behind it negative.
    Negative,
    /// Between an old level and the new one, whose magnitude both have.
    Towards,
    /// Before a level, which may be negative.
    Level,
    /// Says that prices are those of two sides, buying and selling.
    TwoSided,
    /// Before a number that names what it stands for.
    Numbered,
    /// Before numbers of a series, of which none is an amount.
    Series,
    /// Between two neighbouring numbers of which one is meant.
    Either,
    /// Gives the numbers behind it out in turn; the last may have the magnitude of all.
    InTurn,
    /// Between the numbers of such a list.
    Also,
    /// Not a number word after all.
    None,
}

impl NumberWord {
    /// Whether whole numbers are written with it.
    pub(crate) fn says_how_many(self) -> bool {
        matches!(self, Self::Magnitude(_) | Self::Digit(_) | Self::Ten | Self::Tens | Self::AndHalf)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersFile {
    #[serde(default)]
    word: Vec<WordEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordEntry {
    name: toml::Spanned<String>,
    #[serde(rename = "comment")]
    _comment: String,
    role: Role,
    value: Option<toml::Spanned<String>>,
    of: Option<toml::Spanned<String>>,
    words: Vec<String>,
    /// Of which one must stand right behind the words, itself no part of the number; none must where there are none.
    #[serde(default)]
    next: Vec<String>,
}

impl WordEntry {
    /// The words, each with the phrases that tell it: itself, or with what must stand behind it.
    fn phrases(&self) -> impl Iterator<Item = (&str, String)> {
        self.words.iter().flat_map(|words| {
            let alone = self.next.is_empty().then(|| words.clone());
            let ahead = self.next.iter().map(move |next| format!("{words} {next}"));
            alone.into_iter().chain(ahead).map(|phrase| (words.as_str(), phrase))
        })
    }
}

/// Number words by phrase.
#[derive(Debug)]
pub struct Numerals {
    /// Each with how many tokens of its phrase are part of the number.
    lexicon: Lexicon<(NumberWord, usize)>,
    triggers: Vec<String>,
}

impl Numerals {
    /// Compiles `numbers.toml`; its words go into `vocabulary`.
    ///
    /// # Errors
    /// The first entry that is broken.
    pub fn compile(sources: &RuleSources, vocabulary: &mut Vocabulary) -> Result<Self, RuleError> {
        let files = sources.parse::<NumbersFile>("numbers.toml")?;
        let mut entries = Vec::new();
        for (file, loaded) in files.iter().enumerate() {
            for words in &loaded.value.word {
                let meaning = number_word(words, &|span, message| loaded.error(span, message))?;
                entries.push(Entry { words: words.clone(), meaning, file });
            }
        }
        let entries = merge_named(entries);
        let mut lexicon = Lexicon::default();
        let mut roles = FxHashMap::default();
        for Entry { words: entry, meaning, file } in &entries {
            for (words, phrase) in entry.phrases() {
                let error = |message| Err(files[*file].error(entry.name.span(), message));
                let own = vocabulary.count_tokens(words);
                if own == 0 {
                    return error("one of its words is empty".to_owned());
                }
                let known = roles.insert(phrase.clone(), (meaning, entry.name.get_ref()));
                if let Some((_, other)) = known.filter(|(other, _)| *other != meaning) {
                    return error(format!("`{phrase}` is already a word of `{other}`, of another role"));
                }
                lexicon.insert(vocabulary, &phrase, (*meaning, own));
            }
        }
        Ok(Self { lexicon, triggers: triggers(&entries) })
    }

    /// Phrases without one of which a text without digits holds no number.
    pub(crate) fn triggers(&self) -> &[String] {
        &self.triggers
    }

    /// Whether a number word may begin with `token`.
    pub(crate) fn begins(&self, token: &Token) -> bool {
        self.lexicon.begins(token)
    }

    /// The number word that begins at token `at`, and the index behind it.
    pub(crate) fn at(&self, tokens: &[Token], at: usize) -> Option<(NumberWord, usize)> {
        let hit = self.lexicon.longest(tokens, at)?;
        let (word, own) = hit.value;
        Some((word, hit.first + own))
    }
}

/// Words of a rule file, what they are to numbers, and the index of their file.
struct Entry {
    words: WordEntry,
    meaning: NumberWord,
    file: usize,
}

impl Named for Entry {
    fn name(&self) -> &str {
        self.words.name.get_ref()
    }
}

/// Phrases without one of which a text without digits holds no number.
fn triggers(entries: &[Entry]) -> Vec<String> {
    let (mut triggers, mut parts, mut digits) = (Vec::new(), Vec::new(), Vec::new());
    for Entry { words: entry, .. } in entries {
        match entry.role {
            Role::Magnitude | Role::Amount | Role::Fraction | Role::Times | Role::Multiple => {
                triggers.extend(entry.phrases().map(|(_, phrase)| phrase));
            }
            Role::Part => parts.extend(&entry.words),
            Role::Digit => digits.extend(&entry.words),
            _ => {}
        }
    }
    // The word between numerator and denominator alone is far too common to look for.
    triggers.extend(parts.iter().flat_map(|part| digits.iter().map(move |digit| format!("{part} {digit}"))));
    triggers
}

/// Largest value of a number word: of a few, decimals hold the product.
const LARGEST: i64 = 1_000_000_000_000;

impl Role {
    fn has_value(self) -> bool {
        matches!(
            self,
            Self::Magnitude
                | Self::GluedMagnitude
                | Self::Digit
                | Self::Amount
                | Self::Fraction
                | Self::Multiple
        )
    }
}

fn number_word(
    entry: &WordEntry,
    error: &dyn Fn(Range<usize>, String) -> RuleError,
) -> Result<NumberWord, RuleError> {
    let number = |field, text: &Option<toml::Spanned<String>>, needed| match text {
        Some(text) if needed => positive(text.get_ref()).map_err(|message| error(text.span(), message)),
        Some(text) => Err(error(text.span(), format!("words of this role have no `{field}`"))),
        None if needed => Err(error(entry.name.span(), format!("a word of this role needs a `{field}`"))),
        None => Ok(Decimal::ONE),
    };
    let value = number("value", &entry.value, entry.role.has_value())?;
    let of = number("of", &entry.of, entry.role == Role::Fraction)?;
    Ok(match entry.role {
        Role::Magnitude => NumberWord::Magnitude(value),
        Role::GluedMagnitude => NumberWord::GluedMagnitude(value),
        Role::DecimalUnit => NumberWord::DecimalUnit,
        Role::Digit => NumberWord::Digit(value),
        Role::Ten => NumberWord::Ten,
        Role::Tens => NumberWord::Tens,
        Role::Half => NumberWord::Half,
        Role::AndHalf => NumberWord::AndHalf,
        Role::Amount => NumberWord::Amount(value),
        Role::Fraction => NumberWord::Fraction(value, of),
        Role::Part => NumberWord::Part,
        Role::Multiple => NumberWord::Multiple(value),
        Role::Times => NumberWord::Times,
        Role::Vague => NumberWord::Vague,
        Role::Range => NumberWord::Range,
        Role::From => NumberWord::From,
        Role::Negative => NumberWord::Negative,
        Role::Towards => NumberWord::Towards,
        Role::Level => NumberWord::Level,
        Role::TwoSided => NumberWord::TwoSided,
        Role::Numbered => NumberWord::Numbered,
        Role::Series => NumberWord::Series,
        Role::Either => NumberWord::Either,
        Role::InTurn => NumberWord::InTurn,
        Role::Also => NumberWord::Also,
        Role::None => NumberWord::None,
    })
}

/// A decimal that a number word may stand for.
fn positive(text: &str) -> Result<Decimal, String> {
    let value: Decimal = text.parse().map_err(|e| format!("`{text}` is not a decimal: {e}"))?;
    if value <= Decimal::ZERO || value > Decimal::from(LARGEST) {
        return Err(format!("what a number word stands for is above 0 and at most {LARGEST}"));
    }
    Ok(value)
}
