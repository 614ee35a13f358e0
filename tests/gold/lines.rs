//! Which lines of a page are kept as the article, against `NAME.lines.json`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::page::Page;

#[derive(Deserialize)]
struct Labels {
    content: Vec<u64>,
    either: Vec<u64>,
}

/// Characters of lines that were rightly kept, wrongly kept, and lost.
#[derive(Default)]
pub(crate) struct Kept {
    right: usize,
    wrong: usize,
    lost: usize,
}

impl Kept {
    /// Adds the lines of one page, with a message for each that is judged wrongly.
    pub(crate) fn add(&mut self, page: &Page, gold: &Path, errors: &mut Vec<String>) {
        let labels = std::fs::read_to_string(gold.join(format!("{}.lines.json", page.name))).unwrap();
        let labels: Labels = serde_json::from_str(&labels).unwrap();
        let kept = strip(&page.path);
        let text = std::fs::read_to_string(&page.path).unwrap();
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.trim().is_empty() || labels.either.contains(&number) {
                continue;
            }
            let (want, got) = (labels.content.contains(&number), kept.get(&number).copied().unwrap_or(false));
            let size = line.chars().count();
            match (want, got) {
                (true, true) => self.right += size,
                (false, true) => self.wrong += size,
                (true, false) => self.lost += size,
                (false, false) => {}
            }
            if want != got {
                errors.push(format!("{}:{number}: {}", page.name, if want { "lost" } else { "kept" }));
            }
        }
    }

    /// Harmonic mean of precision and recall, in thousandths.
    pub(crate) fn f1(&self) -> usize {
        (2000 * self.right).checked_div(2 * self.right + self.wrong + self.lost).unwrap_or(0)
    }
}

/// Line number → whether it was kept.
fn strip(path: &Path) -> BTreeMap<u64, bool> {
    let done =
        Command::new(env!("CARGO_BIN_EXE_solieu")).args(["strip", "--json"]).arg(path).output().unwrap();
    assert!(done.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&done.stderr));
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        (row["line"].as_u64().unwrap(), row["keep"].as_bool().unwrap())
    };
    String::from_utf8(done.stdout).unwrap().lines().map(row).collect()
}
