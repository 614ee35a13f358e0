//! Classes of words that stand beside the same others: what is learned of a word holds for those of its class as well
//! (Brown et al., *Class-based n-gram models of natural language*, 1992).

use toml::Spanned;

use super::feature::WORD;
use crate::extract::words::token::{Token, TokenKind};
use crate::extract::words::vocabulary::{Vocabulary, WordId};
use crate::rules::{Loaded, RuleError, RuleSources};

/// The file of the classes.
const FILE: &str = "word-classes.toml";

/// The value of the first class among those of features of words.
const FIRST: usize = 3;

/// Compiled `rules/word-classes.toml`.
#[derive(Debug, Clone, Default)]
pub struct WordClasses(Vec<Vec<String>>);

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    class: Vec<ClassFile>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    words: Vec<Spanned<String>>,
}

impl WordClasses {
    /// The classes of the last file that there is.
    ///
    /// # Errors
    /// The first word that is no word or stands there twice, or the first class too many.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        let mut files: Vec<Loaded<File>> = sources.parse(FILE)?;
        files.pop().map_or_else(|| Ok(Self::default()), |file| Self::of(&file))
    }

    fn of(file: &Loaded<File>) -> Result<Self, RuleError> {
        let mut vocabulary = Vocabulary::default();
        for (i, class) in file.value.class.iter().enumerate() {
            for word in &class.words {
                let text = word.get_ref();
                if FIRST + i >= WORD.len() {
                    let most = WORD.len() - FIRST;
                    return Err(file.error(word.span(), format!("there are {most} classes at most")));
                }
                if let Some(wrong) = not_a_new_word(text, &vocabulary) {
                    return Err(file.error(word.span(), format!("{text:?} {wrong}")));
                }
                vocabulary.intern(text);
            }
        }
        let words = |class: &ClassFile| class.words.iter().map(|word| word.get_ref().clone()).collect();
        Ok(Self(file.value.class.iter().map(words).collect()))
    }

    /// All words, each with the value that features of words have for its class.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let values = self.0.iter().zip(FIRST..);
        values.flat_map(|(words, value)| words.iter().map(move |word| (word.as_str(), value)))
    }
}

/// Why no token of a page is ever a word, or only as one that is in the vocabulary.
pub(super) fn not_a_new_word(word: &str, vocabulary: &Vocabulary) -> Option<&'static str> {
    let mut tokens = Vec::new();
    vocabulary.tokenize(word, &mut tokens);
    let no_number = |token: &Token| token.kind != TokenKind::Number;
    let one = matches!(&tokens[..], [token] if token.text(word) == word && no_number(token));
    if !one || word.contains(|c: char| c == '=' || c.is_whitespace() || c.is_control()) {
        Some("is not one word")
    } else if word.to_lowercase() != word {
        Some("has capital letters: words are told apart without them")
    } else if vocabulary.get(word) != WordId::UNKNOWN {
        Some("stands there twice, perhaps in another spelling")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(text: &str) -> Result<Vec<(String, usize)>, String> {
        let mut sources = RuleSources::none();
        sources.add_text(FILE, text);
        let classes = WordClasses::compile(&sources).map_err(|error| error.message)?;
        Ok(classes.iter().map(|(word, value)| (word.to_owned(), value)).collect())
    }

    #[test]
    fn words_have_the_value_of_their_class() {
        let all = compiled("[[class]]\nwords = [\"trâu\", \"bò\"]\n[[class]]\nwords = [\"bán\"]\n");
        let expected = [("trâu", 3), ("bò", 3), ("bán", 4)];
        assert_eq!(all, Ok(expected.map(|(word, value)| (word.to_owned(), value)).to_vec()));
        assert_eq!(WORD[FIRST], "class-1");
    }

    #[test]
    fn what_is_no_word_and_a_class_too_many_are_told() {
        for wrong in ["", "công ty", "Trâu", "hoà"] {
            let text = format!("[[class]]\nwords = [\"hòa\", {wrong:?}]\n");
            assert!(
                compiled(&text).is_err_and(|message| message.starts_with(&format!("{wrong:?}"))),
                "{wrong}"
            );
        }
        let class = |i| format!("[[class]]\nwords = [\"a{}\"]\n", "b".repeat(i));
        let many: Vec<String> = (0..=WORD.len() - FIRST).map(class).collect();
        assert!(compiled(&many.concat()).is_err_and(|message| message.contains("at most")));
    }
}
