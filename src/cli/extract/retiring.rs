//! `--retire`: only a run that read all pages knows which facts are no more.

use anyhow::bail;
use solieu::Tally;
use solieu::source::{Input, Written, has_files, shown_prefix};

use super::{Dedup, ExtractArgs};

/// What to do where nothing was retired.
const AGAIN: &str = "the same command without --resume retires once everything can be read";

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

/// Refuses a prefix that is of nothing that is read: all its facts would be taken for facts that are no more.
pub(super) fn refuse_elsewhere(args: &ExtractArgs, inputs: &[Input]) -> anyhow::Result<()> {
    let Some(below) = args.retire.as_deref().map(shown_prefix) else { return Ok(()) };
    let reads = |input: &Input| match input {
        Input::Path(path) => {
            let path = shown_prefix(&path.to_string_lossy());
            path.starts_with(&below) || below.starts_with(&path)
        }
        Input::Stdin => true,
    };
    if inputs.iter().any(reads) {
        return Ok(());
    }
    bail!("--retire={below}: nothing that is read lies there, so all its facts would be retired")
}

impl Retire {
    pub(super) fn of(args: &ExtractArgs, inputs: &[Input], written: &Written) -> Self {
        let below = args.retire.as_deref().map(shown_prefix);
        let mut empty = Vec::new();
        if below.is_some() {
            let named =
                inputs.iter().filter(|input| !has_files(input, written)).filter_map(|input| match input {
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
    pub(super) fn refusal(&self, tally: &Tally) -> Option<String> {
        self.below.as_ref()?;
        let why = match self.empty.as_slice() {
            _ if tally.problems > 0 => {
                "some pages could not be read, and their facts may be there all the same".to_owned()
            }
            [] if tally.is_whole() => return None,
            [] if tally.pages > 0 => "some pages are empty, and may be what a broken copy left".to_owned(),
            [] => "no page was read".to_owned(),
            empty => format!("there is nothing to read in {}", empty.join(" and ")),
        };
        Some(format!("nothing was retired: {why}; {AGAIN}"))
    }

    /// The same of a run that was complete before it began.
    pub(super) fn too_late(&self) -> Option<String> {
        self.below.as_ref().map(|_| format!("nothing was retired: this run was complete already; {AGAIN}"))
    }
}
