//! The weights of attributes, as `rules/entities/weights.toml` gives them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::attribute::Attributes;
use super::term::Term;
use super::trees::Trees;
use super::words::Words;
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

impl WeightFile {
    fn section(&self, source: Source) -> Option<&Section> {
        [&self.named, &self.known, &self.nouns, &self.nobody][source as usize].as_ref()
    }
}

/// The greatest weight: odds beyond it are certainties, and sums of many stay far from overflow.
const GREATEST: u32 = 100_000;

/// What is wrong in a section, and where.
pub(in super::super) type Mistake = (Range<usize>, String);

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

/// How many candidates, by the sums of their weights, trees look at; at nobody besides.
const SHORT: usize = 6;

/// The sum of a candidate that is out: far below any other, and far from overflow.
pub(super) const OUT: i32 = i32::MIN / 4;

/// By how much the sum of a candidate may be less than the greatest one for trees to make up for it.
const REACH: i32 = 200;

impl Weights {
    /// What files give: each part as the last one has it that gives it.
    ///
    /// # Errors
    /// The first attribute or value that there is not, or weight that is too great, with its file.
    pub(in super::super) fn compile<'f, F: Copy>(
        files: impl IntoIterator<Item = (F, &'f WeightFile)>,
    ) -> Result<Self, (F, Mistake)> {
        let files: Vec<(F, &WeightFile)> = files.into_iter().collect();
        let mut weights = Self::default();
        let words = last(&files, |file| file.words.as_ref());
        if let Some((at, words)) = words {
            weights.words = Words::compile(words).map_err(|mistake| (files[at].0, mistake))?;
        }
        // What does not know the words of a later file is not wrong in itself.
        let blame = |at: usize, mistake: Mistake| match words.filter(|(later, _)| *later > at) {
            Some((later, words)) => (files[later].0, words_alone(words)),
            None => (files[at].0, mistake),
        };
        if let Some((at, doubt)) = last(&files, |file| file.doubt.as_ref()) {
            weights.doubt = checked(*doubt.get_ref(), || doubt.span()).map_err(|m| (files[at].0, m))?;
        }
        if let Some((at, trees)) = last(&files, |file| file.trees.as_ref()) {
            weights.trees = Trees::compile(trees, &weights.words, GREATEST).map_err(|m| blame(at, m))?;
        }
        for (terms, source) in weights.terms.iter_mut().zip(Source::ALL) {
            if let Some((at, section)) = last(&files, |file| file.section(source)) {
                let term = |(name, values)| Term::compile(source, name, values, &weights.words);
                *terms = section.iter().map(term).collect::<Result<_, _>>().map_err(|m| blame(at, m))?;
            }
        }
        Ok(weights)
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
        let terms = self.terms.each_ref().map(|terms| terms.iter().map(Term::cleared).collect());
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

    /// Has trees correct the sums of the best candidates and of nobody, where there is a choice; the others are out.
    pub(super) fn shortlist<T>(&self, candidates: &mut [T], scored: impl Fn(&mut T) -> &mut Scored) {
        if self.trees.is_empty() {
            return;
        }
        let floor = floor(candidates.iter_mut().map(|c| scored(c).score));
        let near: usize = candidates.iter_mut().map(|c| usize::from(scored(c).score >= floor)).sum();
        for candidate in candidates {
            let candidate = scored(candidate);
            if candidate.score < floor && candidate.source != Source::Nobody {
                candidate.score = OUT;
            } else if near > 1 {
                candidate.trees = self.trees.score(&candidate.attributes);
                candidate.score += candidate.trees;
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

/// The last file that gives a part, and the part.
fn last<'f, F, T>(
    files: &[(F, &'f WeightFile)],
    part: impl Fn(&'f WeightFile) -> Option<&'f T>,
) -> Option<(usize, &'f T)> {
    files.iter().enumerate().rev().find_map(|(at, (_, weights))| Some((at, part(weights)?)))
}

/// The mistake of a file that gives words, while others give what knows other words.
fn words_alone(words: &[Spanned<String>]) -> Mistake {
    let span = words.first().map_or(0..0, Spanned::span);
    (span, "a file that gives `words` gives `trees` and the sections that know words, too".to_owned())
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

pub(super) fn checked(weight: i32, span: impl Fn() -> Range<usize>) -> Result<i32, Mistake> {
    if weight.unsigned_abs() > GREATEST {
        return Err((span(), format!("weights go from -{GREATEST} to {GREATEST}")));
    }
    Ok(weight)
}

#[cfg(test)]
mod tests {
    use super::super::attribute::Attribute;
    use super::*;

    fn compiled(text: &str) -> Result<Weights, Mistake> {
        compiled_together(&[text])
    }

    fn compiled_together(texts: &[&str]) -> Result<Weights, Mistake> {
        let read = |text: &&str| toml::from_str(text).unwrap_or_else(|e| panic!("{e}"));
        let files: Vec<WeightFile> = texts.iter().map(read).collect();
        Weights::compile(files.iter().map(|file| ((), file))).map_err(|((), mistake)| mistake)
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
    fn words_of_a_later_file_take_the_place_of_all_earlier_ones() {
        let first = "words = [\"nhờ\"]\n[named]\nword-before = { \"nhờ\" = 5 }\n";
        let words = "words = [\"bị\"]\n";
        let alone = compiled_together(&[first, words]);
        assert_eq!(alone.map_err(|(span, _)| &words[span]).err(), Some("\"bị\""));
        let both = format!("{words}[named]\nword-before = {{ \"bị\" = 9 }}\n");
        let weights = compiled_together(&[first, &both]).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut attributes = Attributes::NONE;
        attributes.word(Attribute::WordBefore, 1);
        assert_eq!(weights.score(Source::Named, &attributes), 9);
    }

    #[test]
    fn a_file_replaces_what_it_gives() {
        let first = "doubt = 7\n[nouns]\nrole = { subject = 40 }\n[nobody]\nalways = { yes = 3 }\n";
        let weights = compiled_together(&[first, "doubt = 90\n"]).unwrap_or_else(|(_, e)| panic!("{e}"));
        assert_eq!(weights.score(Source::Nouns, &Attributes::NONE), 40);
        assert_eq!(weights.score(Source::Nobody, &Attributes::NONE), 93);
    }
}
