//! The native companion: looks at live servers for the page, and serves the page itself. Decides nothing about names, trust or validity.
//!
//! In reading order: [`probe`] looks at one server; [`server`] answers HTTP on loopback, behind the
//! [`guard`], with the [`page`] and the [`api`]; [`cli`] is the command line over both.

pub mod api;
pub mod cli;
pub mod guard;
pub mod page;
pub mod probe;
pub mod security_headers;
pub mod server;
pub mod tls_capture;
pub mod token;
