//! X.509 extensions: the raw triple, constructors for those that are written, key usage bits.
//!
//! Leaves out the decoded view of a whole list (`extension::decoded`) and judging extensions (`usage`, `path`).

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

use der::asn1::ObjectIdentifier;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::general_name::GeneralName;
use crate::key::PublicKey;
use crate::tlv::{self, Cursor, Tlv};

pub(crate) mod decoded;
pub mod oids;

pub use oids::oid_name;

/// An `Extension` of [RFC 5280 section 4.1](https://datatracker.ietf.org/doc/html/rfc5280#section-4.1), undecoded.
///
/// ```text
/// Extension ::= SEQUENCE {
///     extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Extension {
    /// The dotted object identifier.
    pub oid: String,
    /// Whether a reader that does not know the extension must refuse.
    pub critical: bool,
    /// The DER inside the OCTET STRING.
    pub value: Vec<u8>,
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = oid_name(&self.oid).unwrap_or(&self.oid);
        let critical = if self.critical { " critical" } else { "" };
        write!(f, "Extension({name}{critical}, {} bytes)", self.value.len())
    }
}

impl Extension {
    fn of(oid: &str, critical: bool, value: Vec<u8>) -> Self {
        Self { oid: oid.to_owned(), critical, value }
    }

    /// Basic constraints (RFC 5280 section 4.2.1.9), critical; the path length is written only for a CA.
    pub fn basic_constraints(ca: bool, path_len: Option<u8>) -> Self {
        let mut content = Vec::new();
        if ca {
            content.extend(tlv::write(tlv::BOOLEAN, &[0xff]));
            if let Some(length) = path_len {
                content.extend(write_number(u64::from(length)));
            }
        }
        Self::of(oids::BASIC_CONSTRAINTS, true, tlv::write(tlv::SEQUENCE, &content))
    }

    /// Key usage (RFC 5280 section 4.2.1.3), critical.
    pub fn key_usage(usage: KeyUsage) -> Self {
        // Bit 0 of the BIT STRING is the highest bit of its first octet.
        let octets = usage.0.reverse_bits().to_be_bytes();
        let used = if octets[1] != 0 { 2 } else { usize::from(octets[0] != 0) };
        let unused = octets[..used].last().map_or(0, |last| last.trailing_zeros());
        let mut content = vec![unused as u8];
        content.extend_from_slice(&octets[..used]);
        Self::of(oids::KEY_USAGE, true, tlv::write(tlv::BIT_STRING, &content))
    }

    /// Extended key usage (RFC 5280 section 4.2.1.12), not critical, of dotted object identifiers.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] when one is not well-formed.
    pub fn extended_key_usage<S: AsRef<str>>(purposes: &[S]) -> Result<Self> {
        let mut content = Vec::new();
        for purpose in purposes {
            content.extend(write_oid(purpose.as_ref())?);
        }
        let value = tlv::write(tlv::SEQUENCE, &content);
        Ok(Self::of(oids::EXTENDED_KEY_USAGE, false, value))
    }

    /// Subject alternative names (RFC 5280 section 4.2.1.6); critical only when the subject is empty.
    pub fn subject_alt_name(names: &[GeneralName], critical: bool) -> Self {
        let content: Vec<u8> = names.iter().flat_map(GeneralName::to_der).collect();
        Self::of(oids::SUBJECT_ALT_NAME, critical, tlv::write(tlv::SEQUENCE, &content))
    }

    /// Subject key identifier (RFC 5280 section 4.2.1.2), the SHA-1 of the key's bits.
    pub fn subject_key_identifier(key: &PublicKey) -> Self {
        let value = tlv::write(tlv::OCTET_STRING, &key.key_identifier());
        Self::of(oids::SUBJECT_KEY_IDENTIFIER, false, value)
    }

    /// Authority key identifier (RFC 5280 section 4.2.1.1), by key identifier alone.
    pub fn authority_key_identifier(identifier: &[u8]) -> Self {
        let value = tlv::write(tlv::SEQUENCE, &tlv::write(tlv::implicit(0), identifier));
        Self::of(oids::AUTHORITY_KEY_IDENTIFIER, false, value)
    }

    /// CRL number (RFC 5280 section 5.2.3).
    pub fn crl_number(number: u64) -> Self {
        Self::of(oids::CRL_NUMBER, false, write_number(number))
    }

    /// The dotted identifier's short name, or the identifier.
    pub fn name(&self) -> &str {
        oid_name(&self.oid).unwrap_or(&self.oid)
    }

    /// The DER of the whole `Extension`.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] when the object identifier is not well-formed.
    pub fn to_der(&self) -> Result<Vec<u8>> {
        let mut content = write_oid(&self.oid)?;
        if self.critical {
            content.extend(tlv::write(tlv::BOOLEAN, &[0xff]));
        }
        content.extend(tlv::write(tlv::OCTET_STRING, &self.value));
        Ok(tlv::write(tlv::SEQUENCE, &content))
    }

    pub(crate) fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let mut fields = element.expect(tlv::SEQUENCE, "extension")?.inside();
        let oid = fields.take(tlv::OID, "extension identifier")?;
        let critical = fields.optional(tlv::BOOLEAN, "extension criticality")?;
        let value = fields.take(tlv::OCTET_STRING, "extension value")?;
        fields.end()?;
        Ok(Self {
            oid: tlv::dotted(oid.content).ok_or_else(|| Error::der("extension identifier", oid.range()))?,
            critical: critical.is_some_and(|flag| flag.content.iter().any(|octet| *octet != 0)),
            value: value.content.to_vec(),
        })
    }
}

/// Reads a list of extensions with the whole DER of each.
pub(crate) fn read_list<'a>(element: &Tlv<'a>) -> Result<Vec<(Extension, &'a [u8])>> {
    let mut list = element.expect(tlv::SEQUENCE, "extensions")?.inside();
    let mut out = Vec::with_capacity(10);
    while !list.is_empty() {
        let element = list.any("extension")?;
        out.push((Extension::from_tlv(&element)?, element.whole));
    }
    Ok(out)
}

/// Writes an unsigned INTEGER.
pub(crate) fn write_number(number: u64) -> Vec<u8> {
    let octets = number.to_be_bytes();
    let mut digits = &octets[(number.leading_zeros() / 8).min(7) as usize..];
    let padded;
    if digits[0] >= 0x80 {
        padded = [&[0], digits].concat();
        digits = &padded;
    }
    tlv::write(tlv::INTEGER, digits)
}

pub(crate) fn write_oid(oid: &str) -> Result<Vec<u8>> {
    let oid = ObjectIdentifier::new(oid).map_err(|_| ErrorKind::BadDer { what: "object identifier" })?;
    Ok(tlv::write(tlv::OID, oid.as_bytes()))
}

/// Reads a `SEQUENCE OF OBJECT IDENTIFIER`.
pub(crate) fn read_oids(der: &[u8]) -> Option<Vec<String>> {
    let mut list = tlv::only(der, tlv::SEQUENCE, "purposes").ok()?.inside();
    let mut out = Vec::new();
    while !list.is_empty() {
        out.push(tlv::dotted(list.take(tlv::OID, "purpose").ok()?.content)?);
    }
    Some(out)
}

/// Reads `GeneralNames`; a name whose content is malformed is kept as it is.
pub(crate) fn read_general_names(der: &[u8]) -> Option<Vec<GeneralName>> {
    let mut list: Cursor<'_> = tlv::only(der, tlv::SEQUENCE, "names").ok()?.inside();
    let mut out = Vec::new();
    while !list.is_empty() {
        out.push(GeneralName::from_tlv(&list.any("name").ok()?));
    }
    Some(out)
}

/// Basic constraints, decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BasicConstraints {
    /// Whether the key may sign certificates.
    pub ca: bool,
    /// The most intermediate CAs that may follow.
    pub path_len: Option<u32>,
}

/// The key usage bits of [RFC 5280 section 4.2.1.3]; bit 0 is the lowest bit.
///
/// [RFC 5280 section 4.2.1.3]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.3
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct KeyUsage(pub u16);

impl KeyUsage {
    /// No bit at all.
    pub const NONE: Self = Self(0);
    /// Verifying signatures other than those on certificates and revocation lists.
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    /// Non-repudiation, also called content commitment.
    pub const NON_REPUDIATION: Self = Self(1 << 1);
    /// Encrypting keys, as RSA key transport does.
    pub const KEY_ENCIPHERMENT: Self = Self(1 << 2);
    /// Encrypting data directly.
    pub const DATA_ENCIPHERMENT: Self = Self(1 << 3);
    /// Agreeing on keys.
    pub const KEY_AGREEMENT: Self = Self(1 << 4);
    /// Signing certificates.
    pub const KEY_CERT_SIGN: Self = Self(1 << 5);
    /// Signing revocation lists.
    pub const CRL_SIGN: Self = Self(1 << 6);
    /// Only encrypting while agreeing on keys.
    pub const ENCIPHER_ONLY: Self = Self(1 << 7);
    /// Only decrypting while agreeing on keys.
    pub const DECIPHER_ONLY: Self = Self(1 << 8);

    const NAMES: [&'static str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];

    /// Whether all bits of the other are set here.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any bit of the other is set here.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The standard's names of the bits that are set.
    pub fn names(self) -> Vec<&'static str> {
        let bits = Self::NAMES.iter().enumerate();
        bits.filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| *name).collect()
    }
}

impl BitOr for KeyUsage {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for KeyUsage {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

#[cfg(test)]
mod tests;
