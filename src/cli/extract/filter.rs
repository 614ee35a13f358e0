//! Which pages `solieu extract` reads.

use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Context, bail};
use clap::Args;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::Timestamp;
use jiff::civil::Date;
use solieu::pipeline::{Days, Filter, Shard};

#[derive(Debug, Args)]
#[command(next_help_heading = "Which pages are read")]
pub(super) struct FilterArgs {
    /// Read only pages whose path, address or name in an archive matches GLOB (may be repeated; `*` stops at `/`, `**`
    /// does not)
    #[arg(long, value_name = "GLOB")]
    select: Vec<String>,
    /// Leave out pages whose path, address or name in an archive matches GLOB (may be repeated)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Read only pages published after DATE (YYYY-MM-DD); pages of unknown date are left out
    #[arg(long, value_name = "DATE", value_parser = crate::cli::day)]
    published_after: Option<Date>,
    /// Read only pages published before DATE (YYYY-MM-DD); pages of unknown date are left out
    #[arg(long, value_name = "DATE", value_parser = crate::cli::day)]
    published_before: Option<Date>,
    /// Stop after N pages
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<u64>,
    /// Read a share of the pages, from 0 to 1; path and record decide which, so it is always the same share
    #[arg(long, value_name = "RATE", value_parser = parse_share)]
    sample: Option<f64>,
    /// Read part I of N (from 1), of the same size whatever the input; needs --output, and writes OUTPUT.done with the
    /// counts when the part is complete
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<(u64, u64)>,
    /// Leave out pages whose content FILE names, and add the contents of this run to it when it is complete
    #[arg(long, value_name = "FILE")]
    pub(super) seen: Option<PathBuf>,
    /// Read only files changed since DATE (YYYY-MM-DD, in UTC, or a time such as 2026-01-31T12:00:00Z)
    #[arg(long, value_name = "DATE", value_parser = parse_moment)]
    since: Option<Timestamp>,
}

impl FilterArgs {
    /// The filter, but for what was seen before.
    pub(super) fn filter(&self) -> anyhow::Result<Filter> {
        let after = self.published_after.map(|day| day.tomorrow().context("--published-after: no such date"));
        let before =
            self.published_before.map(|day| day.yesterday().context("--published-before: no such date"));
        let (first, last) = (after.transpose()?, before.transpose()?);
        if let (Some(first), Some(last)) = (first, last)
            && first > last
        {
            bail!(
                "--published-after and --published-before: there is no day after the one and before the other"
            );
        }
        Ok(Filter {
            select: globs("--select", &self.select)?,
            exclude: globs("--exclude", &self.exclude)?,
            published: Days { first, last },
            sample: self.sample.map(share),
            shard: self.shard.map(|(part, of)| Shard { part: part - 1, of }),
            seen: None,
        })
    }

    /// The options that leave out pages, as the user names them.
    pub(super) fn left_out_by(&self) -> Vec<&'static str> {
        [
            ("--select", !self.select.is_empty()),
            ("--exclude", !self.exclude.is_empty()),
            ("--published-after", self.published_after.is_some()),
            ("--published-before", self.published_before.is_some()),
            ("--limit", self.limit.is_some()),
            ("--sample", self.sample.is_some()),
            ("--shard", self.shard.is_some()),
            ("--seen", self.seen.is_some()),
            ("--since", self.since.is_some()),
        ]
        .into_iter()
        .filter_map(|(option, given)| given.then_some(option))
        .collect()
    }

    /// The same, where they look at each page.
    pub(super) fn pages_left_out_by(&self) -> Vec<&'static str> {
        self.left_out_by().into_iter().filter(|option| !matches!(*option, "--limit" | "--since")).collect()
    }

    /// Part, from 1, and number of parts.
    pub(super) fn shard(&self) -> Option<(u64, u64)> {
        self.shard
    }

    /// Files must have been changed at that time or later.
    pub(super) fn since(&self) -> Option<SystemTime> {
        self.since.map(Into::into)
    }
}

fn globs(option: &str, globs: &[String]) -> anyhow::Result<Option<GlobSet>> {
    if globs.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        // Paths of files do not begin so, names in archives may.
        let plain = glob.trim_start_matches("./");
        for glob in [Some(glob.as_str()), (plain != glob).then_some(plain)].into_iter().flatten() {
            let built = GlobBuilder::new(glob).literal_separator(true).build();
            set.add(built.with_context(|| format!("{option} {glob:?}"))?);
        }
    }
    set.build().map(Some).with_context(|| option.to_owned())
}

/// A share of 1 as one of 2⁶⁴.
#[allow(clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "the range is checked; `as` saturates")]
fn share(rate: f64) -> u64 {
    (rate * u64::MAX as f64) as u64
}

fn parse_moment(text: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let day =
        crate::cli::day(text).map_err(|why| format!("{why}, or a time such as 2026-01-31T12:00:00Z"))?;
    jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_err(|error| error.to_string())
}

fn parse_share(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.0..=1.0).contains(rate));
    rate.ok_or_else(|| "write a share from 0 to 1, such as 0.1".to_owned())
}

fn parse_shard(text: &str) -> Result<(u64, u64), String> {
    let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(i, n)| (1..=*n).contains(i)).ok_or_else(|| "write I/N, such as 1/4 to 4/4".to_owned())
}
