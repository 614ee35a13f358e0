//! The texts of the rule files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::Xxh3;

use super::RuleError;
use super::twins::refuse_twins;

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The one file that is read before any rules are chosen: to detect encodings.
const FIXED: &str = "syllables.toml";

/// One rule file: where it is from and what it says.
#[derive(Debug, Clone)]
pub(super) struct SourceFile {
    /// As shown to the user.
    pub(super) shown: String,
    pub(super) text: Cow<'static, str>,
    /// How many times files were added before it: 0 for those that are built in.
    pub(super) layer: usize,
}

/// All rule files, in the order in which they take effect.
#[derive(Debug, Clone)]
pub struct RuleSources {
    /// Relative path (`metrics/egov.toml`) → its versions, built-in first.
    pub(super) files: BTreeMap<String, Vec<SourceFile>>,
    /// How many times files were added.
    layers: usize,
}

/// A parsed rule file, with what error messages need.
#[derive(Debug, Clone)]
pub(crate) struct Loaded<T> {
    /// The file as shown to the user.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: Cow<'static, str>,
    /// What it says.
    pub(crate) value: T,
}

impl<T> Loaded<T> {
    /// An error at `span` of this file.
    pub(crate) fn error(&self, span: std::ops::Range<usize>, message: impl Into<String>) -> RuleError {
        RuleError {
            file: self.file.clone(),
            text: self.text.to_string(),
            span,
            message: message.into(),
            help: None,
        }
    }
}

impl RuleSources {
    /// The rules compiled into the program.
    pub fn builtin() -> Self {
        let mut files = BTreeMap::new();
        collect_embedded(&BUILTIN, &mut files);
        Self { files, layers: 0 }
    }

    /// A number for all files and their texts: XXH3 of 128 bits.
    pub fn fingerprint(&self) -> u128 {
        let mut hash = Xxh3::new();
        for (path, versions) in &self.files {
            let texts = versions.iter().flat_map(|v| [v.shown.as_str(), &v.text]);
            for part in std::iter::once(path.as_str()).chain(texts) {
                hash.update(&part.len().to_le_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.digest128()
    }

    /// No rules: all come from what is added.
    pub fn none() -> Self {
        Self { files: BTreeMap::new(), layers: 0 }
    }

    /// Adds the `.toml` files below `dir`, whose entries replace earlier ones of the same name.
    ///
    /// # Errors
    /// Where the folder or one of its files cannot be read, or there is none; the message names it.
    pub fn add_dir(&mut self, dir: &Path) -> io::Result<()> {
        if fs::metadata(dir).map_err(|error| at(dir, &error))?.is_file() {
            return Err(wrong(dir, "is a file; name the folder that the rule files are in"));
        }
        let mut any = false;
        self.layers += 1;
        for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(dir).to_owned();
                at(&path, &error.into_io_error().unwrap_or_else(|| io::Error::other("is linked in a circle")))
            })?;
            let path = entry.path();
            if !entry.file_type().is_file() || path.extension().is_none_or(|e| e != "toml") {
                continue;
            }
            let name = path.strip_prefix(dir).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
            let file =
                SourceFile { shown: path.display().to_string(), text: text.into(), layer: self.layers };
            self.files.entry(name).or_default().push(file);
            any = true;
        }
        if any { Ok(()) } else { Err(wrong(dir, "there is no rule file (.toml) in this folder")) }
    }

    /// Adds one file under its relative path, as [`Self::add_dir`] does.
    pub fn add_text(&mut self, name: &str, text: &str) {
        self.layers += 1;
        let file = SourceFile { shown: name.to_owned(), text: text.to_owned().into(), layer: self.layers };
        self.files.entry(name.to_owned()).or_default().push(file);
    }

    /// Whether every file is one that some stage reads: one of the built-in ones' names, or in one of their folders, or
    /// called like such a folder (`units.toml`).
    ///
    /// # Errors
    /// The first file that nothing reads, as where its name is misspelt, or that cannot be replaced.
    pub(crate) fn check_names(&self) -> Result<(), RuleError> {
        self.check_fixed()?;
        let mut read: Vec<String> = Vec::new();
        let named = BUILTIN.files().map(include_dir::File::path);
        let rules = named.filter(|path| path.extension().is_some_and(|e| e == "toml"));
        read.extend(rules.filter_map(|path| path.to_str().map(str::to_owned)));
        read.extend(BUILTIN.dirs().filter_map(|d| d.path().to_str()).map(|folder| format!("{folder}/")));
        let unread = self.files.iter().find(|(name, _)| {
            !read.iter().any(|r| *name == r || r.strip_suffix('/').is_some_and(|folder| is_of(name, folder)))
        });
        let Some(file) = unread.and_then(|(_, versions)| versions.first()) else { return Ok(()) };
        read.sort();
        Err(RuleError {
            file: file.shown.clone(),
            text: file.text.to_string(),
            span: 0..0,
            message: "nothing reads a rule file of this name".to_owned(),
            help: Some(format!("rule files are {}", read.join(", "))),
        })
    }

    /// Refuses another text for [`FIXED`]; a copy of all rules may have it.
    fn check_fixed(&self) -> Result<(), RuleError> {
        let versions = self.files.get(FIXED).map_or(&[][..], |versions| versions);
        let Some((built_in, added)) = versions.split_first().filter(|(first, _)| first.layer == 0) else {
            return Ok(()); // rules compared as they once were
        };
        let added = added.iter().find(|file| file.text != built_in.text);
        added.map_or(Ok(()), |file| {
            Err(RuleError {
                file: file.shown.clone(),
                text: file.text.to_string(),
                span: 0..0,
                message: "this file cannot be replaced".to_owned(),
                help: Some("encodings are detected by the built-in one, before rules are chosen".to_owned()),
            })
        })
    }

    /// An error of the file or folder `path` as a whole, such as too many words to search for: of what was added to it
    /// last, as what is built in is known to be right.
    pub(crate) fn error(&self, path: &str, message: impl Into<String>) -> RuleError {
        let last = self.versions(path).last().copied();
        RuleError {
            file: last.map_or(path, |file| &file.shown).to_owned(),
            text: last.map_or_else(String::new, |file| file.text.to_string()),
            span: 0..0,
            message: message.into(),
            help: None,
        }
    }

    /// Parses the file `path`, or all files below the folder `path` and those called like it (`units.toml`), in the order
    /// in which they take effect.
    ///
    /// # Errors
    /// The first file that is not TOML or does not have the form of `T`, or that was added and has an entry called like
    /// one added together with it, whose place it would take.
    pub(crate) fn parse<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<Loaded<T>>, RuleError> {
        let versions = self.versions(path);
        let loaded = versions.iter().map(|file| parse_one(file)).collect::<Result<Vec<_>, _>>()?;
        refuse_twins(&versions)?;
        Ok(loaded)
    }

    /// The versions of a file, or of those of a folder, in the order in which they take effect.
    fn versions(&self, path: &str) -> Vec<&SourceFile> {
        let wanted = self.files.iter().filter(|(name, _)| *name == path || is_of(name, path));
        let mut files: Vec<&SourceFile> = wanted.flat_map(|(_, versions)| versions).collect();
        // What is added replaces what is built in, whatever its file is called.
        files.sort_by_key(|file| file.layer);
        files
    }
}

/// Whether the file `name` stands in a folder, or is called like it.
fn is_of(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest == ".toml")
}

/// The same error with the path that it is about.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn wrong(path: &Path, what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("{}: {what}", path.display()))
}

fn parse_one<T: DeserializeOwned>(file: &SourceFile) -> Result<Loaded<T>, RuleError> {
    let value = toml::from_str(&file.text).map_err(|error| RuleError {
        file: file.shown.clone(),
        text: file.text.to_string(),
        span: error.span().unwrap_or(0..0),
        message: error.message().to_owned(),
        help: None,
    })?;
    Ok(Loaded { file: file.shown.clone(), text: file.text.clone(), value })
}

fn collect_embedded(dir: &'static Dir<'_>, files: &mut BTreeMap<String, Vec<SourceFile>>) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if let (true, Some(text)) =
            (file.path().extension().is_some_and(|e| e == "toml"), file.contents_utf8())
        {
            let source = SourceFile { shown: format!("rules/{name}"), text: text.into(), layer: 0 };
            files.insert(name, vec![source]);
        }
    }
    for sub in dir.dirs() {
        collect_embedded(sub, files);
    }
}

#[cfg(test)]
mod tests {
    use super::super::twins::Entries;
    use super::*;

    #[test]
    fn what_is_added_last_takes_effect_last_whatever_its_file_is_called() {
        let mut sources = RuleSources::none();
        for (name, text) in
            [("metrics/z.toml", "at = 1"), ("metrics/a.toml", "at = 2"), ("metrics/m.toml", "at = 3")]
        {
            sources.add_text(name, text);
        }
        let files: Vec<Loaded<toml::Table>> = sources.parse("metrics").unwrap_or_else(|e| panic!("{e}"));
        let order: Vec<&str> = files.iter().map(|file| &*file.text).collect();
        assert_eq!(order, ["at = 1", "at = 2", "at = 3"]);
    }

    #[test]
    fn an_error_of_a_file_is_one_of_what_was_added_to_it() {
        let mut sources = RuleSources::builtin();
        let built_in = sources.error("numbers.toml", "too many words");
        assert_eq!(built_in.to_string(), "rules/numbers.toml:1:1: too many words");
        for (path, name) in
            [("numbers.toml", "numbers.toml"), ("units", "units/own.toml"), ("units", "units.toml")]
        {
            sources.add_text(name, "# More.");
            let added = sources.error(path, "too many words");
            assert_eq!((added.file.as_str(), added.text.as_str()), (name, "# More."));
        }
        assert_eq!(RuleSources::none().error("units", "").file, "units");
    }

    #[test]
    fn a_file_is_of_the_folder_that_it_is_called_like() {
        let is = |name| is_of(name, "units");
        assert!(is("units/money.toml") && is("units.toml") && is("units/more/money.toml"));
        assert!(!is("unit.toml") && !is("units2.toml") && !is("units-of-mine/money.toml"));
    }

    #[test]
    fn no_built_in_entry_takes_the_place_of_another() {
        let sources = RuleSources::builtin();
        let folders = BUILTIN.dirs().filter_map(|d| d.path().to_str());
        for path in folders.chain(sources.files.keys().map(String::as_str)) {
            let mut entries = Entries::default();
            for (index, file) in sources.versions(path).into_iter().enumerate() {
                assert_eq!(entries.add(index, &file.text), None, "{}", file.shown);
            }
        }
    }
}
