//! What may stand right before and right behind a time expression.

/// Whether no digit, letter or number continues the match on either side.
pub(super) fn bounded(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let digit_last = text.as_bytes()[end - 1].is_ascii_digit();
    let digit_first = text.as_bytes()[start].is_ascii_digit();
    let glued_after = match after {
        Some('-') if joins_dates(text, end) => false,
        Some('/' | '-' | '.' | ',') if digit_last => text[end + 1..]
            .starts_with(|c: char| c.is_alphanumeric() && (c.is_ascii_digit() || after == Some('/'))),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let glued_before = match before {
        Some('-') if joins_dates(text, start - 1) => false,
        Some('/' | '-' | '.' | ',' | ':') if digit_first => {
            text[..start - 1].ends_with(|c: char| c.is_alphanumeric())
        }
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !glued_after && !glued_before
}

/// Whether the hyphen at `at` stands between two dates in digits (26/1-1/2).
fn joins_dates(text: &str, at: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let before = text[..at].trim_end_matches(digit);
    let after = text[at..].trim_start_matches('-').trim_start_matches(digit);
    before.len() < at && before.ends_with('/') && after.starts_with('/')
}

/// Whether the match stands alone between brackets.
pub(super) fn parenthesised(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with('(') && text[end..].starts_with(')')
}
