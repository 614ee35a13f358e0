//! What changes are measured against.
