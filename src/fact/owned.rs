//! Records that outlive the line that they were read from.

use std::borrow::Cow;

use super::{Base, Fact, Label, PageName, Source, Time};

fn text(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn maybe(of: Option<Cow<'_, str>>) -> Option<Cow<'static, str>> {
    of.map(text)
}

impl Fact<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> Fact<'static> {
        Fact {
            id: text(self.id),
            kind: self.kind,
            value: self.value,
            value_max: self.value_max,
            denominator: self.denominator,
            unit: maybe(self.unit),
            per: maybe(self.per),
            qualifier: self.qualifier,
            direction: self.direction,
            is_change: self.is_change,
            status: self.status,
            time: self.time.map(Time::into_owned),
            base: self.base.map(Base::into_owned),
            metric: self.metric.map(Label::into_owned),
            entity: self.entity.map(Label::into_owned),
            theme: maybe(self.theme),
            source: self.source.into_owned(),
            rule: text(self.rule),
            duplicates_of: self.duplicates_of.map(PageName::into_owned),
        }
    }
}

impl Time<'_> {
    fn into_owned(self) -> Time<'static> {
        Time {
            start: self.start,
            end: self.end,
            role: self.role,
            text: maybe(self.text),
            source: self.source,
        }
    }
}

impl Base<'_> {
    fn into_owned(self) -> Base<'static> {
        Base { text: text(self.text), start: self.start, end: self.end }
    }
}

impl Label<'_> {
    fn into_owned(self) -> Label<'static> {
        Label { id: maybe(self.id), text: text(self.text) }
    }
}

impl PageName<'_> {
    fn into_owned(self) -> PageName<'static> {
        PageName { path: text(self.path), record: maybe(self.record) }
    }
}

impl Source<'_> {
    fn into_owned(self) -> Source<'static> {
        Source {
            path: text(self.path),
            record: maybe(self.record),
            uri: maybe(self.uri),
            title: maybe(self.title),
            published: self.published,
            sha256: text(self.sha256),
            bytes: self.bytes,
            line: self.line,
            column: self.column,
            quote: text(self.quote),
            sentence: text(self.sentence),
        }
    }
}
