//! Other people's software as the judge of ours: running it, and the collections of files it comes with.
//!
//! A test that lacks a program or the collections says so and is counted as left
//! out; where `CI` is set, a missing program fails the test.

mod corpora;
mod cut;
mod left_out;
mod program;
mod scratch;

pub use corpora::{corpora, corpus};
pub use cut::{der_certificate, octal_certificates, pem_certificates};
pub use program::{Program, Verdict};
pub use scratch::Scratch;
