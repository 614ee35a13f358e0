//! Numbers that a page shows to belong to a name: they do so wherever it says the two again, and count nothing there.

use super::account::{Analysis, NumberRules, Outcome};
use crate::extract::sentence::Sentence;
use crate::fact::Kind;

/// A name's last word and the number behind it, with the rule that says so (`Vega 9 là …`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberedName<'t> {
    name: &'t str,
    number: &'t str,
    rule: usize,
}

impl NumberRules {
    /// Adds the names with a number that rules found in a sentence.
    pub(crate) fn learn_names<'t>(
        &self,
        sentence: &Sentence<'t>,
        analysis: &Analysis<'t>,
        names: &mut Vec<NumberedName<'t>>,
    ) {
        for account in &analysis.accounts {
            let Outcome::NotFact(rule) = account.outcome else { continue };
            if self.readings.rules[rule].of_name
                && let Some(name) = name_before(sentence, account.span.start)
            {
                names.push(NumberedName { name, number: &sentence.text[account.span.clone()], rule });
            }
        }
    }
}

impl<'t> Analysis<'t> {
    /// Takes back the counts whose numbers belong to the names right before them.
    pub(crate) fn recall_names(&mut self, sentence: &Sentence<'t>, names: &[NumberedName<'t>]) {
        for at in (0..self.accounts.len()).rev() {
            let account = &self.accounts[at];
            let Outcome::Fact(index) = account.outcome else { continue };
            let number = &sentence.text[account.span.clone()];
            let again = |known: &&NumberedName<'t>| {
                known.number == number && name_before(sentence, account.span.start) == Some(known.name)
            };
            if self.mentions[index].kind == Kind::Count
                && let Some(known) = names.iter().find(again)
            {
                self.accounts[at].outcome = Outcome::NotFact(known.rule);
                self.remove(index);
            }
        }
    }

    /// Takes back a value.
    fn remove(&mut self, index: usize) {
        self.mentions.remove(index);
        for account in &mut self.accounts {
            if let Outcome::Fact(other) = &mut account.outcome
                && *other > index
            {
                *other -= 1;
            }
        }
    }
}

/// The word with a capital right before byte `at`.
fn name_before<'t>(sentence: &Sentence<'t>, at: usize) -> Option<&'t str> {
    let token = &sentence.tokens[sentence.token_at(at).checked_sub(1)?];
    let beside = sentence.text.get(token.end..at) == Some(" ");
    (token.capital && beside).then(|| token.text(sentence.text))
}
