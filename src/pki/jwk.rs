//! JSON Web Keys (RFC 7517) and sets of them: read into keys and certificates, written from them.
//!
//! Encrypted ones (JWE) are not opened. What a key is said to be for (`use`, `key_ops`, `alg`) is not kept.

mod read;
mod write;

pub use read::{Jwk, read};
pub use write::{KeyToWrite, fits, write};

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64url without padding (RFC 7515 section 2); padding is forgiven.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One curve or parameter set of a key that is a string of octets.
struct Curve {
    /// Its name in `crv`, or in `alg` for those of kind AKP.
    name: &'static str,
    oid: &'static str,
    /// Octets of a coordinate or of the public key.
    size: usize,
}

/// Curves of kind EC (RFC 7518 section 6.2, RFC 8812).
const EC: [Curve; 4] = [
    Curve { name: "P-256", oid: crate::key::P256, size: 32 },
    Curve { name: "P-384", oid: crate::key::P384, size: 48 },
    Curve { name: "P-521", oid: crate::key::P521, size: 66 },
    Curve { name: "secp256k1", oid: "1.3.132.0.10", size: 32 },
];

/// Curves of kind OKP (RFC 8037).
const OKP: [Curve; 4] = [
    Curve { name: "Ed25519", oid: crate::key::ED25519, size: 32 },
    Curve { name: "Ed448", oid: "1.3.101.113", size: 57 },
    Curve { name: "X25519", oid: "1.3.101.110", size: 32 },
    Curve { name: "X448", oid: "1.3.101.111", size: 56 },
];

/// Parameter sets of kind AKP (RFC 9964).
const AKP: [Curve; 3] = [
    Curve { name: "ML-DSA-44", oid: "2.16.840.1.101.3.4.3.17", size: 1_312 },
    Curve { name: "ML-DSA-65", oid: "2.16.840.1.101.3.4.3.18", size: 1_952 },
    Curve { name: "ML-DSA-87", oid: "2.16.840.1.101.3.4.3.19", size: 2_592 },
];

fn base64url(octets: &[u8]) -> zeroize::Zeroizing<String> {
    zeroize::Zeroizing::new(BASE64URL.encode(octets))
}

#[cfg(test)]
mod tests;
