//! What fuzzing calls: one function for each kind of input, and the seeds to begin with.
//!
//! The engine lies in the binary, which only `cargo xtask fuzz` builds; `cargo xtask test` replays all seeds and all
//! past findings through the same functions.

mod mutate;
mod seeds;
mod targets;
mod truths;

pub use mutate::structured;
pub use seeds::{findings, good, of_archive};
pub use targets::{TARGETS, Target};
