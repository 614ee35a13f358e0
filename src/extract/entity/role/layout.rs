//! Clauses, brackets and quotations of a sentence.

use crate::extract::sentence::Sentence;
use crate::extract::words::quotation::mark_at;

/// Where in its sentence a token stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// How many semicolons stand before it.
    pub(crate) part: u32,
    /// How many commas and the like stand before it outside brackets.
    pub(crate) clause: u32,
    /// The token that opened the bracket around it, plus one; 0 outside.
    pub(crate) bracket: u32,
    /// The token that opened the quotation around it, plus one; 0 outside.
    pub(crate) quoted: u32,
}

/// Clauses and brackets of a sentence, by token.
#[derive(Debug, Default)]
pub(crate) struct Layout(Vec<Spot>);

impl Layout {
    pub(crate) fn of(sentence: &Sentence<'_>) -> Self {
        let mut spots = Vec::with_capacity(sentence.tokens.len());
        let mut spot = Spot::default();
        for i in 0..sentence.tokens.len() {
            let mark = mark_at(sentence.text, &sentence.tokens, i);
            let closes = mark == "”" || mark == "\"" && spot.quoted != 0;
            if mark == ")" {
                spot.bracket = 0;
            }
            if closes {
                spot.quoted = 0;
            }
            spots.push(spot);
            match mark {
                "\"" | "“" if !closes => spot.quoted = i as u32 + 1,
                "(" => spot.bracket = i as u32 + 1,
                ";" => spot.part += 1,
                "," | "." | "…" | "?" | "!" if spot.bracket == 0 => spot.clause += 1,
                _ => {}
            }
        }
        Self(spots)
    }

    /// Where token `at` stands.
    pub(crate) fn at(&self, at: usize) -> Spot {
        self.0.get(at).or(self.0.last()).copied().unwrap_or_default()
    }
}
