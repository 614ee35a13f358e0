//! `--retire`: only a run that read all pages knows which facts are no more.

use anyhow::bail;
use solieu::pipeline::Summary;
use solieu::source::{Input, has_files};

use super::{Dedup, ExtractArgs};

/// What is to be retired.
pub(super) struct Retire {
    /// Of pages whose path begins so; absent where it was not asked for.
    below: Option<String>,
    /// Inputs in which there is no file: more likely a disk that is not there than an archive without pages.
    empty: Vec<String>,
}

/// Refuses options that leave out pages: their facts would be taken for facts that are no more.
pub(super) fn refuse_parts(args: &ExtractArgs) -> anyhow::Result<()> {
    if args.retire.is_none() {
        return Ok(());
    }
    let mut options = args.filter.left_out_by();
    options.extend(matches!(args.dedup, Some(Dedup::Drop)).then_some("--dedup"));
    if options.is_empty() {
        return Ok(());
    }
    bail!(
        "--retire with {}: facts of pages that are left out would be retired, too; read all pages, or all of a folder with \
         --retire=FOLDER/",
        options.join(" and ")
    )
}

impl Retire {
    pub(super) fn of(args: &ExtractArgs, inputs: &[Input]) -> Self {
        // No path of a page begins so.
        let below = args.retire.as_deref().map(|below| below.trim_start_matches("./").to_owned());
        let mut empty = Vec::new();
        if below.is_some() {
            let named = inputs.iter().filter(|input| !has_files(input)).filter_map(|input| match input {
                Input::Path(path) => Some(path.display().to_string()),
                Input::Stdin => None,
            });
            empty.extend(named);
        }
        Self { below, empty }
    }

    /// As [`solieu::sink::Options::retire`].
    pub(super) fn prefix(&self) -> Option<String> {
        self.below.clone().filter(|_| self.empty.is_empty())
    }

    /// Why nothing was retired though it was asked for.
    pub(super) fn refusal(&self, summary: &Summary) -> Option<String> {
        self.below.as_ref()?;
        let why = match self.empty.as_slice() {
            _ if summary.problems > 0 => {
                "some pages could not be read, and their facts may be there all the same".to_owned()
            }
            [] if summary.pages > 0 => return None,
            [] => "no page was read".to_owned(),
            empty => format!("there is nothing to read in {}", empty.join(" and ")),
        };
        Some(format!("nothing was retired: {why}; the same command retires once everything can be read"))
    }
}
