//! Fitting a network to choices of which it is known which candidates are right.

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

/// In how many lessons a value of an attribute must be seen to get a row: in one of so many, but in no fewer than the first
/// and no more than the second number.
const TO_EACH: usize = 600;
const SEEN: (usize, usize) = (4, 48);

/// How much a lesson counts in which no candidate is right: that none is chosen is then the best that can be.
const HOPELESS: f32 = 0.5;

/// How many lessons of pages an example of a rule counts as.
const RULE: f32 = 8.0;

/// What the greatest number in a row, and the greatest factor of a unit, are while a network learns more.
const GREATEST_ROW: f32 = 0.09;
const GREATEST_UNIT: f32 = 0.2;

/// From where random numbers start.
const SEED: u64 = 1;

/// A candidate as it was judged.
#[derive(Debug, Clone)]
pub(in crate::extract) struct Judged<A: Attribute> {
    pub(in crate::extract) attributes: Attributes<A>,
    pub(in crate::extract) is_right: bool,
    /// Whether it says that none of the others is right.
    pub(in crate::extract) is_none: bool,
    /// Whether it stands where there is doubt.
    pub(in crate::extract) stands: bool,
}

/// A choice between candidates, some of which are right.
#[derive(Debug, Clone)]
pub(in crate::extract) struct Lesson<A: Attribute> {
    candidates: Vec<Judged<A>>,
    /// Whether no candidate is right.
    hopeless: bool,
    counts: f32,
}

impl<A: Attribute> Lesson<A> {
    /// Where no candidate is right, the one that says so is taken for right.
    pub(in crate::extract) fn new(candidates: impl IntoIterator<Item = Judged<A>>) -> Self {
        let mut candidates: Vec<_> = candidates.into_iter().collect();
        let hopeless = !candidates.iter().any(|c| c.is_right);
        for candidate in candidates.iter_mut().filter(|c| c.is_none) {
            candidate.is_right |= hopeless;
        }
        Self { candidates, hopeless, counts: if hopeless { HOPELESS } else { 1.0 } }
    }

    /// The same of an example of a rule, which shows what is always so.
    pub(in crate::extract) fn of_rule(self) -> Self {
        Self { counts: self.counts * RULE, ..self }
    }

    /// Whether no candidate is right.
    pub(in crate::extract) fn is_hopeless(&self) -> bool {
        self.hopeless
    }

    /// The rows of the candidates.
    fn sample(&self, rows: &Rows<A>) -> Sample {
        let own = |attributes: &Attributes<A>| {
            attributes.told().filter_map(|told| rows.get(&told).copied()).collect()
        };
        let candidates = self.candidates.iter().map(|c| (own(&c.attributes), c.is_right));
        Sample { counts: self.counts, candidates: candidates.collect() }
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
pub(in crate::extract) fn fit<'l, A: Attribute>(
    form: &Weights<A>,
    start: Start,
    lessons: impl Iterator<Item = &'l Lesson<A>>,
) -> Weights<A> {
    let lessons: Vec<&Lesson<A>> = lessons.collect();
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
type Rows<A> = BTreeMap<(A, usize), u32>;

/// Rows for the values that are seen in enough lessons.
fn rows_of<A: Attribute>(lessons: &[&Lesson<A>]) -> Rows<A> {
    let mut seen: BTreeMap<(A, usize), usize> = BTreeMap::new();
    for lesson in lessons {
        let told = lesson.candidates.iter().flat_map(|c| c.attributes.told());
        for told in told.collect::<BTreeSet<_>>() {
            *seen.entry(told).or_default() += 1;
        }
    }
    let least = (lessons.len() / TO_EACH).clamp(SEEN.0, SEEN.1);
    let kept = seen.into_iter().filter(|(_, count)| *count >= least).map(|(told, _)| told);
    kept.zip(0..).collect()
}

/// The rows of a network and its numbers, of the size that they have while it learns.
fn present<A: Attribute>(network: &Network<A>) -> (Rows<A>, Numbers) {
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
fn whole<A: Attribute>(form: &Weights<A>, rows: &Rows<A>, numbers: &Numbers) -> Network<A> {
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
    let own = |((attribute, value), at): (&(A, usize), &u32)| {
        let all = rounded(numbers.row(*at as usize), row, i32::from(GREATEST));
        (*attribute, *value, std::array::from_fn(|i| all[i] as i8))
    };
    Network::new(&form.words, rows.iter().map(own), layers)
}

/// In how many of the lessons a right candidate has the greatest score.
pub(in crate::extract) fn right<'l, A: Attribute>(
    weights: &Weights<A>,
    lessons: impl Iterator<Item = &'l Lesson<A>>,
) -> usize {
    let right = |lesson: &&Lesson<A>| {
        let mut best: Option<(i32, bool)> = None;
        for candidate in &lesson.candidates {
            let score = weights.score(candidate.stands, &weights.sums(&candidate.attributes));
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, candidate.is_right));
            }
        }
        !lesson.hopeless && best.is_some_and(|(_, is_right)| is_right)
    };
    lessons.filter(right).count()
}

/// What stands in a file of weights behind what they are of.
const HEADER: &str = "\
# `words` are those that attributes of words tell apart; any other is `other`. Every value of an attribute that is known well enough
# (but for the first one of each, which is as if nothing were known) has a line in `rows`, with a digit for each sum that it adds to (A-Z, a-z,
# 0-9, +: -31 to 31). `layers` are what becomes of the sums: what of them, with `bias`, is greater than 0 goes to every unit times its factor
# (a line of `units` for each sum), and what of these, with `unit-bias`, is greater than 0 goes `out` and is divided by `scale`.
#
# Made by `solieu rules fit`, which keeps `doubt` and the words. `solieu explain --candidates --weights` tells what each value speaks for.
";

/// The weights as a rule file that begins so.
pub(in crate::extract) fn to_toml<A: Attribute>(weights: &Weights<A>, of: &str) -> String {
    /// How many words stand in a line.
    const LINE: usize = 16;
    let doubt = weights.doubt;
    let mut out = format!("{of}#\n{HEADER}\n[weights]\ndoubt = {doubt}\n\n[weights.network]\nwords = [\n");
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
    use super::*;
    use crate::extract::rank::tests::Known;

    #[derive(serde::Deserialize)]
    struct File {
        weights: WeightFile,
    }

    fn attributes(role: usize) -> Attributes<Known> {
        let mut attributes = Attributes::NONE;
        attributes.set(Known::Role, role);
        attributes
    }

    fn candidate(role: usize, is_right: bool) -> Judged<Known> {
        Judged { attributes: attributes(role), is_right, is_none: role == 0, stands: role == 0 }
    }

    /// A place and an owner, of which that one is right.
    fn lesson(owner_is_right: bool) -> Lesson<Known> {
        Lesson::new([candidate(3, !owner_is_right), candidate(2, owner_is_right), candidate(0, false)])
    }

    /// By how much an owner scores more than a place.
    fn lead(weights: &Weights<Known>) -> i32 {
        let score = |role: usize| weights.score(false, &weights.sums(&attributes(role)));
        score(2) - score(3)
    }

    #[test]
    fn what_is_right_more_often_scores_more() {
        let lessons: Vec<Lesson<Known>> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = fit(&Weights::default(), Start::Anew, lessons.iter());
        assert_eq!(right(&fitted, lessons.iter()), 30);
        let file: File =
            toml::from_str(&to_toml(&fitted, "# What is tried.\n")).unwrap_or_else(|e| panic!("{e}"));
        let again = Weights::compile([((), &file.weights)]).unwrap_or_else(|((), (_, e))| panic!("{e}"));
        assert!(lead(&again) > 0);
    }

    #[test]
    fn a_network_that_learns_more_keeps_what_nothing_speaks_against() {
        let lessons: Vec<Lesson<Known>> = (0..40).map(|i| lesson(i % 4 != 0)).collect();
        let fitted = fit(&Weights::default(), Start::Anew, lessons.iter());
        let same = fit(&fitted, Start::Present, std::iter::empty());
        assert!((lead(&same) - lead(&fitted)).abs() <= 2, "{} {}", lead(&same), lead(&fitted));
        // What was right most often scores less behind many lessons that say otherwise.
        let others: Vec<Lesson<Known>> = (0..4_000).map(|i| lesson(i % 4 == 0)).collect();
        let adapted = fit(&fitted, Start::Present, others.iter());
        assert!(lead(&adapted) < lead(&fitted), "{} {}", lead(&adapted), lead(&fitted));
    }

    #[test]
    fn none_is_right_where_no_candidate_is() {
        let lesson = Lesson::new([candidate(0, false)]);
        assert!(lesson.candidates[0].is_right && lesson.is_hopeless());
    }
}
