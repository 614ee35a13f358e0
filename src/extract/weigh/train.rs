//! Training a network on lessons.
//!
//! What is made small is the negative logarithm of the likelihood of a right candidate, where several may be right, by
//! small batches and steps of adapted length (Kingma and Ba, *Adam: a method for stochastic optimization*, 2015) with
//! decoupled decay (Loshchilov and Hutter, *Decoupled weight decay regularization*, 2019). Some features and sums are
//! left out of each step at random (Srivastava et al., *Dropout*, 2014), and what is kept in the end is a running mean of
//! the numbers. Random numbers begin from the same one, so that a fit can be repeated.

use fastrand::Rng;

use super::network::{SUMS, UNITS};
use super::parameters::Parameters;

/// How many lessons make one step.
const BATCH: usize = 256;
/// How often each lesson is taken, and how many steps there are at least.
const EPOCHS: usize = 14;
const MIN_STEPS: usize = 150;

/// The same where numbers that are good already are to learn more: steps are short, few lessons make few of them, and nothing
/// decays.
const MORE_EPOCHS: usize = 3;
const MORE_RATE: f32 = 0.1;

/// The learning rate, and what part of it is left from those parts of all steps on.
const LEARNING_RATE: f32 = 2e-3;
const SCHEDULE: [(f32, f32); 2] = [(0.6, 0.3), (0.85, 0.1)];
/// What part of the numbers a step at the full rate takes away.
const WEIGHT_DECAY: f32 = 1e-2;
/// What part of the earlier mean of the numbers a step leaves.
const PARAMETER_MEAN: f32 = 0.995;
/// What part of features and sums a step leaves out.
const FEATURE_DROPOUT: f32 = 0.05;
const SUM_DROPOUT: f32 = 0.2;

/// A value with its candidates.
pub(super) struct Sample {
    /// What it counts.
    pub(super) counts: f32,
    /// The rows of each candidate, and whether it is right.
    pub(super) candidates: Vec<(Vec<u32>, bool)>,
}

/// From where a network is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// From nothing: the lessons are all that is known.
    Anew,
    /// From the present network, whose numbers change a little.
    Present,
}

/// How many times all lessons are taken.
fn epochs(start: Start, batches: usize) -> usize {
    match start {
        Start::Anew => EPOCHS.max(MIN_STEPS.div_ceil(batches)),
        Start::Present => MORE_EPOCHS,
    }
}

/// What part of the learning rate is left when such a part of all steps is done.
fn part(start: Start, done: f32) -> f32 {
    match start {
        Start::Anew => SCHEDULE.iter().rev().find(|(from, _)| done >= *from).map_or(1.0, |(_, part)| *part),
        Start::Present => MORE_RATE,
    }
}

/// Changes numbers so that right candidates come first.
pub(super) fn train(parameters: &mut Parameters, samples: &[Sample], start: Start, random: &mut Rng) {
    if samples.is_empty() {
        return;
    }
    let batches = samples.len().div_ceil(BATCH);
    let epochs = epochs(start, batches);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut descent = Descent::new(parameters, if start == Start::Anew { WEIGHT_DECAY } else { 0.0 });
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for (i, batch) in order.chunks(BATCH).enumerate() {
            let part = part(start, (epoch * batches + i) as f32 / (epochs * batches) as f32);
            let mut gradient = vec![0.0; parameters.all.len()];
            for &sample in batch {
                Pass { parameters, gradient: &mut gradient, random }
                    .run(&samples[sample], batch.len() as f32);
            }
            descent.step(parameters, &gradient, part);
        }
    }
    parameters.all = descent.mean;
}

/// The state of the descent, by number.
struct Descent {
    first_moment: Vec<f32>,
    second_moment: Vec<f32>,
    mean: Vec<f32>,
    steps: i32,
    decay: f32,
}

impl Descent {
    fn new(parameters: &Parameters, decay: f32) -> Self {
        let none = vec![0.0; parameters.all.len()];
        Self {
            first_moment: none.clone(),
            second_moment: none,
            mean: parameters.all.clone(),
            steps: 0,
            decay,
        }
    }

    fn step(&mut self, parameters: &mut Parameters, gradient: &[f32], part: f32) {
        // β₁, β₂ and ε of Adam.
        const BETA_1: f32 = 0.9;
        const BETA_2: f32 = 0.999;
        const EPSILON: f32 = 1e-8;
        self.steps += 1;
        let (all, biased) = (1.0 - BETA_1.powi(self.steps), 1.0 - BETA_2.powi(self.steps));
        // The mean forgets where it began sooner than it would later.
        let mean = PARAMETER_MEAN.min(self.steps as f32 / (self.steps as f32 + 10.0));
        let decaying = Parameters::offsets(parameters.count);
        for (i, (number, slope)) in parameters.all.iter_mut().zip(gradient).enumerate() {
            self.first_moment[i] = BETA_1 * self.first_moment[i] + (1.0 - BETA_1) * slope;
            self.second_moment[i] = BETA_2 * self.second_moment[i] + (1.0 - BETA_2) * slope * slope;
            let step = self.first_moment[i] / all / (f32::sqrt(self.second_moment[i] / biased) + EPSILON);
            let decays = i < decaying.bias || (decaying.units..decaying.unit_bias).contains(&i);
            let decay = if decays { self.decay * *number } else { 0.0 };
            *number -= part * (LEARNING_RATE * step + decay);
            self.mean[i] += (1.0 - mean) * (*number - self.mean[i]);
        }
    }
}

/// One lesson, forward and back.
struct Pass<'a> {
    parameters: &'a Parameters,
    gradient: &'a mut [f32],
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
        let parameters = self.parameters;
        let rows: Vec<u32> = rows.iter().copied().filter(|_| self.random.f32() >= FEATURE_DROPOUT).collect();
        let mut sums = [0.0; SUMS];
        sums.copy_from_slice(parameters.bias());
        for &row in &rows {
            sums.iter_mut().zip(parameters.row(row as usize)).for_each(|(sum, number)| *sum += number);
        }
        for sum in &mut sums {
            let out = *sum <= 0.0 || self.random.f32() < SUM_DROPOUT;
            *sum = if out { 0.0 } else { *sum / (1.0 - SUM_DROPOUT) };
        }
        let mut units = [0.0; UNITS];
        units.copy_from_slice(parameters.unit_bias());
        for (sum, gives) in sums.iter().zip(parameters.units().chunks_exact(UNITS)) {
            units.iter_mut().zip(gives).for_each(|(unit, gives)| *unit += sum * gives);
        }
        for unit in &mut units {
            *unit = unit.max(0.0);
        }
        let score = units.iter().zip(parameters.out()).map(|(unit, out)| unit * out).sum();
        Forward { rows, sums, units, score, is_right: *is_right }
    }

    /// Adds the gradient of a candidate whose score has this one.
    fn back(&mut self, forward: &Forward, slope: f32) {
        let (parameters, offsets) = (self.parameters, Parameters::offsets(self.parameters.count));
        let mut of_units = [0.0; UNITS];
        for (i, (unit, out)) in forward.units.iter().zip(parameters.out()).enumerate() {
            self.gradient[offsets.out + i] += slope * unit;
            of_units[i] = if *unit > 0.0 { slope * out } else { 0.0 };
            self.gradient[offsets.unit_bias + i] += of_units[i];
        }
        let mut of_sums = [0.0; SUMS];
        for (i, gives) in parameters.units().chunks_exact(UNITS).enumerate() {
            if forward.sums[i] <= 0.0 {
                continue;
            }
            let at = offsets.units + i * UNITS;
            let own = &mut self.gradient[at..at + UNITS];
            own.iter_mut().zip(&of_units).for_each(|(own, slope)| *own += slope * forward.sums[i]);
            let sum: f32 = gives.iter().zip(&of_units).map(|(gives, slope)| gives * slope).sum();
            of_sums[i] = sum / (1.0 - SUM_DROPOUT);
        }
        let bias = &mut self.gradient[offsets.bias..offsets.units];
        bias.iter_mut().zip(&of_sums).for_each(|(own, slope)| *own += slope);
        for &row in &forward.rows {
            let own = &mut self.gradient[row as usize * SUMS..][..SUMS];
            own.iter_mut().zip(&of_sums).for_each(|(own, slope)| *own += slope);
        }
    }
}
