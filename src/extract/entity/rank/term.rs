//! The weights of the values of one attribute, or of a few together.

use std::collections::BTreeMap;

use toml::Spanned;

use super::Source;
use super::attribute::{Attribute, Attributes};
use super::weights::{Mistake, checked};
use super::words::Words;

/// How many attributes may have weights together.
const MOST: usize = 3;

/// The weight of every combination of values of some attributes.
#[derive(Debug, Clone)]
pub(super) struct Term {
    attributes: Vec<Attribute>,
    /// Of each attribute, where its value stands and by how much one more moves the index; those there are none of by 0.
    steps: [(u8, u32); MOST],
    /// In the order of [`Term::index`].
    pub(super) weights: Vec<i32>,
}

impl Term {
    pub(super) fn compile(
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
        if attributes.iter().filter(|attribute| attribute.is_word()).count() > 1 {
            return Err((name.span(), "at most one attribute of words has weights with others".to_owned()));
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

    /// The same without weights.
    pub(super) fn cleared(&self) -> Self {
        Self { weights: vec![0; self.weights.len()], ..self.clone() }
    }

    /// The number of a candidate's combination of values.
    #[inline]
    pub(super) fn index(&self, attributes: &Attributes) -> usize {
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
    pub(super) fn name(&self) -> String {
        let names: Vec<&str> = self.attributes.iter().map(|a| a.name()).collect();
        names.join("+")
    }

    /// The values of a combination, joined.
    pub(super) fn value(&self, mut index: usize, words: &Words) -> String {
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
