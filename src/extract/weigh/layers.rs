//! The layers of a network as rule files have them.

use super::network::{GREATEST_BIAS, GREATEST_FACTOR, GREATEST_UNIT_BIAS, Layers, SUMS, UNITS};

/// [`Layers`] in a rule file.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayerFile {
    bias: Vec<i32>,
    units: Vec<Vec<i32>>,
    unit_bias: Vec<i32>,
    out: Vec<i32>,
    scale: i32,
}

impl LayerFile {
    /// # Errors
    /// What is wrong with the numbers.
    pub(super) fn compile(&self) -> Result<Layers, String> {
        let units: Vec<[i32; UNITS]> = self
            .units
            .iter()
            .map(|row| numbers("a line of units", row, GREATEST_FACTOR))
            .collect::<Result<_, _>>()?;
        let lines = units.len();
        if self.scale < 1 {
            return Err("scale is what is divided by: 1 or more".to_owned());
        }
        Ok(Layers {
            bias: numbers("bias", &self.bias, GREATEST_BIAS)?,
            units: units.try_into().map_err(|_| format!("units has {lines} lines instead of {SUMS}"))?,
            unit_bias: numbers("unit_bias", &self.unit_bias, GREATEST_UNIT_BIAS)?,
            out: numbers("out", &self.out, GREATEST_FACTOR)?,
            scale: self.scale,
        })
    }
}

/// So many numbers, none of them too great.
fn numbers<const N: usize>(name: &str, numbers: &[i32], greatest: i32) -> Result<[i32; N], String> {
    if let Some(number) = numbers.iter().find(|number| number.unsigned_abs() > greatest.unsigned_abs()) {
        return Err(format!("{name} has {number}; its numbers go from -{greatest} to {greatest}"));
    }
    numbers.try_into().map_err(|_| format!("{name} has {} numbers instead of {N}", numbers.len()))
}

/// The lines of a rule file for some layers.
pub(super) fn to_toml(layers: &Layers) -> String {
    let list = |numbers: &[i32]| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        format!("[{}]", numbers.join(", "))
    };
    let units: Vec<String> = layers.units.iter().map(|row| format!("    {},\n", list(row))).collect();
    format!(
        "bias = {}\nunits = [\n{}]\nunit_bias = {}\nout = {}\nscale = {}\n",
        list(&layers.bias),
        units.concat(),
        list(&layers.unit_bias),
        list(&layers.out),
        layers.scale
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_read_as_they_were_written() {
        let layers = Layers {
            bias: [-20; SUMS],
            units: std::array::from_fn(|i| if i == 3 { [-300; UNITS] } else { [7; UNITS] }),
            unit_bias: [GREATEST_UNIT_BIAS; UNITS],
            out: [-GREATEST_FACTOR; UNITS],
            scale: 12_345,
        };
        let file: LayerFile = toml::from_str(&to_toml(&layers)).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(file.compile(), Ok(layers));
    }

    #[test]
    fn what_is_no_layer_is_told() {
        let right = to_toml(&Layers::NONE);
        for (from, to, told) in [
            ("scale = 1", "scale = 0", "1 or more"),
            ("out = [0, ", "out = [", "out has 23 numbers instead of 24"),
            ("bias = [0", "bias = [9000", "from -4000 to 4000"),
        ] {
            let file: LayerFile =
                toml::from_str(&right.replacen(from, to, 1)).unwrap_or_else(|e| panic!("{e}"));
            assert!(file.compile().is_err_and(|message| message.contains(told)), "{told}");
        }
    }
}
