//! The outcomes of each step of a probe. Every variant is a fact about what came over the wire, none is advice.

use serde::{Deserialize, Serialize};

use crate::Base64Der;

/// How the host became addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
#[non_exhaustive]
pub enum Resolve {
    /// The resolver answered with this many addresses; more than four are not all tried.
    Ok {
        /// How many different addresses the resolver gave.
        found: u32,
    },
    /// The host is an IP address, there was nothing to resolve.
    Literal,
    /// The resolver says that there is no such name, or no address for it.
    NotFound,
    /// The resolver failed or could not be reached.
    Failed,
    /// The resolver did not answer in time.
    Timeout,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

/// Whether TCP got through. There is no ICMP: a filtered ping says nothing about a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
#[non_exhaustive]
pub enum Reach {
    /// No attempt was made, since an earlier step failed.
    NotTried,
    /// The connection was accepted.
    Open {
        /// How long that took, in milliseconds.
        ms: u32,
    },
    /// The host answered that nothing listens on the port.
    Refused,
    /// No answer in time.
    Timeout,
    /// The network has no route to the address, or says so.
    Unreachable,
    /// The connection was reset while it was being made.
    Reset,
    /// The companion does not connect to this address: link-local, multicast or unspecified.
    Denied,
    /// Another failure of the local system, such as no free socket.
    Failed,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

/// How the TLS handshake ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
#[non_exhaustive]
pub enum Tls {
    /// No attempt was made, since an earlier step failed.
    NotTried,
    /// The handshake completed.
    Ok,
    /// The server ended it with an alert. With `negotiated` filled and a certificate asked for,
    /// it is the refusal of a client that has none (`certificate_required` comes after the
    /// handshake in TLS 1.3).
    Alert {
        /// The alert's number, RFC 8446 section 6.
        code: u8,
        /// The alert's name there, such as `handshake_failure`.
        name: String,
    },
    /// The server answered with something else than TLS.
    NotTls {
        /// What it looks like.
        kind: PlainProtocol,
    },
    /// The handshake was not finished in time; whatever came before is reported.
    Timeout,
    /// The server closed the connection without sending a byte.
    Closed,
    /// The server closed the connection in the middle of the handshake.
    Truncated,
    /// The server reset the connection in the middle of the handshake.
    Reset,
    /// The server sent more than a handshake may hold.
    Oversized,
    /// The server answered in a version before TLS 1.2.
    TooOld,
    /// The server chose something that was not offered, or offers nothing that is known here.
    Incompatible,
    /// The server sent TLS records or messages that break the protocol.
    Malformed,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

/// What a server that does not answer in TLS seems to speak. Its bytes are not reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PlainProtocol {
    /// HTTP without TLS.
    Http,
    /// SSH.
    Ssh,
    /// SMTP, which offers TLS by STARTTLS.
    Smtp,
    /// FTP.
    Ftp,
    /// IMAP.
    Imap,
    /// POP3.
    Pop3,
    /// XMPP.
    Xmpp,
    /// MySQL or MariaDB.
    Mysql,
    /// Telnet.
    Telnet,
    /// Something else, or a protocol that this version does not know.
    #[serde(other)]
    Unknown,
}

/// Whether the server asked for a client's certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
#[non_exhaustive]
pub enum ClientCertificate {
    /// The handshake went past the place where it would have been asked for.
    NotAsked,
    /// The server asked for one. Whether it insists shows in [`Tls`].
    Asked {
        /// The authorities that it accepts, each a DER-encoded X.501 name; empty means any.
        names: Vec<Base64Der>,
    },
    /// The handshake ended before that, or a state that this version does not know.
    #[serde(other)]
    NotKnown,
}
