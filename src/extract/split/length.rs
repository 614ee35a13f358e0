//! How long a sentence gets at most, and where one that goes on for longer is cut.

use crate::text::floor_boundary;

/// Longest sentence in bytes. Each figure repeats its sentence, so what is written stays in proportion to what is read
/// only where both this and [`FIGURES`] are bounded. Longer runs of text are cut as [`cut`] says.
pub(super) const LONGEST: usize = 4096;
/// Most runs of digits in a sentence: more than sentences of news have, even those that list the results of a lottery.
const FIGURES: usize = 200;
/// Runs of digits in each piece of a sentence with more.
const PIECE: usize = 50;
/// Sentences up to this length in bytes are not counted through.
pub(super) const SHORT: usize = 1024;

/// The length of the first piece of a sentence that has too many figures.
pub(super) fn crowded(sentence: &[u8]) -> Option<usize> {
    let begins = |i: &usize| sentence[*i].is_ascii_digit() && (*i == 0 || !sentence[*i - 1].is_ascii_digit());
    let mut figures = (0..sentence.len()).filter(begins);
    let piece = figures.nth(PIECE)?;
    figures.nth(FIGURES - PIECE).map(|_| piece)
}

/// Where to cut text that goes on for too long: before `to`, behind the last semicolon, else comma, in the second half,
/// else behind the last space, else right there.
pub(super) fn cut(text: &str, from: usize, to: usize) -> usize {
    let to = floor_boundary(text, to);
    let piece = &text[from..to];
    let second = floor_boundary(piece, piece.len() / 2);
    let behind = |mark: &str| piece[second..].rfind(mark).map(|at| from + second + at + mark.len());
    let space = || piece.rfind(' ').map(|at| from + at + 1);
    behind("; ").or_else(|| behind(", ")).or_else(space).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::Splitter;
    use super::*;

    #[test]
    fn endless_lines_are_cut() {
        let splitter = Splitter::default();
        let text = "chữ ".repeat(5000);
        assert!(splitter.split(&text).all(|r| r.len() <= LONGEST));
        assert_eq!(splitter.split(&text).map(|r| r.len() + 1).sum::<usize>(), text.len());
    }

    #[test]
    fn what_is_too_long_is_cut_where_a_clause_ends() {
        let splitter = Splitter::default();
        let words = "chữ ".repeat(500);
        for (mark, text) in
            [("; ", format!("{words}a, b; c, {words}")), (", ", format!("{words}b, c {words}"))]
        {
            let first = splitter.split(&text).next().unwrap();
            assert_eq!(first.end + 1, text.find(mark).unwrap() + 2, "{mark}");
        }
        // No sentence of one word is split within a character.
        let text = "ữ".repeat(5000);
        assert_eq!(splitter.split(&text).map(|r| r.len()).sum::<usize>(), text.len());
    }

    #[test]
    fn a_sentence_has_so_many_figures_at_most() {
        let splitter = Splitter::default();
        let text = "có 12 con bò, ".repeat(4000);
        let figures = |range: &Range<usize>| text[range.clone()].matches("12").count();
        let all: Vec<_> = splitter.split(&text).collect();
        assert!(all.iter().all(|range| figures(range) <= FIGURES));
        assert_eq!(all.iter().map(figures).sum::<usize>(), 4000);
        assert!(all.len() <= 4000 / PIECE + 1);
    }
}
