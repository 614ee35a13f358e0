//! Plots as tables with bars, which read as well by eye as by ear, and months as columns.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use maud::{Markup, html};

use super::summary::{By, Summary};
use crate::html::safe;

/// Bars of one plot.
const BARS: usize = 12;
/// More months than that are shown as years, and more years not at all.
const COLUMNS: usize = 60;
/// Fewer columns than that leave room beside them.
const FEWEST: usize = 12;
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
            figure {
                figcaption { (title) }
                table.bars aria-label=(title) {
                    @for (name, count) in rows.iter().take(BARS) {
                        tr {
                            th scope="row" { (breakable(name)) }
                            td { (count) }
                            td.bar aria-hidden="true" {
                                svg width="100%" height="12" preserveAspectRatio="none" viewBox="0 0 1000 10" {
                                    rect width=((*count * 1000).div_ceil(most)) height="10" {}
                                }
                            }
                        }
                    }
                }
                @if rows.len() > BARS { p.about { "and " (rows.len() - BARS) " more" } }
            }
        }
    }
}

/// A name that may be broken behind its dots.
fn breakable(name: &str) -> Markup {
    html! {
        @for (i, part) in safe(name).split('.').enumerate() {
            @if i > 0 { "." wbr; }
            (part)
        }
    }
}

/// Facts by month of publication, or by year where there are many months.
fn columns(months: &By) -> Markup {
    let (title, by) = intervals(months);
    let most = by.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let width = by.len().max(FEWEST) * 20;
    let end = |entry: Option<&(String, u64)>| entry.map_or(String::new(), |(name, _)| name.clone());
    html! {
        @if !by.is_empty() {
            figure.columns {
                figcaption { (title) }
                svg role="img" preserveAspectRatio="none" aria-label=(format!("{title}: a column each; the numbers are in the table below"))
                    viewBox=(format!("0 0 {width} {HEIGHT}")) {
                    @for (i, (name, count)) in by.iter().enumerate() {
                        @let height = (count * HEIGHT).div_ceil(most);
                        rect x=(i * 20 + 2) y=(HEIGHT - height) width="16" height=(height) { title { (name) ": " (count) } }
                    }
                }
                p.ends { span { (end(by.first())) } @if by.len() >= FEWEST { span { (end(by.last())) } } @else { span { "to " (end(by.last())) } } }
                details {
                    summary { "Numbers" }
                    table { @for (name, count) in by.iter().filter(|(_, count)| *count > 0) { tr { th scope="row" { (name) } td { (count) } } } }
                }
            }
        }
    }
}

/// All months between the first and the last one, or all years.
fn intervals(months: &By) -> (&'static str, Vec<(String, u64)>) {
    let mut by_month: BTreeMap<Date, u64> = BTreeMap::new();
    for (month, count) in months {
        by_month.extend(format!("{month}-01").parse::<Date>().ok().map(|day| (day, *count)));
    }
    let ends = by_month.keys().next().copied().zip(by_month.keys().next_back().copied());
    let Some((first, last)) = ends else { return ("", Vec::new()) };
    let index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    if usize::try_from(index(last) - index(first)).unwrap_or(0) < COLUMNS {
        let all = (index(first)..=index(last)).map(|i| {
            let day = date((i / 12) as i16, (i % 12 + 1) as i8, 1);
            (format!("{:04}-{:02}", day.year(), day.month()), by_month.get(&day).copied().unwrap_or(0))
        });
        return ("By month of publication", all.collect());
    }
    let in_year =
        |year: i16| by_month.range(date(year, 1, 1)..=date(year, 12, 1)).map(|(_, count)| count).sum();
    let years = (first.year()..=last.year()).rev().take(COLUMNS);
    let mut all: Vec<_> = years.map(|year| (format!("{year:04}"), in_year(year))).collect();
    all.reverse();
    ("By year of publication", all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(months: &[&str]) -> By {
        months.iter().map(|month| ((*month).to_owned(), 1)).collect()
    }

    #[test]
    fn months_without_facts_have_their_place() {
        let (_, found) = intervals(&by(&["2023-11", "2024-02"]));
        let names: Vec<_> = found.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        assert_eq!(names, [("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1)]);
    }

    #[test]
    fn many_months_become_years() {
        let (title, found) = intervals(&by(&["2009-01", "2009-07", "2024-02"]));
        assert_eq!((title, found.len(), found[0].1), ("By year of publication", 16, 2));
        assert_eq!(intervals(&by(&["0001-01", "9999-12"])).1.len(), COLUMNS);
        assert_eq!(intervals(&by(&[])).1.len(), 0);
    }
}
