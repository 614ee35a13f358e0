//! Whom a value is of, as a choice between candidates: the names of its sentence, what earlier sentences named, the
//! common nouns of the sentence, and nobody.
//!
//! They are weighed as [`crate::extract::rank`] says, by [`attribute`]s; what the network weighs stands in
//! `rules/entities/weights.toml`.

mod attribute;
mod candidates;
mod phrase;
mod spelling;
mod stage;

pub(super) use attribute::Attribute;
pub(super) use stage::Stage;

use crate::extract::rank::{self, Judged};

/// What is known of a candidate.
type Attributes = rank::Attributes<Attribute>;

/// Weights of these attributes.
pub(super) type Weights = rank::Weights<Attribute>;

/// A value with its candidates, some of which are right.
#[derive(Debug, Clone)]
pub struct Lesson(pub(super) rank::Lesson<Attribute>);

impl Lesson {
    /// Takes those candidates for right whose words `is_right`; nobody has none.
    pub fn new(candidates: &[Weighed], is_right: impl Fn(&str) -> bool) -> Self {
        let judged = candidates.iter().map(|candidate| Judged {
            attributes: candidate.scored.attributes,
            is_right: is_right(&candidate.text),
            is_none: candidate.is_nobody(),
            stands: candidate.is_nobody(),
        });
        Self(rank::Lesson::new(judged))
    }

    /// The same for an example of a rule, which shows what is always so.
    pub fn of_rule(candidates: &[Weighed], is_right: impl Fn(&str) -> bool) -> Self {
        Self(Self::new(candidates, is_right).0.of_rule())
    }

    /// Whether no candidate is right.
    pub fn is_hopeless(&self) -> bool {
        self.0.is_hopeless()
    }
}

/// What stands at the head of a file of weights.
const HEADER: &str = "\
# The network that scores whom a value may be of by what is known of a candidate. The greatest score wins, if it is greater than that of
# nobody by at least `doubt`: hundredths of the natural logarithm of odds.
";

/// The weights as a rule file.
pub(super) fn to_toml(weights: &Weights) -> String {
    rank::to_toml(weights, HEADER)
}

/// What is known of a candidate, and what it comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    source: Source,
    attributes: Attributes,
    /// Hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub(super) score: i32,
}

/// A candidate for a value, as it was weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Its words; none for nobody.
    pub text: String,
    scored: Scored,
}

impl Weighed {
    /// Hundredths of the natural logarithm of its odds; of nobody, with the doubt.
    pub fn score(&self) -> i32 {
        self.scored.score
    }

    /// By how much its score is greater for what is known of it, as rule files call that, greatest first.
    pub(super) fn parts(&self, weights: &Weights) -> Vec<(String, i32)> {
        weights.parts(&self.scored.attributes)
    }

    /// Whether it is nobody.
    pub fn is_nobody(&self) -> bool {
        self.scored.source == Source::Nobody
    }

    /// Where it is from, as rule files call it: `named`, `known`, `nouns` or `nobody`.
    pub fn source(&self) -> &'static str {
        self.scored.source.name()
    }
}

/// Where a candidate is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A name of the sentence.
    Named,
    /// A name of earlier sentences.
    Known,
    /// Common nouns of the sentence.
    Nouns,
    /// No candidate is right.
    Nobody,
}

impl Source {
    /// As rule files call it.
    fn name(self) -> &'static str {
        ["named", "known", "nouns", "nobody"][self as usize]
    }
}
