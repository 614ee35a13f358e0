//! Facts in the formats of other annotation tools.

pub mod annotation;
pub mod brat;

use std::ops::Range;

use crate::fact::Fact;
use crate::text::Text;

/// Where the quote stands in the normalized text: the occurrence that comes from the bytes that the fact cites.
pub fn place(text: &Text<'_>, fact: &Fact<'_>) -> Option<Range<usize>> {
    let quote = &*fact.source.quote;
    let found = memchr::memmem::find_iter(text.as_str().as_bytes(), quote.as_bytes());
    let mut spans = found.map(|at| at..at + quote.len());
    spans.find(|span| !quote.is_empty() && text.raw(span.clone()) == fact.source.bytes)
}

/// The same place in characters.
pub fn characters(text: &Text<'_>, span: &Range<usize>) -> Range<usize> {
    let count = |part: Range<usize>| text.as_str().get(part).map_or(0, |part| part.chars().count());
    let start = count(0..span.start);
    start..start + count(span.clone())
}

/// `metric (entity): value unit`, as far as there are.
fn summary(fact: &Fact<'_>) -> String {
    let metric = fact.metric.as_ref().map_or(fact.kind.as_str(), |metric| &metric.text);
    let entity = fact.entity.as_ref().map_or(String::new(), |entity| format!(" ({})", entity.text));
    let max = fact.value_max.map_or(String::new(), |max| format!("–{}", max.normalize()));
    let of = fact.denominator.map_or(String::new(), |of| format!("/{}", of.normalize()));
    let unit = fact.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let per = fact.per.as_ref().map_or(String::new(), |per| format!("/{per}"));
    format!("{metric}{entity}: {}{max}{of}{unit}{per}", fact.value.normalize())
}
