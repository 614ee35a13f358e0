//! Which row of numbers each value of a feature has while a network learns.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::feature::Feature;
use super::network::Network;
use super::parameters::Parameters;
use super::words::Words;

/// In how many lessons a value of a feature must be seen to get a row: in one of so many, but in no fewer than the first
/// and no more than the second number.
const TO_EACH: usize = 600;
const SEEN: (usize, usize) = (4, 48);

/// Which row each value of a feature has.
pub(super) struct Embeddings<'w, A> {
    all: BTreeMap<(A, usize), u32>,
    words: &'w Words,
    /// Whether a word has the row of its class beside its own.
    shared: bool,
}

impl<'w, A: Feature> Embeddings<'w, A> {
    /// Embeddings for the values that enough lessons have; each lesson gives those of all its candidates.
    pub(super) fn seen<L: Iterator<Item = (A, usize)>>(
        words: &'w Words,
        lessons: impl ExactSizeIterator<Item = L>,
    ) -> Self {
        let least = (lessons.len() / TO_EACH).clamp(SEEN.0, SEEN.1);
        let mut seen: BTreeMap<(A, usize), usize> = BTreeMap::new();
        for lesson in lessons {
            let class = |(feature, value)| Some((feature, words.class(feature, value)?));
            let values = lesson.flat_map(|value| iter::once(value).chain(class(value)));
            for value in values.collect::<BTreeSet<_>>() {
                *seen.entry(value).or_default() += 1;
            }
        }
        let kept = seen.into_iter().filter(|(_, count)| *count >= least).map(|(value, _)| value);
        Self { all: kept.zip(0..).collect(), words, shared: true }
    }

    /// Those of a network, in which words have their class in their own.
    pub(super) fn present(words: &'w Words, network: &Network<A>) -> Self {
        let all = network.rows().map(|(feature, value, _)| (feature, value)).zip(0..).collect();
        Self { all, words, shared: false }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All values with their rows, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (A, usize, u32)> {
        self.all.iter().map(|((feature, value), row)| (*feature, *value, *row))
    }

    fn class(&self, (feature, value): (A, usize)) -> Option<u32> {
        self.all.get(&(feature, self.words.class(feature, value)?)).copied()
    }

    /// The rows of a value.
    pub(super) fn of(&self, value: (A, usize)) -> impl Iterator<Item = u32> {
        let own = self.all.get(&value).copied();
        let class = self.class(value).filter(|_| self.shared || own.is_none());
        own.into_iter().chain(class)
    }

    /// Adds the row of its class to that of every word, so that one is enough.
    pub(super) fn join(&self, parameters: &mut Parameters) {
        for (value, &own) in self.all.iter().filter(|_| self.shared) {
            if let Some(class) = self.class(*value) {
                parameters.add_row(own as usize, class as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use toml::Spanned;

    use super::super::classes::WordClasses;
    use super::super::fit::Lesson;
    use super::super::network::Layers;
    use super::super::train::Start;
    use super::*;
    use crate::extract::weigh::Described;
    use crate::extract::weigh::tests::{Known, weighed};
    use crate::extract::weigh::{Features, Weighed, Weights};
    use crate::rules::RuleSources;

    /// Weights that tell some words of two classes apart.
    fn of_classes() -> Weights<Known> {
        #[derive(serde::Deserialize)]
        struct File {
            words: Vec<Spanned<String>>,
        }
        let mut sources = RuleSources::none();
        let text = "[[class]]\nwords = [\"trâu\", \"bò\"]\n[[class]]\nwords = [\"gạo\", \"muối\"]\n";
        sources.add_text("word-classes.toml", text);
        let classes = WordClasses::compile(&sources).unwrap_or_else(|e| panic!("{e}"));
        let file: File =
            toml::from_str("words = [\"trâu\", \"gạo\", \"bò\"]").unwrap_or_else(|e| panic!("{e}"));
        let words = Words::compile(&file.words, &classes).unwrap_or_else(|(_, e)| panic!("{e}"));
        Weights {
            words: words.clone(),
            network: Network::new(&words, [], Layers::NONE),
            ..Weights::default()
        }
    }

    #[test]
    fn what_is_learned_of_a_word_holds_for_its_class() {
        let weights = of_classes();
        let features = |word: &str| {
            let mut features = Features::NONE;
            let value = weights.words.value(Known::WordBefore, word).unwrap_or_else(|| panic!("{word}"));
            features.word(Known::WordBefore, value as u16);
            features
        };
        let candidate = |word: &str| Weighed { text: word.to_owned(), ..weighed(features(word)) };
        let all = ["trâu", "gạo"].map(candidate);
        let lessons: Vec<_> = (0..40).map(|_| Lesson::new(&all, |text| text == "trâu")).collect();
        let fitted = weights.fitted(Start::Anew, lessons.iter());
        let score = |word: &str| fitted.score(false, &Described::by(&fitted, features(word)));
        assert!(score("class-1") > score("class-2"));
        assert_eq!(score("bò"), score("class-1"));
        assert!(score("trâu") - score("gạo") > score("class-1") - score("class-2"));
        // More learning leaves the rows as they are joined.
        let same = fitted.fitted(Start::Present, iter::empty());
        let scores =
            |weights: &Weights<Known>| weights.score(false, &Described::by(weights, features("trâu")));
        assert!((scores(&same) - scores(&fitted)).abs() <= 2);
    }
}
