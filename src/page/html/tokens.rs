//! HTML to tokens with byte spans, in one pass and without copies.
//!
//! Follows the tokenizer of the HTML standard (13.2.5) where it matters for text: quoted attributes, comments, and
//! elements whose content is no markup. Broken markup never fails: what is no tag is text.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::elements::Name;

/// A piece of the document, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text with entities not decoded.
    Text(Range<usize>),
    /// `<name attributes>`.
    Start { name: Name, attributes: Attributes<'a> },
    /// `</name>`.
    End(Name),
    /// The content of an element that holds no markup: script, style, title.
    Raw { name: Name, attributes: Attributes<'a>, content: Range<usize> },
}

/// The attributes of a tag, parsed on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of the attribute `name` (in lower case), with entities not decoded.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        self.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Names and values in order.
    pub(super) fn iter(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (attribute, tail) = split_attribute(rest)?;
            rest = tail;
            Some(attribute)
        })
    }
}

fn is_space(b: u8) -> bool {
    b.is_ascii_whitespace()
}

/// The first attribute of `text`, and what follows it.
fn split_attribute(text: &str) -> Option<((&str, &str), &str)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    if text.is_empty() {
        return None;
    }
    let bytes = text.as_bytes();
    // A leading `=` belongs to the name, by the standard.
    let end =
        bytes[1..].iter().position(|&b| is_space(b) || b == b'=' || b == b'/').map_or(text.len(), |i| i + 1);
    let name = text.get(..end)?;
    let after = text[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
    let Some(value) = after.strip_prefix('=') else { return Some(((name, ""), after)) };
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    if let Some(&quote @ (b'"' | b'\'')) = value.as_bytes().first() {
        let inner = &value[1..];
        let end = memchr(quote, inner.as_bytes()).unwrap_or(inner.len());
        return Some(((name, &inner[..end]), inner.get(end + 1..).unwrap_or_default()));
    }
    let end = value.bytes().position(is_space).unwrap_or(value.len());
    Some(((name, &value[..end]), &value[end..]))
}

/// The tokens of a document.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Where the text that starts at `from` ends: at the next `<` that begins a tag, comment or declaration.
    fn text_end(&self, from: usize) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = from;
        while let Some(i) = memchr(b'<', &bytes[at..]) {
            let lt = at + i;
            match bytes.get(lt + 1) {
                Some(b'!' | b'?' | b'/') => return lt,
                Some(b) if b.is_ascii_alphabetic() => return lt,
                _ => at = lt + 1,
            }
        }
        bytes.len()
    }

    /// Skips a comment, declaration or processing instruction that starts at `lt`.
    fn skip_declaration(&mut self, lt: usize) {
        let rest = &self.html.as_bytes()[lt..];
        let length = if rest.starts_with(b"<!--") {
            // `<!-->` is a whole comment.
            memmem::find(&rest[2..], b"-->").map(|i| i + 5)
        } else if rest.starts_with(b"<![CDATA[") {
            memmem::find(rest, b"]]>").map(|i| i + 3)
        } else {
            memchr(b'>', rest).map(|i| i + 1)
        };
        self.at = length.map_or(self.html.len(), |length| lt + length);
    }

    fn tag(&mut self, lt: usize) -> Token<'a> {
        let bytes = self.html.as_bytes();
        let closing = bytes.get(lt + 1) == Some(&b'/');
        let start = lt + 1 + usize::from(closing);
        let is_name = |b: &u8| !is_space(*b) && *b != b'/' && *b != b'>';
        let name_end = start + bytes[start..].iter().take_while(|b| is_name(b)).count();
        let end = tag_end(bytes, name_end);
        let name = Name::new(&bytes[start..name_end]);
        self.at = (end + 1).min(bytes.len());
        if closing {
            return Token::End(name);
        }
        let attributes = Attributes(&self.html[name_end..end]);
        if name.holds_no_markup() {
            let content = self.raw_content(name);
            return Token::Raw { name, attributes, content };
        }
        Token::Start { name, attributes }
    }

    /// The content up to the end tag of `name`, which is left to be read.
    fn raw_content(&mut self, name: Name) -> Range<usize> {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let wanted = name.as_bytes();
        let mut at = start;
        while let Some(i) = memmem::find(&bytes[at..], b"</") {
            let lt = at + i;
            let found = bytes.get(lt + 2..lt + 2 + wanted.len());
            if found.is_some_and(|found| found.eq_ignore_ascii_case(wanted)) {
                self.at = lt;
                return start..lt;
            }
            at = lt + 2;
        }
        self.at = bytes.len();
        start..bytes.len()
    }
}

/// Where the tag whose attributes start at `from` ends: at the first `>` outside quotes.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut after_equals = false;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => return at,
            b'"' | b'\'' if after_equals => match memchr(b, &bytes[at + 1..]) {
                Some(i) => at += i + 1,
                None => return bytes.len(),
            },
            _ => {}
        }
        after_equals = b == b'=' || after_equals && is_space(b);
        at += 1;
    }
    bytes.len()
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            let end = self.text_end(start);
            if end > start {
                self.at = end;
                return Some(Token::Text(start..end));
            }
            match bytes.get(start + 1) {
                Some(b'!' | b'?') => self.skip_declaration(start),
                Some(b'/') if !bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.skip_declaration(start);
                }
                _ => return Some(self.tag(start)),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let name = |name: Name| String::from_utf8_lossy(name.as_bytes()).into_owned();
        let tokens = Tokens::new(html).map(|token| match token {
            Token::Text(range) => format!("{:?}", &html[range]),
            Token::Start { name: n, attributes } => {
                let pairs: Vec<_> = attributes.iter().map(|(k, v)| format!(" {k}={v}")).collect();
                format!("<{}{}>", name(n), pairs.concat())
            }
            Token::End(n) => format!("</{}>", name(n)),
            Token::Raw { name: n, content, .. } => format!("<{}:{:?}>", name(n), &html[content]),
        });
        tokens.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_text_and_attributes() {
        assert_eq!(
            shown("<P CLASS='a b' id=x hidden>1 < 2<br/></p>"),
            r#"<p CLASS=a b id=x hidden=> "1 < 2" <br> </p>"#
        );
        assert_eq!(shown(r#"<a title="a > b">c</a>"#), r#"<a title=a > b> "c" </a>"#);
    }

    #[test]
    fn content_without_markup_and_comments() {
        assert_eq!(shown("<script>if (a<b) '</p>'</SCRIPT>x"), r#"<script:"if (a<b) '</p>'"> </script> "x""#);
        assert_eq!(shown("a<!-- <p> -->b<!doctype html><?x?></>c"), r#""a" "b" "c""#);
    }

    #[test]
    fn broken_markup_ends() {
        for html in ["<", "</", "<a", "<a b=\"", "<!--", "<script>", "<a b='>'", "a<b"] {
            let _ = shown(html);
        }
    }
}
