//! Tests of certificates.
//!
//! Leaves out whole chains (`tests/core.rs`).
