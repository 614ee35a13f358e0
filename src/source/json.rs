//! A JSON object as a page.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::fields::{Fields, Role};
use super::sidecar::parse_date;
use super::sniff::looks_like_html;
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
        let format = if looks_like_html(text.as_bytes()) { Format::Html } else { Format::Text };
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
        let problem = self.problem(what);
        if self.file.wanted { problem } else { Problem { severity: super::Severity::Note, ..problem } }
    }

    fn problem(&self, what: impl fmt::Display) -> Problem {
        Problem::error(self.file.path.as_str(), what).in_record(Some(self.name.as_str())).at(self.offset)
    }
}

type Ranked<'a> = Option<(usize, Cow<'a, str>)>;

/// The fields of interest, each with its place in the order of preference.
#[derive(Default)]
struct Found<'a> {
    text: Ranked<'a>,
    uri: Ranked<'a>,
    title: Ranked<'a>,
    date: Ranked<'a>,
    id: Option<Cow<'a, str>>,
    crawled: bool,
}

impl<'a> Found<'a> {
    fn parse(bytes: &'a [u8], fields: &Fields) -> Result<Self, serde_json::Error> {
        // Validated as a whole, strings need not be one by one. What is not valid is named by the slower way.
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Self::read(serde_json::Deserializer::from_str(text), fields),
            Err(_) => Self::read(serde_json::Deserializer::from_slice(bytes), fields),
        }
    }

    fn read<R: serde_json::de::Read<'a>>(
        mut from: serde_json::Deserializer<R>,
        fields: &Fields,
    ) -> Result<Self, serde_json::Error> {
        let found = from.deserialize_map(ObjectVisitor(fields))?;
        from.end()?;
        Ok(found)
    }

    fn put(&mut self, role: Role, rank: usize, value: Cow<'a, str>) {
        let slot = match role {
            Role::Text => &mut self.text,
            Role::Uri => &mut self.uri,
            Role::Title => &mut self.title,
            Role::Date => &mut self.date,
            Role::Id => {
                self.id.get_or_insert(value);
                return;
            }
            Role::Crawled => {
                self.crawled = true;
                return;
            }
        };
        if !value.is_empty() && slot.as_ref().is_none_or(|(old, _)| rank < *old) {
            *slot = Some((rank, value));
        }
    }
}

struct ObjectVisitor<'f>(&'f Fields);

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<'de>, A::Error> {
        let mut found = Found::default();
        while let Some(key) = map.next_key_seed(TextSeed { numbers: false })? {
            match key.as_deref().and_then(|key| self.0.role(key)) {
                Some((role, rank)) => {
                    // A number may name a page, or its day, but is none.
                    let seed = TextSeed { numbers: role != Role::Text };
                    if let Some(value) = map.next_value_seed(seed)? {
                        found.put(role, rank, value);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

/// A string, borrowed where it has no escapes; whole numbers as their digits, where they are asked for; `None` for everything
/// else.
struct TextSeed {
    numbers: bool,
}

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextSeed {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(self.numbers.then(|| Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(self.numbers.then(|| Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
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
