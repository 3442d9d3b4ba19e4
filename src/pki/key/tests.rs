//! Tests of keys.
//!
//! Leaves out whole chains (`tests/core.rs`).
