//! What is asked of a probe and what it reports: facts, step by step. Holds no verdict on names, trust or validity.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{Base64Der, ClientCertificate, PROTOCOL_VERSION, Reach, Resolve, Tls};

/// Asks for one look at one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeRequest {
    /// The [`PROTOCOL_VERSION`] of the asking page.
    pub protocol: u32,
    /// The host as typed: a DNS name in ASCII (an internationalized name in its `xn--` form), an
    /// IPv4 address, or an IPv6 address with or without brackets. It is not rewritten.
    pub host: String,
    /// The TCP port, 1 to 65535.
    pub port: u16,
    /// The name to send as server name indication in place of `host`; empty to send none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
}

impl ProbeRequest {
    /// Asks for `host` and `port` as typed, with the host as server name.
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { protocol: PROTOCOL_VERSION, host: host.into(), port, server_name: None }
    }
}

/// What a probe saw. Nothing in it authenticates the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeReport {
    /// The [`PROTOCOL_VERSION`] of this report.
    pub protocol: u32,
    /// What was probed.
    pub target: Target,
    /// How the host became addresses.
    pub resolve: Resolve,
    /// The addresses that were tried, in the order of preference; at most four.
    pub addresses: Vec<AddressReport>,
    /// The TCP step as a whole: that of the address in use, else the first address's failure.
    pub tcp: Reach,
    /// The TLS step, on the address in use.
    pub tls: Tls,
    /// The certificates exactly as sent and in the order sent, also when the handshake failed
    /// later. Empty when none came.
    pub chain: Vec<Base64Der>,
    /// What was agreed on, as far as the handshake got.
    #[serde(default)]
    pub negotiated: Option<Negotiated>,
    /// Whether the server signed the handshake with the key of the first certificate: `None` when
    /// it did not come to that, or the signature's algorithm is not known here.
    #[serde(default)]
    pub key_proven: Option<bool>,
    /// Whether the server asked for a client's certificate.
    pub client_certificate: ClientCertificate,
    /// The stapled OCSP response, as sent.
    #[serde(default)]
    pub ocsp_staple: Option<Base64Der>,
    /// How long the steps took.
    pub timings_ms: TimingsMs,
}

/// What was probed, as it was typed, and the name that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The host as typed.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// The server name that was sent; `None` for an address, which TLS does not send.
    #[serde(default)]
    pub server_name: Option<String>,
}

/// One address of the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressReport {
    /// The IP address.
    pub address: IpAddr,
    /// Whether a TCP connection to it was accepted.
    pub reach: Reach,
    /// Whether the TLS step ran on this address; true for at most one.
    #[serde(default)]
    pub in_use: bool,
}

/// The parameters of a handshake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Negotiated {
    /// `TLS 1.2` or `TLS 1.3`.
    pub version: String,
    /// The cipher suite's IANA name, such as `TLS_AES_256_GCM_SHA384`.
    #[serde(default)]
    pub cipher: Option<String>,
    /// The key exchange group's IANA name, such as `x25519`.
    #[serde(default)]
    pub group: Option<String>,
    /// The application protocol, such as `h2`.
    #[serde(default)]
    pub alpn: Option<String>,
}

/// Durations in milliseconds; a step that did not run took zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimingsMs {
    /// Name resolution.
    pub resolve: u32,
    /// From the first connection attempt until one address was open, or all had failed.
    pub tcp: u32,
    /// The handshake, or the wait for it.
    pub tls: u32,
    /// The whole probe.
    pub total: u32,
}
