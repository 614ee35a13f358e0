//! Article to facts.
//!
//! A sentence that holds a number is read in this order: its time expressions ([`time`]), its measured values
//! ([`mention`]), its entities and which of them each value is of ([`entity`]); then every value is dated and given its
//! metric ([`metric`]).
//! What stands between is only read for what it leaves to later values, and not before there is one ([`reader`]).
//!
//! Each word here means one thing:
//!
//! | word | what it is |
//! | --- | --- |
//! | token | a word, a number or a mark of a sentence ([`words::token`]) |
//! | expression | a number as it is written, whatever it may mean ([`number::expression`]) |
//! | reading | what a rule takes an expression for: a value of some kind, or no fact ([`reading`]) |
//! | account | what became of an expression, and by which rule ([`reading::Account`]) |
//! | statement | what the words of a time expression state, before it is resolved to days (`time::statement`) |
//! | mention | a value with all that its own words say of it ([`mention::Mention`]); where it is asked whom it is of, just *value* |
//! | figure | a mention where it is asked what it measures or when it holds ([`metric`], [`time`]) |
//! | dating | which time expression a value is of, and what it is compared with ([`time::Dating`]) |
//! | scene | a sentence with all that was found in it so far ([`mention::Scene`]) |
//! | naming | what a value measures ([`metric::Naming`]) |
//! | label | words of the source with the canonical name they stand for: of a metric or an entity ([`crate::fact::Label`]) |

pub mod block;
pub mod entity;
pub mod mention;
pub mod metric;
pub mod number;
mod reader;
pub mod reading;
pub mod result;
pub mod rules;
pub mod sentence;
mod split;
pub mod time;
mod waiting;
pub mod weigh;
pub mod words;
