//! Every form that is written before OpenSSL, GnuTLS, NSS, Java, OpenSSH and Node, and what they write before us; one
//! module to a direction and a family of forms.

#![allow(clippy::unwrap_used, clippy::panic)]

mod certificates;
mod foreign_keys;
mod foreign_stores;
mod java;
mod key_files;
mod lists;
mod material;
mod stores;
