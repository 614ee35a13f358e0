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
        for i in 0..sentence.tokens.len() {
            let mark = mark_at(sentence, i);
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
    (0..sentence.tokens.len()).fold(before, |quoting, i| match mark_at(sentence, i) {
        "“" => true,
        "”" => false,
        "\"" => !quoting,
        _ => quoting,
    })
}

/// The mark at token `i`, or nothing where none stands there, or one that is the unit of the number before it and opens or closes
/// nothing (màn hình 6").
pub(crate) fn mark_at<'t>(sentence: &Sentence<'t>, i: usize) -> &'t str {
    let token = &sentence.tokens[i];
    let text = token.text(sentence.text);
    let number = |before: usize| {
        let number = &sentence.tokens[before];
        number.kind == TokenKind::Number && number.end == token.start
    };
    let inch = text == "\"" && i.checked_sub(1).is_some_and(number);
    if token.kind == TokenKind::Mark && !inch { text } else { "" }
}
