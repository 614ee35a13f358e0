//! Naming the figures of a sentence, one after the other.

use std::borrow::Cow;
use std::ops::Range;

use super::canonical::topic;
use super::canonical::words::{PatternWord, PatternWords};
use super::choose::Choice;
use super::clause::{Class, TaggedSentence};
use super::memory::{Last, MetricMemory, Share};
use super::taken::{State, Taken};
use super::weigh::{self, Candidate, Weighed};
use super::{MetricRules, Naming};
use crate::fact::{Kind, Label};

/// A sentence whose figures are named.
pub(super) struct Namer<'n, 't> {
    rules: &'t MetricRules,
    tagged: &'n TaggedSentence<'n, 't>,
    /// What the lists alone choose for each figure.
    choices: &'n [Choice],
    /// What was named so far.
    last: Last<'t>,
    memory: &'n mut MetricMemory,
    /// Scratch space.
    candidates: Vec<Candidate>,
}

impl<'n, 't> Namer<'n, 't> {
    pub(super) fn new(
        rules: &'t MetricRules,
        tagged: &'n TaggedSentence<'n, 't>,
        choices: &'n [Choice],
        memory: &'n mut MetricMemory,
    ) -> Self {
        let last = Last { headed: memory.headed, scored: memory.scored, ..Last::default() };
        Self { rules, tagged, choices, last, memory, candidates: Vec::new() }
    }

    /// One entry a figure; the candidates of each are added to `watched`.
    pub(super) fn run(mut self, mut watched: Option<&mut Vec<Vec<Weighed>>>) -> Vec<Naming<'t>> {
        let mut names = Vec::with_capacity(self.choices.len());
        for index in 0..self.choices.len() {
            names.push(self.name(index, watched.as_deref_mut()));
        }
        let Self { last, memory, tagged, .. } = self;
        memory.measured = last.measured.is_some() || last.any.is_none() && memory.measured;
        if last.any.is_some() {
            (memory.headed, memory.scored) = (last.headed, last.scored);
        }
        if last.measured.is_some() && last.measured != last.any {
            memory.words = PatternWords::default();
        }
        let kept = last.measured.or(last.any);
        let bare = last.bare.filter(|(whole, _)| kept.as_ref() == Some(whole)).map(|(_, measure)| measure);
        memory.keep(bare.or(kept), &tagged.mentions[tagged.mentions.len() - 1]);
        names
    }

    fn name(&mut self, index: usize, watched: Option<&mut Vec<Vec<Weighed>>>) -> Naming<'t> {
        let Self { rules, tagged, .. } = *self;
        let state = State { tagged, last: &self.last, memory: self.memory };
        let ruled = state.taken(self.choices, index);
        let taken = rules.weigher.best(&state, self.choices, index, &ruled, &mut self.candidates);
        if let Some(watched) = watched {
            watched.push(weigh::weighed(&self.candidates, &state, index));
        }
        let taken = tagged.told_apart(index, taken, &ruled);
        let text = self.take(index, &taken);
        let unit = matches!(taken, Taken::Unit(_)) && text != self.last.measured;
        // Patterns see the words of the last figure that has some.
        let others = matches!(taken, Taken::Measured) && self.last.measured != self.last.any;
        let id = if text.is_some() && !unit && !others { self.id(index, &taken, &ruled) } else { None };
        let metric = text.map(|text| Label { id: id.map(Cow::Borrowed), text });
        Naming { metric, theme: rules.themes.find(&rules.text.themes, tagged, index) }
    }

    /// The canonical metric that the words taken for figure `index` stand for, which are in `memory.words`, or some of them.
    fn id(&mut self, index: usize, taken: &Taken, ruled: &Taken) -> Option<&'t str> {
        let Self { rules, tagged, .. } = *self;
        let (mention, words) = (&tagged.mentions[index], &self.memory.words);
        let find = |words: &[PatternWord]| rules.canonical.find(words, mention, tagged.sentence);
        if let Some(id) = find(&words.all) {
            return Some(id);
        }
        let noun = taken.own()?;
        let more = topic::with_recalling(tagged, index, noun.start, words);
        if let Some(more) = more.or_else(|| topic::with_topic(tagged, noun.start, words)) {
            return find(&more);
        }
        let part = ruled.own().filter(|part| noun.start <= part.start && part.end <= noun.end)?;
        let located = tagged.tags[noun.start..part.start].iter().any(|tag| tag.is(&[Class::Locator]));
        if part == noun || located {
            return None;
        }
        let words = self.look_up(index, part);
        let id = find(&words.all)?;
        self.memory.words = words;
        Some(id)
    }

    /// Words as patterns see them.
    fn look_up(&self, index: usize, noun: &Range<usize>) -> PatternWords {
        self.rules.look_up(self.tagged, noun, self.counts(index), &self.memory.defined)
    }

    fn counts(&self, index: usize) -> bool {
        matches!(self.tagged.mentions[index].kind, Kind::Count | Kind::Share | Kind::Rate)
    }

    /// Takes the words for figure `index`; afterwards `memory.words` are those words as patterns see them.
    fn take(&mut self, index: usize, taken: &Taken) -> Option<Cow<'t, str>> {
        let Self { rules, tagged, last, memory, .. } = self;
        match taken {
            Taken::Own(noun) => self.words_of(index, noun),
            Taken::Nothing => None,
            Taken::Unit(unit) => Some(Cow::Borrowed(tagged.sentence.words(unit.start, unit.end))),
            Taken::Measured => last.measured.clone(),
            Taken::Place => last.place.clone(),
            Taken::Last | Taken::Other(_) => {
                if let Some(nearer) = rules.look_nearer(tagged, index, &memory.words) {
                    memory.words = nearer;
                }
                if let Taken::Other(words) = taken {
                    let text = Cow::Borrowed(tagged.sentence.words(words.start, words.end));
                    let measure = last.bare.take().map(|(_, measure)| measure).or(last.any.take());
                    last.bare = measure.map(|measure| (text.clone(), measure));
                    (last.any, last.measured) = (Some(text.clone()), Some(text));
                }
                last.any.clone()
            }
            Taken::Share => {
                let share = last.share.as_ref()?;
                memory.words = PatternWords::whole(share.words.clone());
                last.any = Some(share.text.clone());
                last.any.clone()
            }
            Taken::Earlier { level, any } => {
                let text = Some(Cow::Owned(memory.text.clone()));
                if *level {
                    last.measured.clone_from(&text);
                }
                if *any {
                    last.any.clone_from(&text);
                    (last.headed, last.scored) = (last.headed || *level, last.scored || *level);
                }
                text
            }
            Taken::Sum => {
                let text = memory.sum_of(&tagged.mentions[index]).map(|text| Cow::Owned(text.to_owned()));
                memory.recall_sum();
                last.any.clone_from(&text);
                last.measured.clone_from(&text);
                text
            }
        }
    }

    /// The words of a noun that figure `index` measures, which later figures may take up.
    fn words_of(&mut self, index: usize, noun: &Range<usize>) -> Option<Cow<'t, str>> {
        let tagged = self.tagged;
        let mention = &tagged.mentions[index];
        let before = noun.start < tagged.figures[index].start;
        let place = before && tagged.is_place(noun);
        if place && mention.kind != Kind::Rank {
            let memory = &*self.memory;
            return memory.fits(mention).then(|| Cow::Owned(memory.text.clone()));
        }
        // Patterns see the statistic behind a measure as what another figure may have in its place.
        let measure = tagged.without_statistic(noun);
        self.memory.words = self.look_up(index, &measure);
        let counted = self.counts(index);
        let Self { last, memory, .. } = self;
        let text = Cow::Borrowed(tagged.sentence.words(noun.start, noun.end));
        // A place in a ranking is no measure of the figures behind it.
        if place || mention.kind == Kind::Rank && before && tagged.is_compared(noun) {
            last.place = Some(text);
            return last.place.clone();
        }
        if before && !tagged.is_name(noun) {
            last.measured = Some(text.clone());
            if matches!(mention.kind, Kind::Percentage | Kind::Multiple) {
                last.share = Some(Share { text: text.clone(), words: memory.words.all.clone() });
            }
        }
        if before && mention.kind == Kind::Money && tagged.is_measure(noun) {
            memory.keep_sum(&text, mention);
        }
        last.headed = tagged.is_measure(noun);
        last.scored = tagged.tags[noun.start].is(&[Class::Scored]);
        last.counted = counted && !before;
        last.any = Some(text.clone());
        if measure != *noun {
            let measure = Cow::Borrowed(tagged.sentence.words(measure.start, measure.end));
            last.bare = Some((text.clone(), measure));
        }
        Some(text)
    }
}
