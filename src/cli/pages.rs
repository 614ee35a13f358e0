//! Pages one after another, for commands that print what they find in them.

use std::path::PathBuf;

use clap::Args;
use solieu::source::{Feed, Input, Problem, RawPage, Severity};

use super::counted;
use super::fields::FieldArgs;
use super::page_args::EncodingArgs;

/// Which pages to read, and how.
#[derive(Debug, Args)]
pub(super) struct PageArgs {
    /// Files or folders to read; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    encoding: EncodingArgs,
    #[command(flatten)]
    fields: FieldArgs,
}

impl PageArgs {
    /// Gives every page to `each`, names what could not be read, and returns the exit status: 0 where all was read, 1 where
    /// something was not. A note is no problem.
    pub(super) fn read(
        &self,
        each: &mut dyn FnMut(RawPage<'static>) -> anyhow::Result<()>,
    ) -> anyhow::Result<u8> {
        let (mut problems, mut told) = (Vec::new(), Told::default());
        let inputs = self.paths.iter().map(Input::from_arg).collect();
        for item in Feed::with_fields(inputs, self.fields.fields()) {
            let pages = item.pages(&mut problems);
            problems.drain(..).for_each(|problem| told.problem(&problem));
            for mut page in pages {
                page.encoding = page.encoding.or(self.encoding.encoding);
                each(page)?;
            }
        }
        Ok(told.status())
    }
}

/// What was told of pages that could not be read.
#[derive(Default)]
pub(super) struct Told {
    bad: bool,
    without_text: u64,
}

impl Told {
    /// Names a problem, or counts it where there may be very many.
    pub(super) fn problem(&mut self, problem: &Problem) {
        self.bad |= problem.severity > Severity::Note;
        if problem.without_text {
            self.without_text += 1;
        } else {
            super::tell(&shown(problem));
        }
    }

    /// Says what was counted, and gives the exit status: 1 where something was more than a note.
    pub(super) fn status(&self) -> u8 {
        if self.without_text > 0 {
            super::tell(&format!("note: {}", without_text(self.without_text)));
        }
        u8::from(self.bad)
    }
}

/// A problem for people, who must see which are mere notes.
pub(super) fn shown(problem: &Problem) -> String {
    let note = if problem.severity == Severity::Note { "note: " } else { "" };
    format!("{note}{problem}")
}

/// So many records held no page.
pub(super) fn without_text(count: u64) -> String {
    format!("{} without text", counted(count, "record"))
}
