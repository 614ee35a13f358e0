//! A comparison as one JSON object: `pages` with their `changes`, and the sums in `summary`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::Render;
use crate::fact::Fact;
use crate::review::diff::{Change, PageDiff, Pair, Totals};
use crate::review::field::{NAMES, Value, values};

/// One JSON object.
#[derive(Debug, Default)]
pub struct Json {
    begun: bool,
}

#[derive(Serialize)]
struct Page<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    changes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    change: &'static str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<&'static str, Both<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a Fact<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a Fact<'static>>,
}

/// What both sides say; absent where one says nothing.
#[derive(Serialize)]
struct Both<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Value<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Value<'a>,
}

// Writing to a String does not fail, and facts have only keys and values that JSON can hold: results are not looked at.

impl Render for Json {
    fn page(&mut self, page: &PageDiff, shown: &[&Change], out: &mut String) {
        if shown.is_empty() {
            return;
        }
        out.push_str(if self.begun { ",\n" } else { "{\"pages\":[\n" });
        self.begun = true;
        let source = &page.fact().source;
        let row = Page {
            path: &source.path,
            record: source.record.as_deref(),
            uri: source.uri.as_deref(),
            title: source.title.as_deref(),
            published: source.published.map(|day| day.to_string()),
            changes: shown.iter().map(|change| row(change)).collect(),
        };
        out.push_str(&serde_json::to_string(&row).unwrap_or_default());
    }

    fn finish(&mut self, totals: &Totals, hidden: u64, out: &mut String) {
        out.push_str(if self.begun { "\n],\n" } else { "{\"pages\":[],\n" });
        let summary = serde_json::to_string(totals).unwrap_or_default();
        let _ = writeln!(out, "\"hidden\":{hidden},\n\"summary\":{summary}}}");
    }
}

fn row(change: &Change) -> Row<'_> {
    let similarity = change.pair().and_then(|pair| pair.similarity);
    Row {
        change: change.kind().as_str(),
        id: &change.fact().id,
        similarity: similarity.map(|thousandths| f64::from(thousandths) / 1000.0),
        fields: change.pair().map(fields).unwrap_or_default(),
        old: change.before(),
        new: change.after(),
    }
}

fn fields(pair: &Pair) -> BTreeMap<&'static str, Both<'_>> {
    let (mut old, mut new) = (values(&pair.old), values(&pair.new));
    let both = |&i: &usize| (NAMES[i], Both { old: old[i].take(), new: new[i].take() });
    pair.differing.iter().map(both).collect()
}
