//! The files in `rules/entities/` joined: later ones replace what earlier ones say.

use std::collections::BTreeMap;

use super::common::{CommonRule, CommonWords};
use super::file::{AnaphorRule, CueRule, EntryRule, File, GroupRule, HeadRule, LessonRule};
use super::holder::HolderRule;
use super::name_words::NameWords;
use crate::extract::entity::EntityKind;
use crate::extract::entity::weigh::Feature;
use crate::extract::weigh::{Weights, WordClasses};
use crate::fact::id;
use crate::rules::{Loaded, RuleError, RuleSources, merge_named};

/// All files joined.
#[derive(Debug, Default)]
pub(crate) struct EntityFiles {
    /// By id: the type and the entry.
    pub(crate) entries: BTreeMap<String, (EntityKind, EntryRule)>,
    pub(crate) heads: Vec<HeadRule>,
    pub(crate) groups: Vec<GroupRule>,
    pub(crate) commons: Vec<CommonRule>,
    pub(crate) common_words: CommonWords,
    pub(crate) holders: Vec<HolderRule>,
    pub(crate) lessons: Vec<LessonRule>,
    pub(crate) anaphors: Vec<AnaphorRule>,
    pub(crate) cues: Vec<CueRule>,
    pub(crate) names: NameWords,
    pub(crate) weights: Weights<Feature>,
}

impl EntityFiles {
    /// Reads the files in the order in which they take effect.
    ///
    /// # Errors
    /// The first file that is broken, or names what is in none.
    pub(crate) fn load(sources: &RuleSources, classes: &WordClasses) -> Result<Self, RuleError> {
        let files: Vec<Loaded<File>> = sources.parse("entities")?;
        let mut joined = Self::default();
        for file in &files {
            joined.add_entries(file)?;
            if let Some(names) = &file.value.names {
                joined.names = names.clone();
            }
            if let Some(words) = &file.value.common_words {
                joined.common_words = words.clone();
            }
        }
        let weights = files.iter().filter_map(|file| Some((file, file.value.weights.as_ref()?)));
        joined.weights = Weights::compile(weights, classes)
            .map_err(|(file, (span, message))| file.error(span, message))?;
        joined.heads = merge_named(files.iter().flat_map(|f| f.value.head.clone()));
        joined.groups = merge_named(files.iter().flat_map(|f| f.value.group.clone()));
        joined.commons = merge_named(files.iter().flat_map(|f| f.value.common.clone()));
        joined.holders = merge_named(files.iter().flat_map(|f| f.value.holder.clone()));
        joined.lessons = merge_named(files.iter().flat_map(|f| f.value.lesson.clone()));
        joined.anaphors = merge_named(files.iter().flat_map(|f| f.value.anaphor.clone()));
        joined.cues = merge_named(files.iter().flat_map(|f| f.value.cue.clone()));
        joined.check_links(&files)?;
        Ok(joined)
    }

    fn add_entries(&mut self, file: &Loaded<File>) -> Result<(), RuleError> {
        for (name, entry) in &file.value.entity {
            id::bounded("the identifier", name.len()).map_err(|message| file.error(entry.span(), message))?;
            let Some(kind) = entry.get_ref().kind.or(file.value.kind) else {
                return Err(file.error(entry.span(), format!("{name} has no type, and the file names none")));
            };
            self.entries.insert(name.clone(), (kind, entry.get_ref().clone()));
        }
        Ok(())
    }

    /// Successors and absorbed units must be entries.
    fn check_links(&self, files: &[Loaded<File>]) -> Result<(), RuleError> {
        for file in files {
            for entry in file.value.entity.values() {
                let links = entry.get_ref().successor.iter().chain(&entry.get_ref().absorbed);
                if let Some(lost) = links.into_iter().find(|id| !self.entries.contains_key(*id)) {
                    return Err(file.error(entry.span(), format!("{lost} is not the id of an entity")));
                }
            }
        }
        Ok(())
    }
}
