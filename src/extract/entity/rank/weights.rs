//! The weights of attributes, as `rules/entities/weights.toml` gives them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::attribute::{Attribute, Attributes};
use super::trees::Trees;
use super::words::{self, Words};
use super::{Scored, Source};

/// The weights of one source: by attributes, then by their values, both joined by `+`.
type Section = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, i32>>;

/// What a rule file says of weights, in hundredths of a natural logarithm of odds.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct WeightFile {
    /// By how much the best candidate must be better than nobody.
    doubt: Option<Spanned<i32>>,
    named: Option<Section>,
    known: Option<Section>,
    nouns: Option<Section>,
    nobody: Option<Section>,
    /// Words that attributes of words tell apart.
    words: Option<Vec<Spanned<String>>>,
    /// What the sums of the best candidates are corrected by.
    trees: Option<Vec<Spanned<toml::Value>>>,
}

/// How many attributes may have weights together.
const MOST: usize = 3;

/// The greatest weight: odds beyond it are certainties, and sums of many stay far from overflow.
const GREATEST: u32 = 100_000;

/// What is wrong in a section, and where.
pub(in super::super) type Mistake = (Range<usize>, String);

/// The weight of every combination of values of some attributes.
#[derive(Debug, Clone)]
struct Term {
    attributes: Vec<Attribute>,
    /// Of each attribute, where its value stands and by how much one more moves the index; those there are none of by 0.
    steps: [(u8, u32); MOST],
    /// In the order of [`Term::index`].
    weights: Vec<i32>,
}

/// Compiled weights.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Weights {
    /// By source.
    terms: [Vec<Term>; Source::ALL.len()],
    /// By how much the best candidate must be better than nobody.
    pub(super) doubt: i32,
    pub(in super::super) words: Words,
    pub(super) trees: Trees,
}

/// How many candidates, by the sums of their weights, trees look at.
const SHORT: usize = 6;

/// By how much the sum of a candidate may be less than the greatest one for trees to make up for it.
const REACH: i32 = 200;

impl Weights {
    /// Takes the doubt, the trees and the sections of a file in the place of those there are, and its words beside them.
    ///
    /// # Errors
    /// The first attribute or value that there is not, or weight that is too great.
    pub(in super::super) fn replace(&mut self, file: &WeightFile) -> Result<(), Mistake> {
        if let Some(doubt) = &file.doubt {
            self.doubt = checked(*doubt.get_ref(), || doubt.span())?;
        }
        for word in file.words.iter().flatten() {
            if !self.words.add(word.get_ref()) {
                return Err((word.span(), format!("at most {} words are told apart", words::MOST)));
            }
        }
        if let Some(trees) = &file.trees {
            self.trees = Trees::compile(trees, &self.words, GREATEST)?;
        }
        let sections = [&file.named, &file.known, &file.nouns, &file.nobody];
        for ((terms, section), source) in self.terms.iter_mut().zip(sections).zip(Source::ALL) {
            if let Some(section) = section {
                let new =
                    section.iter().map(|(name, values)| Term::compile(source, name, values, &self.words));
                *terms = new.collect::<Result<_, _>>()?;
            }
        }
        Ok(())
    }

    /// The terms of a source.
    fn terms(&self, source: Source) -> &[Term] {
        &self.terms[source as usize]
    }

    /// The term and combination of each weight of a candidate.
    pub(super) fn indices(
        &self,
        source: Source,
        attributes: &Attributes,
    ) -> impl Iterator<Item = (usize, usize)> {
        self.terms(source).iter().map(|term| term.index(attributes)).enumerate()
    }

    /// The same terms without weights.
    pub(super) fn cleared(&self) -> Self {
        let clear = |term: &Term| Term { weights: vec![0; term.weights.len()], ..term.clone() };
        let terms = self.terms.each_ref().map(|terms| terms.iter().map(clear).collect());
        Self { terms, doubt: self.doubt, words: self.words.clone(), trees: Trees::default() }
    }

    /// The same weights, each so many times as great, without trees.
    pub(super) fn scaled(&self, by: f64) -> Self {
        let scale = |term: &Term| {
            let weights = term.weights.iter().map(|weight| (f64::from(*weight) * by).round() as i32);
            Term { weights: weights.collect(), ..term.clone() }
        };
        let terms = self.terms.each_ref().map(|terms| terms.iter().map(scale).collect());
        Self { terms, doubt: self.doubt, words: self.words.clone(), trees: Trees::default() }
    }

    pub(super) fn set(&mut self, source: Source, term: usize, index: usize, weight: i32) {
        self.terms[source as usize][term].weights[index] = weight;
    }

    /// The terms of a source by name, with the weights that are not 0.
    pub(super) fn named(&self, source: Source) -> impl Iterator<Item = (String, Vec<(String, i32)>)> {
        self.terms(source).iter().map(|term| {
            let weights = term.weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            (term.name(), weights.map(|(index, weight)| (term.value(index, &self.words), *weight)).collect())
        })
    }

    /// What has a weight for a candidate, as rule files call it, with the weight.
    pub(super) fn parts(&self, source: Source, attributes: &Attributes) -> Vec<(String, i32)> {
        let part = |term: &Term| {
            let index = term.index(attributes);
            (term.weights[index] != 0)
                .then(|| (format!("{}={}", term.name(), term.value(index, &self.words)), term.weights[index]))
        };
        self.terms(source).iter().filter_map(part).collect()
    }

    /// Leaves the best candidates, by the sums of their weights, and has trees correct these sums where there is a choice.
    pub(super) fn shortlist<T>(&self, candidates: &mut Vec<T>, scored: impl Fn(&mut T) -> &mut Scored) {
        if self.trees.is_empty() {
            return;
        }
        let floor = floor(candidates.iter_mut().map(|c| scored(c).score));
        candidates.retain_mut(|candidate| scored(candidate).score >= floor);
        if candidates.len() > 1 {
            for candidate in candidates {
                let candidate = scored(candidate);
                candidate.score += self.trees.score(&candidate.attributes);
            }
        }
    }

    /// The sum of the weights of what is known of a candidate; that of nobody with the doubt.
    pub(super) fn score(&self, source: Source, attributes: &Attributes) -> i32 {
        let mut sum = if source == Source::Nobody { self.doubt } else { 0 };
        for term in self.terms(source) {
            sum += term.weights[term.index(attributes)];
        }
        sum
    }
}

/// The least sum that trees look at.
fn floor(scores: impl Iterator<Item = i32>) -> i32 {
    let mut greatest = [i32::MIN; SHORT];
    for score in scores {
        let at = greatest.partition_point(|own| *own >= score);
        if at < SHORT {
            greatest[at..].rotate_right(1);
            greatest[at] = score;
        }
    }
    greatest[SHORT - 1].max(greatest[0].saturating_sub(REACH))
}

fn checked(weight: i32, span: impl Fn() -> Range<usize>) -> Result<i32, Mistake> {
    if weight.unsigned_abs() > GREATEST {
        return Err((span(), format!("weights go from -{GREATEST} to {GREATEST}")));
    }
    Ok(weight)
}

impl Term {
    fn compile(
        source: Source,
        name: &Spanned<String>,
        values: &BTreeMap<Spanned<String>, i32>,
        words: &Words,
    ) -> Result<Self, Mistake> {
        let attribute = |word: &str| {
            let found = Attribute::ALL.iter().find(|a| a.name() == word && a.is_of(source));
            let message = || format!("{word:?} is no attribute of candidates that are {}", source.name());
            found.copied().ok_or_else(|| (name.span(), message()))
        };
        let attributes = name.get_ref().split('+').map(attribute).collect::<Result<Vec<_>, _>>()?;
        if attributes.len() > MOST {
            return Err((name.span(), format!("at most {MOST} attributes have weights together")));
        }
        let count = attributes.iter().map(|a| words.count(*a)).product();
        let mut term = Self { steps: steps(&attributes, words), attributes, weights: vec![0; count] };
        for (value, weight) in values {
            let at = term.index_named(value.get_ref(), words).ok_or_else(|| {
                (value.span(), format!("{:?} has no value {:?}", name.get_ref(), value.get_ref()))
            })?;
            term.weights[at] = checked(*weight, || value.span())?;
        }
        Ok(term)
    }

    /// The number of a candidate's combination of values.
    #[inline]
    fn index(&self, attributes: &Attributes) -> usize {
        let [first, second, third] = self.steps;
        let part = |(place, step): (u8, u32)| attributes.at(place) * step as usize;
        part(first) + part(second) + part(third)
    }

    fn index_named(&self, names: &str, words: &Words) -> Option<usize> {
        let mut names = names.split('+');
        let index = self.attributes.iter().try_fold(0, |index, a| {
            let name = names.next()?;
            Some(index * words.count(*a) + words.value(*a, name)?)
        })?;
        names.next().is_none().then_some(index)
    }

    /// Its attributes, joined.
    fn name(&self) -> String {
        let names: Vec<&str> = self.attributes.iter().map(|a| a.name()).collect();
        names.join("+")
    }

    /// The values of a combination, joined.
    fn value(&self, mut index: usize, words: &Words) -> String {
        let mut values = Vec::with_capacity(self.attributes.len());
        for attribute in self.attributes.iter().rev() {
            let count = words.count(*attribute);
            values.push(words.name(*attribute, index % count));
            index /= count;
        }
        values.reverse();
        values.join("+")
    }
}

/// Where values of these attributes stand, and how they make up an index: the last one counts in ones.
fn steps(attributes: &[Attribute], words: &Words) -> [(u8, u32); MOST] {
    let mut steps = [(0, 0); MOST];
    let mut step = 1;
    for (attribute, place) in attributes.iter().zip(&mut steps).rev() {
        *place = (*attribute as u8, step);
        step *= words.count(*attribute) as u32;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(text: &str) -> Result<Weights, Mistake> {
        let mut weights = Weights::default();
        weights.replace(&toml::from_str(text).unwrap_or_else(|e| panic!("{e}"))).map(|()| weights)
    }

    #[test]
    fn a_sum_takes_the_weight_of_every_value_and_combination() {
        let text = "doubt = 7\n[named]\nrole = { subject = 40, owner = 60 }\n\"role+side\" = { \"owner+behind\" = -25 }\n\
                    [nobody]\nalways = { yes = 3 }\n";
        let weights = compiled(text).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut attributes = Attributes::NONE;
        assert_eq!(weights.score(Source::Named, &attributes), 40); // subject is the first of the roles
        attributes.set(Attribute::Role, 2);
        assert_eq!(weights.score(Source::Named, &attributes), 60);
        attributes.set(Attribute::Side, 2);
        assert_eq!(weights.score(Source::Named, &attributes), 35);
        assert_eq!(weights.score(Source::Known, &attributes), 0);
        assert_eq!(weights.score(Source::Nobody, &attributes), 10);
    }

    #[test]
    fn what_there_is_not_is_told_with_its_place() {
        let text = "[known]\ncolour = {}\n";
        assert_eq!(compiled(text).map_err(|(span, _)| &text[span]).err(), Some("colour"));
        let text = "[nouns]\nrole = { owner = 1, predicate = 2 }\n";
        assert_eq!(compiled(text).map_err(|(span, _)| &text[span]).err(), Some("predicate"));
        let text = "[nouns]\nrole = { owner = 2000000000 }\n";
        assert_eq!(compiled(text).map_err(|(span, _)| &text[span]).err(), Some("owner"));
        let many = format!("[nouns]\n\"{}\" = {{}}\n", ["role"; 9].join("+"));
        assert!(compiled(&many).is_err());
        assert!(compiled("[nouns]\n\"role+side\" = { owner = 1 }\n").is_err());
        assert!(compiled("[known]\nrole = { owner = 1 }\n").is_err()); // only candidates of the sentence have one
    }

    #[test]
    fn words_have_weights_where_a_file_tells_them_apart() {
        let text = "words = [\"nhờ\", \"bị\"]\ntrees = [[\"word-before=bị\", 7, 1]]\n\
                    [named]\nword-before = { \"bị\" = -30, other = 5 }\n";
        let weights = compiled(text).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut attributes = Attributes::NONE;
        let sums = |attributes: &Attributes| {
            (weights.score(Source::Named, attributes), weights.trees.score(attributes))
        };
        assert_eq!(sums(&attributes), (5, 1));
        attributes.word(Attribute::WordBefore, 2);
        assert_eq!(sums(&attributes), (-30, 7));
        let unknown = text.replace("nhờ\", \"bị", "nhờ");
        assert_eq!(compiled(&unknown).map_err(|(span, _)| unknown[span].starts_with('[')).err(), Some(true));
        assert!(compiled(&text.replace("word-before=bị", "word-before<=bị")).is_err());
    }

    #[test]
    fn words_of_later_files_come_beside_those_of_earlier_ones() {
        let words = |from: usize, to: usize| {
            let words: Vec<String> = (from..to).map(|i| format!("\"từ{i}\"")).collect();
            format!("words = [{}]\n", words.join(", "))
        };
        let mut weights = compiled(&words(0, 200)).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut add = |from, to| {
            let text = words(from, to);
            let file: WeightFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}"));
            weights.replace(&file).map_err(|(span, _)| text[span].to_owned())
        };
        assert_eq!(add(100, 255), Ok(()));
        assert_eq!(add(250, 260), Err("\"từ255\"".to_owned()));
    }

    #[test]
    fn a_file_replaces_what_it_gives() {
        let mut weights =
            compiled("doubt = 7\n[nouns]\nrole = { subject = 40 }\n[nobody]\nalways = { yes = 3 }\n")
                .unwrap_or_else(|(_, e)| panic!("{e}"));
        let file: WeightFile = toml::from_str("doubt = 90\n").unwrap_or_else(|e| panic!("{e}"));
        weights.replace(&file).unwrap_or_else(|(_, e)| panic!("{e}"));
        assert_eq!(weights.score(Source::Nouns, &Attributes::NONE), 40);
        assert_eq!(weights.score(Source::Nobody, &Attributes::NONE), 93);
    }
}
