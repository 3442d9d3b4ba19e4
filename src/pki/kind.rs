//! The kinds of objects that certificate files hold, with their names for people and for scripts.
//!
//! How a kind is recognised is `input`'s business, what an object says is `describe`'s.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an object is.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An X.509 certificate (RFC 5280 section 4), DER.
    Certificate,
    /// A certification request (RFC 2986), DER.
    Request,
    /// A certificate revocation list (RFC 5280 section 5), DER.
    Crl,
    /// A private key that is not protected; PKCS#8 (RFC 5958) where it can be written so.
    PrivateKey,
    /// A key of a symmetric cipher or of a MAC, as JSON Web Keys and key stores hold them; the octets of the key.
    SecretKey,
    /// An EncryptedPrivateKeyInfo (RFC 5958 section 3), DER or BER.
    EncryptedPrivateKey,
    /// A key in OpenSSL's old encrypted form; the bytes are the PEM text with its `DEK-Info` header.
    LegacyEncryptedKey,
    /// A private key of OpenSSH under a passphrase; the bytes are the binary form (`openssh-key-v1`).
    EncryptedOpenSshKey,
    /// A SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), DER.
    PublicKey,
    /// A PFX (RFC 7292), DER or BER.
    Pkcs12,
    /// A key store of Java or Bouncy Castle: JKS, JCEKS, BKS or UBER.
    KeyStore,
    /// A ContentInfo (RFC 5652, PKCS#7), DER or BER.
    Cms,
    /// A SignedPublicKeyAndChallenge (SPKAC, Netscape), DER.
    SignedPublicKey,
    /// An OCSPRequest (RFC 6960 section 4.1), DER.
    OcspRequest,
    /// An OCSPResponse (RFC 6960 section 4.2), DER.
    OcspResponse,
    /// A SignedCertificateTimestampList (RFC 6962 section 3.3) in TLS encoding.
    SctList,
    /// An AttributeCertificate (RFC 5755), DER.
    AttributeCertificate,
    /// A TimeStampReq (RFC 3161), DER.
    TimestampRequest,
    /// A TimeStampResp (RFC 3161), DER.
    TimestampResponse,
    /// A PKIMessage (CMP, RFC 4210), DER.
    CmpMessage,
    /// CertReqMessages (CRMF, RFC 4211), DER.
    CertificateRequestMessages,
    /// A TrustAnchorInfo or TrustAnchorList (RFC 5914), DER.
    TrustAnchor,
    /// The to-be-signed part of a certificate alone, DER.
    TbsCertificate,
    /// Diffie-Hellman, DSA or EC domain parameters, DER.
    Parameters,
    /// An OpenSSH certificate or public key; the bytes are the binary form.
    OpenSshPublicKey,
    /// Anything else that was delimited well enough to be shown as structure or bytes.
    Unknown,
}

impl Kind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Kind; 26] = [
        Kind::Certificate,
        Kind::Request,
        Kind::PrivateKey,
        Kind::SecretKey,
        Kind::EncryptedPrivateKey,
        Kind::LegacyEncryptedKey,
        Kind::EncryptedOpenSshKey,
        Kind::PublicKey,
        Kind::Pkcs12,
        Kind::KeyStore,
        Kind::Crl,
        Kind::Cms,
        Kind::SignedPublicKey,
        Kind::OcspRequest,
        Kind::OcspResponse,
        Kind::SctList,
        Kind::AttributeCertificate,
        Kind::TimestampRequest,
        Kind::TimestampResponse,
        Kind::CmpMessage,
        Kind::CertificateRequestMessages,
        Kind::TrustAnchor,
        Kind::TbsCertificate,
        Kind::Parameters,
        Kind::OpenSshPublicKey,
        Kind::Unknown,
    ];

    /// A stable name for scripts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Certificate => "certificate",
            Kind::Request => "certificate-request",
            Kind::Crl => "crl",
            Kind::PrivateKey => "private-key",
            Kind::SecretKey => "secret-key",
            Kind::EncryptedPrivateKey => "encrypted-private-key",
            Kind::LegacyEncryptedKey => "legacy-encrypted-private-key",
            Kind::EncryptedOpenSshKey => "encrypted-openssh-private-key",
            Kind::PublicKey => "public-key",
            Kind::Pkcs12 => "pkcs12",
            Kind::KeyStore => "key-store",
            Kind::Cms => "cms",
            Kind::SignedPublicKey => "spkac",
            Kind::OcspRequest => "ocsp-request",
            Kind::OcspResponse => "ocsp-response",
            Kind::SctList => "sct-list",
            Kind::AttributeCertificate => "attribute-certificate",
            Kind::TimestampRequest => "timestamp-request",
            Kind::TimestampResponse => "timestamp-response",
            Kind::CmpMessage => "cmp-message",
            Kind::CertificateRequestMessages => "crmf",
            Kind::TrustAnchor => "trust-anchor",
            Kind::TbsCertificate => "tbs-certificate",
            Kind::Parameters => "parameters",
            Kind::OpenSshPublicKey => "openssh-public-key",
            Kind::Unknown => "unknown",
        }
    }

    /// The name for people, in lower case, without an article.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Certificate => "certificate",
            Kind::Request => "certificate request",
            Kind::Crl => "revocation list",
            Kind::PrivateKey => "private key",
            Kind::SecretKey => "secret key",
            Kind::EncryptedPrivateKey => "encrypted private key",
            Kind::LegacyEncryptedKey => "encrypted private key (old OpenSSL form)",
            Kind::EncryptedOpenSshKey => "encrypted private key (OpenSSH)",
            Kind::PublicKey => "public key",
            Kind::Pkcs12 => "PKCS#12 file",
            Kind::KeyStore => "Java key store",
            Kind::Cms => "PKCS#7 file",
            Kind::SignedPublicKey => "signed public key and challenge (SPKAC)",
            Kind::OcspRequest => "OCSP request",
            Kind::OcspResponse => "OCSP response",
            Kind::SctList => "list of certificate transparency timestamps",
            Kind::AttributeCertificate => "attribute certificate",
            Kind::TimestampRequest => "time-stamp request",
            Kind::TimestampResponse => "time-stamp response",
            Kind::CmpMessage => "CMP message",
            Kind::CertificateRequestMessages => "certificate request messages (CRMF)",
            Kind::TrustAnchor => "trust anchor",
            Kind::TbsCertificate => "certificate without its signature",
            Kind::Parameters => "key parameters",
            Kind::OpenSshPublicKey => "OpenSSH public key",
            Kind::Unknown => "unknown object",
        }
    }

    /// Whether an object of this kind is, or may contain, a private key.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        self.needs_password() || matches!(self, Kind::PrivateKey | Kind::SecretKey)
    }

    /// Whether a password opens it.
    #[must_use]
    pub const fn needs_password(self) -> bool {
        matches!(
            self,
            Kind::EncryptedPrivateKey
                | Kind::LegacyEncryptedKey
                | Kind::EncryptedOpenSshKey
                | Kind::Pkcs12
                | Kind::KeyStore
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_its_own_names() {
        let ids: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
        let labels: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.label()).collect();
        assert_eq!((ids.len(), labels.len()), (Kind::ALL.len(), Kind::ALL.len()));
    }
}
