//! Containers through the public API: the corpora of other producers, and other people's programs reading ours.
//!
//! A corpus or program that is absent is left out with a line saying so.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpora;
mod described;
mod desk;
mod encrypted_key;
mod input_corpus;
mod key_corpus;
mod key_store_corpus;
mod limbo;
mod mutation;
mod pbmac1;
mod pkcs12_corpus;
mod pkcs12_interop;
mod pkcs12_refusals;
mod pkcs7_interop;
