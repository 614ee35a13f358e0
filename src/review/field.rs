//! A fact as a list of fields, each a name and a text.

use std::borrow::Cow;

use crate::fact::{Fact, Label};

/// A text of a fact, where the fact has it.
pub(super) type Value<'a> = Option<Cow<'a, str>>;

/// The names of all fields but the id, in the order of the record. Those of an object within have a dot.
pub(super) const NAMES: [&str; 35] = [
    "kind",
    "value",
    "value_max",
    "denominator",
    "unit",
    "per",
    "qualifier",
    "direction",
    "is_change",
    "status",
    "time.start",
    "time.end",
    "time.role",
    "time.text",
    "time.source",
    "base.text",
    "base.start",
    "base.end",
    "metric.id",
    "metric.text",
    "entity.id",
    "entity.text",
    "theme",
    "rule",
    "source.quote",
    "source.sentence",
    "source.path",
    "source.record",
    "source.uri",
    "source.title",
    "source.published",
    "source.sha256",
    "source.bytes",
    "source.line",
    "source.column",
];

/// Fields that only say where a fact stands: they change when something else on its page does.
pub(super) const PLACE: [&str; 6] =
    ["source.path", "source.record", "source.sha256", "source.bytes", "source.line", "source.column"];

/// The number as written: fields before it say what the fact is, those after it where it stands.
pub(super) const QUOTE: usize = index_of("source.quote");
/// The sentence, which is mostly shown on lines of its own.
pub(super) const SENTENCE: usize = index_of("source.sentence");

/// The place of a name in [`NAMES`]; it does not compile where there is no such field.
const fn index_of(name: &str) -> usize {
    let mut at = 0;
    while !same(NAMES[at].as_bytes(), name.as_bytes()) {
        at += 1;
    }
    at
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The texts of all fields, in the order of [`NAMES`].
pub(super) fn values<'a>(fact: &'a Fact<'_>) -> [Value<'a>; NAMES.len()] {
    let Fact { time, base, source, .. } = fact;
    [
        Some(fact.kind.as_str().into()),
        shown(Some(&fact.value.normalize())),
        shown(fact.value_max.map(|v| v.normalize()).as_ref()),
        shown(fact.denominator.map(|v| v.normalize()).as_ref()),
        text(fact.unit.as_ref()),
        text(fact.per.as_ref()),
        fact.qualifier.map(|q| q.as_str().into()),
        fact.direction.map(|d| d.as_str().into()),
        fact.is_change.then_some(Cow::Borrowed("true")),
        Some(fact.status.as_str().into()),
        shown(time.as_ref().and_then(|t| t.start.as_ref())),
        shown(time.as_ref().and_then(|t| t.end.as_ref())),
        time.as_ref().map(|t| t.role.as_str().into()),
        text(time.as_ref().and_then(|t| t.text.as_ref())),
        time.as_ref().map(|t| t.source.as_str().into()),
        text(base.as_ref().map(|b| &b.text)),
        shown(base.as_ref().and_then(|b| b.start.as_ref())),
        shown(base.as_ref().and_then(|b| b.end.as_ref())),
        label_id(fact.metric.as_ref()),
        text(fact.metric.as_ref().map(|label| &label.text)),
        label_id(fact.entity.as_ref()),
        text(fact.entity.as_ref().map(|label| &label.text)),
        text(fact.theme.as_ref()),
        text(Some(&fact.rule)),
        text(Some(&source.quote)),
        text(Some(&source.sentence)),
        text(Some(&source.path)),
        text(source.record.as_ref()),
        text(source.uri.as_ref()),
        text(source.title.as_ref()),
        shown(source.published.as_ref()),
        text(Some(&source.sha256)),
        Some(format!("{}..{}", source.bytes.start, source.bytes.end).into()),
        shown(Some(&source.line)),
        shown(Some(&source.column)),
    ]
}

/// Indices into [`NAMES`] of the fields in which the two facts differ.
pub(super) fn differing(old: &Fact<'_>, new: &Fact<'_>) -> Vec<usize> {
    let (old, new) = (values(old), values(new));
    (0..NAMES.len()).filter(|&i| old[i] != new[i]).collect()
}

fn text<'a>(text: Option<&'a Cow<'_, str>>) -> Value<'a> {
    text.map(|text| Cow::Borrowed(text.as_ref()))
}

fn shown(value: Option<&impl ToString>) -> Value<'static> {
    value.map(|value| value.to_string().into())
}

fn label_id<'a>(label: Option<&'a Label<'_>>) -> Value<'a> {
    text(label.and_then(|label| label.id.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::samples;

    #[test]
    fn every_field_of_a_full_fact_has_a_text() {
        let fact = samples::full(1, "x");
        let missing: Vec<_> =
            values(&fact).iter().zip(NAMES).filter(|(value, _)| value.is_none()).map(|(_, n)| n).collect();
        assert_eq!(missing, ["base.start"], "which the sample leaves out");
        assert_eq!(values(&samples::plain(1)).iter().flatten().count(), 11);
    }

    #[test]
    fn what_differs_is_named() {
        let (old, mut new) = (samples::plain(1), samples::plain(1));
        new.unit = Some("hộ".into());
        new.source.line += 1;
        let names: Vec<_> = differing(&old, &new).into_iter().map(|i| NAMES[i]).collect();
        assert_eq!(names, ["unit", "source.line"]);
    }
}
