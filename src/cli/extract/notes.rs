//! What is said of a run as a whole.

use solieu::Tally;
use solieu::sink::{self, Earlier};
use solieu::source::Fields;

use super::ExtractArgs;
use crate::cli::counted;

/// What is said of where a run goes on.
pub(super) fn going_on(earlier: &Earlier) -> String {
    match earlier {
        Earlier::Units(_, Tally { facts, pages, bytes, .. }) => {
            let (facts, pages) = (counted(*facts, "fact"), counted(*pages, "page"));
            format!("going on behind {facts} from {pages} ({bytes} bytes)")
        }
        Earlier::Nothing | Earlier::Complete(_) => {
            "no interrupted run to go on with is known: beginning anew".to_owned()
        }
    }
}

/// What is said of each destination where no page could be read.
pub(super) fn left_as_was(args: &ExtractArgs) -> Vec<String> {
    let file = args.output().map(|path| path.display().to_string());
    let all = file.into_iter().chain(args.to.iter().map(|url| sink::without_password(url)));
    all.map(|place| format!("{place} is left as it was: no page could be read")).collect()
}

/// What the user may have meant otherwise.
pub(super) fn notes(args: &ExtractArgs, tally: &Tally, fields: Option<&Fields>) -> Vec<String> {
    let unmet = fields.into_iter().flat_map(Fields::unmet);
    let mut notes: Vec<String> =
        unmet.map(|(what, name)| format!("--{what}-field {name}: no record has such a field")).collect();
    if tally.pages == 0 && tally.skipped > 0 {
        let pages = counted(tally.skipped, "page");
        notes.push(format!(
            "nothing is left to read of {pages}: see {}",
            args.filter.pages_left_out_by().join(" and ")
        ));
    }
    notes
}
