//! The forms of a file and the choices that go with them.
//!
//! How each is written is in the modules beside this one.

use super::{Destination, Object};
use crate::{Kind, jwk};
use serde::{Deserialize, Serialize};

/// A form of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Text with BEGIN and END lines, all objects in one file.
    Pem,
    /// Bytes, one file for each object.
    Der,
    /// A PKCS#7 file of certificates and revocation lists, as bytes.
    Pkcs7,
    /// The same as text.
    Pkcs7Pem,
    /// A PKCS#12 file.
    Pkcs12(Destination),
    /// Java's older key store.
    Jks,
    /// A JSON Web Key (RFC 7517), or a set when there are several.
    Jwk,
}

impl Format {
    /// Every form, in the order to offer them.
    pub const ALL: [Self; 11] = [
        Self::Pem,
        Self::Der,
        Self::Pkcs7,
        Self::Pkcs7Pem,
        Self::Pkcs12(Destination::Current),
        Self::Pkcs12(Destination::WindowsServer2016),
        Self::Pkcs12(Destination::OlderMac),
        Self::Pkcs12(Destination::OlderAndroid),
        Self::Pkcs12(Destination::Java8),
        Self::Jks,
        Self::Jwk,
    ];

    /// A stable name for scripts; that of a PKCS#12 file does not say its destination.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::Der => "der",
            Self::Pkcs7 => "pkcs7",
            Self::Pkcs7Pem => "pkcs7-pem",
            Self::Pkcs12(_) => "pkcs12",
            Self::Jks => "jks",
            Self::Jwk => "jwk",
        }
    }

    /// The form with this [`Format::id`]; a PKCS#12 file for current software.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }

    /// The name to show.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pem => "PEM (text)",
            Self::Der => "DER (one file each)",
            Self::Pkcs7 => "PKCS#7 (.p7b)",
            Self::Pkcs7Pem => "PKCS#7 as text",
            Self::Pkcs12(_) => "PKCS#12 (.p12, .pfx)",
            Self::Jks => "Java key store (JKS)",
            Self::Jwk => "JSON Web Key",
        }
    }

    /// Whether the file has a password of its own. In PEM and DER that depends on the [`KeyForm`].
    #[must_use]
    pub const fn needs_password(self) -> bool {
        matches!(self, Self::Pkcs12(_) | Self::Jks)
    }

    /// Whether it can hold an object.
    #[must_use]
    pub fn takes(self, object: &Object<'_>) -> bool {
        Fits::of(object).fits(self)
    }

    /// Whether it keeps no private key without its certificate, as a key store of Java.
    #[must_use]
    pub const fn wants_certificates(self) -> bool {
        matches!(self, Self::Jks)
    }
}

/// The forms that can hold all of these objects, in the order to offer them.
///
/// A key store of Java is offered only when every key has its certificate: Java keeps no key without one.
#[must_use]
pub fn formats(objects: &[Object<'_>]) -> Vec<Format> {
    let certified = |key: &Object<'_>| match key {
        Object::PrivateKey(key) => objects
            .iter()
            .any(|other| matches!(other, Object::Certificate(one) if one.public_key() == key.public())),
        _ => true,
    };
    let fits = |format: &Format| {
        let whole = !format.wants_certificates() || objects.iter().all(certified);
        whole && !objects.is_empty() && objects.iter().all(|object| format.takes(object))
    };
    Format::ALL.into_iter().filter(fits).collect()
}

/// Which forms can hold an object: small enough to be kept beside it, so that a list need not read it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fits {
    /// It has a label that it can stand under as text.
    text: bool,
    /// It is a certificate or a revocation list.
    pkcs7: bool,
    /// It is a certificate, or a private key that can be used.
    containers: bool,
    /// It is, or is for, a key of a type that JSON Web Keys know.
    jwk: bool,
    /// It is a private key that has a form of its algorithm alone.
    traditional: bool,
}

impl Fits {
    /// Looks at an object.
    #[must_use]
    pub fn of(object: &Object<'_>) -> Self {
        let fits = Self { text: true, ..Self::default() };
        match object {
            Object::Certificate(one) => {
                Self { pkcs7: true, containers: true, jwk: jwk::fits(one.public_key()), ..fits }
            }
            Object::PrivateKey(key) => Self {
                containers: true,
                jwk: jwk::fits(key.public()),
                traditional: KeyForm::Traditional.fits(key),
                ..fits
            },
            Object::PublicKey(key) => Self { jwk: jwk::fits(key), ..fits },
            Object::Other { kind, label, .. } => {
                Self { text: super::plain::label(*kind, label).is_some(), pkcs7: *kind == Kind::Crl, ..fits }
            }
        }
    }

    /// Whether a form can hold it.
    #[must_use]
    pub const fn fits(self, format: Format) -> bool {
        match format {
            Format::Pem => self.text,
            Format::Der => true,
            Format::Pkcs7 | Format::Pkcs7Pem => self.pkcs7,
            Format::Pkcs12(_) | Format::Jks => self.containers,
            Format::Jwk => self.jwk,
        }
    }

    /// Whether a private key can be written so.
    #[must_use]
    pub const fn fits_key_form(self, form: KeyForm) -> bool {
        self.traditional || !matches!(form, KeyForm::Traditional)
    }
}

/// How a private key is written in PEM and DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum KeyForm {
    /// PKCS#8 version 1, not protected.
    #[default]
    Pkcs8,
    /// PKCS#8 under a password: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256.
    EncryptedPkcs8,
    /// The older form of the algorithm: PKCS#1 for RSA, SEC 1 for elliptic curves. Not protected.
    Traditional,
}

impl KeyForm {
    /// Every form, in the order to offer them.
    pub const ALL: [Self; 3] = [Self::Pkcs8, Self::EncryptedPkcs8, Self::Traditional];

    /// A stable name for scripts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pkcs8 => "pkcs8",
            Self::EncryptedPkcs8 => "encrypted-pkcs8",
            Self::Traditional => "traditional",
        }
    }

    /// The form with this [`KeyForm::id`].
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }

    /// The name to show.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pkcs8 => "PKCS#8, not protected",
            Self::EncryptedPkcs8 => "PKCS#8 under a password",
            Self::Traditional => "PKCS#1 or SEC 1, not protected",
        }
    }

    /// Whether the key can be written so: Ed25519 and id-RSASSA-PSS keys have no older form.
    #[must_use]
    pub fn fits(self, key: &crate::PrivateKey) -> bool {
        self != Self::Traditional || key.to_pkcs1().is_some() || key.to_sec1().is_some()
    }
}

/// The order of the certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ChainOrder {
    /// As they were given.
    AsGiven,
    /// The leaf, then its issuers, the root last.
    #[default]
    LeafFirst,
    /// The same without roots that have something below them: servers need not send it.
    WithoutRoot,
    /// One file each, numbered in the order in which appliances want them uploaded: the root first, the leaf last.
    /// Containers cannot be split; they get the leaf first.
    Numbered,
}

impl ChainOrder {
    /// Every order, in the order to offer them.
    pub const ALL: [Self; 4] = [Self::LeafFirst, Self::WithoutRoot, Self::Numbered, Self::AsGiven];

    /// A stable name for scripts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsGiven => "as-given",
            Self::LeafFirst => "leaf-first",
            Self::WithoutRoot => "without-root",
            Self::Numbered => "numbered",
        }
    }

    /// The order with this [`ChainOrder::id`].
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.id() == id)
    }

    /// The name to show.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::AsGiven => "As they are",
            Self::LeafFirst => "Leaf first, root last",
            Self::WithoutRoot => "Leaf first, without the root",
            Self::Numbered => "One file each, numbered for upload (root first)",
        }
    }
}

impl ChainOrder {
    /// The order within one file: there is nothing to number.
    pub(super) const fn of_container(self) -> Self {
        match self {
            Self::Numbered => Self::LeafFirst,
            order => order,
        }
    }
}

/// How lines of text end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum LineEnding {
    /// LF, as everywhere but on Windows.
    #[default]
    Lf,
    /// CR and LF, as on Windows.
    CrLf,
}

impl LineEnding {
    pub(super) fn apply(self, text: &str) -> zeroize::Zeroizing<Vec<u8>> {
        zeroize::Zeroizing::new(match self {
            Self::Lf => text.as_bytes().to_vec(),
            Self::CrLf => text.replace('\n', "\r\n").into_bytes(),
        })
    }
}
