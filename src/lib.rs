//! Solieu reads Vietnamese news pages and extracts dated, cited figures from them.

pub mod extract;
pub mod fact;
pub mod page;
pub mod rules;
pub mod text;
