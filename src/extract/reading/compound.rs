//! Lengths of time that are said in two units: `4 giờ 20 phút`.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::extract::mention::Mention;
use crate::fact::Kind;
use crate::rules::{merge_named, named};

/// How many of a smaller unit make a larger one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compound {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    larger: Vec<String>,
    smaller: Vec<String>,
    factor: Decimal,
}

named!(Compound);

/// All of them.
#[derive(Debug)]
pub(crate) struct Compounds(Vec<Compound>);

impl Compounds {
    pub(crate) fn new(entries: impl IntoIterator<Item = Compound>) -> Self {
        Self(merge_named(entries))
    }

    /// Adds `next` to `last` where it says the rest of the same length in a smaller unit; whether it does.
    pub(crate) fn add<'t>(&self, text: &str, last: &mut Mention<'t>, next: &mut Mention<'t>) -> bool {
        let between = text.get(last.quote.end..next.quote.start).unwrap_or("-");
        if !between.chars().all(|c| c == ' ')
            || !measured(last)
            || !measured(next)
            || !last.value.is_integer()
        {
            return false;
        }
        let (Some(larger), Some(smaller)) = (last.unit.as_deref(), next.unit.as_deref()) else {
            return false;
        };
        let fits = |c: &&Compound| {
            c.larger.iter().any(|unit| unit == larger)
                && c.smaller.iter().any(|unit| unit == smaller)
                && next.value < c.factor
        };
        let Some(value) = self.0.iter().find(fits).and_then(|c| last.value.checked_mul(c.factor)) else {
            return false;
        };
        let Some(value) = value.checked_add(next.value) else { return false };
        last.value = value;
        last.quote.end = next.quote.end;
        last.phrase.end = last.phrase.end.max(next.phrase.end);
        last.unit = next.unit.take();
        last.per = next.per.take().or(last.per.take());
        last.qualifier = last.qualifier.or(next.qualifier);
        last.rule = next.rule;
        true
    }
}

/// Whether a mention is one physical quantity, no range.
fn measured(mention: &Mention<'_>) -> bool {
    mention.kind == Kind::Quantity && mention.value_max.is_none()
}
