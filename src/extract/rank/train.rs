//! Training a network on lessons.
//!
//! What is made small is the negative logarithm of the likelihood of a right candidate, where several may be right, by
//! small batches and steps of adapted length (Kingma and Ba, *Adam: a method for stochastic optimization*, 2015) with
//! decoupled decay (Loshchilov and Hutter, *Decoupled weight decay regularization*, 2019). Some attributes and sums are
//! left out of each step at random (Srivastava et al., *Dropout*, 2014), and what is kept in the end is a running mean of
//! the numbers. Random numbers begin from the same one, so that a fit can be repeated.

use fastrand::Rng;

use super::fit::Start;
use super::network::{SUMS, UNITS};
use super::numbers::Numbers;

/// How many lessons make one step.
const BATCH: usize = 256;
/// How often each lesson is taken, and how many steps there are at least.
const ROUNDS: usize = 14;
const FEWEST_STEPS: usize = 150;

/// The same where numbers that are good already are to learn more: steps are short, few lessons make few of them, and nothing
/// decays.
const MORE_ROUNDS: usize = 3;
const MORE_STEP: f32 = 0.1;

/// The length of steps, and what part of it is left in the last steps, from those parts of all steps on.
const STEP: f32 = 2e-3;
const SHORTER: [(f32, f32); 2] = [(0.6, 0.3), (0.85, 0.1)];
/// What part of the numbers a step of full length takes away.
const DECAY: f32 = 1e-2;
/// What part of the earlier mean a step leaves.
const MEAN: f32 = 0.995;
/// What part of attributes and sums a step leaves out.
const NO_ATTRIBUTE: f32 = 0.05;
const NO_SUM: f32 = 0.2;

/// A value with its candidates.
pub(super) struct Sample {
    /// What it counts.
    pub(super) counts: f32,
    /// The rows of each candidate, and whether it is right.
    pub(super) candidates: Vec<(Vec<u32>, bool)>,
}

/// How many times all lessons are taken.
fn rounds(start: Start, batches: usize) -> usize {
    match start {
        Start::Anew => ROUNDS.max(FEWEST_STEPS.div_ceil(batches)),
        Start::Present => MORE_ROUNDS,
    }
}

/// What part of its full length a step has when such a part of all steps is done.
fn part(start: Start, done: f32) -> f32 {
    match start {
        Start::Anew => SHORTER.iter().rev().find(|(from, _)| done >= *from).map_or(1.0, |(_, part)| *part),
        Start::Present => MORE_STEP,
    }
}

/// Changes numbers so that right candidates come first.
pub(super) fn train(numbers: &mut Numbers, samples: &[Sample], start: Start, random: &mut Rng) {
    if samples.is_empty() {
        return;
    }
    let batches = samples.len().div_ceil(BATCH);
    let rounds = rounds(start, batches);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut descent = Descent::new(numbers, if start == Start::Anew { DECAY } else { 0.0 });
    for round in 0..rounds {
        random.shuffle(&mut order);
        for (i, batch) in order.chunks(BATCH).enumerate() {
            let part = part(start, (round * batches + i) as f32 / (rounds * batches) as f32);
            let mut slopes = vec![0.0; numbers.all.len()];
            for &sample in batch {
                Pass { numbers, slopes: &mut slopes, random }.run(&samples[sample], batch.len() as f32);
            }
            descent.step(numbers, &slopes, part);
        }
    }
    numbers.all = descent.mean;
}

/// The state of the descent, by number.
struct Descent {
    slope: Vec<f32>,
    square: Vec<f32>,
    mean: Vec<f32>,
    steps: i32,
    decay: f32,
}

impl Descent {
    fn new(numbers: &Numbers, decay: f32) -> Self {
        let none = vec![0.0; numbers.all.len()];
        Self { slope: none.clone(), square: none, mean: numbers.all.clone(), steps: 0, decay }
    }

    fn step(&mut self, numbers: &mut Numbers, slopes: &[f32], part: f32) {
        const SLOPE: f32 = 0.9;
        const SQUARE: f32 = 0.999;
        self.steps += 1;
        let (all, biased) = (1.0 - SLOPE.powi(self.steps), 1.0 - SQUARE.powi(self.steps));
        // The mean forgets where it began sooner than it would later.
        let mean = MEAN.min(self.steps as f32 / (self.steps as f32 + 10.0));
        let decaying = Numbers::places(numbers.count);
        for (i, (number, slope)) in numbers.all.iter_mut().zip(slopes).enumerate() {
            self.slope[i] = SLOPE * self.slope[i] + (1.0 - SLOPE) * slope;
            self.square[i] = SQUARE * self.square[i] + (1.0 - SQUARE) * slope * slope;
            let step = self.slope[i] / all / (f32::sqrt(self.square[i] / biased) + 1e-8);
            let decays = i < decaying.bias || (decaying.units..decaying.unit_bias).contains(&i);
            let decay = if decays { self.decay * *number } else { 0.0 };
            *number -= part * (STEP * step + decay);
            self.mean[i] += (1.0 - mean) * (*number - self.mean[i]);
        }
    }
}

/// One lesson, forward and back.
struct Pass<'a> {
    numbers: &'a Numbers,
    slopes: &'a mut [f32],
    random: &'a mut Rng,
}

/// What a candidate comes to on the way.
struct Forward {
    rows: Vec<u32>,
    /// What is left of the sums above 0, but for those left out.
    sums: [f32; SUMS],
    units: [f32; UNITS],
    score: f32,
    is_right: bool,
}

impl Pass<'_> {
    fn run(&mut self, sample: &Sample, batch: f32) {
        let forward: Vec<Forward> = sample.candidates.iter().map(|c| self.forward(c)).collect();
        let most = forward.iter().map(|f| f.score).fold(f32::MIN, f32::max);
        let odds: Vec<f32> = forward.iter().map(|f| f32::exp(f.score - most)).collect();
        let all: f32 = odds.iter().sum();
        let right: f32 = odds.iter().zip(&forward).filter(|(_, f)| f.is_right).map(|(odds, _)| odds).sum();
        for (forward, odds) in forward.iter().zip(odds) {
            let wanted = if forward.is_right { odds / right.max(f32::MIN_POSITIVE) } else { 0.0 };
            self.back(forward, sample.counts * (odds / all - wanted) / batch);
        }
    }

    fn forward(&mut self, (rows, is_right): &(Vec<u32>, bool)) -> Forward {
        let numbers = self.numbers;
        let rows: Vec<u32> = rows.iter().copied().filter(|_| self.random.f32() >= NO_ATTRIBUTE).collect();
        let mut sums = [0.0; SUMS];
        sums.copy_from_slice(numbers.bias());
        for &row in &rows {
            sums.iter_mut().zip(numbers.row(row as usize)).for_each(|(sum, number)| *sum += number);
        }
        for sum in &mut sums {
            let out = *sum <= 0.0 || self.random.f32() < NO_SUM;
            *sum = if out { 0.0 } else { *sum / (1.0 - NO_SUM) };
        }
        let mut units = [0.0; UNITS];
        units.copy_from_slice(numbers.unit_bias());
        for (sum, gives) in sums.iter().zip(numbers.units().chunks_exact(UNITS)) {
            units.iter_mut().zip(gives).for_each(|(unit, gives)| *unit += sum * gives);
        }
        for unit in &mut units {
            *unit = unit.max(0.0);
        }
        let score = units.iter().zip(numbers.out()).map(|(unit, out)| unit * out).sum();
        Forward { rows, sums, units, score, is_right: *is_right }
    }

    /// Adds the slopes of a candidate whose score has this one.
    fn back(&mut self, forward: &Forward, slope: f32) {
        let (numbers, places) = (self.numbers, Numbers::places(self.numbers.count));
        let mut of_units = [0.0; UNITS];
        for (i, (unit, out)) in forward.units.iter().zip(numbers.out()).enumerate() {
            self.slopes[places.out + i] += slope * unit;
            of_units[i] = if *unit > 0.0 { slope * out } else { 0.0 };
            self.slopes[places.unit_bias + i] += of_units[i];
        }
        let mut of_sums = [0.0; SUMS];
        for (i, gives) in numbers.units().chunks_exact(UNITS).enumerate() {
            if forward.sums[i] <= 0.0 {
                continue;
            }
            let at = places.units + i * UNITS;
            let own = &mut self.slopes[at..at + UNITS];
            own.iter_mut().zip(&of_units).for_each(|(own, slope)| *own += slope * forward.sums[i]);
            let sum: f32 = gives.iter().zip(&of_units).map(|(gives, slope)| gives * slope).sum();
            of_sums[i] = sum / (1.0 - NO_SUM);
        }
        let bias = &mut self.slopes[places.bias..places.units];
        bias.iter_mut().zip(&of_sums).for_each(|(own, slope)| *own += slope);
        for &row in &forward.rows {
            let own = &mut self.slopes[row as usize * SUMS..][..SUMS];
            own.iter_mut().zip(&of_sums).for_each(|(own, slope)| *own += slope);
        }
    }
}
