//! Series as a chart: SVG alone, or an HTML page with the citations below it.
//!
//! Values stand in the middle of their period. Filled circles are actual values, and those of periods of one length are joined
//! by a line, a year's with years', a quarter's with quarters'; hollow circles are estimates, diamonds targets. The paler a
//! point, the less it can be relied on; a red ring marks figures that contradict each other. Hovering over a point
//! shows its citations. Nothing is fetched from elsewhere, and no script runs.

mod page;
mod scale;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::html;

use super::table::{grouped, shown};
use super::{Confidence, Key, Observation, Series};
use crate::fact::Status;
use crate::html::safe;
use crate::rules::Catalog;
use scale::{Scale, middle};

pub use page::html;

/// How many series one chart shows: those with most observations.
const MOST: usize = 6;

/// Colours that remain apart for colour-blind eyes (Okabe and Ito, 2008).
const COLOURS: [&str; MOST] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"];

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 436.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 66.0;
const BOTTOM: f64 = 60.0;

/// For readers who have set their system to dark; other programs than browsers pass over it.
const DARK: &str = "@media (prefers-color-scheme:dark){.paper{fill:#1b1d21}.ink{fill:#e8e8e8}.dim{fill:#b4b6ba}\
                    .grid{stroke:#3a3d43}.ring{stroke:#ff7b72}}";

/// Where values and days stand.
struct Axes {
    x: Scale,
    y: Scale,
}

impl Axes {
    fn of(all: &[Series]) -> Self {
        let points = || all.iter().flat_map(|series| &series.observations);
        let x = Scale::new(points().map(|o| middle(o.period)), LEFT, WIDTH - RIGHT, false);
        let y = Scale::new(points().map(|o| number(o.amount.value)), HEIGHT - BOTTOM, TOP, true);
        Self { x, y }
    }

    fn at(&self, observation: &Observation) -> (f64, f64) {
        (self.x.at(middle(observation.period)), self.y.at(number(observation.amount.value)))
    }
}

/// For drawing only.
fn number(value: rust_decimal::Decimal) -> f64 {
    value.to_string().parse().unwrap_or(0.0)
}

/// The chart of the series that are comparable with the first: of its kind and unit.
pub fn svg(all: &[Series], names: &Catalog) -> String {
    picture(all, names, true)
}

/// The picture: alone, with its heading and styles, or for a page that has them.
fn picture(all: &[Series], names: &Catalog, alone: bool) -> String {
    let shown = comparable(all);
    let axes = Axes::of(&shown);
    let title = shown.first().map_or(String::new(), |series| escaped(&title(&series.key.metric, names)));
    let style = if alone { format!("<style>{DARK}</style>\n") } else { String::new() };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         {style}<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    if alone {
        let _ = writeln!(
            out,
            "<text class=\"ink\" x=\"{LEFT}\" y=\"18\" font-size=\"15\" font-weight=\"bold\">{title}</text>"
        );
    }
    unit(&shown, &mut out);
    grid(&axes, &mut out);
    for (series, colour) in shown.iter().zip(COLOURS) {
        lines(series, &axes, colour, &mut out);
        for observation in &series.observations {
            point(observation, &axes, colour, &mut out);
        }
    }
    legend(&shown, all.len(), names, &mut out);
    out.push_str("</svg>\n");
    out
}

/// The name that the rules give the metric, else its identifier or words.
fn title(metric: &str, names: &Catalog) -> String {
    let known = names.metrics.iter().find(|entry| entry.id == metric);
    known.map_or_else(|| metric.to_owned(), |entry| entry.name_vi.clone())
}

/// The name of the entity.
fn entity(key: &Key, names: &Catalog) -> String {
    let Some(id) = &key.entity else { return "no entity stated".to_owned() };
    let known = names.entities.iter().find(|entry| entry.id == *id);
    known.map_or_else(|| id.clone(), |entry| entry.name.clone())
}

/// What the vertical axis counts.
fn unit(shown: &[Series], out: &mut String) {
    let Some(series) = shown.first() else { return };
    let text: String = series.key.measure().chars().take(60).collect();
    let y = TOP - 10.0;
    let _ =
        writeln!(out, "<text class=\"dim\" x=\"{LEFT}\" y=\"{y}\" fill=\"#444\">{}</text>", escaped(&text));
}

fn comparable(all: &[Series]) -> Vec<Series> {
    let Some(first) = all.first() else { return Vec::new() };
    let like = |s: &&Series| {
        !s.observations.is_empty()
            && (s.key.kind, &s.key.unit, &s.key.per) == (first.key.kind, &first.key.unit, &first.key.per)
    };
    all.iter().filter(like).take(MOST).cloned().collect()
}

// Writing to a String does not fail, so the results of `write!` below are not looked at.

fn grid(axes: &Axes, out: &mut String) {
    for value in axes.y.ticks() {
        let y = axes.y.at(value);
        let _ = writeln!(
            out,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\
             <text class=\"dim\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#444\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            y + 4.0,
            scale::tick_label(value)
        );
    }
    let spans = axes.x.spans();
    for span in &spans {
        let _ = writeln!(
            out,
            "<text class=\"dim\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#444\">{}</text>",
            axes.x.at(span.middle()),
            HEIGHT - BOTTOM + 18.0,
            span.name
        );
    }
    // The name of a year stands between its beginning and its end.
    let mut bounds: Vec<f64> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    bounds.dedup();
    for x in bounds.into_iter().filter(|&day| axes.x.has(day)).map(|day| axes.x.at(day)) {
        let _ = writeln!(
            out,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{:.1}\" stroke=\"#ddd\"/>",
            HEIGHT - BOTTOM
        );
    }
}

/// Joins the actual values of periods of one length: what a quarter brings is no development of what a year brought. Of
/// those that contradict each other, none.
fn lines(series: &Series, axes: &Axes, colour: &str, out: &mut String) {
    let joined = series.observations.iter().filter(|o| o.status == Status::Actual && !o.contradicted);
    let mut lengths: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for observation in joined {
        let (x, y) = axes.at(observation);
        lengths.entry(observation.period.length()).or_default().push(format!("{x:.1},{y:.1}"));
    }
    for points in lengths.values().filter(|points| points.len() > 1) {
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>",
            points.join(" ")
        );
    }
}

fn point(observation: &Observation, axes: &Axes, colour: &str, out: &mut String) {
    let (x, y) = axes.at(observation);
    let opacity = match observation.confidence {
        Confidence::Low => 0.5,
        Confidence::Medium => 0.75,
        Confidence::High => 1.0,
    };
    let hollow = "class=\"paper\" fill=\"#fff\"".to_owned();
    let (shape, fill) = match observation.status {
        Status::Actual => {
            (format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\""), format!("fill=\"{colour}\""))
        }
        Status::Estimate => (format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\""), hollow),
        Status::Target => (format!("<path d=\"M{x:.1} {:.1}l6 6l-6 6l-6-6z\"", y - 6.0), hollow),
    };
    let _ = write!(out, "<g><title>{}</title>", tooltip(observation));
    if observation.contradicted {
        let _ = write!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\" class=\"ring\" fill=\"none\" stroke=\"#c00\"/>"
        );
    }
    let _ =
        writeln!(out, "{shape} {fill} stroke=\"{colour}\" stroke-width=\"1.5\" opacity=\"{opacity}\"/></g>");
}

/// The tooltip, escaped.
fn tooltip(observation: &Observation) -> String {
    let mut text = escaped(&format!(
        "{} {} ({}, confidence {}{})",
        observation.period.words(),
        grouped(&shown(&observation.amount)),
        observation.status.as_str(),
        observation.confidence.as_str(),
        if observation.contradicted { ", contradicted" } else { "" }
    ));
    for citation in &observation.citations {
        let day = citation.published.map_or(String::new(), |day| format!("{day} "));
        let how = if citation.by_figure { " (by the figure alone)" } else { "" };
        let (place, sentence) = (escaped(&citation.place()), escaped(&citation.sentence));
        let _ = write!(text, "\n{day}{place}{how}\n  “{sentence}”");
    }
    text
}

fn legend(shown: &[Series], all: usize, names: &Catalog, out: &mut String) {
    for (i, (series, colour)) in (0u8..).zip(shown.iter().zip(COLOURS)) {
        let (x, y) = (LEFT + f64::from(i % 3) * 250.0, HEIGHT - 26.0 + f64::from(i / 3) * 16.0);
        let label: String = entity(&series.key, names).chars().take(34).collect();
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{colour}\"/><text class=\"ink\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
            y - 4.0,
            x + 9.0,
            escaped(&label)
        );
    }
    let mut keys =
        "● actual\u{2003}○ estimate\u{2003}◇ target\u{2003}◎ contradicted\u{2003}(pale: less sure)"
            .to_owned();
    if shown.len() < all {
        let _ = write!(keys, "\u{2003}{} of {all} series", shown.len());
    }
    let _ = writeln!(out, "<text class=\"dim\" x=\"{LEFT}\" y=\"36\" fill=\"#444\">{keys}</text>");
}

/// Text for XML and HTML; what acts is made visible, and what XML does not allow becomes U+FFFD.
fn escaped(text: &str) -> String {
    let text = safe(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
    html! { (text) }.into_string()
}
