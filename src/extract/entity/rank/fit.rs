//! Fitting a network to values of which it is known whose they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use fastrand::Rng;
use toml::Value;

use super::attribute::{Attribute, Attributes};
use super::layers;
use super::network::{
    GREATEST, GREATEST_BIAS, GREATEST_FACTOR, GREATEST_UNIT_BIAS, Layers, Network, SUMS, UNITS,
};
use super::numbers::Numbers;
use super::train::{Sample, train};
use super::weights::{Weights, row_text};
use super::{Source, Weighed};

/// In how many lessons a value of an attribute must be seen to get a row: in one of so many, but in no fewer than the first
/// and no more than the second number.
const TO_EACH: usize = 600;
const SEEN: (usize, usize) = (4, 48);

/// How much a value counts of which no candidate is right: that nobody is chosen is then the best that can be.
const HOPELESS: f32 = 0.5;

/// How many values of pages an example of a rule counts as.
const RULE: f32 = 8.0;

/// What the greatest number in a row, and the greatest factor of a unit, are while a network learns more.
const GREATEST_ROW: f32 = 0.09;
const GREATEST_UNIT: f32 = 0.2;

/// From where random numbers start.
const SEED: u64 = 1;

/// A value with its candidates, some of which are right.
#[derive(Debug, Clone)]
pub struct Lesson {
    candidates: Vec<(Source, Attributes, bool)>,
    /// Whether no candidate is right.
    hopeless: bool,
    counts: f32,
}

impl Lesson {
    /// Takes those candidates for right whose words `is_right`; nobody has none.
    pub fn new(candidates: &[Weighed], is_right: impl Fn(&str) -> bool) -> Self {
        let mut candidates: Vec<_> =
            candidates.iter().map(|c| (c.scored.source, c.scored.attributes, is_right(&c.text))).collect();
        let hopeless = !candidates.iter().any(|c| c.2);
        for candidate in candidates.iter_mut().filter(|c| c.0 == Source::Nobody) {
            candidate.2 |= hopeless;
        }
        Self { candidates, hopeless, counts: if hopeless { HOPELESS } else { 1.0 } }
    }

    /// Whether no candidate is right.
    pub fn is_hopeless(&self) -> bool {
        self.hopeless
    }

    /// The rows of the candidates.
    fn sample(&self, rows: &Rows) -> Sample {
        let own =
            |attributes: &Attributes| attributes.told().filter_map(|told| rows.get(&told).copied()).collect();
        let candidates = self.candidates.iter().map(|(_, attributes, right)| (own(attributes), *right));
        Sample { counts: self.counts, candidates: candidates.collect() }
    }

    /// The same for an example of a rule, which shows what is always so.
    pub fn of_rule(candidates: &[Weighed], is_right: impl Fn(&str) -> bool) -> Self {
        let lesson = Self::new(candidates, is_right);
        Self { counts: lesson.counts * RULE, ..lesson }
    }
}

/// From where a network is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// From nothing: the lessons are all that is known.
    Anew,
    /// From the present network, whose numbers change a little.
    Present,
}

/// Fits a network that tells the words of `form` apart to lessons.
pub(in super::super) fn fit<'l>(
    form: &Weights,
    start: Start,
    lessons: impl Iterator<Item = &'l Lesson>,
) -> Weights {
    let lessons: Vec<&Lesson> = lessons.collect();
    let mut random = Rng::with_seed(SEED);
    let (rows, mut numbers) = match start {
        Start::Anew => {
            let rows = rows_of(&lessons);
            let numbers = Numbers::random(rows.len(), &mut random);
            (rows, numbers)
        }
        Start::Present => present(&form.network),
    };
    let samples: Vec<Sample> = lessons.iter().map(|lesson| lesson.sample(&rows)).collect();
    train(&mut numbers, &samples, start, &mut random);
    let network = whole(form, &rows, &numbers);
    Weights { doubt: form.doubt, words: form.words.clone(), network }
}

/// Which row each value of an attribute has.
type Rows = BTreeMap<(Attribute, usize), u32>;

/// Rows for the values that are seen in enough lessons.
fn rows_of(lessons: &[&Lesson]) -> Rows {
    let mut seen: BTreeMap<(Attribute, usize), usize> = BTreeMap::new();
    for lesson in lessons {
        let told = lesson.candidates.iter().flat_map(|(_, attributes, _)| attributes.told());
        for told in told.collect::<BTreeSet<_>>() {
            *seen.entry(told).or_default() += 1;
        }
    }
    let least = (lessons.len() / TO_EACH).clamp(SEEN.0, SEEN.1);
    let kept = seen.into_iter().filter(|(_, count)| *count >= least).map(|(told, _)| told);
    kept.zip(0..).collect()
}

/// The rows of a network and its numbers, of the size that they have while it learns.
fn present(network: &Network) -> (Rows, Numbers) {
    let layers = &network.layers;
    let (row, unit) = (GREATEST_ROW / f32::from(GREATEST), GREATEST_UNIT / GREATEST_FACTOR as f32);
    let out = 1.0 / (100.0 * layers.scale as f32 * row * unit);
    let rows: Vec<[f32; SUMS]> = network.rows().map(|(_, _, own)| own.map(|n| f32::from(n) * row)).collect();
    let numbers = Numbers::from_parts(
        &rows,
        &layers.bias.map(|n| n as f32 * row),
        &layers.units.map(|own| own.map(|n| n as f32 * unit)),
        &layers.unit_bias.map(|n| n as f32 * row * unit),
        &layers.out.map(|n| n as f32 * out),
    );
    (network.rows().map(|(attribute, value, _)| (attribute, value)).zip(0..).collect(), numbers)
}

/// A network of whole numbers.
fn whole(form: &Weights, rows: &Rows, numbers: &Numbers) -> Network {
    let greatest = |numbers: &[f32]| numbers.iter().fold(f32::MIN_POSITIVE, |most, n| most.max(n.abs()));
    let row = greatest(numbers.rows()) / f32::from(GREATEST);
    let unit = greatest(numbers.units()) / GREATEST_FACTOR as f32;
    let out = greatest(numbers.out()) / GREATEST_FACTOR as f32;
    let rounded = |numbers: &[f32], step: f32, most: i32| -> Vec<i32> {
        numbers.iter().map(|n| ((n / step).round() as i32).clamp(-most, most)).collect()
    };
    let units = rounded(numbers.units(), unit, GREATEST_FACTOR);
    let mut layers = Layers::NONE;
    layers.bias.copy_from_slice(&rounded(numbers.bias(), row, GREATEST_BIAS));
    for (own, units) in layers.units.iter_mut().zip(units.chunks_exact(UNITS)) {
        own.copy_from_slice(units);
    }
    let bias = rounded(numbers.unit_bias(), row * unit, GREATEST_UNIT_BIAS);
    layers.unit_bias.copy_from_slice(&bias);
    layers.out.copy_from_slice(&rounded(numbers.out(), out, GREATEST_FACTOR));
    // Small and positive factors, so that the scale is a great whole number.
    layers.scale = (1.0 / (100.0 * row * unit * out)).round().clamp(1.0, 1e9) as i32;
    let own = |((attribute, value), at): (&(Attribute, usize), &u32)| {
        let all = rounded(numbers.row(*at as usize), row, i32::from(GREATEST));
        (*attribute, *value, std::array::from_fn(|i| all[i] as i8))
    };
    Network::new(&form.words, rows.iter().map(own), layers)
}

/// In how many of the lessons a right candidate has the greatest score.
pub(in super::super) fn right<'l>(weights: &Weights, lessons: impl Iterator<Item = &'l Lesson>) -> usize {
    let right = |lesson: &&Lesson| {
        let mut best: Option<(i32, bool)> = None;
        for (source, attributes, is_right) in &lesson.candidates {
            let score = weights.score(*source, &weights.network.sums(attributes));
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, *is_right));
            }
        }
        !lesson.hopeless && best.is_some_and(|(_, is_right)| is_right)
    };
    lessons.filter(right).count()
}

/// What stands at the head of a file of weights.
const HEADER: &str = "\
# The network that scores whom a value may be of by what is known of a candidate. The greatest score wins, if it is greater than that of
# nobody by at least `doubt`: hundredths of the natural logarithm of odds.
#
# `words` are those that attributes of words tell apart; any other is `other`. Every value of an attribute that is known well enough
# (but for the first one of each, which is as if nothing were known) has a line in `rows`, with a digit for each sum that it adds to (A-Z, a-z,
# 0-9, +: -31 to 31). `layers` are what becomes of the sums: what of them, with `bias`, is greater than 0 goes to every unit times its factor
# (a line of `units` for each sum), and what of these, with `unit-bias`, is greater than 0 goes `out` and is divided by `scale`.
#
# Made by `solieu rules fit`, which keeps `doubt` and the words. `solieu explain --candidates --weights` tells what each value speaks for.
";

/// The weights as a rule file.
pub(in super::super) fn to_toml(weights: &Weights) -> String {
    /// How many words stand in a line.
    const LINE: usize = 16;
    let mut out = format!("{HEADER}\n[weights]\ndoubt = {}\n\n[weights.network]\nwords = [\n", weights.doubt);
    for words in weights.words.all().chunks(LINE) {
        let words: Vec<String> = words.iter().map(|word| Value::String(word.clone()).to_string()).collect();
        let _ = writeln!(out, "    {},", words.join(", "));
    }
    out.push_str("]\nrows = [\n");
    for (attribute, value, row) in weights.network.rows() {
        let row = Value::String(row_text(attribute, value, row, &weights.words));
        let _ = writeln!(out, "    {row},");
    }
    let _ = write!(out, "]\n\n[weights.network.layers]\n{}", layers::to_toml(&weights.network.layers));
    out
}

#[cfg(test)]
mod tests {
    use super::super::weights::WeightFile;
    use super::super::{Scored, Source};
    use super::*;

    #[derive(serde::Deserialize)]
    struct File {
        weights: WeightFile,
    }

    fn candidate(source: Source, role: usize, text: &str) -> Weighed {
        let mut attributes = Attributes::NONE;
        attributes.set(Attribute::Source, source as usize);
        attributes.set(Attribute::Role, role);
        Weighed { text: text.to_owned(), scored: Scored { score: 0, source, attributes } }
    }

    /// A place and an owner, of which that one is right.
    fn lesson(owner_is_right: bool) -> Lesson {
        let nobody = candidate(Source::Nobody, 0, "");
        let right = if owner_is_right { "owner" } else { "place" };
        let candidates = [candidate(Source::Named, 3, "place"), candidate(Source::Named, 2, "owner"), nobody];
        Lesson::new(&candidates, |text| text == right)
    }

    #[test]
    fn what_is_right_more_often_scores_more() {
        let lessons: Vec<Lesson> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = fit(&Weights::default(), Start::Anew, lessons.iter());
        assert_eq!(right(&fitted, lessons.iter()), 30);
        let file: File = toml::from_str(&to_toml(&fitted)).unwrap_or_else(|e| panic!("{e}"));
        let again = Weights::compile([((), &file.weights)]).unwrap_or_else(|((), (_, e))| panic!("{e}"));
        let score = |role: usize| {
            let candidate = candidate(Source::Named, role, "").scored;
            again.score(Source::Named, &again.network.sums(&candidate.attributes))
        };
        assert!(score(2) > score(3));
    }

    #[test]
    fn a_network_that_learns_more_keeps_what_nothing_speaks_against() {
        let lessons: Vec<Lesson> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = fit(&Weights::default(), Start::Anew, lessons.iter());
        let lead = |weights: &Weights| {
            let score = |role: usize| {
                let candidate = candidate(Source::Named, role, "").scored;
                weights.score(Source::Named, &weights.network.sums(&candidate.attributes))
            };
            score(2) - score(3)
        };
        let same = fit(&fitted, Start::Present, std::iter::empty());
        assert!((lead(&same) - lead(&fitted)).abs() <= 2, "{} {}", lead(&same), lead(&fitted));
        // What was right most often scores less behind many lessons that say otherwise.
        let others: Vec<Lesson> = (0..4_000).map(|i| lesson(i % 4 == 0)).collect();
        let adapted = fit(&fitted, Start::Present, others.iter());
        assert!(lead(&adapted) < lead(&fitted), "{} {}", lead(&adapted), lead(&fitted));
    }

    #[test]
    fn nobody_is_right_where_no_candidate_is() {
        let nobody = candidate(Source::Nobody, 0, "");
        let lesson = Lesson::new(&[nobody], |text| text == "who is not named");
        assert!(lesson.candidates[0].2 && lesson.hopeless);
    }
}
