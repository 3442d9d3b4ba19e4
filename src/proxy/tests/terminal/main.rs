//! The commands that work on files, through the program itself: what they print, write, refuse, and with what codes they end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod convert;
mod inspect;
mod samples;
mod terminal;
