//! The network that scores a candidate by its features.
//!
//! Every value of a feature has a row of numbers. Those of a candidate are added up, and what is left of the sums
//! above 0 goes through a second, smaller layer to one number: a multilayer perceptron whose input is mostly 0, with
//! rectified units (Nair and Hinton, *Rectified linear units improve restricted Boltzmann machines*, 2010). All numbers
//! are whole, so that every machine decides alike, and the sum of some features is made once for all candidates that
//! have them.
//!
//! Loops over places have known ends, so that they become straight vector code however the program is built.
#![expect(
    clippy::needless_range_loop,
    reason = "iterators over two arrays are such code only where they are inlined"
)]

use super::feature::{Feature, Features, LIMIT};
use super::words::Words;

/// How many sums there are.
pub(super) const SUMS: usize = 48;
/// How many units the second layer has.
pub(super) const UNITS: usize = 24;

/// The greatest number in a row.
pub(super) const GREATEST: i8 = 31;
/// The greatest factor of a layer. With the rows of all features and the greatest biases, no sum overflows.
pub(super) const GREATEST_FACTOR: i32 = 1_000;
/// The greatest bias of the first layer.
pub(super) const GREATEST_BIAS: i32 = 4_000;
/// The greatest bias of the second layer.
pub(super) const GREATEST_UNIT_BIAS: i32 = 100_000_000;

const _: () = {
    let sum = LIMIT as u64 * GREATEST as u64 + GREATEST_BIAS as u64;
    let unit = sum * GREATEST_FACTOR as u64 * SUMS as u64 + GREATEST_UNIT_BIAS as u64;
    assert!(sum <= i16::MAX as u64 && unit <= i32::MAX as u64);
};

/// The greatest score: odds beyond it are certainties.
const MOST: i64 = 1_000_000;

/// Added rows; all features of a candidate stay far from overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sums([i16; SUMS]);

impl Sums {
    /// Of no row.
    pub(crate) const NONE: Self = Self([0; SUMS]);

    /// Of the rows of both.
    #[inline]
    pub(crate) fn plus(mut self, other: &Self) -> Self {
        for i in 0..SUMS {
            self.0[i] += other.0[i];
        }
        self
    }

    #[inline]
    fn add(&mut self, row: &[i8; SUMS]) {
        for i in 0..SUMS {
            self.0[i] += i16::from(row[i]);
        }
    }
}

/// What a network weighs.
#[derive(Debug, Clone)]
pub(crate) struct Network<A> {
    /// The row of each value of each feature; 0 where it has none.
    row_of: Vec<u32>,
    /// Where the values of each feature begin there.
    first: Vec<usize>,
    /// The first one is of zeros.
    rows: Vec<[i8; SUMS]>,
    /// What the others are of.
    values: Vec<(A, usize)>,
    pub(super) layers: Layers,
    /// The bias of each sum, as short as the sums are.
    bias: [i16; SUMS],
    /// For each unit, what every sum gives to it: [`Layers::units`] the other way round, which processors multiply fastest.
    takes: [[i16; SUMS]; UNITS],
}

/// What a network does with the sums.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layers {
    pub(super) bias: [i32; SUMS],
    /// For each sum, what it gives to every unit.
    pub(super) units: [[i32; UNITS]; SUMS],
    pub(super) unit_bias: [i32; UNITS],
    pub(super) out: [i32; UNITS],
    /// How many of what comes out are a hundredth of the natural logarithm of odds.
    pub(super) scale: i32,
}

impl Layers {
    /// All zero.
    pub(super) const NONE: Self =
        Self { bias: [0; SUMS], units: [[0; UNITS]; SUMS], unit_bias: [0; UNITS], out: [0; UNITS], scale: 1 };
}

impl<A: Feature> Network<A> {
    /// A network with rows for some values of features, none of them twice.
    pub(super) fn new(
        words: &Words,
        rows: impl IntoIterator<Item = (A, usize, [i8; SUMS])>,
        layers: Layers,
    ) -> Self {
        const { assert!(A::ALL.len() <= LIMIT) };
        let mut values = 0;
        let mut place = |feature: &A| {
            let first = values;
            values += words.count(*feature);
            first
        };
        let first: Vec<usize> = A::ALL.iter().map(&mut place).collect();
        let takes = std::array::from_fn(|unit| std::array::from_fn(|sum| layers.units[sum][unit] as i16));
        let bias = layers.bias.map(|bias| bias as i16);
        let row_of = vec![0; values];
        let zeros = vec![[0; SUMS]];
        let mut network = Self { row_of, first, rows: zeros, values: Vec::new(), layers, bias, takes };
        for (feature, value, row) in rows {
            let place = network.place(feature, value);
            network.row_of[place] = network.rows.len() as u32;
            network.rows.push(row);
            network.values.push((feature, value));
        }
        network.share_rows(words);
        network
    }

    /// Gives words without a row that of their class.
    fn share_rows(&mut self, words: &Words) {
        for &feature in A::ALL.iter().filter(|feature| feature.is_word()) {
            for value in 0..words.count(feature) {
                let place = self.place(feature, value);
                if let (0, Some(class)) = (self.row_of[place], words.class(feature, value)) {
                    self.row_of[place] = self.row_of[self.place(feature, class)];
                }
            }
        }
    }

    /// The rows of features, added up.
    pub(crate) fn sums(&self, features: &Features<A>) -> Sums {
        let mut sums = Sums::NONE;
        for (index, value) in features.values().iter().enumerate() {
            if *value != 0 {
                let place = self.first[index] + usize::from(*value);
                sums.add(&self.rows[self.row_of[place] as usize]);
            }
        }
        sums
    }

    /// The rows of some features, added up.
    pub(crate) fn sums_of(&self, features: &Features<A>, some: &[A]) -> Sums {
        let mut sums = Sums::NONE;
        for feature in some {
            let value = features.value(*feature);
            if value != 0 {
                sums.add(self.row(*feature, value));
            }
        }
        sums
    }

    #[inline]
    fn place(&self, feature: A, value: usize) -> usize {
        self.first[feature.index()] + value
    }

    #[inline]
    fn row(&self, feature: A, value: usize) -> &[i8; SUMS] {
        &self.rows[self.row_of[self.place(feature, value)] as usize]
    }

    /// Whether a value of a feature has a row.
    pub(super) fn knows(&self, feature: A, value: usize) -> bool {
        self.row_of[self.place(feature, value)] != 0
    }

    /// What the sums come to, in hundredths of the natural logarithm of odds.
    pub(super) fn score(&self, sums: &Sums) -> i32 {
        let layers = &self.layers;
        let mut above = [0_i16; SUMS];
        for i in 0..SUMS {
            above[i] = (sums.0[i] + self.bias[i]).max(0);
        }
        let mut out = 0;
        for unit in 0..UNITS {
            let mut sum = layers.unit_bias[unit];
            // Two products at once are one instruction, as long as this is no function of its own.
            for i in 0..SUMS {
                sum += i32::from(above[i]) * i32::from(self.takes[unit][i]);
            }
            out += i64::from(sum.max(0)) * i64::from(layers.out[unit]);
        }
        (out / i64::from(layers.scale)).clamp(-MOST, MOST) as i32
    }

    /// The values that have rows of their own.
    pub(super) fn rows(&self) -> impl Iterator<Item = (A, usize, &[i8; SUMS])> {
        self.values.iter().zip(&self.rows[1..]).map(|((feature, value), row)| (*feature, *value, row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::weigh::tests::Known;

    /// A network with one row, of these first numbers.
    fn network(row: [i8; 2], layers: Layers) -> Network<Known> {
        let mut all = [0; SUMS];
        all[..2].copy_from_slice(&row);
        Network::new(&Words::default(), [(Known::Role, 2, all)], layers)
    }

    fn score(network: &Network<Known>) -> i32 {
        let mut features = Features::NONE;
        features.set(Known::Role, 2);
        network.score(&network.sums(&features))
    }

    #[test]
    fn what_is_above_nought_goes_on() {
        let mut layers = Layers::NONE;
        (layers.bias[0], layers.bias[1]) = (3, -1);
        (layers.units[0][0], layers.units[1][0], layers.units[1][1]) = (10, 100, -5);
        (layers.unit_bias[0], layers.unit_bias[1]) = (2, 4);
        (layers.out[0], layers.out[1], layers.scale) = (3, 7, 4);
        // (5 + 3) · 10 + 2 = 82; the second sum is below 0, so that of the second unit its bias is left.
        assert_eq!(score(&network([5, -9], layers.clone())), (82 * 3 + 4 * 7) / 4);
        // The second sum is 8: 82 + 800, and the second unit is below 0.
        assert_eq!(score(&network([5, 9], layers)), 882 * 3 / 4);
    }

    #[test]
    fn the_greatest_numbers_do_not_overflow() {
        let layers = Layers {
            bias: [GREATEST_BIAS; SUMS],
            units: [[GREATEST_FACTOR; UNITS]; SUMS],
            unit_bias: [GREATEST_UNIT_BIAS; UNITS],
            out: [GREATEST_FACTOR; UNITS],
            scale: 1,
        };
        assert_eq!(i64::from(score(&network([GREATEST; 2], layers))), MOST);
    }
}
