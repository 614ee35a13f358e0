//! Options that say of pages what neither they nor their archives tell; all commands that read pages share them.

use clap::Args;
use jiff::civil::Date;
use solieu::text::Encoding;

/// When pages were published.
#[derive(Debug, Args)]
pub(super) struct DayArgs {
    /// Take this day (YYYY-MM-DD) for the publication of pages that state none
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    pub(super) published: Option<Date>,
}

/// What bytes pages are made of.
#[derive(Debug, Args)]
pub(super) struct EncodingArgs {
    /// Read all pages in this encoding: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, tcvn5712-1, vni, viscii,
    /// windows-1252 [default: found page by page]
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub(super) encoding: Option<Encoding>,
}

fn parse_encoding(label: &str) -> Result<Encoding, String> {
    let known = || Encoding::all().map(Encoding::label).collect::<Vec<_>>().join(", ");
    Encoding::from_label(label).ok_or_else(|| format!("write one of {}", known()))
}
