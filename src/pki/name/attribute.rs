//! The kinds of values a distinguished name can hold: identifier, short name, bound, string type.
//!
//! Leaves out the values themselves.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::tlv;

/// An attribute type of X.520, PKCS#9 or RFC 4519; any other by its dotted object identifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AttributeKind {
    /// `CN`
    CommonName,
    /// `O`
    Organization,
    /// `OU`
    OrganizationalUnit,
    /// `C`
    Country,
    /// `ST`
    StateOrProvince,
    /// `L`
    Locality,
    /// `emailAddress`
    EmailAddress,
    /// `serialNumber`, of a person or a device
    SerialNumber,
    /// `DC`
    DomainComponent,
    /// `street`
    StreetAddress,
    /// `postalCode`
    PostalCode,
    /// `title`
    Title,
    /// `SN`
    Surname,
    /// `GN`
    GivenName,
    /// `initials`
    Initials,
    /// `generationQualifier`
    GenerationQualifier,
    /// `dnQualifier`
    DnQualifier,
    /// `pseudonym`
    Pseudonym,
    /// `name`
    Name,
    /// `description`
    Description,
    /// `UID`
    UserId,
    /// `businessCategory`
    BusinessCategory,
    /// `organizationIdentifier`
    OrganizationIdentifier,
    /// `jurisdictionC`
    JurisdictionCountry,
    /// `jurisdictionST`
    JurisdictionState,
    /// `jurisdictionL`
    JurisdictionLocality,
    /// `unstructuredName`
    UnstructuredName,
    /// Any other, by its dotted object identifier.
    Other(String),
}

use AttributeKind as K;

/// Kind, object identifier, short name, upper bound in characters (RFC 5280 appendix A.1, RFC 5912).
const KNOWN: [(K, &str, &str, Option<usize>); 27] = [
    (K::CommonName, "2.5.4.3", "CN", Some(64)),
    (K::Organization, "2.5.4.10", "O", Some(64)),
    (K::OrganizationalUnit, "2.5.4.11", "OU", Some(64)),
    (K::Country, "2.5.4.6", "C", Some(2)),
    (K::StateOrProvince, "2.5.4.8", "ST", Some(128)),
    (K::Locality, "2.5.4.7", "L", Some(128)),
    (K::EmailAddress, "1.2.840.113549.1.9.1", "emailAddress", Some(255)),
    (K::SerialNumber, "2.5.4.5", "serialNumber", Some(64)),
    (K::DomainComponent, "0.9.2342.19200300.100.1.25", "DC", None),
    (K::StreetAddress, "2.5.4.9", "street", Some(128)),
    (K::PostalCode, "2.5.4.17", "postalCode", Some(40)),
    (K::Title, "2.5.4.12", "title", Some(64)),
    (K::Surname, "2.5.4.4", "SN", Some(32_768)),
    (K::GivenName, "2.5.4.42", "GN", Some(32_768)),
    (K::Initials, "2.5.4.43", "initials", Some(32_768)),
    (K::GenerationQualifier, "2.5.4.44", "generationQualifier", Some(32_768)),
    (K::DnQualifier, "2.5.4.46", "dnQualifier", None),
    (K::Pseudonym, "2.5.4.65", "pseudonym", Some(128)),
    (K::Name, "2.5.4.41", "name", Some(32_768)),
    (K::Description, "2.5.4.13", "description", Some(1024)),
    (K::UserId, "0.9.2342.19200300.100.1.1", "UID", Some(256)),
    (K::BusinessCategory, "2.5.4.15", "businessCategory", Some(128)),
    (K::OrganizationIdentifier, "2.5.4.97", "organizationIdentifier", None),
    (K::JurisdictionCountry, "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", Some(2)),
    (K::JurisdictionState, "1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", Some(128)),
    (K::JurisdictionLocality, "1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", Some(128)),
    (K::UnstructuredName, "1.2.840.113549.1.9.2", "unstructuredName", Some(255)),
];

/// Object identifiers and names in full, also of types that have no short name here.
const LONG_NAMES: [(&str, &str); 56] = [
    ("2.5.4.3", "Common name"),
    ("2.5.4.10", "Organization"),
    ("2.5.4.11", "Organizational unit"),
    ("2.5.4.6", "Country"),
    ("2.5.4.8", "State or province"),
    ("2.5.4.7", "Locality"),
    ("1.2.840.113549.1.9.1", "Mail address"),
    ("2.5.4.5", "Serial number of the subject"),
    ("0.9.2342.19200300.100.1.25", "Domain component"),
    ("2.5.4.9", "Street address"),
    ("2.5.4.17", "Postal code"),
    ("2.5.4.12", "Title"),
    ("2.5.4.4", "Surname"),
    ("2.5.4.42", "Given name"),
    ("2.5.4.43", "Initials"),
    ("2.5.4.44", "Generation qualifier"),
    ("2.5.4.46", "Qualifier"),
    ("2.5.4.65", "Pseudonym"),
    ("2.5.4.41", "Name"),
    ("2.5.4.13", "Description"),
    ("0.9.2342.19200300.100.1.1", "User identifier"),
    ("2.5.4.15", "Business category"),
    ("2.5.4.97", "Organization identifier"),
    ("1.3.6.1.4.1.311.60.2.1.3", "Country of jurisdiction"),
    ("1.3.6.1.4.1.311.60.2.1.2", "State of jurisdiction"),
    ("1.3.6.1.4.1.311.60.2.1.1", "Locality of jurisdiction"),
    ("1.2.840.113549.1.9.2", "Unstructured name"),
    ("1.2.840.113549.1.9.8", "Unstructured address"),
    ("2.5.4.14", "Search guide"),
    ("2.5.4.16", "Postal address"),
    ("2.5.4.18", "Post office box"),
    ("2.5.4.19", "Physical delivery office"),
    ("2.5.4.20", "Telephone number"),
    ("2.5.4.23", "Fax number"),
    ("2.5.4.31", "Member"),
    ("2.5.4.32", "Owner"),
    ("2.5.4.33", "Role occupant"),
    ("2.5.4.45", "Unique identifier"),
    ("2.5.4.49", "Distinguished name"),
    ("2.5.4.51", "House identifier"),
    ("2.5.4.54", "DMD name"),
    ("2.5.4.72", "Role"),
    ("2.5.4.98", "Country, three letters"),
    ("2.5.4.99", "Country, by number"),
    ("0.9.2342.19200300.100.1.3", "Mail"),
    ("1.3.6.1.5.5.7.9.1", "Date of birth"),
    ("1.3.6.1.5.5.7.9.2", "Place of birth"),
    ("1.3.6.1.5.5.7.9.3", "Gender"),
    ("1.3.6.1.5.5.7.9.4", "Country of citizenship"),
    ("1.3.6.1.5.5.7.9.5", "Country of residence"),
    ("1.2.643.3.131.1.1", "INN"),
    ("1.2.643.100.1", "OGRN"),
    ("1.2.643.100.3", "SNILS"),
    ("1.2.643.100.4", "INN of a legal person"),
    ("1.2.643.100.5", "OGRNIP"),
    ("1.3.6.1.4.1.311.17.1", "Microsoft provider name"),
];

impl AttributeKind {
    /// The kind with this dotted object identifier.
    pub fn from_oid(oid: &str) -> Self {
        KNOWN.iter().find(|row| row.1 == oid).map_or_else(|| Self::Other(oid.to_owned()), |row| row.0.clone())
    }

    /// The kind with this short name, in any case; `E` and `email` mean the mail address, `S` the state.
    pub fn from_short_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let same = |other: &str| name.eq_ignore_ascii_case(other);
        if same("E") || same("email") {
            return Some(Self::EmailAddress);
        }
        if same("S") {
            return Some(Self::StateOrProvince);
        }
        KNOWN.iter().find(|row| same(row.2)).map(|row| row.0.clone())
    }

    pub(super) fn from_oid_octets(content: &[u8]) -> Self {
        // The common types are 2.5.4.x in three octets; the others are rare enough to be spelled out.
        match content {
            [0x55, 0x04, 3] => Self::CommonName,
            [0x55, 0x04, 6] => Self::Country,
            [0x55, 0x04, 7] => Self::Locality,
            [0x55, 0x04, 8] => Self::StateOrProvince,
            [0x55, 0x04, 10] => Self::Organization,
            [0x55, 0x04, 11] => Self::OrganizationalUnit,
            _ => {
                let oid = tlv::dotted(content);
                oid.map_or_else(|| Self::Other("?".to_owned()), |oid| Self::from_oid(&oid))
            }
        }
    }

    /// The dotted object identifier.
    pub fn oid(&self) -> &str {
        match self {
            Self::Other(oid) => oid,
            known => known.row().map_or("", |row| row.1),
        }
    }

    /// The short name that OpenSSL uses; the dotted object identifier when there is none.
    pub fn short_name(&self) -> &str {
        match self {
            Self::Other(oid) => oid,
            known => known.row().map_or("", |row| row.2),
        }
    }

    /// The name in full of an attribute type, by its dotted object identifier.
    pub(crate) fn long_name_of(oid: &str) -> Option<&'static str> {
        LONG_NAMES.iter().find(|row| row.0 == oid).map(|row| row.1)
    }

    /// The most characters that RFC 5280 appendix A allows; `None` when it sets no bound.
    pub fn upper_bound(&self) -> Option<usize> {
        self.row().and_then(|row| row.3)
    }

    pub(super) const fn string_tag(&self) -> u8 {
        match self {
            Self::Country | Self::JurisdictionCountry | Self::SerialNumber | Self::DnQualifier => {
                tlv::PRINTABLE_STRING
            }
            Self::EmailAddress | Self::DomainComponent => tlv::IA5_STRING,
            _ => tlv::UTF8_STRING,
        }
    }

    fn row(&self) -> Option<&'static (Self, &'static str, &'static str, Option<usize>)> {
        KNOWN.iter().find(|row| row.0 == *self)
    }
}

impl fmt::Display for AttributeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short_name())
    }
}
