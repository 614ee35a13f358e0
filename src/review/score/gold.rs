//! Annotated facts: what an extraction should have found.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::fact::{Fact, Kind};
use crate::review::gold::occurrence;

/// A fact that stands in an annotated page.
#[derive(Debug)]
pub(super) struct Gold {
    fields: Map<String, Value>,
    /// Where its number stands in the page, in bytes.
    span: Range<usize>,
    /// It may be found or not.
    pub(super) optional: bool,
}

/// An annotated page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) text: Vec<u8>,
    pub(super) facts: Vec<Gold>,
}

/// All annotated pages of a folder, in the order of their names.
pub(super) fn read_all(gold: &Path, texts: Option<&Path>) -> io::Result<Vec<Page>> {
    let texts = texts.map_or_else(|| find_texts(gold), |dir| Ok(dir.to_owned()))?;
    let mut files: Vec<PathBuf> =
        fs::read_dir(gold)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    if files.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "no annotated facts (NAME.jsonl) in this folder",
        ));
    }
    files.iter().map(|file| read(file, &texts)).collect()
}

/// The folder of the texts: the gold folder itself, else `seeds` beside its parent, else `seeds` of the grandparent.
fn find_texts(gold: &Path) -> io::Result<PathBuf> {
    let whole = fs::canonicalize(gold)?;
    let beside = whole.ancestors().skip(1).take(3).map(|dir| dir.join("seeds"));
    let has_texts = |dir: &PathBuf| {
        let mut entries = fs::read_dir(dir).into_iter().flatten().flatten();
        entries.any(|entry| entry.path().extension().is_some_and(|e| e == "txt"))
    };
    let mut dirs = std::iter::once(whole.clone()).chain(beside);
    dirs.find(has_texts)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "the texts are not there: name their folder"))
}

fn read(file: &Path, texts: &Path) -> io::Result<Page> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let wrong =
        |what: String| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {what}", file.display()));
    let path = texts.join(format!("{name}.txt"));
    let text = fs::read_to_string(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    let lines = fs::read_to_string(file)?;
    let mut facts = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let fields: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        let number = fields.get("n").and_then(Value::as_str).unwrap_or_default();
        let at = fields
            .get("at")
            .and_then(Value::as_u64)
            .map_or(1, |at| usize::try_from(at).unwrap_or(usize::MAX));
        let span = occurrence::locate(&text, number, at)
            .ok_or_else(|| wrong(format!("{number:?} does not stand {at} times in the text")))?;
        let optional = fields.get("optional").is_some_and(|value| value == &Value::Bool(true));
        facts.push(Gold { fields, span, optional });
    }
    Ok(Page { name, path, text: text.into_bytes(), facts })
}

impl Gold {
    /// The number as written.
    pub(super) fn number(&self) -> &str {
        self.fields.get("n").and_then(Value::as_str).unwrap_or_default()
    }

    /// All values of a field that are right; an empty text where the field is absent.
    pub(super) fn wanted(&self, field: &str) -> Vec<Value> {
        match self.fields.get(field) {
            Some(Value::Array(any)) => any.clone(),
            Some(one) => vec![one.clone()],
            None => vec![Value::String(String::new())],
        }
    }

    /// The first of its kinds.
    pub(super) fn kind(&self) -> String {
        self.wanted("kind").first().and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Its value as written.
    pub(super) fn value(&self) -> String {
        self.fields.get("value").map(plain).unwrap_or_default()
    }

    /// All values of a field that are right; nothing where nobody has said.
    pub(super) fn annotated(&self, field: &str) -> Option<Vec<Value>> {
        let wanted = self.fields.contains_key(field).then(|| self.wanted(field));
        wanted.filter(|wanted| !wanted.iter().any(|value| value == "*"))
    }

    pub(super) fn overlaps(&self, fact: &Fact<'_>) -> bool {
        self.meets(&fact.source.bytes)
    }

    /// Whether the number and these bytes of the page have some in common.
    pub(super) fn meets(&self, bytes: &Range<usize>) -> bool {
        bytes.start < self.span.end && self.span.start < bytes.end
    }

    /// Whether kind, value, upper end and denominator agree; of money the currency, too.
    pub(super) fn matches(&self, fact: &Fact<'_>) -> bool {
        let kind = self.wanted("kind").iter().any(|kind| kind == fact.kind.as_str());
        let denominator =
            !self.fields.contains_key("of") || self.decimal("of") == fact.denominator.map(|v| v.normalize());
        let currency = || self.fields.get("unit").and_then(Value::as_str) == fact.unit.as_deref();
        kind && self.decimal("value") == Some(fact.value.normalize())
            && self.decimal("max") == fact.value_max.map(|v| v.normalize())
            && denominator
            && (fact.kind != Kind::Money || currency())
    }

    fn decimal(&self, field: &str) -> Option<Decimal> {
        plain(self.fields.get(field)?).parse::<Decimal>().ok().map(|value| value.normalize())
    }
}

/// A text or number as text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
