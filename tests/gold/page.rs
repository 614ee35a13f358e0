//! Annotated pages and what the binary says of them.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

/// One page with its expected facts.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) gold: Vec<Gold>,
}

/// One value or several that are all right.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Choice {
    One(String),
    Any(Vec<String>),
}

impl Choice {
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Any(any) => any,
        }
    }
}

/// A decimal written as a string.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Exact(Decimal);

impl TryFrom<String> for Exact {
    type Error = rust_decimal::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

/// An expected fact.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gold {
    pub(crate) n: String,
    at: usize,
    kind: Choice,
    value: Exact,
    max: Option<Exact>,
    of: Option<Exact>,
    pub(crate) unit: Option<Choice>,
    pub(crate) per: Option<Choice>,
    pub(crate) qual: Option<Choice>,
    pub(crate) dir: Option<Choice>,
    delta: Option<Value>,
    pub(crate) status: Option<Choice>,
    pub(crate) time: Option<Choice>,
    #[serde(rename = "base")]
    _base: Option<Choice>,
    pub(crate) metric: Option<Choice>,
    pub(crate) entity: Option<Choice>,
    #[serde(rename = "theme")]
    _theme: Option<Choice>,
    #[serde(default)]
    pub(crate) optional: bool,
    #[serde(skip)]
    span: Range<usize>,
}

impl Gold {
    pub(crate) fn overlaps(&self, prediction: &Prediction) -> bool {
        let [start, end] = prediction.bytes();
        start < self.span.end && self.span.start < end
    }

    pub(crate) fn same_value(&self, prediction: &Prediction) -> bool {
        let kind = prediction.text("kind").unwrap_or_default();
        let money = kind != "money"
            || self
                .unit
                .as_ref()
                .is_some_and(|unit| unit.all().iter().any(|u| Some(u.as_str()) == prediction.text("unit")));
        self.kind.all().iter().any(|k| k == kind)
            && money
            && prediction.number("value") == Some(self.value)
            && prediction.number("value_max") == self.max
            && (self.of.is_none() || prediction.number("denominator") == self.of)
    }

    /// Whether the value must be an amount of change; nothing where that is not scored.
    pub(crate) fn change(&self) -> Option<bool> {
        match &self.delta {
            Some(Value::Bool(change)) => Some(*change),
            Some(_) => None,
            None => Some(false),
        }
    }
}

/// A record as the binary printed it.
#[derive(Deserialize)]
pub(crate) struct Prediction(Value);

impl Prediction {
    fn bytes(&self) -> [usize; 2] {
        serde_json::from_value(self.0["source"]["bytes"].clone()).unwrap()
    }

    /// The string at `key`, or its `text` where it is an object.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.0[key].as_str().or_else(|| self.0[key]["text"].as_str())
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.0[key].as_bool().unwrap_or(false)
    }

    /// First and last day and where they come from.
    pub(crate) fn time(&self) -> Option<[Option<&str>; 3]> {
        let time = self.0.get("time")?;
        Some(["start", "end", "source"].map(|key| time[key].as_str()))
    }

    fn number(&self, key: &str) -> Option<Exact> {
        self.0.get(key).map(|number| Exact(number.to_string().parse().unwrap()))
    }

    pub(crate) fn has_digit(&self) -> bool {
        self.0["source"]["quote"].as_str().unwrap().bytes().any(|b| b.is_ascii_digit())
    }
}

impl fmt::Display for Prediction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} at line {}", self.0["kind"], self.0["source"]["quote"], self.0["source"]["line"])
    }
}

/// All pages that have expected facts in `gold`, in the order of their names.
pub(crate) fn read_all(gold: &Path, texts: &Path) -> Vec<Page> {
    let entries = std::fs::read_dir(gold).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).collect();
    files.sort();
    assert!(!files.is_empty(), "no expected facts in {}", gold.display());
    files.iter().map(|file| read(file, texts)).collect()
}

fn read(file: &Path, texts: &Path) -> Page {
    let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
    let path = texts.join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = std::fs::read_to_string(file).unwrap();
    let mut gold: Vec<Gold> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for fact in &mut gold {
        fact.span = locate(&text, &fact.n, fact.at);
    }
    Page { name, path, gold }
}

/// Where the `at`-th occurrence of `n` stands that is no part of a longer number or word.
fn locate(text: &str, n: &str, at: usize) -> Range<usize> {
    let mut free = text
        .match_indices(n)
        .map(|(start, _)| start..start + n.len())
        .filter(|span| stands_alone(text, span));
    free.nth(at - 1).unwrap_or_else(|| panic!("{n:?} does not occur {at} times"))
}

fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let number_mark = |c: char| matches!(c, '.' | ',' | '/');
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut before = text[..span.start].chars().rev();
    let mut after = text[span.end..].chars();
    let (b, a) = (before.next(), after.next());
    let joined_before = b.is_some_and(|c| c.is_alphanumeric() || c == '_')
        || (b.is_some_and(number_mark) && digit(before.next()));
    let ends_in_digit = digit(text[span.clone()].chars().next_back());
    let joined_after = ends_in_digit && (digit(a) || (a.is_some_and(number_mark) && digit(after.next())));
    !joined_before && !joined_after
}
