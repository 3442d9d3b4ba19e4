//! What WebCrypto calls the algorithms that it has, and which of ours those are. It starts no operation.

use super::script;
use certwright_pki::key::PublicKeyAlgorithm;
use certwright_pki::{KeyKind, PublicKey, SignatureAlgorithm};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsValue;

/// A signature algorithm together with the type of its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WebAlgorithm {
    /// RSASSA-PKCS1-v1_5 with a hash.
    Rsa(&'static str),
    /// ECDSA on a curve, with a hash.
    Ecdsa(&'static str, &'static str),
    Ed25519,
}

impl WebAlgorithm {
    /// The browser's counterpart, if this key and algorithm belong together and have one.
    pub fn of(key: &PublicKey, algorithm: &SignatureAlgorithm) -> Option<Self> {
        use SignatureAlgorithm as Ours;
        let hash = match algorithm {
            Ours::RsaSha256 | Ours::EcdsaSha256 => "SHA-256",
            Ours::RsaSha384 | Ours::EcdsaSha384 => "SHA-384",
            Ours::RsaSha512 | Ours::EcdsaSha512 => "SHA-512",
            Ours::Ed25519 => "",
            _ => return None,
        };
        let rsa = matches!(algorithm, Ours::RsaSha256 | Ours::RsaSha384 | Ours::RsaSha512);
        let ecdsa = matches!(algorithm, Ours::EcdsaSha256 | Ours::EcdsaSha384 | Ours::EcdsaSha512);
        match &key.algorithm() {
            PublicKeyAlgorithm::Rsa { .. } if rsa => Some(Self::Rsa(hash)),
            PublicKeyAlgorithm::P256 if ecdsa => Some(Self::Ecdsa("P-256", hash)),
            PublicKeyAlgorithm::P384 if ecdsa => Some(Self::Ecdsa("P-384", hash)),
            PublicKeyAlgorithm::Ed25519 if !rsa && !ecdsa => Some(Self::Ed25519),
            _ => None,
        }
    }

    /// How a key of this kind is asked for. The hash does not become part of the key that is exported.
    pub fn of_kind(kind: KeyKind) -> Self {
        match kind {
            KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => Self::Rsa("SHA-256"),
            KeyKind::P256 => Self::Ecdsa("P-256", "SHA-256"),
            KeyKind::P384 => Self::Ecdsa("P-384", "SHA-384"),
            KeyKind::Ed25519 => Self::Ed25519,
        }
    }

    /// True if signatures are r||s here and a DER structure in certificates.
    pub fn is_ecdsa(self) -> bool {
        matches!(self, Self::Ecdsa(..))
    }

    /// Tells apart what one imported key can't serve both of.
    pub fn import_name(self) -> &'static str {
        match self {
            Self::Rsa(name) | Self::Ecdsa(name, _) => name,
            Self::Ed25519 => "Ed25519",
        }
    }

    /// Parameters of `importKey`.
    pub fn import(self) -> Object {
        match self {
            Self::Rsa(hash) => {
                script::object(&[("name", &"RSASSA-PKCS1-v1_5".into()), ("hash", &hash.into())])
            }
            Self::Ecdsa(curve, _) => {
                script::object(&[("name", &"ECDSA".into()), ("namedCurve", &curve.into())])
            }
            Self::Ed25519 => script::object(&[("name", &"Ed25519".into())]),
        }
    }

    /// Parameters of `sign` and `verify`.
    pub fn signing(self) -> Object {
        match self {
            Self::Rsa(_) => script::object(&[("name", &"RSASSA-PKCS1-v1_5".into())]),
            Self::Ecdsa(_, hash) => script::object(&[("name", &"ECDSA".into()), ("hash", &hash.into())]),
            Self::Ed25519 => script::object(&[("name", &"Ed25519".into())]),
        }
    }

    /// Parameters of `generateKey`.
    pub fn generation(self, kind: KeyKind) -> Object {
        let bits = match kind {
            KeyKind::Rsa2048 => 2048,
            KeyKind::Rsa3072 => 3072,
            KeyKind::Rsa4096 => 4096,
            KeyKind::P256 | KeyKind::P384 | KeyKind::Ed25519 => return self.import(),
        };
        let parameters = self.import();
        let exponent = Uint8Array::from([1, 0, 1].as_slice());
        let entries = [("modulusLength", JsValue::from(bits)), ("publicExponent", exponent.into())];
        Object::assign(&parameters, &script::object(&entries.each_ref().map(|(name, value)| (*name, value))))
    }
}

#[cfg(test)]
mod tests {
    use super::WebAlgorithm::{Ecdsa, Ed25519, Rsa};

    #[test]
    fn one_imported_key_serves_every_hash_of_a_curve_but_only_one_hash_of_rsa() {
        let rows = [
            (Ecdsa("P-256", "SHA-256"), Ecdsa("P-256", "SHA-512"), true),
            (Ecdsa("P-256", "SHA-256"), Ecdsa("P-384", "SHA-256"), false),
            (Rsa("SHA-256"), Rsa("SHA-384"), false),
            (Rsa("SHA-256"), Ecdsa("P-256", "SHA-256"), false),
            (Ed25519, Ecdsa("P-256", "SHA-256"), false),
        ];
        for (one, other, same) in rows {
            assert_eq!(one.import_name() == other.import_name(), same, "{one:?} and {other:?}");
        }
    }
}
