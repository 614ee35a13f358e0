//! Solieu reads Vietnamese news pages and extracts dated, cited figures from them.
//!
//! Data flows one way: [`source`] (archive to pages) → [`text`] (bytes to normalized text) → [`page`] (text to
//! article) → [`extract`] (article to facts) → [`sink`]. [`Extractor`] joins the middle three for one page, [`pipeline`]
//! runs it over whole archives.

pub mod export;
pub mod extract;
mod extractor;
pub mod fact;
#[cfg(feature = "parquet")]
mod guard;
mod html;
pub mod page;
pub mod pipeline;
pub mod review;
pub mod rules;
pub mod series;
pub mod sink;
pub mod source;
pub mod stats;
mod tally;
pub mod text;

pub use extractor::{Extractor, PageReport};
pub use tally::Tally;
