//! Headlines of other articles that stand in brackets between the sentences of an article.

use std::ops::Range;

use super::cut::{Cut, window_end};

/// Fewest words of a headline, so that `[sic]` and additions to a quotation are none.
const MIN_WORDS: usize = 5;
/// Longest headline in bytes.
const LONGEST: usize = 220;
/// Name of the rule.
pub(super) const RULE: &str = "bracketed-headline";

/// `… sentence. [Headline of another article] Next sentence …`: the headlines of the whole page, in order, but for what
/// stands in its own headline.
pub(super) fn cuts(text: &str, title: Option<&Range<usize>>) -> Vec<Cut> {
    let opens = memchr::memchr_iter(b'[', text.as_bytes());
    let own = |open: &usize| title.is_some_and(|title| title.contains(open));
    opens.filter(|open| !own(open)).filter_map(|open| headline(text, open)).collect()
}

fn headline(text: &str, open: usize) -> Option<Cut> {
    let inner = &text[open + 1..window_end(text, open + 1)];
    let close = memchr::memchr2(b'[', b']', inner.as_bytes())?;
    let words = &inner[..close];
    let span = open..open + 1 + words.len() + 1;
    let headed = words.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '\''));
    let is_headline = headed
        && inner.as_bytes()[close] == b']'
        && words.len() <= LONGEST
        && !words.trim_end().ends_with(['.', ',', ';', ':'])
        && between_sentences(text, span.start, span.end)
        && words.split_whitespace().nth(MIN_WORDS - 1).is_some();
    is_headline.then_some(Cut { span, rule: RULE })
}

/// Whether a sentence or line ends before byte `start`, and another begins behind byte `end`.
fn between_sentences(text: &str, start: usize, end: usize) -> bool {
    let ends = ['.', '!', '?', '…', '"', '”', ')', ']', ':'];
    let before = text[..start].trim_end_matches(' ');
    let behind = text[end..].trim_start_matches(' ').chars().next();
    // What opens a line labels it.
    let opens_line = before.is_empty() || before.ends_with('\n');
    let ends_line = matches!(behind, None | Some('\n'));
    (if opens_line { ends_line } else { before.ends_with(ends) })
        && behind.is_none_or(|c| c.is_uppercase() || matches!(c, '\n' | '"' | '“' | '[' | '(' | '-' | '–'))
}

/// Whether a line is nothing but such a headline.
pub(super) fn is_headline(line: &str) -> bool {
    line.starts_with('[') && headline(line, 0).is_some_and(|cut| cut.span.end == line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::cut::kept_text;

    fn kept(text: &str) -> String {
        kept_text(text, &(0..text.len()), &cuts(text, None))
    }

    #[test]
    fn headlines_between_sentences_are_cut() {
        let text = "Xe lật. [Vụ cháy ở chợ Lớn: Thêm 3 người tử vong] Khoảng 4 giờ sau, xe được kéo đi.";
        assert_eq!(kept(text), "Xe lật.  Khoảng 4 giờ sau, xe được kéo đi.");
        assert_eq!(kept("Xe lật.\n[Vì sao xe khách hay lật vào ban đêm?]\nHết."), "Xe lật.\n\nHết.");
    }

    #[test]
    fn additions_to_a_quotation_stay() {
        for text in [
            "Ông [chủ tịch hội đồng quản trị của công ty] nói vậy.",
            "“Họ [Những người dân ở làng này] đã đi.”",
            "Xem [1] và [2]. [Ảnh: An]",
            "[Cập nhật lúc 18 giờ ngày 5/8] Hà Nội có mưa.",
            "Hở [Một dấu ngoặc không bao giờ đóng lại",
        ] {
            assert_eq!(kept(text), text);
        }
    }

    #[test]
    fn a_line_of_its_own_is_told() {
        assert!(is_headline("[Vì sao xe khách hay lật vào ban đêm?]"));
        assert!(!is_headline("[Vì sao xe khách hay lật vào ban đêm?] Xe lật."));
        assert!(!is_headline("Ở đây không có gì"));
    }
}
