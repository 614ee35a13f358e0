//! The files of the review page, in the program itself.

use super::http::Response;

macro_rules! assets {
    ($($name:literal: $type:literal),+ $(,)?) => {
        /// Name, content type, content.
        const ASSETS: &[(&str, &str, &[u8])] =
            &[$(($name, $type, include_bytes!(concat!("../assets/", $name)))),+];
    };
}

assets! {
    "index.html": "text/html; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "theme.css": "text/css; charset=utf-8",
    "main.js": "text/javascript; charset=utf-8",
    "api.js": "text/javascript; charset=utf-8",
    "article.js": "text/javascript; charset=utf-8",
    "card.js": "text/javascript; charset=utf-8",
    "chosen.js": "text/javascript; charset=utf-8",
    "compare.js": "text/javascript; charset=utf-8",
    "dom.js": "text/javascript; charset=utf-8",
    "drafts.js": "text/javascript; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "fields.js": "text/javascript; charset=utf-8",
    "filters.js": "text/javascript; charset=utf-8",
    "format.js": "text/javascript; charset=utf-8",
    "i18n.js": "text/javascript; charset=utf-8",
    "keys.js": "text/javascript; charset=utf-8",
    "list.js": "text/javascript; charset=utf-8",
    "store.js": "text/javascript; charset=utf-8",
    "virtual-list.js": "text/javascript; charset=utf-8",
    "strings.json": "application/json",
    "icon.svg": "image/svg+xml",
}

/// The file of this very name; the empty name is the page. There is no folder to walk in.
pub(super) fn find(name: &str) -> Option<Response> {
    let name = if name.is_empty() { "index.html" } else { name };
    let (_, content_type, body) = ASSETS.iter().find(|(asset, ..)| *asset == name)?;
    Some(Response { status: 200, content_type, body: (*body).into() })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::fact::Fact;

    /// The words that a field may have, as the schema of records lists them.
    fn words(field: &str) -> Vec<String> {
        let schema = serde_json::to_value(schemars::schema_for!(Fact<'_>)).unwrap();
        let words = schema["$defs"][field]["oneOf"].as_array().unwrap();
        words.iter().map(|word| word["const"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_form_offers_every_word_of_a_record_and_both_languages_have_it() {
        let editor = include_str!("../assets/editor.js");
        let strings: Value = serde_json::from_str(include_str!("../assets/strings.json")).unwrap();
        for (field, prefix) in [
            ("Kind", "kind_"),
            ("Qualifier", "qualifier_"),
            ("Direction", "direction_"),
            ("Status", "status_"),
            ("TimeRole", "role_"),
            ("TimeSource", "from_"),
        ] {
            let words = words(field);
            let offered = format!("\"{}\"]", words.join("\", \""));
            assert!(editor.contains(&offered), "{field}: {offered}");
            for key in words.iter().map(|word| format!("{prefix}{word}")) {
                assert!(["vi", "en"].iter().all(|language| strings[language][&key].is_string()), "{key}");
            }
        }
    }
}
