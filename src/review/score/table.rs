//! A score for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::attribute::Field;
use super::{Disagreement, Score, Share};
use crate::review::terminal::{TerminalStyle, paint};
use crate::text::plain::visible;

// Writing to a String does not fail, so the results of `write!` below are not looked at.

impl Score {
    /// Tables of the ratios, the fields, the kinds and the rules; with `errors`, all disagreements before them.
    pub fn table(&self, look: TerminalStyle, errors: bool) -> String {
        let mut out = String::new();
        if errors {
            self.errors.iter().for_each(|error| write_error(error, &mut out));
            out.push('\n');
        }
        let [precision, recall, f1] = self.ratios();
        let annotated = self.right + self.missed;
        for (name, ratio) in [("precision", precision), ("recall", recall), ("f1", f1)] {
            let _ = writeln!(out, "{name:10} {ratio:.4}");
        }
        let _ = writeln!(
            out,
            "{annotated} annotated facts: {} right, {} missed; {} false\n",
            self.right, self.missed, self.wrong
        );
        if let Some(kept) = self.lines {
            let [precision, recall, f1] = kept.ratios();
            let _ = writeln!(out, "lines kept: precision {precision:.4}, recall {recall:.4}, f1 {f1:.4}\n");
        }
        heading(look, &format!("{:10} {:>8} {:>7} {:>7}", "field", "accuracy", "right", "scored"), &mut out);
        for name in Field::ALL.map(Field::name) {
            let share = self.fields.get(name).copied().unwrap_or_default();
            let ratio = share.ratio().map_or("-".to_owned(), |ratio| format!("{ratio:.4}"));
            let _ = writeln!(out, "{name:10} {ratio:>8} {:>7} {:>7}", share.right, share.all);
        }
        out.push('\n');
        heading(look, &format!("{:20} {:>7} {:>7} {:>7}", "kind", "right", "false", "missed"), &mut out);
        for (kind, counts) in &self.kinds {
            let _ = writeln!(out, "{kind:20} {:>7} {:>7} {:>7}", counts.right, counts.wrong, counts.missed);
        }
        out.push('\n');
        self.rules(look, &mut out);
        out
    }

    /// Those that go wrong most first.
    fn rules(&self, look: TerminalStyle, out: &mut String) {
        let title = format!(
            "{:24} {:>7} {:>7}  {}",
            "rule", "right", "false", "taken for something else; wrong fields"
        );
        heading(look, &title, out);
        let mut rules: Vec<_> = self.rules.iter().collect();
        let wrong_fields = |fields: &std::collections::BTreeMap<&str, Share>| -> u64 {
            fields.values().map(|share| share.all - share.right).sum()
        };
        rules.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.wrong(), wrong_fields(&counts.fields))));
        for (rule, counts) in rules {
            let mut notes = Vec::new();
            if counts.no_fact > 0 {
                notes.push(format!("no fact: {}", counts.no_fact));
            }
            notes.extend(counts.confused.iter().map(|(what, count)| format!("{what}: {count}")));
            let wrong = counts.fields.iter().filter(|(_, share)| share.right < share.all);
            notes.extend(
                wrong.map(|(name, share)| format!("{name} {}/{}", share.all - share.right, share.all)),
            );
            let line = format!(
                "{:24} {:>7} {:>7}  {}",
                visible(rule),
                counts.right,
                counts.wrong(),
                notes.join(", ")
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }

    /// One JSON object, ratios with four decimals.
    pub fn json(&self, errors: bool) -> Value {
        let [precision, recall, f1] = self.ratios().map(rounded);
        let mut object = json!({
            "gold": self.right + self.missed, "precision": precision, "recall": recall, "f1": f1,
        });
        if let Some(kept) = self.lines {
            for (name, ratio) in
                ["lines_precision", "lines_recall", "lines_f1"].into_iter().zip(kept.ratios())
            {
                object[name] = json!(rounded(ratio));
            }
        }
        for name in Field::ALL.map(Field::name) {
            object[name] = json!(self.fields.get(name).and_then(|share| share.ratio()).map(rounded));
        }
        object["kinds"] = json!(self.kinds);
        let rules = self.rules.iter().map(|(rule, counts)| {
            let wrong = |share: &Share| json!({ "right": share.right, "scored": share.all });
            let fields: serde_json::Map<_, _> =
                counts.fields.iter().map(|(name, share)| ((*name).to_owned(), wrong(share))).collect();
            let value = json!({
                "right": counts.right, "false": counts.wrong(), "no_fact": counts.no_fact,
                "confused": counts.confused, "fields": fields,
            });
            (rule.clone(), value)
        });
        object["rules"] = Value::Object(rules.collect());
        if errors {
            object["errors"] = json!(self.errors);
        }
        object
    }
}

/// To four decimals.
fn rounded(ratio: f64) -> f64 {
    format!("{ratio:.4}").parse().unwrap_or(ratio)
}

fn heading(look: TerminalStyle, text: &str, out: &mut String) {
    paint(out, look.heading(), text);
    out.push('\n');
}

fn write_error(error: &Disagreement, out: &mut String) {
    let place = if error.line > 0 { format!("{}:{}", error.page, error.line) } else { error.page.clone() };
    let rule = if error.rule.is_empty() { String::new() } else { format!(" [{}]", error.rule) };
    let got = if error.got.is_empty() { String::new() } else { format!(", got {}", error.got) };
    let line = format!("{place}: {}: {:?}: expected {}{got}{rule}", error.what, error.number, error.expected);
    let _ = writeln!(out, "{}", visible(&line));
}
