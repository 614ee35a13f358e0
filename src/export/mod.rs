//! Facts in the formats of other annotation tools.

pub mod annotation;
pub mod brat;
