//! `solieu dates`: every time expression with the days it stands for.

use std::io::{self, BufWriter, Write};

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use solieu::extract::rules::ExtractRules;
use solieu::extract::time::TimeReading;
use solieu::page::PageRules;
use solieu::source::RawPage;
use solieu::text::plain::place;

use super::page_args::DayArgs;
use super::pages::PageArgs;
use super::rule_args::RuleArgs;

/// Print every time expression of the articles with its line, first and last day, and where its date came from
#[derive(Debug, Args)]
#[command(
    after_help = "Columns: path (`#` and the record behind it, within an archive), line, text, first day, last day, source (sentence, context or document), rule; \
    `-` stands for what is not known.\n\n\
    Examples:\n  solieu dates page.txt\n  solieu dates pages/ --json --published 2020-06-01\n\nExit status: 0 all pages were read; 1 some had problems; 2 the run did not finish"
)]
pub(crate) struct DatesArgs {
    /// Print one JSON object a time expression
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    day: DayArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    pages: PageArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &DatesArgs) -> anyhow::Result<u8> {
    let sources = args.rules.sources()?;
    let reader =
        Reader { page: PageRules::compile(&sources)?, extract: ExtractRules::compile(&sources)?, args };
    let mut out = BufWriter::new(io::stdout().lock());
    let status = args.pages.read(&mut |page| Ok(reader.print(&mut out, &page)?))?;
    out.flush()?;
    Ok(status)
}

/// What pages are read with.
struct Reader<'a> {
    page: PageRules,
    extract: ExtractRules,
    args: &'a DatesArgs,
}

/// One time expression; what is not known is absent.
#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    line: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
    rule: &'a str,
}

impl Reader<'_> {
    fn print(&self, out: &mut impl Write, raw: &RawPage<'_>) -> io::Result<()> {
        let article = self.page.read_raw(raw);
        let text = article.text.as_str();
        let published = article.published.or(self.args.day.published);
        self.extract
            .read_times(text, &article.page, published, |block, found| self.row(out, raw, block.line, found))
    }

    fn row(
        &self,
        out: &mut impl Write,
        raw: &RawPage<'_>,
        line: usize,
        found: &TimeReading<'_>,
    ) -> io::Result<()> {
        let interval = found.resolved.map(|r| r.interval);
        let row = Row {
            path: &raw.path,
            record: raw.record.as_deref(),
            line,
            text: found.text,
            start: interval.and_then(|i| i.first),
            end: interval.and_then(|i| i.last),
            source: found.resolved.map(|r| r.source.as_str()),
            rule: self.extract.times.rule_name(&found.time),
        };
        if self.args.json {
            return super::write_json_line(out, &row);
        }
        let place = place(&raw.path, raw.record.as_deref());
        let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let source = row.source.unwrap_or("-");
        let (start, end) = (day(row.start), day(row.end));
        writeln!(out, "{place}\t{line}\t{}\t{start}\t{end}\t{source}\t{}", row.text, row.rule)
    }
}
