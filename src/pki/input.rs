//! Reads anything a person drops.

mod problem;
mod repair;

pub use problem::{Problem, ProblemKind};
pub use repair::Repair;
