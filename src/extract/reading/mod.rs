//! What a number is: a value of some kind, or no fact. Rules of `units/`, `not-facts/` and `qualifiers/`.

mod account;
pub(super) mod apposed;
mod bit_set;
mod compile;
mod compound;
mod context;
mod converted;
mod currency;
mod examples;
mod far;
mod figure;
mod file;
pub(super) mod named_again;
mod needed;
mod noun;
mod number_context;
mod number_rules;
mod qualifier;
mod qualifiers_file;
mod readings;
mod rule;
mod scope;
mod side;
mod spelling;
mod status;
mod takers;
pub mod trace;
mod window;

pub use self::account::{Account, Analysis, Outcome};
pub use self::number_rules::{NumberRules, NumberScratch};
pub use self::qualifier::{Attribute, AttributeRules};
pub use self::readings::{ReadingRule, Readings};
