//! The little language of metric patterns, expanded to plain phrases.
//!
//! `[x]` may be missing, `(a|b c)` is one of several, `..` leaves out a few words, and a `*` at an end lets any words
//! stand there. Without it a pattern must account for all words of a metric that mean something.

/// Most alternatives of one pattern.
const MAX_ALTERNATIVES: usize = 2048;

/// One way to read a pattern: phrases that follow each other, with a few words between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// Whether any words may stand before the first phrase.
    pub(crate) open_left: bool,
    /// Whether any words may stand behind the last phrase.
    pub(crate) open_right: bool,
    /// The phrases.
    pub(crate) phrases: Vec<String>,
}

/// All alternatives of `pattern`.
///
/// # Errors
/// What is wrong with the pattern.
pub(super) fn alternatives(pattern: &str) -> Result<Vec<Alternative>, String> {
    let lower = pattern.to_lowercase();
    let trimmed = lower.trim();
    let (open_left, rest) = trimmed.strip_prefix('*').map_or((false, trimmed), |r| (true, r));
    let (open_right, rest) = rest.strip_suffix('*').map_or((false, rest), |r| (true, r));
    let mut chars = rest.chars();
    let texts = sequence(&mut chars, None)?;
    Ok(texts.iter().map(|text| alternative(text, open_left, open_right)).collect())
}

fn alternative(text: &str, open_left: bool, open_right: bool) -> Alternative {
    let phrases = text.split("..").map(words).filter(|p| !p.is_empty()).collect();
    let open_left = open_left || text.trim_start().starts_with("..");
    let open_right = open_right || text.trim_end().ends_with("..");
    Alternative { open_left, open_right, phrases }
}

/// The words of a part, one space apart.
fn words(part: &str) -> String {
    let mut words = String::with_capacity(part.len());
    for word in part.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Reads alternatives up to `close`.
fn sequence(chars: &mut std::str::Chars<'_>, close: Option<char>) -> Result<Vec<String>, String> {
    let mut done: Vec<String> = Vec::new();
    let mut current = vec![String::new()];
    loop {
        match chars.next() {
            None if close.is_none() => break,
            None => return Err(format!("`{}` is missing", close.unwrap_or(')'))),
            Some(c) if Some(c) == close => break,
            Some('|') => done.append(&mut std::mem::replace(&mut current, vec![String::new()])),
            Some('[') => {
                let mut inner = sequence(chars, Some(']'))?;
                inner.push(String::new());
                current = joined(&current, &inner)?;
            }
            Some('(') => current = joined(&current, &sequence(chars, Some(')'))?)?,
            Some(c @ (']' | ')')) => return Err(format!("`{c}` closes nothing")),
            Some(c) => current.iter_mut().for_each(|text| text.push(c)),
        }
    }
    done.append(&mut current);
    Ok(done)
}

fn joined(left: &[String], right: &[String]) -> Result<Vec<String>, String> {
    if left.len() * right.len() > MAX_ALTERNATIVES {
        return Err(format!("more than {MAX_ALTERNATIVES} readings"));
    }
    Ok(left.iter().flat_map(|l| right.iter().map(move |r| format!("{l}{r}"))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_words_alternatives_and_gaps() {
        let texts =
            |p: &str| alternatives(p).unwrap().into_iter().map(|r| r.phrases.join(" ~ ")).collect::<Vec<_>>();
        assert_eq!(texts("tỷ lệ [hộ] (nghèo|cận nghèo)").len(), 4);
        assert_eq!(texts("trao đổi .. điện tử"), ["trao đổi ~ điện tử"]);
        let open = &alternatives("* nợ xấu").unwrap()[0];
        assert!(open.open_left && !open.open_right);
    }

    #[test]
    fn broken_patterns_are_named() {
        assert!(alternatives("(a|b").is_err());
        assert!(alternatives("a]").is_err());
    }
}
