//! W3C Web Annotation Data Model (<https://www.w3.org/TR/annotation-model/>), one JSON-LD object a fact.
//!
//! The two keys that the model does not know are defined in the annotation itself: an address of a context of our own
//! would have to be fetched by every reader. The record is JSON as it is (`@json`), since its keys mean other things than
//! those of the model with the same names.

use serde::Serialize;

use crate::fact::{Fact, Kind};

/// One annotation: the fact as its body, the quote in the page as its target.
#[derive(Debug, Serialize)]
pub struct Annotation<'a> {
    #[serde(rename = "@context")]
    context: (&'static str, Terms),
    id: String,
    #[serde(rename = "type")]
    type_: &'static str,
    motivation: &'static str,
    body: Body<'a>,
    target: Target<'a>,
}

/// What the keys of our own stand for.
#[derive(Debug, Serialize)]
struct Terms {
    kind: &'static str,
    fact: Term,
}

#[derive(Debug, Serialize)]
struct Term {
    #[serde(rename = "@id")]
    id: &'static str,
    #[serde(rename = "@type")]
    type_: &'static str,
}

/// See <https://www.w3.org/TR/json-ld11/#json-literals>.
const TERMS: Terms = Terms { kind: "urn:solieu:kind", fact: Term { id: "urn:solieu:fact", type_: "@json" } };

#[derive(Debug, Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    type_: &'static str,
    /// The value in words that any viewer can show.
    value: String,
    purpose: &'static str,
    format: &'static str,
    kind: Kind,
    /// The whole record.
    fact: &'a Fact<'a>,
}

#[derive(Debug, Serialize)]
struct Target<'a> {
    source: String,
    selector: Vec<Selector<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type")]
#[expect(clippy::enum_variant_names, reason = "the names are those of the W3C model")]
enum Selector<'a> {
    /// The quote with what stands before and after it in its sentence.
    TextQuoteSelector {
        exact: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        prefix: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        suffix: &'a str,
    },
    /// Characters in the decoded page, where it was given.
    TextPositionSelector { start: usize, end: usize },
    /// Bytes in the page as stored.
    DataPositionSelector { start: usize, end: usize },
}

/// The annotation of a fact. `characters` is the place of the quote in the page's text, in characters, if known.
pub fn annotation<'a>(fact: &'a Fact<'a>, characters: Option<std::ops::Range<usize>>) -> Annotation<'a> {
    let source = &fact.source;
    let (prefix, suffix) = source.sentence.split_once(&*source.quote).unwrap_or(("", ""));
    let mut selector = vec![Selector::TextQuoteSelector { exact: &source.quote, prefix, suffix }];
    if let Some(range) = characters {
        selector.push(Selector::TextPositionSelector { start: range.start, end: range.end });
    }
    selector.push(Selector::DataPositionSelector { start: source.bytes.start, end: source.bytes.end });
    Annotation {
        context: ("http://www.w3.org/ns/anno.jsonld", TERMS),
        id: format!("urn:solieu:{}", fact.id),
        type_: "Annotation",
        motivation: "describing",
        body: body(fact),
        target: Target { source: address(fact), selector },
    }
}

fn body<'a>(fact: &'a Fact<'a>) -> Body<'a> {
    Body {
        type_: "TextualBody",
        value: summary(fact),
        purpose: "describing",
        format: "text/plain",
        kind: fact.kind,
        fact,
    }
}

/// The address of the page; of one without, a relative reference made of file and record.
fn address(fact: &Fact<'_>) -> String {
    match (&fact.source.uri, &fact.source.record) {
        (Some(uri), _) => uri.to_string(),
        (None, Some(record)) => format!("{}#{record}", fact.source.path),
        (None, None) => fact.source.path.to_string(),
    }
}

/// `metric of entity: value unit`, as far as there are.
pub(super) fn summary(fact: &Fact<'_>) -> String {
    let metric = fact.metric.as_ref().map_or(fact.kind.as_str(), |metric| &metric.text);
    let entity = fact.entity.as_ref().map_or(String::new(), |entity| format!(" ({})", entity.text));
    let max = fact.value_max.map_or(String::new(), |max| format!("–{}", max.normalize()));
    let of = fact.denominator.map_or(String::new(), |of| format!("/{}", of.normalize()));
    let unit = fact.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let per = fact.per.as_ref().map_or(String::new(), |per| format!("/{per}"));
    format!("{metric}{entity}: {}{max}{of}{unit}{per}", fact.value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::samples;

    #[test]
    fn an_annotation_selects_its_quote_by_words_and_places() {
        let fact = samples::plain(12);
        let json = serde_json::to_value(annotation(&fact, Some(3..5))).unwrap();
        assert_eq!(json["type"], "Annotation");
        // One address alone is to be fetched, that of the standard; every other key is defined in place.
        assert_eq!(json["@context"][0], "http://www.w3.org/ns/anno.jsonld");
        for key in ["kind", "fact"] {
            assert!(json["@context"][1].get(key).is_some() && json["body"].get(key).is_some(), "{key}");
        }
        let selectors = json["target"]["selector"].as_array().unwrap();
        assert_eq!(selectors[0]["exact"], "12");
        assert_eq!(selectors[0]["prefix"], "Có ");
        assert_eq!(selectors[1]["start"], 3);
        assert_eq!(selectors[2]["type"], "DataPositionSelector");
        assert_eq!(json["body"]["fact"]["id"], *fact.id);
    }
}
