//! What JSON-LD scripts say about an article (schema.org `NewsArticle`).
//!
//! A page describes much besides its article: the site, lists of teasers. So the object counts that is called an article
//! and is no part of a list; where there is none, any object at the top. The scripts of real pages are often broken JSON;
//! in those keys are searched for.

use memchr::memmem;
use serde_json::Value;

/// What the scripts say.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) author: Option<String>,
}

impl LinkedData {
    /// Reads all scripts of a page.
    pub(super) fn read(scripts: &[&str]) -> Self {
        let (mut articles, mut others, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        for script in scripts {
            match serde_json::from_str::<Value>(inner(script)) {
                Ok(value) => classify(value, &mut articles, &mut others),
                Err(_) => broken.push(*script),
            }
        }
        let mut found = Self::default();
        for object in &articles {
            found.take(object);
        }
        for script in broken {
            found.search(script);
        }
        for object in &others {
            found.take_date(object);
        }
        found
    }

    fn take(&mut self, object: &Value) {
        self.headline = self.headline.take().or_else(|| text(&object["headline"]));
        self.author = self.author.take().or_else(|| name(&object["author"]));
        self.take_date(object);
    }

    fn take_date(&mut self, object: &Value) {
        self.published = self.published.take().or_else(|| text(&object["datePublished"]));
    }

    fn search(&mut self, script: &str) {
        self.headline = self.headline.take().or_else(|| text_value(script, "headline"));
        self.published = self.published.take().or_else(|| text_value(script, "datePublished"));
        self.author = self.author.take().or_else(|| author(script));
    }
}

/// The script without what keeps old browsers from reading it.
fn inner(script: &str) -> &str {
    const OPEN: &str = "<![CDATA[";
    let Some(at) = script.find(OPEN) else { return script };
    let rest = &script[at + OPEN.len()..];
    let rest = &rest[..rest.rfind("]]>").unwrap_or(rest.len())];
    let start = rest.find(['{', '[']).unwrap_or(0);
    let end = rest.rfind(['}', ']']).map_or(rest.len(), |end| end + 1);
    rest.get(start..end).unwrap_or(rest)
}

/// The objects at the top of a script: itself, those of an array, those of a graph.
fn classify(value: Value, articles: &mut Vec<Value>, others: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| classify(value, articles, others)),
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                classify(graph, articles, others);
            }
            let value = Value::Object(object);
            if is_article(&value["@type"]) { articles.push(value) } else { others.push(value) }
        }
        _ => {}
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => kind.ends_with("Article") || kind.ends_with("Posting"),
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| super::entities::decode(text).into_owned())
}

/// The name of the first author.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(name),
        Value::Object(object) => text(object.get("name")?),
        other => text(other),
    }
}

/// The string value of the first `"key"`.
fn text_value(script: &str, key: &str) -> Option<String> {
    let rest = value_of(script, key)?;
    let text: String = serde_json::Deserializer::from_str(rest).into_iter().next()?.ok()?;
    (!text.trim().is_empty()).then(|| super::entities::decode(text.trim()).into_owned())
}

fn author(script: &str) -> Option<String> {
    let rest = value_of(script, "author")?;
    if rest.starts_with('"') {
        return text_value(script, "author");
    }
    let end = memchr::memchr(b'}', rest.as_bytes()).unwrap_or(rest.len());
    text_value(&rest[..end], "name")
}

/// What follows `"key":`.
fn value_of<'a>(script: &'a str, key: &str) -> Option<&'a str> {
    let quoted = format!("\"{key}\"");
    let mut rest = script;
    loop {
        let at = memmem::find(rest.as_bytes(), quoted.as_bytes())?;
        rest = rest[at + quoted.len()..].trim_start();
        if let Some(value) = rest.strip_prefix(':') {
            return Some(value.trim_start());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_also_in_broken_json() {
        let script = r#"{"headline" : "A \"B\"", "x": , "author":[{"@type":"Person","name":"Na"}]"#;
        let found = LinkedData::read(&[script]);
        assert_eq!(found.headline.as_deref(), Some("A \"B\""));
        assert_eq!(found.author.as_deref(), Some("Na"));
        assert_eq!(found.published, None);
    }

    #[test]
    fn the_article_counts_and_no_teaser() {
        let list = r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2001-01-01"}]}"#;
        let graph = r#"/*<![CDATA[*/{"@graph":[{"@type":"WebPage","datePublished":"2002-02-02"},
            {"@type":["NewsArticle"],"headline":"H","datePublished":"2003-03-03","author":{"name":"Na"}}]}/*]]>*/"#;
        let found = LinkedData::read(&[list, graph]);
        assert_eq!((found.headline.as_deref(), found.published.as_deref()), (Some("H"), Some("2003-03-03")));
        assert_eq!(found.author.as_deref(), Some("Na"));
        assert_eq!(LinkedData::read(&[list]).published, None);
    }
}
