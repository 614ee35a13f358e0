//! Where examples stand in the rule files.

use super::ExampleOutcome;
use super::sources::{RuleSources, SourceFile};

impl RuleSources {
    /// The file of an example as shown to the user, and its line, from 1: of the version that was added last; of an example that
    /// is written with escapes, the line of its rule. `None` where nothing is found.
    pub fn place_of(&self, example: &ExampleOutcome) -> Option<(&str, usize)> {
        let wanted = example.file.as_str();
        let name = wanted.strip_prefix("rules/").unwrap_or(wanted);
        let is_it = |key: &str, file: &SourceFile| {
            file.shown == wanted || key == name || name.ends_with('/') && key.starts_with(name)
        };
        let versions = self.files.iter().flat_map(|(key, all)| all.iter().map(move |file| (&**key, file)));
        let mut versions: Vec<_> = versions.filter(|(key, file)| is_it(key, file)).collect();
        versions.sort_by_key(|(_, file)| std::cmp::Reverse(file.layer));
        versions.into_iter().find_map(|(_, file)| Some((&*file.shown, line_of(&file.text, example)?)))
    }
}

/// The line of an example, behind that which names its rule.
fn line_of(text: &str, example: &ExampleOutcome) -> Option<usize> {
    let quoted = [format!("\"{}\"", example.rule), format!("'{}'", example.rule)];
    let names = |line: &str| quoted.iter().any(|name| line.contains(name)) && line.contains('=');
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| !names(line));
    let (rule, first) = lines.next()?;
    let example = std::iter::once((rule, first)).chain(lines).find(|(_, line)| line.contains(&example.text));
    Some(example.map_or(rule, |(line, _)| line) + 1)
}
