//! Article to facts.
//!
//! A sentence that holds a number is read in this order: its time expressions ([`time`]), its measured values
//! ([`mention`]), its entities and which of them each value is of ([`entity`]); then every value is dated and given its
//! metric ([`metric`]).
//! What stands between is only read for what it leaves to later values, and not before there is one ([`reader`]).

pub mod block;
pub mod document;
pub mod entity;
pub mod mention;
pub mod metric;
pub mod number;
pub mod rank;
mod reader;
pub mod reading;
pub mod sentence;
pub mod split;
pub mod time;
mod waiting;
pub mod words;
