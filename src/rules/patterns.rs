//! Named sub-patterns: `{{name}}` in a pattern stands for the pattern of that name.

use std::collections::BTreeMap;

/// Sub-patterns by name, already expanded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patterns {
    named: BTreeMap<String, String>,
}

impl Patterns {
    /// Defines names by their patterns, which may name each other in any order: one that takes the place of a built-in one
    /// may name what stands behind it.
    ///
    /// # Errors
    /// The first pattern that names what is not defined, or needs itself, and what is wrong with it.
    pub(crate) fn define_all(&mut self, entries: &[(&str, &str)]) -> Result<(), (usize, String)> {
        for (name, _) in entries {
            self.named.remove(*name);
        }
        let mut left: Vec<usize> = (0..entries.len()).collect();
        let mut before = usize::MAX;
        while left.len() < before {
            before = left.len();
            left.retain(|&index| self.define(entries[index]).is_err());
        }
        let Some(&index) = left.first() else { return Ok(()) };
        self.define(entries[index]).map_err(|name| {
            let is_entry = entries.iter().any(|(entry, _)| *entry == name);
            let circle = || format!("this pattern needs itself, by way of `{name}`");
            (index, if is_entry { circle() } else { unknown(&name) })
        })
    }

    fn define(&mut self, (name, pattern): (&str, &str)) -> Result<(), String> {
        let expanded = self.fill(pattern)?;
        self.named.insert(name.to_owned(), format!("(?:{expanded})"));
        Ok(())
    }

    /// Defines `name` as any of `words`, longest first, each taken literally; a space matches any run of white space.
    pub(crate) fn define_words<'w>(&mut self, name: &str, words: impl IntoIterator<Item = &'w str>) {
        let mut words: Vec<&str> = words.into_iter().collect();
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        let escaped: Vec<String> = words.iter().map(|w| regex::escape(w).replace(' ', r"\s+")).collect();
        self.named.insert(name.to_owned(), format!("(?:{})", escaped.join("|")));
    }

    /// The pattern with every `{{name}}` replaced.
    ///
    /// # Errors
    /// What is said of a name that is not defined.
    pub(crate) fn expand(&self, pattern: &str) -> Result<String, String> {
        self.fill(pattern).map_err(|name| unknown(&name))
    }

    fn fill(&self, pattern: &str) -> Result<String, String> {
        let mut out = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, tail)) = after.split_once("}}") else { break };
            out.push_str(before);
            out.push_str(self.named.get(name.trim()).ok_or_else(|| name.trim().to_owned())?);
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }
}

fn unknown(name: &str) -> String {
    format!("no sub-pattern is called `{name}`")
}

/// A space in a pattern stands for any run of white space; an escaped one, and one in a class, for itself.
pub(crate) fn stretch_spaces(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut classes = Classes::default();
    let mut escaped = false;
    for c in pattern.chars() {
        match c {
            ' ' if !escaped && classes.depth == 0 => out.push_str(r"(?:\s+)"),
            _ => out.push(c),
        }
        classes.read(c, escaped);
        escaped = !escaped && c == '\\';
    }
    out
}

/// How deep in character classes a place of a pattern lies.
#[derive(Debug, Default)]
struct Classes {
    depth: usize,
    /// Whether a class has just begun, in which a closing bracket would stand for itself.
    begun: bool,
}

impl Classes {
    fn read(&mut self, c: char, escaped: bool) {
        let begun = std::mem::take(&mut self.begun);
        match c {
            '[' if !escaped => (self.depth, self.begun) = (self.depth + 1, true),
            ']' if !escaped && !begun => self.depth = self.depth.saturating_sub(1),
            '^' if begun && !escaped => self.begun = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_each_other_in_any_order() {
        let mut patterns = Patterns::default();
        assert_eq!(patterns.define_all(&[("ab", "{{a}}b"), ("a", "[{{c}}a]"), ("c", "c")]), Ok(()));
        assert_eq!(patterns.expand("{{ab}}").as_deref(), Ok("(?:(?:[(?:c)a])b)"));
        let round = [("x", "x"), ("y", "{{z}}"), ("z", "{{y}}")];
        let wrong = "this pattern needs itself, by way of `z`".to_owned();
        assert_eq!(patterns.define_all(&round), Err((1, wrong)));
        assert_eq!(
            patterns.define_all(&[("b", "{{d}}")]),
            Err((0, "no sub-pattern is called `d`".to_owned()))
        );
        // What is defined anew is so for all that name it, before it or behind.
        assert_eq!(patterns.define_all(&[("ab", "{{a}}b"), ("a", "o")]), Ok(()));
        assert_eq!(patterns.expand("{{ab}}").as_deref(), Ok("(?:(?:o)b)"));
    }

    #[test]
    fn spaces_in_classes_stand_for_themselves() {
        for (pattern, stretched) in [
            (r"a b?", r"a(?:\s+)b?"),
            (r"[\p{L} ] ?", r"[\p{L} ](?:\s+)?"),
            (r"[^\]. ]\[ ", r"[^\]. ]\[(?:\s+)"),
            (r"[^] ][] ] ", r"[^] ][] ](?:\s+)"),
            (r"[\w&&[^a ] ] ", r"[\w&&[^a ] ](?:\s+)"),
            (r"\\ \ ", r"\\(?:\s+)\ "),
        ] {
            assert_eq!(stretch_spaces(pattern), stretched);
            assert!(regex::Regex::new(stretched).is_ok(), "{stretched}");
        }
    }
}
