//! What is unusual about a certificate that is encoded well: what today's programs refuse, or will refuse soon.
//!
//! Leaves out faults of encoding and of the serial number (`describe` notes those), and whether a chain is good
//! (`path`). Each has a stable id.

use std::fmt;

use crate::certificate::Certificate;
use crate::extension::{KeyUsage, oids};
use crate::key::PublicKeyAlgorithm;

/// Bits of an RSA key that are the least for servers (CA/Browser Forum Baseline Requirements, section 6.1.5).
const LEAST_RSA_BITS: u32 = 2048;
/// Days after which Apple's systems take no server certificate, whoever issued it.
const MOST_SERVER_DAYS: i64 = 825;

/// Something unusual.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caution {
    /// Signed over a hash for which collisions are known. A root's own signature is not looked at: nobody relies on it.
    WeakHash {
        /// The algorithm as it is called.
        algorithm: String,
    },
    /// An RSA key that is too short.
    ShortKey {
        /// The length of the modulus.
        bits: u32,
    },
    /// A server certificate without alternative names (RFC 9525 section 2).
    NoNames,
    /// A server certificate for longer than some systems accept.
    LongValidity {
        /// From the first moment to the last.
        days: i64,
    },
    /// Version 1 or 2 of somebody who is no root: it cannot say what it is for.
    OldVersion {
        /// As people count.
        version: u32,
    },
    /// A certificate of an authority whose key usage does not allow signing certificates (RFC 5280 section 4.2.1.3).
    AuthorityThatMayNotSign,
}

impl Caution {
    /// A stable name for scripts.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::WeakHash { .. } => "weak-hash",
            Self::ShortKey { .. } => "short-key",
            Self::NoNames => "no-names",
            Self::LongValidity { .. } => "long-validity",
            Self::OldVersion { .. } => "old-version",
            Self::AuthorityThatMayNotSign => "authority-that-may-not-sign",
        }
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeakHash { algorithm } => {
                write!(
                    f,
                    "signed with {algorithm}, which can be forged: current browsers and libraries refuse it"
                )
            }
            Self::ShortKey { bits } => {
                write!(
                    f,
                    "an RSA key of {bits} bits can be broken: {LEAST_RSA_BITS} is the least that is accepted"
                )
            }
            Self::NoNames => f.write_str(
                "no alternative names: browsers and current servers do not look at the common name",
            ),
            Self::LongValidity { days } => write!(
                f,
                "made for {days} days: Apple's systems take no server certificate of more than {MOST_SERVER_DAYS}"
            ),
            Self::OldVersion { version } => write!(
                f,
                "version {version}, which cannot say what it is for: no program takes it as an authority's"
            ),
            Self::AuthorityThatMayNotSign => {
                f.write_str("an authority's certificate whose key usage does not allow signing certificates")
            }
        }
    }
}

/// Everything unusual about a certificate, in the order of its fields.
#[must_use]
pub fn of(certificate: &Certificate) -> Vec<Caution> {
    let is_root = certificate.is_self_issued();
    let mut all = Vec::new();
    let version = certificate.version();
    if version < 3 && !is_root {
        all.push(Caution::OldVersion { version });
    }
    let algorithm = certificate.signature_algorithm().label();
    if !is_root && ["SHA-1", "SHA1", "MD5", "MD4", "MD2"].iter().any(|weak| algorithm.contains(weak)) {
        all.push(Caution::WeakHash { algorithm });
    }
    let validity = certificate.validity();
    let days = validity.not_before.days_until(validity.not_after);
    if is_for_servers(certificate) && days > MOST_SERVER_DAYS {
        all.push(Caution::LongValidity { days });
    }
    if let PublicKeyAlgorithm::Rsa { bits } = *certificate.public_key().algorithm()
        && bits < LEAST_RSA_BITS
    {
        all.push(Caution::ShortKey { bits });
    }
    if is_for_servers(certificate) && certificate.subject_alt_names().is_empty() {
        all.push(Caution::NoNames);
    }
    if certificate.is_ca()
        && certificate.key_usage().is_some_and(|usage| !usage.contains(KeyUsage::KEY_CERT_SIGN))
    {
        all.push(Caution::AuthorityThatMayNotSign);
    }
    all
}

/// Whether a server may show it: no authority's, and for servers or for whatever one likes.
fn is_for_servers(certificate: &Certificate) -> bool {
    let purposes = certificate.extended_key_usage();
    let serves = |purpose: &String| purpose == oids::SERVER_AUTH || purpose == oids::ANY_EXTENDED_KEY_USAGE;
    !certificate.is_ca() && purposes.is_none_or(|purposes| purposes.iter().any(serves))
}

#[cfg(test)]
mod tests;
