//! Options that say which fields of records hold pages; all commands that read archives share them.

use clap::Args;
use solieu::source::Fields;

/// Where the pages are in records of JSON, CSV and Parquet
#[derive(Debug, Args)]
#[command(next_help_heading = "Fields of records (JSON, CSV, Parquet)")]
pub(super) struct FieldArgs {
    /// The field that holds the page [default: text, content, body and other common names]
    #[arg(id = "text-field", long, value_name = "NAME")]
    text: Option<String>,
    /// The field that holds its address [default: uri, url, link and other common names]
    #[arg(id = "uri-field", long, value_name = "NAME")]
    uri: Option<String>,
    /// The field that holds its title [default: title, headline]
    #[arg(id = "title-field", long, value_name = "NAME")]
    title: Option<String>,
    /// The field that holds its date of publication [default: published, date and other common names]
    #[arg(id = "date-field", long, value_name = "NAME")]
    date: Option<String>,
}

impl FieldArgs {
    /// The names as the library takes them.
    pub(super) fn fields(&self) -> Fields {
        let Self { text, uri, title, date } = self;
        let (text, uri, title, date) = (text.clone(), uri.clone(), title.clone(), date.clone());
        Fields { text, uri, title, date, ..Fields::default() }
    }
}
