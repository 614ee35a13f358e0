//! The chart in an HTML page of its own, with every citation below it.

use std::fmt::Write as _;

use super::{entity, escaped, picture, title};
use crate::rules::Catalog;
use crate::series::table::{grouped, of_undated, shown};
use crate::series::{Citation, Observation, Series, Undated};

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <style>:root{color-scheme:light dark}body{font:16px/1.5 sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}\
    table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;\
    border-bottom:1px solid #ddd}td.n,th.n{text-align:right;white-space:nowrap}td.t{white-space:nowrap}td p{margin:0 0 .4rem}h1{margin-bottom:0}code{opacity:.7}svg{width:100%;height:auto}\
    mark{background:#ffe08a;color:#000}.c{color:#a00}\
    @media (prefers-color-scheme:dark){body{background:#1b1d21;color:#e8e8e8}th,td{border-color:#3a3d43}a{color:#8ab4f8}\
    mark{background:#6b5a1c;color:#fff}.c{color:#ff8a80}}</style>\n";

/// A page that needs nothing but itself.
pub fn html(all: &[Series], names: &Catalog) -> String {
    let id = all.first().map_or(String::new(), |series| series.key.metric.clone());
    let name = escaped(&title(&id, names));
    let mut out = format!(
        "{HEAD}<title>{name}</title>\n</head>\n<body>\n<h1>{name}</h1>\n<p><code>{}</code></p>\n{}",
        escaped(&id),
        picture(all, names, false)
    );
    for series in all {
        // Writing to a String does not fail.
        let _ = write!(
            out,
            "<h2>{}</h2>\n<table>\n<tr><th>period<th class=n>value<th>status<th>confidence<th>sources\n",
            escaped(&format!("{}, {}", entity(&series.key, names), series.key.measure()))
        );
        series.observations.iter().for_each(|observation| row(observation, &mut out));
        series.undated.iter().for_each(|undated| undated_row(undated, &mut out));
        out.push_str("</table>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn row(observation: &Observation, out: &mut String) {
    let conflict = if observation.contradicted { " <span class=c>contradicted</span>" } else { "" };
    let confidence = format!("{:?}", observation.confidence).to_lowercase();
    let _ = write!(
        out,
        "<tr><td class=t>{}<td class=n>{}<td>{}<td>{confidence}{conflict}<td>",
        observation.period.words(),
        escaped(&grouped(&shown(observation))),
        observation.status.as_str()
    );
    for citation in &observation.citations {
        cite(citation, out);
    }
    out.push('\n');
}

fn undated_row(undated: &Undated, out: &mut String) {
    let value = escaped(&grouped(&of_undated(undated)));
    let _ = write!(
        out,
        "<tr><td class=t>without a date<td class=n>{value}<td>{}<td><td>",
        undated.status.as_str()
    );
    undated.citations.iter().for_each(|citation| cite(citation, out));
    out.push('\n');
}

fn cite(citation: &Citation, out: &mut String) {
    let place = escaped(&citation.place());
    let web = citation.uri.as_deref().filter(|uri| uri.starts_with("https://") || uri.starts_with("http://"));
    let title = citation.title.as_deref().map_or(place.clone(), escaped);
    let day = citation.published.map_or(String::new(), |day| format!(" {day}"));
    let day = day + if citation.by_figure { " (by the figure alone)" } else { "" };
    let _ = match web {
        Some(uri) => write!(out, "<p><a rel=\"noreferrer\" href=\"{}\">{title}</a>{day}: ", escaped(uri)),
        None => write!(out, "<p title=\"{place}\">{title}{day}: "),
    };
    match citation.sentence.split_once(&citation.quote) {
        Some((before, after)) if !citation.quote.is_empty() => {
            let (before, quote, after) = (escaped(before), escaped(&citation.quote), escaped(after));
            let _ = write!(out, "{before}<mark>{quote}</mark>{after}</p>");
        }
        _ => {
            let _ = write!(out, "{}</p>", escaped(&citation.sentence));
        }
    }
}
