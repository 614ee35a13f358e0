//! The parameters of a network while it learns, and random ones to begin with.

use fastrand::Rng;

use super::network::{SUMS, UNITS};

/// The parameters of a network, one behind the other: rows, bias, units, their bias, out.
pub(super) struct Parameters {
    pub(super) all: Vec<f32>,
    /// How many rows there are.
    pub(super) count: usize,
}

/// Where the parts of [`Parameters`] begin.
pub(super) struct Offsets {
    pub(super) bias: usize,
    pub(super) units: usize,
    pub(super) unit_bias: usize,
    pub(super) out: usize,
    end: usize,
}

impl Parameters {
    /// Where the parts begin with so many rows.
    pub(super) fn offsets(rows: usize) -> Offsets {
        let bias = rows * SUMS;
        let units = bias + SUMS;
        let unit_bias = units + SUMS * UNITS;
        let out = unit_bias + UNITS;
        Offsets { bias, units, unit_bias, out, end: out + UNITS }
    }

    /// Small random ones for so many rows.
    pub(super) fn random(rows: usize, random: &mut Rng) -> Self {
        let offsets = Self::offsets(rows);
        let mut all = vec![0.0; offsets.end];
        let mut fill = |from: usize, to: usize, deviation: f32| {
            let most = deviation * f32::sqrt(3.0);
            all[from..to].fill_with(|| most * (2.0 * random.f32() - 1.0));
        };
        fill(0, offsets.bias, 0.1);
        fill(offsets.units, offsets.unit_bias, f32::sqrt(2.0 / SUMS as f32));
        fill(offsets.out, offsets.end, f32::sqrt(1.0 / UNITS as f32));
        Self { all, count: rows }
    }

    /// The numbers of a network in the order in which the fit holds them.
    pub(super) fn from_parts(
        rows: &[[f32; SUMS]],
        bias: &[f32; SUMS],
        units: &[[f32; UNITS]; SUMS],
        unit_bias: &[f32; UNITS],
        out: &[f32; UNITS],
    ) -> Self {
        let parts = [rows.as_flattened(), bias, units.as_flattened(), unit_bias, out];
        Self { all: parts.concat(), count: rows.len() }
    }

    /// The numbers of one row.
    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.all[row * SUMS..(row + 1) * SUMS]
    }

    /// Adds a row to another one.
    pub(super) fn add_row(&mut self, to: usize, other: usize) {
        for i in 0..SUMS {
            self.all[to * SUMS + i] += self.all[other * SUMS + i];
        }
    }

    /// All rows, one behind the other.
    pub(super) fn rows(&self) -> &[f32] {
        &self.all[..Self::offsets(self.count).bias]
    }

    /// The biases of the first layer.
    pub(super) fn bias(&self) -> &[f32] {
        let offsets = Self::offsets(self.count);
        &self.all[offsets.bias..offsets.units]
    }

    /// The factors of the second layer, all units of a sum together.
    pub(super) fn units(&self) -> &[f32] {
        let offsets = Self::offsets(self.count);
        &self.all[offsets.units..offsets.unit_bias]
    }

    /// The biases of the second layer.
    pub(super) fn unit_bias(&self) -> &[f32] {
        let offsets = Self::offsets(self.count);
        &self.all[offsets.unit_bias..offsets.out]
    }

    /// The factors of the score.
    pub(super) fn out(&self) -> &[f32] {
        &self.all[Self::offsets(self.count).out..]
    }
}
