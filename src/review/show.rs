//! Facts for reading: grouped by page, each with its sentence and its fields.

use anstyle::Style as Paint;

use super::diff::render::{place_name, segment, write_fields, write_sentence};
use super::field;
use super::terminal::{TerminalStyle, Wrapped, paint};
use crate::fact::{Direction, Fact, Qualifier};
use crate::text::plain::visible;

/// How facts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Sentence and fields.
    #[default]
    Fields,
    /// One line a fact.
    Brief,
    /// Every field, hashes and bytes included.
    All,
}

/// Shows facts one after another. Facts of a page must come together to stand under one heading.
#[derive(Debug)]
pub struct Shown {
    look: TerminalStyle,
    form: Form,
    page: Option<(String, Option<String>)>,
}

impl Shown {
    /// In that look and form.
    pub fn new(look: TerminalStyle, form: Form) -> Self {
        Self { look, form, page: None }
    }

    /// Appends a fact, under a heading where its page is another than that of the fact before.
    pub fn write(&mut self, fact: &Fact<'_>, out: &mut String) {
        let page = (fact.source.path.to_string(), fact.source.record.as_deref().map(ToOwned::to_owned));
        if self.page.as_ref() != Some(&page) {
            if self.page.is_some() {
                out.push('\n');
            }
            self.heading(fact, out);
            self.page = Some(page);
        }
        match self.form {
            Form::Brief => self.brief(fact, out),
            Form::Fields => self.fields(fact, out),
            Form::All => self.all(fact, out),
        }
    }

    fn heading(&self, fact: &Fact<'_>, out: &mut String) {
        let look = self.look;
        let mut wrapped = Wrapped::new(out, look, "", "  ");
        wrapped.write(look.heading(), &place_name(fact));
        wrapped.end();
        let source = &fact.source;
        let day = source.published.map(|day| day.to_string());
        for part in [source.title.as_deref(), day.as_deref(), source.uri.as_deref()].into_iter().flatten() {
            let mut wrapped = Wrapped::new(out, look, "  ", "  ");
            wrapped.write(look.faint(), part);
            wrapped.end();
        }
    }

    fn fields(&self, fact: &Fact<'_>, out: &mut String) {
        out.push('\n');
        paint(out, self.look.place(), &format!("{}:{}", fact.source.line, fact.source.column));
        out.push('\n');
        write_sentence(&segment::of(fact), self.look, Paint::new(), "  ", out);
        write_fields(fact, self.look, Paint::new(), "    ", out);
    }

    fn all(&self, fact: &Fact<'_>, out: &mut String) {
        out.push('\n');
        paint(out, self.look.place(), &visible(&fact.id));
        out.push('\n');
        for (name, value) in field::NAMES.iter().zip(field::values(fact)) {
            if let Some(value) = value {
                let mut wrapped = Wrapped::new(out, self.look, &format!("    {name:16} "), &" ".repeat(21));
                wrapped.write(Paint::new(), &value);
                wrapped.end();
            }
        }
    }

    fn brief(&self, fact: &Fact<'_>, out: &mut String) {
        let place = format!("{}:{}", fact.source.line, fact.source.column);
        paint(out, self.look.place(), &format!("  {place:10} "));
        let mut wrapped = Wrapped::new(out, self.look, "", &" ".repeat(13));
        wrapped.write(self.look.heading(), &value(fact));
        for part in parts(fact) {
            wrapped.write(Paint::new(), " · ");
            wrapped.write(Paint::new(), &part);
        }
        wrapped.end();
    }
}

/// The value with its unit, such as `35–40 %` or `86/193 quốc gia`.
pub(super) fn value(fact: &Fact<'_>) -> String {
    let mut text = fact.value.normalize().to_string();
    if let Some(max) = fact.value_max {
        text = format!("{text}–{}", max.normalize());
    }
    if let Some(of) = fact.denominator {
        text = format!("{text}/{}", of.normalize());
    }
    let unit = fact.unit.as_deref().map_or(String::new(), |unit| format!(" {unit}"));
    let per = fact.per.as_deref().map_or(String::new(), |per| format!(" / {per}"));
    format!("{text}{unit}{per}")
}

/// What else there is to say in one line.
fn parts(fact: &Fact<'_>) -> Vec<String> {
    let status = (fact.status != crate::fact::Status::Actual).then_some(fact.status.as_str());
    let mut parts: Vec<String> = words(fact).chain(status).map(ToOwned::to_owned).collect();
    parts.extend(fact.metric.as_ref().map(ToString::to_string));
    parts.extend(fact.entity.as_ref().map(ToString::to_string));
    parts.extend(fact.time.as_ref().map(period));
    parts
}

/// The sort of value and what qualifies it.
pub(super) fn words(fact: &Fact<'_>) -> impl Iterator<Item = &'static str> + use<> {
    let words = [
        Some(fact.kind.as_str()),
        fact.qualifier.map(Qualifier::as_str),
        fact.direction.map(Direction::as_str),
        fact.is_change.then_some("change"),
    ];
    words.into_iter().flatten()
}

/// The interval that a fact holds in.
pub(super) fn period(time: &crate::fact::Time<'_>) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
    match (time.start, time.end) {
        (Some(start), Some(end)) if start == end => day(Some(start)),
        (start, end) => format!("{}…{}", day(start), day(end)),
    }
}
