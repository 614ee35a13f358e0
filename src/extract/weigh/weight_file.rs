//! Weights as rule files have them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use toml::{Spanned, Value};

use super::Mistake;
use super::classes::WordClasses;
use super::feature::Feature;
use super::layers::{self, LayerFile};
use super::network::{GREATEST, Network, SUMS};
use super::weights::Weights;
use super::words::Words;

/// What a rule file says of weights.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WeightFile {
    /// By how much the best candidate must be better than the default one, in hundredths of a natural
    /// logarithm of odds.
    margin: Option<Spanned<i32>>,
    /// By how much candidates of a value (`source=nouns`) must be better than others, as the margin says it.
    handicaps: Option<BTreeMap<Spanned<String>, Spanned<i32>>>,
    network: Option<NetworkFile>,
}

/// A network as a rule file has it.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkFile {
    /// Words that features of words tell apart.
    words: Vec<Spanned<String>>,
    /// One for every value of a feature that has a row.
    rows: Vec<Spanned<String>>,
    layers: Spanned<LayerFile>,
}

/// The greatest margin or handicap: odds beyond it are certainties.
const GREATEST_MARGIN: u32 = 100_000;

/// The digits of rows, from `-GREATEST` to `GREATEST`.
const DIGITS: &[u8; 63] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+";

impl<A: Feature> Weights<A> {
    /// What files give: each part as the last one has it that gives it.
    ///
    /// # Errors
    /// The first feature or value that there is not, row that is none, or number that is too great, with its file.
    pub(crate) fn compile<'f, F: Copy>(
        files: impl IntoIterator<Item = (F, &'f WeightFile)>,
        classes: &WordClasses,
    ) -> Result<Self, (F, Mistake)> {
        let mut weights = Self::default();
        let (mut last, mut handicaps) = (None, None);
        for (file, given) in files {
            if let Some(margin) = &given.margin {
                weights.margin = checked(margin).map_err(|mistake| (file, mistake))?;
            }
            handicaps = given.handicaps.as_ref().map(|handicaps| (file, handicaps)).or(handicaps);
            last = given.network.as_ref().map(|network| (file, network)).or(last);
        }
        if let Some((file, network)) = last {
            (weights.words, weights.network) = network.compile(classes).map_err(|mistake| (file, mistake))?;
        }
        if let Some((file, handicaps)) = handicaps {
            let read = |(what, by)| read_handicap(what, by, &weights.words);
            let read = handicaps.iter().map(read).collect::<Result<_, _>>();
            weights.handicaps = read.map_err(|mistake| (file, mistake))?;
        }
        Ok(weights)
    }

    /// The weights as a rule file.
    pub fn to_toml(&self) -> String {
        /// How many words stand in a line.
        const LINE: usize = 16;
        let (of, margin) = (A::HEADER, self.margin);
        let mut out = format!("{of}#\n{HEADER}\n[weights]\nmargin = {margin}\n");
        if !self.handicaps.is_empty() {
            out.push_str("\n[weights.handicaps]\n");
        }
        for (feature, value, by) in &self.handicaps {
            let what = format!("{}={}", feature.name(), self.words.name(*feature, *value));
            let _ = writeln!(out, "{} = {by}", Value::String(what));
        }
        out.push_str("\n[weights.network]\nwords = [\n");
        for words in self.words.all().chunks(LINE) {
            let words: Vec<String> =
                words.iter().map(|word| Value::String(word.clone()).to_string()).collect();
            let _ = writeln!(out, "    {},", words.join(", "));
        }
        out.push_str("]\nrows = [\n");
        for (feature, value, row) in self.network.rows() {
            let row = Value::String(row_text(feature, value, row, &self.words));
            let _ = writeln!(out, "    {row},");
        }
        let _ = write!(out, "]\n\n[weights.network.layers]\n{}", layers::to_toml(&self.network.layers));
        out
    }
}

impl NetworkFile {
    fn compile<A: Feature>(&self, classes: &WordClasses) -> Result<(Words, Network<A>), Mistake> {
        let words = Words::compile(&self.words, classes)?;
        let mut seen = BTreeSet::new();
        let mut rows = Vec::with_capacity(self.rows.len());
        for text in &self.rows {
            let row = read_row(text.get_ref(), &words).and_then(|row| {
                let new = seen.insert((row.0, row.1));
                new.then_some(row).ok_or_else(|| "this value has a row already".to_owned())
            });
            rows.push(row.map_err(|message| (text.span(), message))?);
        }
        let layers = self.layers.get_ref().compile().map_err(|message| (self.layers.span(), message))?;
        let network = Network::new(&words, rows, layers);
        Ok((words, network))
    }
}

/// Reads `feature=value` and a digit for each sum.
fn read_row<A: Feature>(row: &str, words: &Words) -> Result<(A, usize, [i8; SUMS]), String> {
    let parts = row.rsplit_once(' ').filter(|(what, _)| what.contains('='));
    let (what, digits) = parts.ok_or_else(|| format!("{row:?} is no row: feature=value digits"))?;
    let (feature, number) = read_value(what, words)?;
    let digit = |digit: &u8| DIGITS.iter().position(|own| own == digit).map(|at| at as i8 - GREATEST);
    let row: Option<Vec<i8>> = digits.as_bytes().iter().map(digit).collect();
    let row = row.and_then(|row| row.try_into().ok());
    let row = row.ok_or_else(|| format!("{digits:?} are not {SUMS} of the digits A-Z, a-z, 0-9 and +"))?;
    Ok((feature, number, row))
}

/// Reads a handicap and what has it.
fn read_handicap<A: Feature>(
    what: &Spanned<String>,
    by: &Spanned<i32>,
    words: &Words,
) -> Result<(A, usize, i32), Mistake> {
    let by = checked(by)?;
    let value = read_value(what.get_ref(), words).map_err(|message| (what.span(), message))?;
    Ok((value.0, value.1, by))
}

/// Reads `feature=value`.
fn read_value<A: Feature>(what: &str, words: &Words) -> Result<(A, usize), String> {
    let parts = what.split_once('=');
    let (name, value) = parts.ok_or_else(|| format!("{what:?} is no feature=value"))?;
    let feature = A::ALL.iter().find(|a| a.name() == name).copied();
    let feature = feature.ok_or_else(|| format!("{name:?} is no feature of candidates"))?;
    let number = words.value(feature, value).ok_or_else(|| format!("{name:?} has no value {value:?}"))?;
    if number == 0 {
        return Err(format!("{name}={value} is as if nothing were known: it has neither row nor handicap"));
    }
    Ok((feature, number))
}

/// A row as rule files have it.
fn row_text(feature: impl Feature, value: usize, row: &[i8; SUMS], words: &Words) -> String {
    let digit = |number: &i8| char::from(DIGITS[usize::from((number + GREATEST).unsigned_abs())]);
    let digits: String = row.iter().map(digit).collect();
    format!("{}={} {digits}", feature.name(), words.name(feature, value))
}

fn checked(margin: &Spanned<i32>) -> Result<i32, Mistake> {
    if margin.get_ref().unsigned_abs() > GREATEST_MARGIN {
        return Err((margin.span(), format!("it goes from -{GREATEST_MARGIN} to {GREATEST_MARGIN}")));
    }
    Ok(*margin.get_ref())
}

/// What stands in a file of weights behind what they are of.
const HEADER: &str = "\
# `words` are those that features of words tell apart; any other is of its class in `word-classes.toml`, or `other`. Every value of
# a feature that is known well enough (but for the first one of each, which is as if nothing were known) has a line in `rows`, with a
# digit for each sum that it adds to (A-Z, a-z, 0-9, +: -31 to 31); a word without one has that of its class. `layers` are what becomes of
# the sums: what of them, with `bias`, is greater than 0 goes to every unit times its factor (a line of `units` for each sum), and what of
# these, with `unit_bias`, is greater than 0 goes `out` and is divided by `scale`.
#
# `handicaps` says by how much candidates with a value of a feature must be better than others, as `margin` does.
#
# Made by `solieu rules fit`, which keeps `margin`, `handicaps` and the words. `solieu explain --candidates --weights` tells what
# each value speaks for.
";

#[cfg(test)]
mod tests {
    use super::super::Described;
    use super::super::feature::{Features, WORD};
    use super::super::network::UNITS;
    use super::*;
    use crate::extract::weigh::tests::{Known, weighed};

    /// A network that adds the first digit of every row.
    fn file(words: &str, rows: &[(&str, char)]) -> String {
        let row = |(what, digit): &(&str, char)| format!("'{what} {digit}{}',\n", "f".repeat(SUMS - 1));
        let rows: String = rows.iter().map(row).collect();
        let numbers = |first: i32, count: usize| {
            let all: Vec<String> = (0..count).map(|i| if i == 0 { first } else { 0 }.to_string()).collect();
            format!("[{}]", all.join(", "))
        };
        let mut units = vec![numbers(1, UNITS)];
        units.resize(SUMS, numbers(0, UNITS));
        format!(
            "[network]\nwords = [{words}]\nrows = [\n{rows}]\n[network.layers]\nbias = {}\nunits = [{}]\n\
             unit_bias = {}\nout = {}\nscale = 1\n",
            numbers(0, SUMS),
            units.join(", "),
            numbers(0, UNITS),
            numbers(1, UNITS),
        )
    }

    fn compiled(text: &str) -> Result<Weights<Known>, Mistake> {
        let file: WeightFile = toml::from_str(text).unwrap_or_else(|e| panic!("{e}"));
        Weights::compile([((), &file)], &WordClasses::default()).map_err(|((), mistake)| mistake)
    }

    fn score(weights: &Weights<Known>, features: Features<Known>) -> i32 {
        weights.score(false, &Described::by(weights, features))
    }

    #[test]
    fn a_score_takes_the_row_of_every_value() {
        let text = format!(
            "margin = 7\n{}",
            file("\"bị\"", &[("role=owner", 'k'), ("word-before=bị", 'g'), ("before=yes", 'a')])
        );
        let weights = compiled(&text).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut features = Features::NONE;
        assert_eq!(score(&weights, features), 0);
        features.set(Known::Role, 2);
        assert_eq!(score(&weights, features), 5);
        features.word(Known::WordBefore, WORD.len() as u16);
        assert_eq!(score(&weights, features), 6);
        features.flag(Known::Before, true);
        assert_eq!(score(&weights, features), 1);
        assert_eq!(weights.score(true, &Described::by(&weights, Features::NONE)), 7);
        let parts = [("before=yes", -5), ("role=owner", 1), ("word-before=bị", 1)];
        let mut shown = weights.parts(&weighed(features));
        shown.sort();
        assert_eq!(shown, parts.map(|(name, by)| (name.to_owned(), by)));
    }

    #[test]
    fn handicaps_are_of_all_that_have_the_value() {
        let text = "margin = 7\n[handicaps]\n'role=owner' = 50\n'before=yes' = -8\n";
        let weights = compiled(text).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut features = Features::NONE;
        features.set(Known::Role, 2);
        assert_eq!(score(&weights, features), -50);
        features.flag(Known::Before, true);
        assert_eq!(score(&weights, features), -42);
        let parts = [("role=owner", -50), ("before=yes", 8)].map(|(value, by)| (value.to_owned(), by));
        assert_eq!(weights.parts(&weighed(features)), parts);
        let again: toml::Table = weights.to_toml().parse().unwrap_or_else(|e| panic!("{e}"));
        let written = again["weights"]["handicaps"].as_table().map(toml::Table::len);
        assert_eq!(written, Some(2));
        for (wrong, place) in [("'role=clause' = 5", "'role=clause'"), ("'role=owner' = 900000", "900000")] {
            let text = format!("[handicaps]\n{wrong}\n");
            assert_eq!(compiled(&text).map_err(|(span, _)| &text[span]).err(), Some(place));
        }
    }

    #[test]
    fn rows_are_written_as_they_are_read() {
        let words = Words::default();
        let row: [i8; SUMS] = std::array::from_fn(|i| i as i8 - GREATEST);
        let text = row_text(Known::Role, 1, &row, &words);
        assert_eq!(read_row(&text, &words), Ok((Known::Role, 1, row)));
    }

    #[test]
    fn what_there_is_not_is_told_with_its_place() {
        for wrong in
            ["colour=red", "role=predicate", "role=subject", "word-before=bị", "role", "role=owner f"]
        {
            let text = file("", &[("role=owner", 'f'), (wrong, 'f')]);
            let place = compiled(&text).map_err(|(span, _)| text[span].to_owned()).err();
            assert!(place.is_some_and(|row| row[1..].starts_with(wrong)), "{wrong}");
        }
        let twice = file("", &[("role=owner", 'f'), ("role=owner", 'f')]);
        assert!(compiled(&twice).is_err_and(|(_, message)| message.contains("already")));
        let text = "margin = 2000000000\n";
        assert_eq!(compiled(text).map_err(|(span, _)| &text[span]).err(), Some("2000000000"));
    }

    #[test]
    fn a_file_replaces_what_it_gives() {
        let first: WeightFile = toml::from_str(&format!("margin = 7\n{}", file("", &[("role=owner", 'k')])))
            .unwrap_or_else(|e| panic!("{e}"));
        let second: WeightFile = toml::from_str("margin = 90\n").unwrap_or_else(|e| panic!("{e}"));
        let weights = Weights::<Known>::compile([((), &first), ((), &second)], &WordClasses::default())
            .unwrap_or_else(|_| panic!());
        let mut features = Features::NONE;
        features.set(Known::Role, 2);
        assert_eq!(score(&weights, features), 5);
        assert_eq!(weights.score(true, &Described::by(&weights, Features::NONE)), 90);
    }
}
