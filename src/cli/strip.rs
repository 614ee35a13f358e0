//! `solieu strip`: pages without their boilerplate.

use std::io::{self, BufWriter, Write};
use std::ops::Range;

use clap::Args;
use serde::Serialize;
use solieu::page::{Article, Found, OUTSIDE, Page, PageRules, Role};
use solieu::source::RawPage;
use solieu::text::plain::place;

use super::pages::PageArgs;
use super::rule_args::RuleArgs;
use super::write_json_line;

/// Print the article of each page, without menus, footers, link lists and spam
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  solieu strip page.html\n  solieu strip page.html --dropped\n  solieu strip pages/ --articles\n\nExit status: 0 all pages were read; 1 some had problems; 2 the run did not finish"
)]
pub(crate) struct StripArgs {
    /// Print what was dropped instead, each line with the name of the rule that dropped it
    #[arg(long, conflicts_with_all = ["json", "articles"])]
    dropped: bool,
    /// Print the decision on every line as JSON: path, record (within an archive), line, keep, role, rule
    #[arg(long, conflicts_with = "articles")]
    json: bool,
    /// Print one JSON object a page: path, record (within an archive), title, published, author, text
    #[arg(long)]
    articles: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    pages: PageArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &StripArgs) -> anyhow::Result<u8> {
    let rules = args.rules.page_rules()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let status = args.pages.read(&mut |page| Ok(print(&mut out, &page, &rules, args)?))?;
    out.flush()?;
    Ok(status)
}

fn print(out: &mut impl Write, raw: &RawPage<'_>, rules: &PageRules, args: &StripArgs) -> io::Result<()> {
    let article = rules.read_raw(raw);
    let view = View { raw, text: article.text.as_str(), page: &article.page, article: &article, rules };
    if args.json {
        view.lines(out)
    } else if args.articles {
        view.article(out)
    } else if args.dropped {
        view.dropped(out)
    } else {
        view.plain(out)
    }
}

/// A page and what became of it.
struct View<'a> {
    raw: &'a RawPage<'a>,
    text: &'a str,
    page: &'a Page,
    article: &'a Article<'a>,
    rules: &'a PageRules,
}

#[derive(Serialize)]
struct LineRow<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    line: usize,
    keep: bool,
    role: &'static str,
    rule: &'static str,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<String>,
    author: Option<&'a str>,
    text: String,
}

impl View<'_> {
    fn plain(&self, out: &mut impl Write) -> io::Result<()> {
        for block in self.page.blocks.iter().filter(|b| b.keep) {
            writeln!(out, "{}", self.without_cuts(block.span.clone()))?;
        }
        Ok(())
    }

    fn dropped(&self, out: &mut impl Write) -> io::Result<()> {
        for (line, found) in self.rules.found(self.raw, self.article) {
            match found {
                Found::Outside(outside) => self.dropped_row(out, line, OUTSIDE, &outside.text)?,
                Found::Block(block) if !block.keep => {
                    self.dropped_row(out, line, block.rule, &self.text[block.span.clone()])?;
                }
                Found::Block(block) => {
                    for cut in self.page.cuts_in(&block.span) {
                        self.dropped_row(out, line, cut.rule, &self.text[cut.span.clone()])?;
                    }
                }
            }
        }
        Ok(())
    }

    fn dropped_row(&self, out: &mut impl Write, line: usize, rule: &str, text: &str) -> io::Result<()> {
        let place = place(&self.raw.path, self.raw.record.as_deref());
        writeln!(out, "{place}:{line}: [{rule}] {text}")
    }

    fn lines(&self, out: &mut impl Write) -> io::Result<()> {
        for (line, found) in self.rules.found(self.raw, self.article) {
            let (keep, what, rule) = match found {
                Found::Block(block) => (block.keep, block.role, block.rule),
                Found::Outside(_) => (false, Role::Boilerplate, OUTSIDE),
            };
            let (path, record) = (&self.raw.path, self.raw.record.as_deref());
            write_json_line(out, &LineRow { path, record, line, keep, role: what.as_str(), rule })?;
        }
        Ok(())
    }

    /// What the archive says of the page goes before what the page says.
    fn article(&self, out: &mut impl Write) -> io::Result<()> {
        let body = self.page.blocks.iter().filter(|b| b.keep && matches!(b.role, Role::Body));
        let body: Vec<String> = body.map(|b| self.without_cuts(b.span.clone())).collect();
        write_json_line(
            out,
            &ArticleRow {
                path: &self.raw.path,
                record: self.raw.record.as_deref(),
                title: self.article.title.as_deref(),
                published: self.article.published.map(|d| d.to_string()),
                author: self.article.author.as_deref(),
                text: body.join("\n"),
            },
        )
    }

    fn without_cuts(&self, span: Range<usize>) -> String {
        self.page.kept_text(self.text, span)
    }
}
