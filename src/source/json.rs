//! A JSON object as a page.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::fields::Fields;
use super::json_object::Found;
use super::sidecar::parse_date;
use super::stream::Stream;
use super::{Format, Problem, RawPage};

/// A file of JSON objects.
#[derive(Debug)]
pub(super) struct JsonFile {
    pub(super) path: String,
    /// Its name, where it is in an archive.
    record: Option<String>,
    /// The user named it, or told which fields to read.
    wanted: bool,
    /// Whether its first object is a page, or broken: objects of other files without text are no loss.
    begins_with_page: OnceLock<bool>,
    fields: Arc<Fields>,
}

impl JsonFile {
    pub(super) fn new(stream: &Stream, fields: Arc<Fields>) -> Arc<Self> {
        let wanted = stream.named || fields.text.is_some();
        let (path, record) = (stream.path.clone(), stream.record.clone());
        Arc::new(Self { path, record, wanted, begins_with_page: OnceLock::new(), fields })
    }

    /// Takes a look at the first object before any thread parses one, so that all of them know the same.
    pub(super) fn begin(&self, first: &[u8]) {
        if !self.wanted {
            let is_page = Found::parse(first, &self.fields).map_or(true, |found| found.text.is_some());
            // A file has one first object.
            let _ = self.begins_with_page.set(is_page);
        }
    }

    /// Whether an object without text is worth telling.
    fn tells(&self) -> bool {
        self.wanted || self.begins_with_page.get().is_none_or(|is_page| *is_page)
    }
}

/// An object that was cut out of a JSON file but not parsed yet.
#[derive(Debug)]
pub struct JsonRecord {
    pub(super) file: Arc<JsonFile>,
    /// Its line, or its place in the array, from 1; the name of the record where the object has no id.
    pub(super) name: String,
    /// The first of its file: the one that says what is missing from all.
    pub(super) first: bool,
    /// Byte offset in the file, after decompression.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
}

impl JsonRecord {
    /// The page in it; `None` where it has no text, and nor has the file.
    ///
    /// # Errors
    /// Where it is broken JSON, or has no field that could be the text.
    pub(super) fn parse(self) -> Result<Option<RawPage<'static>>, Problem> {
        let found = match Found::parse(&self.bytes, &self.file.fields) {
            Ok(found) => found,
            Err(error) => return Err(self.problem(format!("broken JSON: {}", without_place(&error)))),
        };
        match found.text {
            Some(_) => Ok(Some(self.page(found))),
            None if self.first => Err(self.no_text()),
            None if self.file.tells() => {
                let name = self.named(found.id);
                Err(Problem::without_text(self.file.path.as_str(), name).at(self.offset))
            }
            None => Ok(None),
        }
    }

    fn page(&self, found: Found<'_>) -> RawPage<'static> {
        let text = found.text.map(|(_, text)| text.into_owned()).unwrap_or_default();
        let format = Format::of_text(text.as_bytes());
        let dated = self.file.fields.date_is_named() || !found.crawled;
        RawPage {
            path: self.file.path.clone().into(),
            record: Some(self.named(found.id).into()),
            uri: found.uri.map(|(_, uri)| uri.into_owned().into()),
            title: found.title.map(|(_, title)| title.into_owned().into()),
            published: found.date.filter(|_| dated).and_then(|(_, text)| parse_date(&text).ok()),
            format,
            // Strings of JSON are Unicode, whatever stood in the page they were made of.
            encoding: Some(crate::text::Encoding::Utf8),
            bytes: text.into_bytes().into(),
        }
    }

    /// The name of the record: its own, within what it is in, or its place.
    fn named(&self, own: Option<Cow<'_, str>>) -> String {
        match (own, &self.file.record) {
            (Some(own), Some(outer)) => format!("{outer}/{own}"),
            (Some(own), None) => own.into_owned(),
            (None, _) => self.name.clone(),
        }
    }

    fn no_text(&self) -> Problem {
        let what = format!("no field that holds a page {}", self.file.fields.looked_for());
        let problem = self.problem(what).for_want_of_a_field();
        if self.file.wanted { problem } else { Problem { severity: super::Severity::Note, ..problem } }
    }

    fn problem(&self, what: impl fmt::Display) -> Problem {
        Problem::error(self.file.path.as_str(), what).in_record(Some(self.name.as_str())).at(self.offset)
    }
}

/// What is wrong with a record. Its own first line is seldom the first of the file, and who says so knows where it begins.
pub(crate) fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(&*said, |(why, _)| why).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(json: &str) -> JsonRecord {
        let file = JsonFile {
            path: "a.jsonl".into(),
            record: None,
            wanted: true,
            begins_with_page: OnceLock::new(),
            fields: Arc::default(),
        };
        JsonRecord {
            file: Arc::new(file),
            name: "7".into(),
            first: true,
            offset: 0,
            bytes: json.as_bytes().to_vec(),
        }
    }

    #[test]
    fn takes_the_surest_field_and_the_id() {
        let json = r#"{"id":42,"body":"hai","text":"m\u1ed9t","url":"u","published":"2020-05-06T01:02:03Z"}"#;
        let page = record(json).parse().unwrap().unwrap();
        assert_eq!(&*page.bytes, "một".as_bytes());
        assert_eq!((page.record.as_deref(), page.uri.as_deref()), (Some("42"), Some("u")));
        assert_eq!(page.published, Some(jiff::civil::date(2020, 5, 6)));
    }

    #[test]
    fn the_day_of_a_crawl_is_no_date_of_publication() {
        let json = r#"{"text":"a","date":"2020-05-06","dump":"CC-MAIN-2020-24"}"#;
        assert_eq!(record(json).parse().unwrap().unwrap().published, None);
    }

    #[test]
    fn html_in_a_field_is_html() {
        let json = r#"{"content":"<p>mot</p>"}"#;
        let page = record(json).parse().unwrap().unwrap();
        assert_eq!((page.format, page.record.as_deref()), (Format::Html, Some("7")));
    }

    #[test]
    fn broken_deep_and_empty_objects_are_problems() {
        assert!(record(r#"{"text":"a""#).parse().is_err());
        assert!(record(&format!(r#"{{"x":{}"#, "[".repeat(100_000))).parse().is_err());
        assert!(record(r#"{"other":"a"}"#).parse().is_err());
        for json in [r#"{"id":"b","other":"a"}"#, r#"{"id":"b","text":5}"#, r#"{"id":"b","text":""}"#] {
            let problem = JsonRecord { first: false, ..record(json) }.parse().unwrap_err();
            assert!(problem.without_text && problem.record.as_deref() == Some("b"), "{problem}");
        }
    }
}
