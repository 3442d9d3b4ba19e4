//! What the companion saw of a live server, in this crate's own words, and what was made of it.

use crate::explain::Advice;
use crate::job::{ChainReport, Verdict};
use certwright_pki::UnixTime;
use serde::{Deserialize, Serialize};

/// What a probe found on the wire.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sighting {
    /// The first test, *Peer Server Reachability*.
    pub reachability: Reachability,
    /// One sentence on how the connection went, for example `TLS 1.3 with TLS_AES_256_GCM_SHA384`.
    pub connection: String,
    /// Why there was no TLS connection or no chain.
    pub fault: Option<Advice>,
    /// True if the fault is the network's: timeout, refusal, reset.
    pub network_fault: bool,
    /// DER, leaf first, as sent.
    pub chain: Vec<Vec<u8>>,
    /// False if the handshake did not prove that the server holds the key.
    pub key_proven: Option<bool>,
    /// Addresses that the name resolved to, with what each said.
    pub addresses: Vec<String>,
    /// True if the server asks clients for a certificate.
    pub asks_client: bool,
}

/// Result of the first test.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reachability {
    Reachable,
    Unreachable,
    Unknown,
}

impl Reachability {
    /// The word shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reachable => "Reachable",
            Self::Unreachable => "Unreachable",
            Self::Unknown => "Could not be tested",
        }
    }
}

/// A probe's result: the sighting and the judgement against the chosen store.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProbeResult {
    pub at: UnixTime,
    pub sighting: Sighting,
    /// Missing where no chain was obtained.
    pub report: Option<ChainReport>,
    /// The second test, *SSL Connection/Certificate Verification*.
    pub verdict: Verdict,
}
