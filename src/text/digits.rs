//! Long numbers in groups of three digits.

/// The text in pieces, each with whether it stands apart from the one before it. Decimals stay ungrouped, and so do numbers
/// of four digits, such as years.
pub(crate) fn groups(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let run = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let mut end = run;
        if run > 4 && !text[..at].ends_with('.') {
            let first = (run - 1) % 3 + 1;
            pieces.push((&rest[..first], false));
            pieces.extend((first..run).step_by(3).map(|start| (&rest[start..start + 3], true)));
        } else {
            end += rest[run..].find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len() - run);
            pieces.push((&rest[..end], false));
        }
        at += end;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn long_numbers_are_in_groups_and_decimals_are_not() {
        let shown = |text: &str| {
            groups(text)
                .into_iter()
                .map(|(piece, apart)| [if apart { "_" } else { "" }, piece].concat())
                .collect::<String>()
        };
        assert_eq!(shown("480000000000 VND"), "480_000_000_000 VND");
        assert_eq!(shown("10000–1234567.123456 hộ / 1000"), "10_000–1_234_567.123456 hộ / 1000");
        assert_eq!((shown("7 ổ"), shown("")), ("7 ổ".to_owned(), String::new()));
    }
}
