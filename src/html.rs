//! HTML pages of their own: nothing is fetched, and no text from an archive can do anything in them.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::text::plain;

/// Text from a page for the body of a document: what acts is made visible, and maud escapes the rest.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    plain::visible(text)
}

/// The address, if it leads to the web: no other scheme becomes a link.
pub(crate) fn web_address(uri: &str) -> Option<&str> {
    let lower = uri.get(..8).unwrap_or(uri).to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    (web && !uri.chars().any(|c| c.is_control() || c.is_whitespace())).then_some(uri)
}

/// A whole document. Its policy lets this style and this script run, by their hashes, and nothing else: no other
/// script, no attribute that is one, no request, no frame, no form.
pub(crate) fn document(title: &str, style: &str, script: Option<&str>, body: &Markup) -> String {
    let scripts = script.map_or_else(|| "'none'".to_owned(), source_hash);
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {scripts}; base-uri 'none'; form-action 'none'",
        source_hash(style)
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (safe(title)) }
                style { (PreEscaped(style)) }
            }
            body {
                (body)
                @if let Some(script) = script { script { (PreEscaped(script)) } }
            }
        }
    };
    page.into_string() + "\n"
}

/// The hash of an inline element's text, as a source of a policy (CSP level 3, section 2.3.1).
fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web_address("https://bao.example/x?a=1"), Some("https://bao.example/x?a=1"));
        for uri in
            ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", " https://x", "https://x\ny", ""]
        {
            assert_eq!(web_address(uri), None, "{uri}");
        }
    }

    #[test]
    fn titles_are_escaped_and_scripts_named_by_hash() {
        let page = document("</title><script>x", "a{}", Some("1"), &html! {});
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;x</title>"));
        assert!(page.ends_with("</html>\n"));
        assert!(page.contains("script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"));
    }
}
