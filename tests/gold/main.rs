//! Scores the binary on the project's own annotated pages (`fixtures/gold/README.md`) and holds it to floors.
//!
//! A fact is right when it overlaps an expected one in the text and agrees with it in kind, value, upper end and
//! denominator; each field is then scored over the facts that are right. The lines kept as the article are scored by
//! their characters.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

mod fields;
mod lines;
mod page;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use lines::Kept;
use page::{Page, Prediction};

/// What each set must reach, in thousandths; a measure that is not named is only printed.
const FLOORS: &[(&str, usize)] = &[
    ("precision", 970),
    ("recall", 970),
    ("lines", 980),
    ("unit", 960),
    ("per", 950),
    ("qualifier", 960),
    ("direction", 960),
    ("is_change", 960),
    ("status", 940),
    ("time", 850),
];

#[test]
fn seeds_hold_their_floors() {
    check("fixtures/gold/seeds", "seeds", FLOORS);
}

#[test]
fn articles_hold_their_floors() {
    check("fixtures/gold/articles", "fixtures/gold/articles", FLOORS);
}

fn check(gold: &str, texts: &str, floors: &[(&str, usize)]) {
    let mut tally = Tally::default();
    let mut kept = Kept::default();
    for page in page::read_all(Path::new(gold), Path::new(texts)) {
        kept.add(&page, Path::new(gold), &mut tally.errors);
        let predictions = extract(&page.path);
        tally.add(&page, &predictions);
    }
    println!("{}", tally.errors.join("\n"));
    let mut measures = tally.measures();
    measures.insert("lines", kept.f1());
    println!("{gold}: {measures:?}");
    for (measure, floor) in floors {
        let got = measures.get(measure).copied().unwrap_or(0);
        assert!(got >= *floor, "{gold}: {measure} is {got}, the floor is {floor} (thousandths)");
    }
}

fn extract(path: &Path) -> Vec<Prediction> {
    let done = Command::new(env!("CARGO_BIN_EXE_solieu")).arg("extract").arg(path).output().unwrap();
    assert!(done.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What became of expected and predicted facts.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
    /// Field → (right, scored).
    fields: BTreeMap<&'static str, (usize, usize)>,
    errors: Vec<String>,
}

impl Tally {
    fn add(&mut self, page: &Page, predictions: &[Prediction]) {
        let mut used = vec![false; page.gold.len()];
        for prediction in predictions {
            let touching: Vec<usize> =
                (0..page.gold.len()).filter(|&i| page.gold[i].overlaps(prediction)).collect();
            match touching.iter().copied().find(|&i| !used[i] && page.gold[i].same_value(prediction)) {
                Some(i) => {
                    used[i] = true;
                    if !page.gold[i].optional {
                        self.right += 1;
                        self.add_fields(page, i, prediction);
                    }
                }
                None if touching.iter().any(|&i| page.gold[i].optional) => {}
                None if touching.is_empty() && !prediction.has_digit() => {}
                None => {
                    self.wrong += 1;
                    self.errors.push(format!("{}: false {prediction}", page.name));
                }
            }
        }
        for (gold, _) in page.gold.iter().zip(&used).filter(|(gold, used)| !gold.optional && !**used) {
            self.missed += 1;
            self.errors.push(format!("{}: missed {:?}", page.name, gold.n));
        }
    }

    fn add_fields(&mut self, page: &Page, i: usize, prediction: &Prediction) {
        for (field, verdict) in fields::compare(&page.gold[i], prediction) {
            let Some(right) = verdict else { continue };
            let count = self.fields.entry(field).or_default();
            count.0 += usize::from(right);
            count.1 += 1;
            if !right {
                self.errors.push(format!("{}: {field} of {prediction}", page.name));
            }
        }
    }

    /// All measures in thousandths.
    fn measures(&self) -> BTreeMap<&'static str, usize> {
        let share = |part: usize, whole: usize| (part * 1000).checked_div(whole).unwrap_or(0);
        let fields = self.fields.iter().map(|(field, (right, all))| (*field, share(*right, *all)));
        let mut measures: BTreeMap<_, _> = fields.collect();
        measures.insert("precision", share(self.right, self.right + self.wrong));
        measures.insert("recall", share(self.right, self.right + self.missed));
        measures
    }
}
