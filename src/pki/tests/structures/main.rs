//! Requests, revocation lists, OCSP, messages and their neighbours: what the collections hold, and what OpenSSL says
//! of the same bytes.
//!
//! A collection or program that is absent is left out with a line saying so.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod crls;
mod damage;
mod made;
mod mbedtls;
mod messages;
mod neighbours;
mod ocsp;
mod openssl;
mod placed;
mod post_quantum;
mod requests;
mod signatures;
mod speed;
mod table;
