//! The inputs in order, one page after another.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::input::{Input, Walk};
use super::{MAX_PAGE_BYTES, Problem, RawPage};

/// One step of a [`Feed`].
#[derive(Debug)]
pub enum Item {
    /// A page that had to be read in order, such as one from standard input.
    Page(RawPage<'static>),
    /// A file that is one page; reading it is left to [`super::load`].
    File(PathBuf),
    /// Something that could not be read.
    Problem(Problem),
}

/// Gives the pages of all inputs in order. Holds one page at a time.
pub struct Feed {
    inputs: std::vec::IntoIter<Input>,
    walk: Option<Walk>,
}

impl Feed {
    /// The pages of `inputs`, in the order given; those of a folder in the order of file names.
    pub fn new(inputs: Vec<Input>) -> Self {
        Self { inputs: inputs.into_iter(), walk: None }
    }
}

impl Iterator for Feed {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next() {
                    Some(Ok(found)) if found.named || is_text(&found.path) => {
                        return Some(Item::File(found.path));
                    }
                    Some(Ok(_)) => continue,
                    Some(Err(problem)) => return Some(Item::Problem(problem)),
                    None => self.walk = None,
                }
            }
            match self.inputs.next()? {
                Input::Stdin => return Some(read_stdin()),
                Input::Path(path) => self.walk = Some(Walk::new(&path)),
            }
        }
    }
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
}

fn read_stdin() -> Item {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > MAX_PAGE_BYTES => Item::Problem(super::file::too_large("-")),
        Ok(_) => Item::Page(RawPage { path: "-".into(), bytes: bytes.into(), ..RawPage::default() }),
        Err(error) => Item::Problem(Problem::error("-", error)),
    }
}
