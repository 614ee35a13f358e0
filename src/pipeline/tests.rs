use std::sync::{Arc, Mutex};

use super::*;
use crate::rules::RuleSources;
use crate::sink::{Checkpoint, Summary};

/// The record that makes the program panic.
pub(super) const PANICS: &str = "panics";

/// What a run gave: facts, contents that were read, and the tally after each unit.
#[derive(Default)]
struct Given {
    facts: Vec<u8>,
    seen: Vec<u128>,
    tallies: Vec<Tally>,
}

struct Kept(Arc<Mutex<Given>>);

impl Sink for Kept {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.0.lock().unwrap().facts.extend(lines);
        Ok(())
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.0.lock().unwrap().tallies.push(checkpoint.tally.clone());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
        Ok(Summary::default())
    }
}

impl Reporter for Kept {
    fn problem(&mut self, _: &Problem) {}

    fn seen(&mut self, contents: &[u128]) {
        self.0.lock().unwrap().seen.extend(contents);
    }
}

fn read(pages: &str, resume: Option<Resume>, extractor: &LazyExtractor) -> Given {
    let given = Arc::new(Mutex::new(Given::default()));
    let filter = Filter { seen: Some(std::collections::HashSet::new()), ..Filter::default() };
    let options = Options { filter, duplicates: Some(Duplicates::Drop), resume, ..Options::default() };
    let feed = Feed::of_bytes("a.jsonl", pages.as_bytes().to_vec());
    let sink = Box::new(Kept(Arc::clone(&given)));
    run(feed, extractor, &options, sink, &mut Kept(Arc::clone(&given))).unwrap();
    std::mem::take(&mut given.lock().unwrap())
}

#[test]
fn a_run_that_goes_on_knows_no_more_of_a_page_that_panicked() {
    let page = |id: &str, i: usize| {
        let text = format!("Thôn số {i} của xã {} trồng thêm {} ha chè.\n", i * 7, i + 2).repeat(3);
        serde_json::json!({ "id": id, "text": text }).to_string() + "\n"
    };
    let first: String = (0..64).map(|i| page(if i == 9 { PANICS } else { "a" }, i)).collect();
    let second: String = [9, 10, 99].map(|i| page("b", i)).concat();
    let extractor = LazyExtractor::new(RuleSources::builtin());
    let whole = read(&(first.clone() + &second), None, &extractor);
    let before = read(&first, None, &extractor);
    assert_eq!((before.tallies.len(), before.tallies[0].problems, before.seen.len()), (1, 1, 63));
    let resume = Resume { units: 1, tally: before.tallies[0].clone() };
    let rest = read(&(first + &second), Some(resume), &extractor);
    assert!([before.facts, rest.facts].concat() == whole.facts);
    assert_eq!(rest.seen, whole.seen);
    assert_eq!((rest.tallies.last(), whole.tallies[1].duplicates), (whole.tallies.last(), 1));
}
