//! Clauses, brackets and quotations of a sentence.

use crate::extract::sentence::Sentence;
use crate::extract::words::token::TokenKind;

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
        for (i, token) in sentence.tokens.iter().enumerate() {
            let mark = token.kind == TokenKind::Mark && !is_inch(sentence, i);
            let mark = if mark { token.text(sentence.text) } else { "" };
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

/// Whether a quotation goes on where a sentence ends, if one did where it began.
pub(crate) fn quoting_behind(sentence: &Sentence<'_>, before: bool) -> bool {
    let marks = (0..sentence.tokens.len()).filter(|&i| !is_inch(sentence, i));
    marks.fold(before, |quoting, i| match sentence.tokens[i].text(sentence.text) {
        "“" => true,
        "”" => false,
        "\"" => !quoting,
        _ => quoting,
    })
}

/// Whether the mark at token `i` is a unit of the number before it, and opens or closes nothing (màn hình 6").
fn is_inch(sentence: &Sentence<'_>, i: usize) -> bool {
    let number = i.checked_sub(1).map(|before| &sentence.tokens[before]);
    let token = &sentence.tokens[i];
    token.text(sentence.text) == "\""
        && number.is_some_and(|number| number.kind == TokenKind::Number && number.end == token.start)
}
