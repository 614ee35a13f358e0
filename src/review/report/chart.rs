//! Plots as tables with bars, which read as well by eye as by ear, and months as columns.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::summary::{By, Summary};
use crate::review::page::safe;

/// Bars of one plot.
const BARS: usize = 12;
/// More months than that are shown as years.
const MONTHS: usize = 60;
/// Height of the columns.
const HEIGHT: u64 = 120;

/// All plots.
pub(super) fn all(summary: &Summary) -> Markup {
    html! {
        (bars("By kind", &summary.kinds))
        (bars("By metric", &summary.metrics))
        (bars("By rule", &summary.rules))
        (bars("By site", &summary.sites))
        (columns(&summary.months))
    }
}

/// The most frequent ones, each with a bar.
fn bars(title: &str, by: &By) -> Markup {
    let mut rows: Vec<(&String, &u64)> = by.iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let most = rows.first().map_or(1, |(_, count)| **count).max(1);
    html! {
        @if !rows.is_empty() {
            table.bars {
                caption { (title) }
                tbody {
                    @for (name, count) in rows.iter().take(BARS) {
                        tr {
                            th scope="row" { (safe(name)) }
                            td { (count) }
                            td.bar aria-hidden="true" {
                                svg width="100%" height="12" preserveAspectRatio="none" viewBox="0 0 1000 10" {
                                    rect width=((*count * 1000).div_ceil(most)) height="10" {}
                                }
                            }
                        }
                    }
                }
                @if rows.len() > BARS {
                    tfoot { tr { td colspan="3" { "and " (rows.len() - BARS) " more" } } }
                }
            }
        }
    }
}

/// Facts by month of publication, or by year where there are many months; months without facts have no column.
fn columns(months: &By) -> Markup {
    let (title, by) = if months.len() > MONTHS {
        ("By year of publication", years(months))
    } else {
        ("By month of publication", months.clone())
    };
    let most = by.values().copied().max().unwrap_or(1).max(1);
    let width = by.len() * 20;
    html! {
        @if !by.is_empty() {
            figure.columns {
                figcaption { (title) }
                svg role="img" aria-label=(format!("{title}: the numbers are in the table below")) viewBox=(format!("0 0 {} {HEIGHT}", width.max(200))) {
                    @for (i, (name, count)) in by.iter().enumerate() {
                        @let height = (count * HEIGHT).div_ceil(most);
                        rect x=(i * 20 + 2) y=(HEIGHT - height) width="16" height=(height) { title { (safe(name)) ": " (count) } }
                    }
                }
                p.ends { span { (by.keys().next().map_or("", String::as_str)) } span { (by.keys().next_back().map_or("", String::as_str)) } }
                details {
                    summary { "Numbers" }
                    table { tbody { @for (name, count) in &by { tr { th scope="row" { (safe(name)) } td { (count) } } } } }
                }
            }
        }
    }
}

fn years(months: &By) -> By {
    let mut years = BTreeMap::new();
    for (month, count) in months {
        *years.entry(month.split('-').next().unwrap_or_default().to_owned()).or_default() += count;
    }
    years
}
