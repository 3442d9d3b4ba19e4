//! The companion through its public face: probes against peers of every kind in this process, and HTTP over raw sockets. Needs no network.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod chains;
mod disconnect;
mod guard;
mod http;
mod page;
mod peers;
mod probe;
mod probe_hostile;
mod program;
