//! Which algorithms to offer for a key.
//!
//! Leaves out what others accept.

use super::{HashAlgorithm, SignatureAlgorithm};
use crate::key::{KeyKind, PublicKey, PublicKeyAlgorithm};

impl SignatureAlgorithm {
    /// The usual choice for a key.
    pub fn default_for(key: &PublicKey) -> Self {
        let mut choices = Self::choices_for(key);
        if choices.is_empty() { Self::Other(key.label()) } else { choices.swap_remove(0) }
    }

    /// The algorithms to offer for a key, the usual one first; empty when it cannot sign here.
    pub fn choices_for(key: &PublicKey) -> Vec<Self> {
        match key.algorithm() {
            PublicKeyAlgorithm::Rsa { .. } if key.is_rsa_pss() => pss_choices().to_vec(),
            PublicKeyAlgorithm::Rsa { .. } => rsa_choices(),
            PublicKeyAlgorithm::P256 => ecdsa_choices(0),
            PublicKeyAlgorithm::P384 => ecdsa_choices(1),
            PublicKeyAlgorithm::P521 => ecdsa_choices(2),
            PublicKeyAlgorithm::Ed25519 => vec![Self::Ed25519],
            PublicKeyAlgorithm::Other(_) => Vec::new(),
        }
    }

    /// The algorithms to offer for a kind of key, the usual one first.
    pub fn choices_for_kind(kind: KeyKind) -> Vec<Self> {
        match kind {
            KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => rsa_choices(),
            KeyKind::P256 => ecdsa_choices(0),
            KeyKind::P384 => ecdsa_choices(1),
            KeyKind::Ed25519 => vec![Self::Ed25519],
        }
    }
}

const fn pss_choices() -> [SignatureAlgorithm; 3] {
    [
        SignatureAlgorithm::RsaPss { hash: HashAlgorithm::Sha256, salt_len: 32 },
        SignatureAlgorithm::RsaPss { hash: HashAlgorithm::Sha384, salt_len: 48 },
        SignatureAlgorithm::RsaPss { hash: HashAlgorithm::Sha512, salt_len: 64 },
    ]
}

fn rsa_choices() -> Vec<SignatureAlgorithm> {
    let mut choices =
        vec![SignatureAlgorithm::RsaSha256, SignatureAlgorithm::RsaSha384, SignatureAlgorithm::RsaSha512];
    choices.extend(pss_choices());
    choices
}

/// The ECDSA algorithms with the one at `usual` first.
fn ecdsa_choices(usual: usize) -> Vec<SignatureAlgorithm> {
    let mut choices = vec![
        SignatureAlgorithm::EcdsaSha256,
        SignatureAlgorithm::EcdsaSha384,
        SignatureAlgorithm::EcdsaSha512,
    ];
    choices[..=usual].rotate_right(1);
    choices
}
