//! Numbers that one sentence shows to belong to a name: they do so where others that are read with it say the two again, and
//! count nothing there.

use super::{Analysis, NumberRules, Outcome};
use crate::extract::sentence::Sentence;
use crate::fact::Kind;

/// A name and the number behind it, with the rule that says so (`Vega 9 là …`).
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
                && (analysis.accounts.len() == 1 || goes_on(&sentence.text[account.span.end..]))
                && let Some((name, opens)) = name_before(sentence, account.span.start)
                // The first word of a sentence has a capital, whatever it is.
                && (!opens || name.contains(' '))
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
                let before = || name_before(sentence, account.span.start);
                known.number == number && before().is_some_and(|(name, _)| same(name, known.name))
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

/// Whether a word follows, or a bracket closes, so that the number stands in no list of values (`Messi 2, Pelé 3`).
fn goes_on(behind: &str) -> bool {
    behind.starts_with([')', '"', '”'])
        || behind.strip_prefix(' ').is_some_and(|behind| behind.starts_with(char::is_lowercase))
}

/// Whether two names are the same, or one ends in the other (`Cô Vega`, `Vega`).
fn same(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

/// The words with capitals right before byte `at`, and whether they open the sentence.
fn name_before<'t>(sentence: &Sentence<'t>, at: usize) -> Option<(&'t str, bool)> {
    let behind = sentence.token_at(at);
    let mut end = at;
    let mut first = behind;
    for (index, token) in sentence.tokens[..behind].iter().enumerate().rev() {
        if !token.capital || sentence.text.get(token.end..end) != Some(" ") {
            break;
        }
        (first, end) = (index, token.start);
    }
    let last = sentence.tokens[..behind].last().filter(|_| first < behind)?;
    Some((&sentence.text[end..last.end], first == 0))
}
