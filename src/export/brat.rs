//! brat standoff (<https://brat.nlplab.org/standoff.html>): a text file a page, and beside it its annotations.
//!
//! Offsets count characters of the page's normalized text, which is written beside the annotations. A quote that the
//! page no longer has is left out and counted.

use std::fmt::Write as _;

use super::{characters, place, summary};
use crate::fact::Fact;
use crate::text::Text;

/// The `.ann` file of a page, and how many facts were not found in it.
pub fn standoff(text: &Text<'_>, facts: &[Fact<'_>]) -> (String, usize) {
    let mut out = String::new();
    let (mut number, mut notes, mut lost) = (0, 0, 0);
    for fact in facts {
        let Some(span) = place(text, fact) else {
            lost += 1;
            continue;
        };
        number += 1;
        let words = text.as_str()[span.clone()].replace('\n', " ");
        let at = characters(text, &span);
        // Writing to a String does not fail.
        let _ = writeln!(out, "T{number}\t{} {} {}\t{words}", fact.kind.as_str(), at.start, at.end);
        attributes(fact, number, &mut notes, &mut out);
        let _ = writeln!(out, "#{number}\tAnnotatorNotes T{number}\t{}", one_line(&summary(fact)));
    }
    (out, lost)
}

fn attributes(fact: &Fact<'_>, number: usize, notes: &mut usize, out: &mut String) {
    let words = [
        Some(("status", fact.status.as_str())),
        fact.qualifier.map(|qualifier| ("qualifier", qualifier.as_str())),
        fact.direction.map(|direction| ("direction", direction.as_str())),
        fact.is_change.then_some(("is_change", "true")),
    ];
    for (name, word) in words.into_iter().flatten() {
        *notes += 1;
        let _ = writeln!(out, "A{notes}\t{name} T{number} {word}");
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// The configuration that brat needs to show the annotations.
pub const CONFIGURATION: &str = "[entities]\npercentage\npercentage_point\ncount\nmoney\nrank\nshare\nrate\nmultiple\n\
    index\nquantity\n\n[relations]\n\n[events]\n\n[attributes]\nstatus Arg:<ENTITY>, Value:actual|target|estimate\n\
    qualifier Arg:<ENTITY>, Value:about|nearly|over|under|at_least|at_most\n\
    direction Arg:<ENTITY>, Value:increase|decrease\nis_change Arg:<ENTITY>, Value:true\n";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Direction, Kind, Qualifier, Status};
    use crate::sink::samples;

    #[test]
    fn the_cited_occurrence_is_annotated_in_characters() {
        let page = "Năm 12: có 12 trạm.".as_bytes();
        let text = Text::read(page);
        let mut fact = samples::plain(12);
        let start = text.as_str().rfind("12").unwrap();
        fact.source.bytes = start..start + 2;
        let (ann, lost) = standoff(&text, &[fact.clone()]);
        assert_eq!(lost, 0);
        assert!(ann.starts_with("T1\tcount 11 13\t12\nA1\tstatus T1 actual\n"), "{ann}");
        fact.source.bytes = 0..2;
        assert_eq!(standoff(&text, &[fact]), (String::new(), 1));
    }

    fn words<T: schemars::JsonSchema>() -> Vec<String> {
        let schema = schemars::schema_for!(T).to_value();
        let listed = schema["oneOf"].as_array().unwrap().iter().map(|word| &word["const"]);
        listed.map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_configuration_has_all_words_that_facts_have() {
        let kinds = CONFIGURATION.split("\n\n").next().unwrap();
        assert_eq!(kinds.lines().skip(1).collect::<Vec<_>>(), words::<Kind>());
        let attribute = |name: &str, words: &[String]| {
            let line = format!("{name} Arg:<ENTITY>, Value:{}", words.join("|"));
            assert!(CONFIGURATION.lines().any(|found| found == line), "{line}");
        };
        attribute("status", &words::<Status>());
        attribute("qualifier", &words::<Qualifier>());
        attribute("direction", &words::<Direction>());
    }
}
