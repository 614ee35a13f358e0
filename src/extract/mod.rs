//! Article to facts.
//!
//! A sentence that holds a number is read in this order: its time expressions ([`time`]), its measured values
//! ([`mention`]), its entities ([`entity`]); then every value is dated, given its entity and its metric ([`metric`]).

pub mod context;
pub mod entity;
pub mod expression;
pub mod lexicon;
pub mod mention;
pub mod metric;
pub mod number;
mod numerals;
pub mod sentence;
pub mod time;
pub mod token;
mod worded;

pub use numerals::Numerals;
