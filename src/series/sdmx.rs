//! Series as SDMX-CSV 2.0, the exchange format of statistical offices (<https://github.com/sdmx-twg/sdmx-csv>).
//!
//! The dimensions are `FREQ`, `METRIC`, `ENTITY`, `KIND`, `UNIT_MEASURE`, `PER`, `STATUS` and `TIME_PERIOD`; `VARIANT` counts
//! observations of the same key, which contradict each other or are of things without a name. `OBS_STATUS` follows the code
//! list `CL_OBS_STATUS`: `A` normal, `E` estimated, `U` low reliability. `OBS_VALUE_MAX` is the upper end of a range,
//! `DENOMINATOR` what a rank or share is of, `QUALIFIER` says whether the page gives the value as a bound (`at_least`) or
//! roughly (`about`).

use super::table::{field, number};
use super::{Confidence, Observation, Series};
use crate::fact::{Qualifier, Status};

const HEADING: &str = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,METRIC,ENTITY,KIND,UNIT_MEASURE,PER,STATUS,VARIANT,\
                       TIME_PERIOD,OBS_VALUE,OBS_VALUE_MAX,DENOMINATOR,QUALIFIER,OBS_STATUS,DECIMALS,CITATIONS,SOURCE\r\n";

/// The structure that the rows are of.
const STRUCTURE: &str = "SOLIEU:FIGURES(1.0)";

/// The whole message.
pub fn csv(all: &[Series]) -> String {
    let mut out = String::from(HEADING);
    for series in all {
        let mut variant = 0;
        for (i, observation) in series.observations.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| &series.observations[i]);
            let again =
                before.is_some_and(|b| (b.period, b.status) == (observation.period, observation.status));
            variant = if again { variant + 1 } else { 1 };
            out.push_str(&row(series, observation, variant));
        }
    }
    out
}

fn row(series: &Series, observation: &Observation, variant: usize) -> String {
    let (key, o) = (&series.key, observation);
    let code = |text: Option<&String>| text.cloned().unwrap_or_else(|| "_Z".to_owned());
    let sources: Vec<String> = o.citations.iter().map(super::Citation::place).collect();
    let cells = [
        "datastructure".to_owned(),
        STRUCTURE.to_owned(),
        "I".to_owned(),
        o.period.frequency().code().to_owned(),
        key.metric.clone(),
        code(key.entity.as_ref()),
        key.kind.as_str().to_owned(),
        code(key.unit.as_ref()),
        code(key.per.as_ref()),
        o.status.as_str().to_owned(),
        variant.to_string(),
        o.period.name(),
        o.amount.value.normalize().to_string(),
        number(o.amount.value_max),
        number(o.amount.denominator),
        o.amount.qualifier.map_or("", Qualifier::as_str).to_owned(),
        status(o).to_owned(),
        o.amount.value.normalize().scale().to_string(),
        o.citations.len().to_string(),
        sources.join(" "),
    ];
    let mut line = cells.iter().map(|cell| field(cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

fn status(observation: &Observation) -> &'static str {
    match (observation.confidence, observation.status) {
        (_, Status::Estimate) => "E",
        (Confidence::Low, _) => "U",
        _ => "A",
    }
}
