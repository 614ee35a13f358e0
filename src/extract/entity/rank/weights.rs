//! What candidates are weighed by, as `rules/entities/weights.toml` gives it.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use super::attribute::Attribute;
use super::layers::LayerFile;
use super::network::{GREATEST, Layers, Network, SUMS, Sums};
use super::words::Words;
use super::{Scored, Source};

/// What a rule file says of weights.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct WeightFile {
    /// By how much the best candidate must be better than nobody, in hundredths of a natural logarithm of odds.
    doubt: Option<Spanned<i32>>,
    network: Option<NetworkFile>,
}

/// A network as a rule file has it.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkFile {
    /// Words that attributes of words tell apart.
    words: Vec<Spanned<String>>,
    /// One for every value of an attribute that has a row.
    rows: Vec<Spanned<String>>,
    layers: Spanned<LayerFile>,
}

/// The greatest doubt: odds beyond it are certainties.
const GREATEST_DOUBT: u32 = 100_000;

/// The digits of rows, from `-GREATEST` to `GREATEST`.
const DIGITS: &[u8; 63] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+";

/// What is wrong in a section, and where.
pub(in super::super) type Mistake = (Range<usize>, String);

/// Compiled weights.
#[derive(Debug, Clone)]
pub(in super::super) struct Weights {
    /// By how much the best candidate must be better than nobody.
    pub(super) doubt: i32,
    pub(in super::super) words: Words,
    pub(super) network: Network,
}

impl Default for Weights {
    fn default() -> Self {
        let words = Words::default();
        Self { doubt: 0, network: Network::new(&words, [], Layers::NONE), words }
    }
}

impl Weights {
    /// What files give: each part as the last one has it that gives it.
    ///
    /// # Errors
    /// The first attribute or value that there is not, row that is none, or number that is too great, with its file.
    pub(in super::super) fn compile<'f, F: Copy>(
        files: impl IntoIterator<Item = (F, &'f WeightFile)>,
    ) -> Result<Self, (F, Mistake)> {
        let mut weights = Self::default();
        let mut last = None;
        for (file, given) in files {
            if let Some(doubt) = &given.doubt {
                weights.doubt = checked(doubt).map_err(|mistake| (file, mistake))?;
            }
            last = given.network.as_ref().map(|network| (file, network)).or(last);
        }
        if let Some((file, network)) = last {
            (weights.words, weights.network) = network.compile().map_err(|mistake| (file, mistake))?;
        }
        Ok(weights)
    }

    /// The score of a candidate of those sums; that of nobody with the doubt.
    pub(super) fn score(&self, source: Source, sums: &Sums) -> i32 {
        let doubt = if source == Source::Nobody { self.doubt } else { 0 };
        self.network.score(sums) + doubt
    }

    /// By how much the score of a candidate is greater for each value of an attribute that has a row than it would be
    /// without it.
    pub(super) fn parts(&self, scored: &Scored) -> Vec<(String, i32)> {
        let all = self.network.score(&self.network.sums(&scored.attributes));
        let part = |(attribute, value): (Attribute, usize)| {
            let without = self.network.sums(&scored.attributes.without(attribute));
            let name = format!("{}={}", attribute.name(), self.words.name(attribute, value));
            (name, all - self.network.score(&without))
        };
        let known = scored.attributes.told().filter(|(a, value)| self.network.knows(*a, *value));
        known.map(part).filter(|(_, by)| *by != 0).collect()
    }
}

impl NetworkFile {
    fn compile(&self) -> Result<(Words, Network), Mistake> {
        let words = Words::compile(&self.words)?;
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

/// Reads `attribute=value` and a digit for each sum.
fn read_row(row: &str, words: &Words) -> Result<(Attribute, usize, [i8; SUMS]), String> {
    let parts = row.rsplit_once(' ').and_then(|(what, digits)| Some((what.split_once('=')?, digits)));
    let ((name, value), digits) =
        parts.ok_or_else(|| format!("{row:?} is no row: attribute=value digits"))?;
    let attribute = Attribute::ALL.iter().find(|a| a.name() == name).copied();
    let attribute = attribute.ok_or_else(|| format!("{name:?} is no attribute of candidates"))?;
    let number = words.value(attribute, value).ok_or_else(|| format!("{name:?} has no value {value:?}"))?;
    if number == 0 {
        return Err(format!("{name}={value} is as if nothing were known: it has no row"));
    }
    let digit = |digit: &u8| DIGITS.iter().position(|own| own == digit).map(|at| at as i8 - GREATEST);
    let row: Option<Vec<i8>> = digits.as_bytes().iter().map(digit).collect();
    let row = row.and_then(|row| row.try_into().ok());
    let row = row.ok_or_else(|| format!("{digits:?} are not {SUMS} of the digits A-Z, a-z, 0-9 and +"))?;
    Ok((attribute, number, row))
}

/// A row as rule files have it.
pub(super) fn row_text(attribute: Attribute, value: usize, row: &[i8; SUMS], words: &Words) -> String {
    let digit = |number: &i8| char::from(DIGITS[usize::from((number + GREATEST).unsigned_abs())]);
    let digits: String = row.iter().map(digit).collect();
    format!("{}={} {digits}", attribute.name(), words.name(attribute, value))
}

fn checked(doubt: &Spanned<i32>) -> Result<i32, Mistake> {
    if doubt.get_ref().unsigned_abs() > GREATEST_DOUBT {
        return Err((doubt.span(), format!("a doubt goes from -{GREATEST_DOUBT} to {GREATEST_DOUBT}")));
    }
    Ok(*doubt.get_ref())
}

#[cfg(test)]
mod tests {
    use super::super::attribute::Attributes;
    use super::super::network::UNITS;
    use super::*;

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
             unit-bias = {}\nout = {}\nscale = 1\n",
            numbers(0, SUMS),
            units.join(", "),
            numbers(0, UNITS),
            numbers(1, UNITS),
        )
    }

    fn compiled(text: &str) -> Result<Weights, Mistake> {
        let file: WeightFile = toml::from_str(text).unwrap_or_else(|e| panic!("{e}"));
        Weights::compile([((), &file)]).map_err(|((), mistake)| mistake)
    }

    fn score(weights: &Weights, attributes: &Attributes) -> i32 {
        weights.score(Source::Named, &weights.network.sums(attributes))
    }

    #[test]
    fn a_score_takes_the_row_of_every_value() {
        let text = format!(
            "doubt = 7\n{}",
            file("\"bị\"", &[("role=owner", 'k'), ("word-before=bị", 'g'), ("side=behind", 'a')])
        );
        let weights = compiled(&text).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut attributes = Attributes::NONE;
        assert_eq!(score(&weights, &attributes), 0);
        attributes.set(Attribute::Role, 2);
        assert_eq!(score(&weights, &attributes), 5);
        attributes.word(Attribute::WordBefore, 3);
        assert_eq!(score(&weights, &attributes), 6);
        attributes.set(Attribute::Side, 2);
        assert_eq!(score(&weights, &attributes), 1);
        assert_eq!(weights.score(Source::Nobody, &Sums::NONE), 7);
        let scored = Scored { source: Source::Named, attributes, score: 1 };
        let parts = [("role=owner", 1), ("side=behind", -5), ("word-before=bị", 1)];
        let mut shown = weights.parts(&scored);
        shown.sort();
        assert_eq!(shown, parts.map(|(name, by)| (name.to_owned(), by)));
    }

    #[test]
    fn rows_are_written_as_they_are_read() {
        let words = Words::default();
        let row: [i8; SUMS] = std::array::from_fn(|i| i as i8 - GREATEST);
        let text = row_text(Attribute::Role, 1, &row, &words);
        assert_eq!(read_row(&text, &words), Ok((Attribute::Role, 1, row)));
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
        let text = "doubt = 2000000000\n";
        assert_eq!(compiled(text).map_err(|(span, _)| &text[span]).err(), Some("2000000000"));
    }

    #[test]
    fn a_file_replaces_what_it_gives() {
        let first: WeightFile = toml::from_str(&format!("doubt = 7\n{}", file("", &[("role=owner", 'k')])))
            .unwrap_or_else(|e| panic!("{e}"));
        let second: WeightFile = toml::from_str("doubt = 90\n").unwrap_or_else(|e| panic!("{e}"));
        let weights = Weights::compile([((), &first), ((), &second)]).unwrap_or_else(|_| panic!());
        let mut attributes = Attributes::NONE;
        attributes.set(Attribute::Role, 2);
        assert_eq!(score(&weights, &attributes), 5);
        assert_eq!(weights.score(Source::Nobody, &Sums::NONE), 90);
    }
}
