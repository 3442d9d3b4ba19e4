//! Tests of signatures.
//!
//! Leaves out whole chains (`tests/core.rs`).
