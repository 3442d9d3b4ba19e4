//! How long and how much a probe may take. Holds numbers, enforces none.

use std::time::Duration;

/// The limits of one probe.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For the whole probe, whatever the server does.
    pub whole: Duration,
    /// For the resolver.
    pub resolve: Duration,
    /// For the connection to one address.
    pub connect: Duration,
    /// How long to wait, after a TLS 1.3 handshake in which the server asked for a client's
    /// certificate, for the alert that refuses a client without one.
    pub refusal: Duration,
    /// How long to wait for the rest of a greeting that is not TLS.
    pub greeting: Duration,
    /// How many bytes a server may send in a handshake.
    pub flight: usize,
    /// How many of the host's addresses are tried.
    pub addresses: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            whole: Duration::from_secs(8),
            resolve: Duration::from_secs(4),
            connect: Duration::from_secs(3),
            refusal: Duration::from_millis(300),
            greeting: Duration::from_millis(250),
            flight: 256 * 1024,
            addresses: 4,
        }
    }
}
