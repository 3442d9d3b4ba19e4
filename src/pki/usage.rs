//! What a certificate may be used for, by its basic constraints, key usage and purposes.
//!
//! Leaves out dates, names, signatures and the purposes that CAs above it allow (`path`).

use crate::certificate::Certificate;
use crate::extension::decoded::Decoded;
use crate::extension::{BasicConstraints, Extension, KeyUsage, oids};

/// A use that a person may ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// Being a TLS server.
    TlsServer,
    /// Being a TLS client.
    TlsClient,
    /// Signing and encrypting mail.
    Email,
    /// Signing programs.
    CodeSigning,
    /// Signing OCSP responses for the issuer.
    OcspSigning,
    /// Signing certificates.
    CertificateAuthority,
    /// Signing revocation lists.
    CrlSigning,
}

impl Use {
    /// Every use, in the order to show them.
    pub const ALL: [Self; 7] = [
        Self::TlsServer,
        Self::TlsClient,
        Self::Email,
        Self::CodeSigning,
        Self::OcspSigning,
        Self::CertificateAuthority,
        Self::CrlSigning,
    ];

    /// The name to show.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TlsServer => "TLS server",
            Self::TlsClient => "TLS client",
            Self::Email => "Mail",
            Self::CodeSigning => "Code signing",
            Self::OcspSigning => "OCSP signing",
            Self::CertificateAuthority => "Certificate authority",
            Self::CrlSigning => "Revocation lists",
        }
    }

    /// The purpose that allows it, and whether an absent extended key usage does too.
    const fn purpose(self) -> Option<(&'static str, bool)> {
        match self {
            Self::TlsServer => Some((oids::SERVER_AUTH, true)),
            Self::TlsClient => Some((oids::CLIENT_AUTH, true)),
            Self::Email => Some((oids::EMAIL_PROTECTION, true)),
            // RFC 6960 section 4.2.2.2 and common practice for code want the purpose said.
            Self::CodeSigning => Some((oids::CODE_SIGNING, false)),
            Self::OcspSigning => Some((oids::OCSP_SIGNING, false)),
            Self::CertificateAuthority | Self::CrlSigning => None,
        }
    }

    /// The key usage bits of which one must be set when the extension is there.
    fn key_usage(self) -> KeyUsage {
        match self {
            Self::TlsServer => {
                KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_ENCIPHERMENT | KeyUsage::KEY_AGREEMENT
            }
            Self::TlsClient => KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT,
            Self::Email => {
                KeyUsage::DIGITAL_SIGNATURE
                    | KeyUsage::NON_REPUDIATION
                    | KeyUsage::KEY_ENCIPHERMENT
                    | KeyUsage::KEY_AGREEMENT
            }
            Self::CodeSigning => KeyUsage::DIGITAL_SIGNATURE,
            Self::OcspSigning => KeyUsage::DIGITAL_SIGNATURE | KeyUsage::NON_REPUDIATION,
            Self::CertificateAuthority => KeyUsage::KEY_CERT_SIGN,
            Self::CrlSigning => KeyUsage::CRL_SIGN,
        }
    }
}

/// Why a use is allowed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The purpose, or for a CA the basic constraints, say so.
    Stated,
    /// Nothing restricts it.
    Unrestricted,
    /// The extended key usage names every purpose.
    AnyPurpose,
    /// The extended key usage lacks this purpose.
    PurposeMissing(&'static str),
    /// There is no extended key usage, and this use needs one.
    PurposeNotStated(&'static str),
    /// The key usage has none of these bits.
    KeyUsageMissing(KeyUsage),
    /// The basic constraints do not say CA.
    NotACa,
    /// An extension that decides this cannot be decoded.
    Undecoded(&'static str),
}

/// Judges every use of a certificate.
pub fn usable_for(certificate: &Certificate) -> Vec<(Use, bool, Reason)> {
    judge(&Facts {
        constraints: certificate.basic_constraints(),
        key_usage: certificate.key_usage(),
        purposes: certificate.extended_key_usage(),
        undecoded: certificate.undecoded(),
    })
}

/// Judges every use that a list of extensions would allow, before anything is issued.
pub fn planned_for(extensions: &[Extension]) -> Vec<(Use, bool, Reason)> {
    let ders: Vec<(Extension, Vec<u8>)> = extensions
        .iter()
        .filter_map(|extension| Some((extension.clone(), extension.to_der().ok()?)))
        .collect();
    let list: Vec<(Extension, &[u8])> =
        ders.iter().map(|(extension, der)| (extension.clone(), der.as_slice())).collect();
    let decoded = Decoded::of(&list);
    judge(&Facts {
        constraints: decoded.basic_constraints,
        key_usage: decoded.key_usage,
        purposes: decoded.extended_key_usage.as_deref(),
        undecoded: &decoded.undecoded,
    })
}

struct Facts<'a> {
    constraints: Option<BasicConstraints>,
    key_usage: Option<KeyUsage>,
    purposes: Option<&'a [String]>,
    undecoded: &'a [String],
}

fn judge(facts: &Facts<'_>) -> Vec<(Use, bool, Reason)> {
    Use::ALL
        .into_iter()
        .map(|wanted| match allows(facts, wanted) {
            Ok(reason) => (wanted, true, reason),
            Err(reason) => (wanted, false, reason),
        })
        .collect()
}

fn allows(facts: &Facts<'_>, wanted: Use) -> Result<Reason, Reason> {
    for oid in [oids::BASIC_CONSTRAINTS, oids::KEY_USAGE, oids::EXTENDED_KEY_USAGE] {
        if facts.undecoded.iter().any(|found| found == oid) {
            return Err(Reason::Undecoded(oid));
        }
    }
    let needed = wanted.key_usage();
    if facts.key_usage.is_some_and(|found| !found.intersects(needed)) {
        return Err(Reason::KeyUsageMissing(needed));
    }
    let Some((purpose, by_default)) = wanted.purpose() else {
        let is_ca = facts.constraints.is_some_and(|found| found.ca);
        // Revocation lists may be signed by an end entity that is allowed to (RFC 5280 section 6.3.3).
        let allowed = is_ca || wanted == Use::CrlSigning && facts.key_usage.is_some();
        return if allowed { Ok(Reason::Stated) } else { Err(Reason::NotACa) };
    };
    match facts.purposes {
        Some(purposes) if purposes.iter().any(|found| found == purpose) => Ok(Reason::Stated),
        Some(purposes)
            if by_default && purposes.iter().any(|found| found == oids::ANY_EXTENDED_KEY_USAGE) =>
        {
            Ok(Reason::AnyPurpose)
        }
        Some(_) => Err(Reason::PurposeMissing(purpose)),
        None if by_default => Ok(Reason::Unrestricted),
        None => Err(Reason::PurposeNotStated(purpose)),
    }
}

#[cfg(test)]
mod tests;
