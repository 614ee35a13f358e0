//! Article to facts.
//!
//! A sentence that holds a number is read in this order: its time expressions ([`time`]), its measured values
//! ([`mention`]), its entities and which of them each value is of ([`entity`]); then every value is dated and given its
//! metric ([`metric`]).
//! What stands between is only read for what it leaves to later values, and not before there is one ([`reader`]).

mod apposed;
mod asked;
pub mod attribute;
pub mod block;
mod borrowed;
mod candidates;
mod compound;
pub mod context;
pub mod document;
mod either;
pub mod entity;
mod examples;
pub mod expression;
mod far;
mod figure;
mod id_table;
pub mod lexicon;
pub mod mention;
pub mod metric;
mod needed;
mod noun;
pub mod number;
pub mod numbers;
mod numerals;
mod range;
pub mod rank;
mod reader;
pub mod reading;
pub mod rule;
mod scope;
pub mod sentence;
mod sign;
mod spaced;
mod spelling;
pub mod split;
mod status;
mod takers;
pub mod time;
pub mod token;
pub mod trace;
pub mod vocabulary;
mod waiting;
mod worded;

pub use numerals::Numerals;
