//! Pages one after another, for commands that print what they find in them.

use std::path::PathBuf;

use solieu::source::{Feed, Fields, Input, Problem, RawPage, Severity};

/// Gives every page of `paths` to `each`, names what could not be read, and returns the exit status: 0 where all was read,
/// 1 where something was not. A note is no problem.
pub(super) fn read(
    paths: &[PathBuf],
    fields: Fields,
    each: &mut dyn FnMut(&RawPage<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<u8> {
    let (mut problems, mut bad) = (Vec::new(), false);
    for item in Feed::with_fields(paths.iter().map(Input::from_arg).collect(), fields) {
        let pages = item.pages(&mut problems);
        for problem in problems.drain(..) {
            bad |= tell(&problem);
        }
        pages.iter().try_for_each(&mut *each)?;
    }
    Ok(u8::from(bad))
}

/// Names a problem; whether it is more than a note.
pub(super) fn tell(problem: &Problem) -> bool {
    super::tell(&problem.to_string());
    problem.severity > Severity::Note
}
