//! Entries of rule files that take the place of earlier ones of the same name.

use super::Loaded;

/// An entry of a rule file that later files can replace.
pub(crate) trait Named {
    /// The name, unique within its kind of entry.
    fn name(&self) -> &str;
}

/// Says that these entries are called by their field `name`.
macro_rules! named {
    ($($entry:ty),*) => { $(impl $crate::rules::Named for $entry {
        fn name(&self) -> &str {
            &self.name
        }
    })* };
}
pub(crate) use named;

/// An entry with the index of its file.
impl<T: Named> Named for (usize, &T) {
    fn name(&self) -> &str {
        self.1.name()
    }
}

/// The entries of several files, each with the index of its file; a later one takes the place of an earlier one of the same name.
pub(crate) fn merged<'f, F, T: Named>(
    files: &'f [Loaded<F>],
    of: impl Fn(&'f F) -> &'f Vec<T>,
) -> Vec<(usize, &'f T)> {
    merge_named(
        files.iter().enumerate().flat_map(|(i, file)| of(&file.value).iter().map(move |entry| (i, entry))),
    )
}

/// Joins the entries of several files: a later entry takes the place of an earlier one of the same name.
pub(crate) fn merge_named<T: Named>(lists: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut merged: Vec<T> = Vec::new();
    for item in lists {
        match merged.iter().position(|old| old.name() == item.name()) {
            Some(i) => merged[i] = item,
            None => merged.push(item),
        }
    }
    merged
}
