//! W3C Web Annotation Data Model (<https://www.w3.org/TR/annotation-model/>), one JSON-LD object a fact.
//!
//! The two keys that the model does not know are defined in the annotation itself: an address of a context of our own
//! would have to be fetched by every reader. The record is JSON as it is (`@json`), since its keys mean other things than
//! those of the model with the same names.

use std::ops::Range;

use serde::Serialize;

use super::summary;
use crate::fact::{Fact, Kind, Source};
use crate::text::Text;

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

/// Where a quote stands in its page.
#[derive(Debug, Clone)]
pub struct Place {
    characters: Range<usize>,
    /// The byte of the sentence at which it begins, where the page has that sentence.
    in_sentence: Option<usize>,
}

impl Place {
    /// Finds the quote that the fact cites in the text of its page.
    pub fn find(text: &Text<'_>, fact: &Fact<'_>) -> Option<Self> {
        let span = super::place(text, fact)?;
        let Source { quote, sentence, .. } = &fact.source;
        let mut places = sentence.match_indices(&**quote).map(|(at, _)| at);
        let stands = |at: usize| {
            let before = span.start.checked_sub(at).and_then(|start| text.as_str().get(start..));
            before.is_some_and(|page| page.starts_with(&**sentence))
        };
        Some(Self { characters: super::characters(text, &span), in_sentence: places.find(|&at| stands(at)) })
    }
}

/// The annotation of a fact; `place` says where its quote stands in the page, where that could be read.
pub fn annotation<'a>(fact: &'a Fact<'a>, place: Option<Place>) -> Annotation<'a> {
    let source = &fact.source;
    let (prefix, suffix) = around(source, place.as_ref().and_then(|place| place.in_sentence));
    let mut selector = vec![Selector::TextQuoteSelector { exact: &source.quote, prefix, suffix }];
    if let Some(Place { characters, .. }) = place {
        selector.push(Selector::TextPositionSelector { start: characters.start, end: characters.end });
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

/// What stands before and after the quote in its sentence, where it begins at the byte `at`. Where that is not known, a
/// sentence that has the quote twice does not tell which is meant.
fn around<'a>(source: &'a Source<'_>, at: Option<usize>) -> (&'a str, &'a str) {
    let Source { quote, sentence, .. } = source;
    let mut found = sentence.match_indices(&**quote).map(|(at, _)| at);
    let only = match (found.next(), found.next()) {
        (only, None) => only,
        _ => None,
    };
    let Some(at) = at.or(only) else { return ("", "") };
    (&sentence[..at], &sentence[at + quote.len()..])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::samples;

    #[test]
    fn an_annotation_selects_its_quote_by_words_and_places() {
        let fact = samples::plain(12);
        let place = Place { characters: 3..5, in_sentence: None };
        let json = serde_json::to_value(annotation(&fact, Some(place))).unwrap();
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

    #[test]
    fn of_a_quote_that_its_sentence_has_twice_the_cited_one_is_selected() {
        let page = "Mưa to. Lúa tăng 5%, ngô tăng 5% và sắn giảm.";
        let sentence = "Lúa tăng 5%, ngô tăng 5% và sắn giảm.";
        let text = Text::read(page.as_bytes());
        let of = |at: usize| {
            let mut fact = samples::plain(5);
            fact.source.quote = "tăng 5%".into();
            fact.source.sentence = sentence.into();
            fact.source.bytes = at..at + "tăng 5%".len();
            fact
        };
        let quoted = |fact: &Fact<'_>, place| {
            let json = serde_json::to_value(annotation(fact, place)).unwrap();
            let selector = &json["target"]["selector"][0];
            ["prefix", "suffix"].map(|key| selector[key].as_str().unwrap_or_default().to_owned())
        };
        let (first, second) = (of(page.find("tăng").unwrap()), of(page.rfind("tăng").unwrap()));
        let place = |fact| Some(Place::find(&text, fact).unwrap());
        assert_eq!(quoted(&first, place(&first)), ["Lúa ", ", ngô tăng 5% và sắn giảm."]);
        assert_eq!(quoted(&second, place(&second)), ["Lúa tăng 5%, ngô ", " và sắn giảm."]);
        // Nothing tells the two apart without the page, or where the page has the quote, but another sentence.
        assert_eq!(quoted(&second, None), ["", ""]);
        let moved = Some(Place { characters: 0..7, in_sentence: None });
        assert_eq!(quoted(&second, moved), ["", ""]);
    }
}
