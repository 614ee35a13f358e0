//! What became of the examples of rules.

/// What became of one example of a rule, as `solieu rules test` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// The rule file.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// The example's text.
    pub text: String,
    /// How it went.
    pub verdict: Verdict,
}

impl ExampleOutcome {
    pub(crate) fn new(file: &str, rule: &str, text: &str, verdict: Verdict) -> Self {
        Self { file: file.to_owned(), rule: rule.to_owned(), text: text.to_owned(), verdict }
    }
}

/// How an example went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As it should.
    Right,
    /// It was read, but otherwise than the example says: what differs.
    Wrong(String),
    /// It was not read: what was read instead, where that is known.
    Missed(Option<String>),
    /// It should have been left alone, but was read: what was read, where that is known.
    FalseAlarm(Option<String>),
    /// A known gap that is still open.
    Todo,
}

/// Fails with all outcomes that are not right.
#[cfg(test)]
pub(crate) fn assert_right(outcomes: &[ExampleOutcome]) {
    let shown = |o: &ExampleOutcome| format!("{} {}: {:?}: {}", o.file, o.rule, o.verdict, o.text);
    let wrong: Vec<_> = outcomes.iter().filter(|o| o.verdict != Verdict::Right).map(shown).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), outcomes.len(), wrong.join("\n"));
}
