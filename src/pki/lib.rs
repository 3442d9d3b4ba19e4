//! The core of Certwright: keys, names, certificates, requests, revocation lists and containers.
//!
//! Leaves out I/O, clocks, randomness and browsers: time and entropy are arguments.

pub mod algorithm;
pub mod armor;
pub mod ber;
pub mod caution;
pub mod certificate;
pub mod cmc;
pub mod cms;
pub mod compare;
pub mod crl;
pub mod describe;
pub mod encrypted_key;
pub mod encryption;
pub mod engine;
pub mod error;
pub mod export;
pub mod extension;
pub mod general_name;
pub mod input;
pub mod issue;
pub mod jwk;
pub mod key;
pub mod key_store;
pub mod kind;
pub mod legacy_key;
pub mod name;
pub mod ocsp;
pub mod openssh;
pub mod order;
pub mod outline;
pub mod path;
pub mod peer_name;
pub mod pkcs12;
pub mod pkcs7;
pub mod profile;
pub mod request;
pub(crate) mod schema;
pub mod sct;
pub mod signature;
pub(crate) mod signed;
pub mod spkac;
pub mod time;
pub mod unlock;
pub mod usage;
pub(crate) mod wiped;

pub(crate) mod tlv;

pub use certificate::{Certificate, SerialNumber, Validity, hex};
pub use crl::Crl;
pub use engine::{Engine, SoftwareEngine};
pub use error::{Error, ErrorKind};
pub use key::{KeyKind, PrivateKey, PublicKey};
pub use kind::Kind;
pub use name::DistinguishedName;
pub use request::Request;
pub use signature::SignatureAlgorithm;
pub use time::UnixTime;
pub use wiped::Wiped;
