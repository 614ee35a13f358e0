//! What JSON-LD scripts say about an article (schema.org `NewsArticle`).
//!
//! The scripts of real pages are often broken JSON, so keys are searched for instead of parsing the whole.

use memchr::memmem;

/// The string value of the first `"key"`.
pub(super) fn text_value(script: &str, key: &str) -> Option<String> {
    let rest = value_of(script, key)?;
    let text: String = serde_json::Deserializer::from_str(rest).into_iter().next()?.ok()?;
    (!text.trim().is_empty()).then(|| super::entities::decode(text.trim()).into_owned())
}

/// The name of the first author.
pub(super) fn author(script: &str) -> Option<String> {
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
        assert_eq!(text_value(script, "headline").as_deref(), Some("A \"B\""));
        assert_eq!(author(script).as_deref(), Some("Na"));
        assert_eq!(text_value(script, "datePublished"), None);
    }
}
