//! What a certificate is for, decided when it is issued: key usage, purposes and the need of names.
//!
//! Leaves out how long it lasts and who may ask for it.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::extension::{Extension, KeyUsage, oids};
use crate::key::{PublicKey, PublicKeyAlgorithm};

/// The extensions that certificates of one sort get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// A stable identifier, `web-server`.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The key usage for any key.
    pub key_usage: KeyUsage,
    /// The key usage that an RSA key gets on top.
    pub rsa_key_usage: KeyUsage,
    /// The purposes, as dotted object identifiers in order; none leaves the extension out.
    pub extended_key_usage: Vec<String>,
    /// The path length of a CA; `None` for an end entity.
    pub ca: Option<PathLength>,
    /// Whether a certificate without alternative names is refused.
    pub names_required: bool,
}

/// How many intermediate CAs may follow a CA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathLength {
    /// No limit.
    Unlimited,
    /// At most this many.
    AtMost(u8),
}

impl Profile {
    /// Every profile on offer, the usual one first.
    pub fn all() -> Vec<Self> {
        vec![Self::web_server(), Self::web_server_and_client(), Self::web_client(), Self::intermediate()]
    }

    /// The profile with this identifier.
    pub fn with_id(id: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.id == id)
    }

    /// A TLS server.
    pub fn web_server() -> Self {
        Self::end_entity("web-server", "Web server", &[oids::SERVER_AUTH], true)
    }

    /// A TLS server that is also a client, as call managers and their peers are.
    pub fn web_server_and_client() -> Self {
        Self::end_entity(
            "web-server-and-client",
            "Web server and client",
            &[oids::SERVER_AUTH, oids::CLIENT_AUTH],
            true,
        )
    }

    /// A TLS client.
    pub fn web_client() -> Self {
        Self::end_entity("web-client", "Client", &[oids::CLIENT_AUTH], false)
    }

    /// An intermediate CA that signs end entities only.
    pub fn intermediate() -> Self {
        Self {
            id: "intermediate".to_owned(),
            name: "Intermediate authority".to_owned(),
            key_usage: KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN,
            rsa_key_usage: KeyUsage::NONE,
            extended_key_usage: Vec::new(),
            ca: Some(PathLength::AtMost(0)),
            names_required: false,
        }
    }

    fn end_entity(id: &str, name: &str, purposes: &[&str], names_required: bool) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            key_usage: KeyUsage::DIGITAL_SIGNATURE,
            // Only RSA keys can encrypt a key to their holder (RFC 5480 section 3, RFC 8410 section 5).
            rsa_key_usage: KeyUsage::KEY_ENCIPHERMENT,
            extended_key_usage: purposes.iter().map(|&purpose| purpose.to_owned()).collect(),
            ca: None,
            names_required,
        }
    }

    /// The key usage for a key.
    pub fn key_usage_for(&self, key: &PublicKey) -> KeyUsage {
        let is_rsa = matches!(key.algorithm(), PublicKeyAlgorithm::Rsa { .. });
        if is_rsa && !key.is_rsa_pss() { self.key_usage | self.rsa_key_usage } else { self.key_usage }
    }

    /// Basic constraints, key usage and purposes for a key.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] when a purpose is no object identifier.
    pub fn extensions(&self, key: &PublicKey) -> Result<Vec<Extension>> {
        let constraints = match self.ca {
            None => Extension::basic_constraints(false, None),
            Some(PathLength::Unlimited) => Extension::basic_constraints(true, None),
            Some(PathLength::AtMost(length)) => Extension::basic_constraints(true, Some(length)),
        };
        let mut out = vec![constraints, Extension::key_usage(self.key_usage_for(key))];
        if !self.extended_key_usage.is_empty() {
            out.push(Extension::extended_key_usage(&self.extended_key_usage)?);
        }
        Ok(out)
    }
}
