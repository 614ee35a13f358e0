//! Fitting trees to what the weights leave wrong.
//!
//! Gradient boosting (Friedman, *Greedy function approximation: a gradient boosting machine*, 2001) of the likelihood of a
//! right candidate, with second derivatives and shrunken leaves (Chen and Guestrin, *A scalable tree boosting system*, 2016). Each tree sees a part
//! of the lessons and attributes, so that they do not all ask the same; which part is a matter of arithmetic, the same
//! on every machine.

use super::attribute::{Attribute, Attributes};
use super::trees::{LEAVES, Question, Tree};
use super::words::Words;

/// How many trees at most, and how many lessons each takes: more of them learn few lessons by heart.
const TREES: usize = 300;
const TO_EACH: usize = 80;

/// What part of a leaf's best weight it gets.
const RATE: f64 = 0.1;

/// How many candidates a leaf has at least.
const FEWEST: usize = 20;

/// What a leaf of few candidates is drawn to 0 with.
const PENALTY: f64 = 4.0;

/// The least second derivative of a candidate.
const LEAST: f64 = 1e-3;

/// Of ten lessons and of ten attributes, how many a tree sees.
const LESSONS: u64 = 7;
const ATTRIBUTES: u64 = 5;

/// The candidates of a value.
pub(super) struct Choice {
    /// What it counts.
    pub(super) counts: f64,
    /// Each with the sum of its weights, as the logarithm of odds, and whether it is right.
    pub(super) candidates: Vec<(Attributes, f64, bool)>,
}

/// A candidate with the derivatives of the loss by its sum.
struct Row {
    attributes: Attributes,
    slope: f64,
    curve: f64,
}

/// The best question for some rows.
struct Split {
    gain: f64,
    question: Question,
}

/// Sums over rows.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    rows: usize,
    slope: f64,
    curve: f64,
}

/// Trees that correct the sums of `choices`, which are changed.
pub(super) fn boost(choices: &mut [Choice], words: &Words) -> Vec<Tree> {
    let mut trees = Vec::new();
    for round in 0..(choices.len() / TO_EACH).clamp(1, TREES) as u64 {
        let rows: Vec<Row> = choices
            .iter()
            .enumerate()
            .filter(|(i, _)| drawn(round, *i as u64) < LESSONS)
            .flat_map(|(_, choice)| choice.rows())
            .collect();
        let tree = grow(&rows, words, round);
        for (attributes, sum, _) in choices.iter_mut().flat_map(|choice| &mut choice.candidates) {
            *sum += f64::from(tree.score(attributes)) / 100.0;
        }
        trees.push(tree);
    }
    trees
}

/// A number from 0 to 9 for a round and something in it (Steele, Lea and Flood's generator, 2014).
fn drawn(round: u64, what: u64) -> u64 {
    let mut z = (round << 32 ^ what).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % 10
}

impl Choice {
    fn rows(&self) -> impl Iterator<Item = Row> {
        let most = self.candidates.iter().map(|c| c.1).fold(f64::MIN, f64::max);
        let odds = move |sum: f64| (sum - most).exp();
        let all: f64 = self.candidates.iter().map(|c| odds(c.1)).sum();
        let right: f64 = self.candidates.iter().filter(|c| c.2).map(|c| odds(c.1)).sum();
        self.candidates.iter().map(move |&(attributes, sum, is_right)| {
            let share = odds(sum) / all;
            let wanted = if is_right { odds(sum) / right } else { 0.0 };
            let curve = (share * (1.0 - share)).max(LEAST);
            Row { attributes, slope: self.counts * (share - wanted), curve: self.counts * curve }
        })
    }
}

impl Sums {
    fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.slope += row.slope;
        self.curve += row.curve;
    }

    fn without(self, other: Self) -> Self {
        Self {
            rows: self.rows - other.rows,
            slope: self.slope - other.slope,
            curve: self.curve - other.curve,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            rows: self.rows + other.rows,
            slope: self.slope + other.slope,
            curve: self.curve + other.curve,
        }
    }

    /// By how much the best weight of a leaf of these rows lowers the loss.
    fn worth(self) -> f64 {
        self.slope * self.slope / (self.curve + PENALTY)
    }

    fn weight(self) -> i32 {
        (-100.0 * RATE * self.slope / (self.curve + PENALTY)).round() as i32
    }
}

/// A tree whose leaves are split where that is worth most.
fn grow(rows: &[Row], words: &Words, round: u64) -> Tree {
    let mut leaves: Vec<(Vec<&Row>, Option<Split>)> = Vec::new();
    let mut splits: Vec<(usize, Question, usize)> = Vec::new();
    let whole: Vec<&Row> = rows.iter().collect();
    let split = best_split(&whole, words, round);
    leaves.push((whole, split));
    while leaves.len() < LEAVES {
        let worth = |leaf: &(Vec<&Row>, Option<Split>)| leaf.1.as_ref().map_or(0.0, |split| split.gain);
        let best = (0..leaves.len()).max_by(|&a, &b| worth(&leaves[a]).total_cmp(&worth(&leaves[b])));
        let Some((at, split)) = best.and_then(|at| leaves[at].1.take().map(|split| (at, split))) else {
            break;
        };
        let rows = std::mem::take(&mut leaves[at].0);
        let (yes, no): (Vec<_>, Vec<_>) = rows.into_iter().partition(|r| split.question.holds(&r.attributes));
        let (yes_split, no_split) = (best_split(&yes, words, round), best_split(&no, words, round));
        leaves[at] = (yes, yes_split);
        leaves.push((no, no_split));
        splits.push((at, split.question, leaves.len() - 1));
    }
    let mut trees: Vec<Option<Tree>> = leaves
        .iter()
        .map(|(rows, _)| {
            let mut sums = Sums::default();
            for row in rows {
                sums.add(row);
            }
            Some(Tree::Leaf(sums.weight()))
        })
        .collect();
    for (at, question, no) in splits.into_iter().rev() {
        if let (Some(yes), Some(no)) = (trees[at].take(), trees[no].take()) {
            trees[at] = Some(Tree::Split(question, Box::new(yes), Box::new(no)));
        }
    }
    trees.swap_remove(0).unwrap_or(Tree::Leaf(0))
}

/// The question that parts rows best, of the attributes that are drawn for a round.
fn best_split(rows: &[&Row], words: &Words, round: u64) -> Option<Split> {
    let mut best: Option<Split> = None;
    for &attribute in Attribute::ALL {
        if drawn(!round, attribute as u64) >= ATTRIBUTES {
            continue;
        }
        let mut by_value = vec![Sums::default(); words.count(attribute)];
        for row in rows {
            by_value[row.attributes.at(attribute as u8)].add(row);
        }
        let all = by_value.iter().fold(Sums::default(), |all, sums| all.plus(*sums));
        let mut below = Sums::default();
        for (value, own) in by_value.iter().enumerate() {
            below = below.plus(*own);
            for (part, at_most) in [(*own, false), (below, true)] {
                if at_most && attribute.is_word() {
                    continue;
                }
                let rest = all.without(part);
                let gain = part.worth() + rest.worth() - all.worth();
                let enough = part.rows >= FEWEST && rest.rows >= FEWEST;
                if enough && gain > best.as_ref().map_or(1e-9, |best| best.gain) {
                    let question = Question { attribute, value: value as u8, at_most };
                    best = Some(Split { gain, question });
                }
            }
        }
    }
    best
}
