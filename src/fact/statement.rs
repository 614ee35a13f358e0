//! Identifiers of statements: the same words on the same page keep theirs when other parts of the page, or the rules, change.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use crate::text::hexadecimal;

/// What a page is known by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Document<'d> {
    /// Its address, wherever it is stored.
    Address(&'d str),
    /// Where it is stored, if it has no address; the record is empty outside containers.
    Place { path: &'d str, record: &'d str },
}

impl<'d> Document<'d> {
    pub(crate) fn new(address: Option<&'d str>, path: &'d str, record: Option<&'d str>) -> Self {
        match address {
            Some(address) => Self::Address(address),
            None => Self::Place { path, record: record.unwrap_or_default() },
        }
    }
}

/// Gives the statements of one page their identifiers, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct StatementIds {
    /// How often the same quote stood in the same sentence so far.
    seen: FxHashMap<u128, u32>,
}

impl StatementIds {
    /// 32 hexadecimal digits: 128-bit XXH3 of the document, the sentence, the quote and its place among equal ones. Not
    /// cryptographic: it names statements, it does not vouch for them.
    pub(crate) fn next(&mut self, document: Document<'_>, sentence: &str, quote: &str) -> String {
        let mut hash = Xxh3::new();
        match document {
            Document::Address(address) => hash.update(address.as_bytes()),
            Document::Place { path, record } => {
                hash.update(path.as_bytes());
                update_separated(&mut hash, record);
            }
        }
        update_separated(&mut hash, sentence);
        update_separated(&mut hash, quote);
        let place = self.seen.entry(hash.digest128()).or_default();
        hash.update(&place.to_le_bytes());
        *place += 1;
        hexadecimal(&hash.digest128().to_be_bytes())
    }
}

fn update_separated(hash: &mut Xxh3, part: &str) {
    hash.update(b"\0");
    hash.update(part.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_quotes_of_a_sentence_and_pages_at_other_places_are_told_apart() {
        let mut ids = StatementIds::default();
        let addressed = Document::new(Some("https://a.example"), "a.txt", Some("1"));
        let stored = Document::new(None, "a.txt", Some("1"));
        let given = [addressed, addressed, stored].map(|document| ids.next(document, "5 và 5 hộ", "5"));
        assert!(given.iter().all(|id| id.len() == 32));
        assert!(given[0] != given[1] && given[0] != given[2]);
        let moved = Document::new(Some("https://a.example"), "b.txt", None);
        assert_eq!(StatementIds::default().next(moved, "5 và 5 hộ", "5"), given[0]);
    }
}
