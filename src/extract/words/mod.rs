//! Words as the rules know them: cut into tokens, numbered, and looked up as phrases.

pub(super) mod id_table;
pub mod lexicon;
pub(super) mod quotation;
pub mod token;
pub mod vocabulary;
