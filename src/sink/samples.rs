//! Facts for the tests of destinations.

use jiff::civil::date;
use rust_decimal::Decimal;

use crate::fact::{
    Base, Direction, Fact, Kind, Label, MAX_ID_BYTES, Qualifier, Source, Status, Time, TimeRole, TimeSource,
};

/// A fact with only what every fact has.
pub(crate) fn plain(n: usize) -> Fact<'static> {
    Fact {
        id: format!("{n:032x}").into(),
        kind: Kind::Count,
        value: Decimal::from(n),
        value_max: None,
        denominator: None,
        unit: None,
        per: None,
        qualifier: None,
        direction: None,
        is_change: false,
        status: Status::Actual,
        time: None,
        base: None,
        metric: None,
        entity: None,
        theme: None,
        source: source(n, &n.to_string()),
        rule: "count".into(),
        duplicates_of: None,
    }
}

/// A fact with all that a fact can have, its texts made of `text`, its identifiers of the beginning of that.
pub(crate) fn full(n: usize, text: &str) -> Fact<'static> {
    let own = || std::borrow::Cow::Owned(text.to_owned());
    let id = || text.chars().take(MAX_ID_BYTES / 4).collect::<String>().into();
    let day = date(2020, 6, 30);
    Fact {
        value: "-79228162514264337593543950.335".parse().unwrap(),
        value_max: Some("0.0000000000000000000000000001".parse().unwrap()),
        denominator: Some(Decimal::MAX),
        unit: Some(own()),
        per: Some(own()),
        qualifier: Some(Qualifier::AtLeast),
        direction: Some(Direction::Decrease),
        is_change: true,
        status: Status::Estimate,
        time: Some(Time {
            start: Some(date(2020, 1, 1)),
            end: Some(day),
            role: TimeRole::AsOf,
            text: Some(own()),
            source: TimeSource::Context,
        }),
        base: Some(Base { text: own(), start: None, end: Some(day) }),
        metric: Some(Label { id: Some(id()), text: own() }),
        entity: Some(Label { id: Some(id()), text: own() }),
        theme: Some(own()),
        source: Source {
            path: own(),
            record: Some(own()),
            uri: Some(own()),
            title: Some(own()),
            published: Some(day),
            ..source(n, text)
        },
        rule: own(),
        ..plain(n)
    }
}

fn source(n: usize, quote: &str) -> Source<'static> {
    Source {
        path: format!("page {:04}.txt", n / 10).into(),
        record: None,
        uri: None,
        title: None,
        published: None,
        sha256: "ab".repeat(32).into(),
        bytes: n..n + quote.len(),
        line: 1 + n % 10,
        column: 1,
        quote: quote.to_owned().into(),
        sentence: format!("Có {quote} dịch vụ.").into(),
    }
}

/// Facts whose texts have broken many a database: quotes, commands, NUL, marks of direction, one megabyte.
pub(crate) fn hostile() -> Vec<Fact<'static>> {
    let long = "dài ".repeat(1 << 18);
    let texts = [
        "'; DROP TABLE facts; --",
        "\"quoted\", with, commas\r\nand\nlines",
        "\0nul\0 inside\0",
        "\u{202E}\u{200F}right to left\u{2066}\u{FEFF}",
        "\\N \\. \t \u{FDD0}0 \u{FFFF} \u{10FFFF}",
        "",
        "NULL",
        &long,
    ];
    let full = texts.iter().enumerate().map(|(n, text)| full(n, text));
    full.chain((100..120).map(plain)).collect()
}

/// The facts as a facts file.
pub(crate) fn lines(facts: &[Fact<'_>]) -> Vec<u8> {
    let mut lines = Vec::new();
    for fact in facts {
        serde_json::to_writer(&mut lines, fact).unwrap();
        lines.push(b'\n');
    }
    lines
}
