//! Words of a sentence that say whether a figure can be of a canonical metric whose pattern fits.

use super::MetricRule;
use super::phrase_numbers::PhraseNumbers;
use crate::extract::sentence::Sentence;
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::vocabulary::Vocabulary;

/// What all metrics ask of the sentences of their figures, by the number of the metric.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    words: Lexicon<u32>,
    rules: Vec<Asked>,
}

/// Numbers of words.
#[derive(Debug)]
struct Asked {
    with: Box<[u32]>,
    unless: Box<[u32]>,
}

impl Signs {
    /// Adds what the next metric asks; `numbers` are those of the words so far.
    pub(crate) fn add(
        &mut self,
        rule: &MetricRule,
        numbers: &mut PhraseNumbers,
        vocabulary: &mut Vocabulary,
    ) {
        let mut number = |word: &String| numbers.number(word, &mut self.words, vocabulary);
        let with = rule.with.iter().map(&mut number).collect();
        let unless = rule.unless.iter().map(&mut number).collect();
        self.rules.push(Asked { with, unless });
    }

    /// Whether a figure of `sentence` can be of a metric.
    pub(crate) fn allow(&self, metric: u32, sentence: &Sentence<'_>) -> bool {
        let Asked { with, unless } = &self.rules[metric as usize];
        (with.is_empty() || self.stands(with, sentence)) && !self.stands(unless, sentence)
    }

    /// Whether one of these words stands in `sentence`.
    fn stands(&self, numbers: &[u32], sentence: &Sentence<'_>) -> bool {
        let tokens = &sentence.tokens;
        let begins = |at: &usize| self.words.begins(&tokens[*at]);
        let at = |at: usize| {
            let mut phrases = self.words.prefixes(tokens[at..].iter().map(|token| token.word));
            phrases.any(|(_, number)| numbers.contains(&number))
        };
        !numbers.is_empty() && (0..tokens.len()).filter(begins).any(at)
    }
}
