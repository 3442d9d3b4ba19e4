//! Distinguished names: built by RFC 5280's rules, or kept as the exact bytes they came in.
//!
//! Leaves out alternative names (`general_name`) and host name rules (`peer_name`).

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::error::{ErrorKind, Result};
use crate::tlv::{self, Cursor, Tlv};

mod attribute;
mod encode;
pub(crate) mod spelling;
mod text;

pub use attribute::AttributeKind;
pub(crate) use text::string;

/// One value of a name, decoded for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// What the value is.
    pub kind: AttributeKind,
    /// The value as text; `#` and the hexadecimal DER when it is no string.
    pub value: String,
    /// The index of the relative distinguished name it belongs to; equal for values joined by `+`.
    pub rdn: usize,
}

impl Attribute {
    /// Decodes a value; the type is given by the content octets of its object identifier.
    pub(crate) fn of(oid: &[u8], value: &Tlv<'_>, rdn: usize) -> Self {
        Self { kind: AttributeKind::from_oid_octets(oid), value: text::decoded(value), rdn }
    }
}

/// A `Name` of [RFC 5280 section 4.1.2.4], held as its exact DER bytes.
///
/// ```text
/// Name ::= CHOICE { rdnSequence SEQUENCE OF RelativeDistinguishedName }
/// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
/// ```
///
/// `Eq` compares bytes; [`DistinguishedName::matches`] compares names as section 7.1 does.
///
/// [RFC 5280 section 4.1.2.4]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.4
#[derive(Clone, PartialEq, Eq)]
pub struct DistinguishedName {
    der: Arc<[u8]>,
}

impl DistinguishedName {
    /// Builds a name with one value in each relative distinguished name, in the order given.
    ///
    /// Values are trimmed and empty ones skipped. A country becomes an upper-case PrintableString,
    /// serial numbers and qualifiers PrintableStrings, mail addresses and domain components
    /// IA5Strings, the rest UTF8Strings.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyName`] when no value is left, [`ErrorKind::ValueTooLong`],
    /// [`ErrorKind::BadCountry`] and [`ErrorKind::BadCharacters`] for a value that its attribute cannot hold.
    pub fn build(values: &[(AttributeKind, &str)]) -> Result<Self> {
        let mut rdns = Vec::new();
        for (kind, value) in values {
            let value = value.trim();
            if !value.is_empty() {
                let attribute = encode::encode_attribute(kind, value)?;
                rdns.extend(tlv::write(tlv::SET, &attribute));
            }
        }
        if rdns.is_empty() {
            return Err(ErrorKind::EmptyName.into());
        }
        Ok(Self { der: tlv::write(tlv::SEQUENCE, &rdns).into() })
    }

    /// The name without any value, as a certificate known by its alternative names alone has it.
    pub fn empty() -> Self {
        Self { der: Arc::from([tlv::SEQUENCE, 0]) }
    }

    /// Keeps a name's bytes, after a look at its structure.
    ///
    /// The types of the values and their bounds are not checked.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] when the bytes are no single `Name`.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        Self::from_tlv(&tlv::only(der, tlv::SEQUENCE, "name")?)
    }

    pub(crate) fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let mut rdns = element.expect(tlv::SEQUENCE, "name")?.inside();
        while !rdns.is_empty() {
            let mut values = rdns.take(tlv::SET, "relative distinguished name")?.inside();
            while !values.is_empty() {
                let mut pair = values.take(tlv::SEQUENCE, "name attribute")?.inside();
                pair.take(tlv::OID, "name attribute type")?;
                pair.any("name attribute value")?;
                pair.end()?;
            }
        }
        Ok(Self { der: element.whole.into() })
    }

    /// The exact DER bytes of the `Name`.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Whether the name holds no value at all.
    pub fn is_empty(&self) -> bool {
        self.elements().next().is_none()
    }

    /// The values in the order of their encoding.
    pub fn attributes(&self) -> Vec<Attribute> {
        self.elements().map(|element| Attribute::of(element.oid, &element.value, element.rdn)).collect()
    }

    /// The first value of a kind.
    pub fn first(&self, kind: &AttributeKind) -> Option<String> {
        self.elements()
            .find(|element| AttributeKind::from_oid_octets(element.oid) == *kind)
            .map(|element| text::decoded(&element.value))
    }

    /// The first common name.
    pub fn common_name(&self) -> Option<String> {
        self.first(&AttributeKind::CommonName)
    }

    /// What to call the holder of the name: the common name, else the organisation, its unit,
    /// the first value, or `(no name)`.
    pub fn label(&self) -> String {
        [AttributeKind::CommonName, AttributeKind::Organization, AttributeKind::OrganizationalUnit]
            .iter()
            .find_map(|kind| self.first(kind).filter(|value| !value.is_empty()))
            .or_else(|| {
                let mut values = self.attributes().into_iter().map(|a| a.value);
                values.find(|value| !value.is_empty())
            })
            .unwrap_or_else(|| "(no name)".to_owned())
    }

    /// The name as [RFC 4514](https://datatracker.ietf.org/doc/html/rfc4514) writes it: last first, `CN=x,O=y,C=DE`.
    pub fn rfc4514(&self) -> String {
        spelling::rfc4514(&self.attributes())
    }

    /// The name as OpenSSL prints it: in order, `C = DE, O = x, CN = y`.
    pub fn openssl(&self) -> String {
        spelling::openssl(&self.attributes())
    }

    /// The name as OpenSSL's option `-subj` takes it: in order, `/C=DE/O=x/CN=y`.
    pub fn slashes(&self) -> String {
        spelling::slashes(&self.attributes())
    }

    /// Compares two names by [RFC 5280 section 7.1]: text without regard to case, string type and
    /// runs of white space, everything else byte for byte.
    ///
    /// Unicode normalisation (RFC 4518) is not done: composed and decomposed letters differ.
    ///
    /// [RFC 5280 section 7.1]: https://datatracker.ietf.org/doc/html/rfc5280#section-7.1
    pub fn matches(&self, other: &Self) -> bool {
        self.der == other.der || self.comparable() == other.comparable()
    }

    /// A form that is equal for two names exactly when they match; good as a key of a map.
    pub fn comparable(&self) -> Vec<u8> {
        let elements: Vec<_> = self.elements().collect();
        let mut out = Vec::with_capacity(self.der.len());
        for rdn in elements.chunk_by(|a, b| a.rdn == b.rdn) {
            let pair = |element: &Element<'_>| {
                let mut pair = tlv::write(tlv::OID, element.oid);
                match text::folded(&element.value) {
                    Some(text) => pair.extend(tlv::write(tlv::UTF8_STRING, text.as_bytes())),
                    None => pair.extend(element.value.whole),
                }
                pair
            };
            let mut values: Vec<Vec<u8>> = rdn.iter().map(pair).collect();
            values.sort_unstable();
            out.extend(tlv::write(tlv::SET, &values.concat()));
        }
        out
    }

    fn elements(&self) -> Elements<'_> {
        let mut outer = Cursor::new(&self.der);
        Elements {
            rdns: outer.any("name").map_or(Cursor::new(&[]), |name| name.inside()),
            values: Cursor::new(&[]),
            next_rdn: 0,
        }
    }
}

impl Hash for DistinguishedName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.der.hash(state);
    }
}

impl fmt::Debug for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DistinguishedName({})", self.rfc4514())
    }
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.openssl())
    }
}

/// An undecoded value with its type.
struct Element<'a> {
    oid: &'a [u8],
    value: Tlv<'a>,
    rdn: usize,
}

/// Walks a name whose structure has been checked.
struct Elements<'a> {
    rdns: Cursor<'a>,
    values: Cursor<'a>,
    next_rdn: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        while self.values.is_empty() {
            if self.rdns.is_empty() {
                return None;
            }
            self.values = self.rdns.any("rdn").ok()?.inside();
            self.next_rdn += 1;
        }
        let mut pair = self.values.any("attribute").ok()?.inside();
        Some(Element {
            oid: pair.any("type").ok()?.content,
            value: pair.any("value").ok()?,
            rdn: self.next_rdn - 1,
        })
    }
}

#[cfg(test)]
mod tests;
