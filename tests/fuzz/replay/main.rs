//! Replays all seeds and past findings through the targets, and damages one good file of each kind byte by byte.
//!
//! A test fails by a panic in a target. The timers only guard against hanging: they are far above what a debug build
//! on a busy machine takes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod damage;
mod exhaust;
mod seeds;
