//! What a figure measures, as a choice between candidates: what the lists of `rules/metric-text/` alone come to, other words
//! of the sentence, what earlier figures measured, and nothing.
//!
//! They are weighed as [`crate::extract::weigh`] says, by [`feature`]s; what the network weighs stands in
//! `rules/metric-weights.toml`.

mod describe;
pub(super) mod feature;
mod spans;

pub use self::feature::Feature;

use crate::extract::metric::choose::Choice;
use crate::extract::metric::taken::{State, Taken};
use crate::extract::weigh::{self, Described, WeightFile, Weights, WordClasses, WordValues};
use crate::extract::words::vocabulary::Vocabulary;
use crate::rules::{Loaded, RuleError, RuleSources, named_values};

/// What is known of a candidate.
type Features = weigh::Features<Feature>;

/// Words that may name what a figure measures.
pub type Weighed = weigh::Weighed<Feature>;

named_values! {
    /// Where a candidate is from.
    enum Source {
        /// Behind the figure.
        Behind = "behind",
        /// In the stretch right before it.
        Before = "before",
        /// In the stretch before that.
        Before2 = "before-2",
        /// In the stretch before that.
        Before3 = "before-3",
        /// The words of the figure before it.
        Last = "last",
        /// The last words that stood before a figure of the sentence.
        Measured = "measured",
        /// The words of an earlier sentence.
        Earlier = "earlier",
        /// The last words for money.
        Sum = "sum",
        /// Nothing.
        Nothing = "nothing",
        /// What the lists come to, where that is none of the others.
        Rules = "rules",
    }
}

/// Words that may be taken for a figure.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) taken: Taken,
    source: Source,
    /// Whether the lists alone come to it.
    chosen: bool,
    described: Described<Feature>,
    score: i32,
}

/// Compiled `rules/metric-weights.toml`.
#[derive(Debug)]
pub(super) struct Weigher {
    pub(super) weights: Weights<Feature>,
    values: WordValues,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weights: WeightFile,
}

impl Weigher {
    pub(super) fn compile(
        sources: &RuleSources,
        classes: &WordClasses,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, RuleError> {
        let files: Vec<Loaded<File>> = sources.parse("metric-weights.toml")?;
        let weights = Weights::compile(files.iter().map(|file| (file, &file.value.weights)), classes)
            .map_err(|(file, (span, message))| file.error(span, message))?;
        Ok(Self { values: WordValues::new(weights.words(), classes, vocabulary), weights })
    }

    /// What figure `index` takes, of the candidates that are put into `into`; the lists alone come to `ruled`.
    pub(super) fn best(
        &self,
        state: &State<'_, '_>,
        choices: &[Choice],
        index: usize,
        ruled: &Taken,
        into: &mut Vec<Candidate>,
    ) -> Taken {
        into.clear();
        let figure = self.figure(state, choices, index);
        let words = state.words(ruled, index);
        let add = |source, taken: Taken, into: &mut Vec<Candidate>| {
            let chosen = taken == *ruled || state.words(&taken, index) == words;
            let features = self.features(state, index, source, &taken, chosen);
            let taken = if chosen { ruled.clone() } else { taken };
            let described = figure.with(&Described::by(&self.weights, features));
            debug_assert_eq!(described.sums, self.weights.sums(&described.features));
            let score = self.weights.score(chosen, &described);
            into.push(Candidate { taken, source, chosen, described, score });
        };
        state.tagged.spans(index, |source, span| add(source, Taken::Own(span), into));
        state.carriable(index).into_iter().for_each(|(source, taken)| add(source, taken, into));
        add(Source::Nothing, Taken::Nothing, into);
        if !into.iter().any(|candidate| candidate.chosen) {
            add(Source::Rules, ruled.clone(), into);
        }
        let best = weigh::best(into, |candidate| (candidate.score, candidate.chosen));
        best.map_or_else(|| ruled.clone(), |best| best.taken.clone())
    }
}

/// The candidates for who watches.
pub(super) fn weighed(candidates: &[Candidate], state: &State<'_, '_>, index: usize) -> Vec<Weighed> {
    let weighed = |candidate: &Candidate| Weighed {
        text: state.words(&candidate.taken, index).unwrap_or_default().to_owned(),
        source: Source::NAMES[candidate.source as usize],
        score: candidate.score,
        is_none: candidate.taken == Taken::Nothing,
        is_default: candidate.chosen,
        features: candidate.described.features,
    };
    candidates.iter().map(weighed).collect()
}

impl State<'_, '_> {
    /// What figure `index` may take up of what was named before, each text once.
    fn carriable(&self, index: usize) -> Vec<(Source, Taken)> {
        let all = [
            (Source::Last, Taken::Last),
            (Source::Measured, Taken::Measured),
            (Source::Earlier, Taken::Earlier { level: false, any: true }),
            (Source::Sum, Taken::Sum),
        ];
        let mut kept: Vec<(Source, Taken)> = Vec::new();
        for (source, taken) in all {
            let words = self.words(&taken, index).filter(|words| !words.is_empty());
            if words.is_some() && !kept.iter().any(|(_, other)| self.words(other, index) == words) {
                kept.push((source, taken));
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::metric::markup::Marked;
    use crate::extract::metric::{MetricMemory, MetricRules};
    use crate::extract::sentence::Sentence;

    /// The candidates for the last figure of some sentences, and the words that it gets.
    fn weighed(sources: &RuleSources, sentences: &[&str]) -> (Vec<Weighed>, String) {
        let mut vocabulary = Vocabulary::default();
        let rules = MetricRules::compile(sources, &WordClasses::compile(sources).unwrap(), &mut vocabulary)
            .unwrap_or_else(|e| panic!("{e}"));
        let (mut memory, mut last) = (MetricMemory::default(), (Vec::new(), String::new()));
        for text in sentences {
            let marked = Marked::read(text).unwrap_or_else(|e| panic!("{e}"));
            let sentence = Sentence::new(&marked.text, &vocabulary);
            let mut candidates = Vec::new();
            let (times, entities) = (marked.times.into_iter(), marked.entities.into_iter());
            let watched = Some(&mut candidates);
            let names = rules.name_in(&sentence, &marked.mentions, times, entities, &mut memory, watched);
            let metric = names.last().and_then(|name| name.metric.as_ref());
            let text = metric.map(|metric| metric.text.to_string()).unwrap_or_default();
            last = (candidates.pop().unwrap_or_default(), text);
        }
        last
    }

    fn texts(candidates: &[Weighed]) -> Vec<(&str, &str)> {
        candidates.iter().map(|candidate| (candidate.source, candidate.text.as_str())).collect()
    }

    #[test]
    fn words_around_a_figure_and_those_of_earlier_ones_are_candidates() {
        let sentences =
            ["Giá bạc là {money 30 USD}.", "Ở chợ huyện, giá muối, {money 9 USD} mỗi bao, vẫn rẻ."];
        let (candidates, _) = weighed(&RuleSources::builtin(), &sentences);
        let all = texts(&candidates);
        for wanted in
            [("before", "giá muối"), ("before", "muối"), ("before-2", "chợ huyện"), ("earlier", "Giá bạc")]
        {
            assert!(all.contains(&wanted), "{wanted:?} of {all:?}");
        }
        assert_eq!(all.iter().filter(|(source, _)| *source == "nothing").count(), 1);
        // Those of the sentence end at commas.
        assert!(!all.iter().any(|(_, text)| text.contains(',')), "{all:?}");
    }

    #[test]
    fn what_the_lists_come_to_is_a_candidate_where_nothing_else_finds_it() {
        let text = "Kim ngạch xuất khẩu muối, gạo và hạt điều đạt {money 5 tỷ đồng}.";
        let (candidates, words) = weighed(&RuleSources::builtin(), &[text]);
        let ruled: Vec<_> = candidates.iter().filter(|candidate| candidate.is_default).collect();
        assert_eq!((ruled.len(), ruled[0].source), (1, "rules"));
        assert_eq!(
            (ruled[0].text.as_str(), words.as_str()),
            ("Kim ngạch xuất khẩu muối, gạo và hạt điều", &*ruled[0].text)
        );
    }

    #[test]
    fn a_great_margin_leaves_it_to_the_lists() {
        let mut cautious = RuleSources::builtin();
        cautious.add_text("metric-weights.toml", "[weights]\nmargin = 100000\n");
        let text = "Xuất khẩu muối của xưởng giảm mạnh tại các chợ (giảm {percentage- 23%}).";
        let (candidates, words) = weighed(&cautious, &[text]);
        let ruled = candidates.iter().find(|candidate| candidate.is_default).map(|ruled| &*ruled.text);
        assert_eq!(ruled, Some(&*words));
        assert_ne!(weighed(&RuleSources::builtin(), &[text]).1, words);
    }
}
