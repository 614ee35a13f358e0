//! Why pages are missing.

use std::path::{Path, PathBuf};

use crate::review::archive::locate;
use crate::source::{Feed, Fields, Input, Problem, Severity};

/// Why the pages that facts cite in a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// They came from standard input.
    StandardInput,
    /// There is no such file, or it is a folder.
    NoFile,
    /// No record has a field under which the text is looked for.
    NoTextField(Problem),
    /// The file cannot be read well.
    Unreadable(Problem),
    /// The file can be read, but the record is not in it.
    NoRecord,
}

impl Missing {
    /// Why those of the file `path` are missing, which is looked for below `archive` as [`super::Verifier`] does; reads the file
    /// up to the first problem.
    pub fn find(path: &str, archive: Option<&Path>, fields: &Fields) -> Self {
        let file = locate(path, archive);
        if file.is_file() { Self::within(file, fields) } else { Self::without_file(path) }
    }

    fn without_file(path: &str) -> Self {
        if path == "-" { Self::StandardInput } else { Self::NoFile }
    }

    fn within(file: PathBuf, fields: &Fields) -> Self {
        let (mut problems, mut first) = (Vec::new(), None);
        for item in Feed::with_fields(vec![Input::Path(file)], fields.clone()) {
            item.load(&mut problems, &mut |_, _| {});
            for problem in problems.drain(..).filter(|problem| !problem.without_text) {
                if problem.severity > Severity::Note {
                    return Self::of(problem);
                }
                first.get_or_insert(problem);
            }
        }
        first.map_or(Self::NoRecord, Self::Unreadable)
    }

    fn of(problem: Problem) -> Self {
        if problem.without_field { Self::NoTextField(problem) } else { Self::Unreadable(problem) }
    }
}
