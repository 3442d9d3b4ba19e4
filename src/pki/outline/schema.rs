//! The tables of what `crate::schema` leaves to readers of its own: certificates, revocation lists, keys, names.
//!
//! Leaves out the values of rare extensions.

use crate::Kind;
use crate::extension::oids;
use crate::schema::{Member, Type, cms, known, sequence_of, set_of, x509};
use crate::tlv;

/// The title and the type of an object.
pub(super) fn of(kind: Kind, bytes: &[u8]) -> Option<(&'static str, &'static Type)> {
    match kind {
        Kind::Certificate => Some(("Certificate", &CERTIFICATE)),
        Kind::Crl => Some(("Revocation list", &REVOCATION_LIST)),
        Kind::Request => Some(("Certificate request", &x509::REQUEST)),
        Kind::SignedPublicKey => Some(("Signed public key and challenge", &x509::SIGNED_PUBLIC_KEY)),
        Kind::PublicKey => Some(("Public key", &PUBLIC_KEY)),
        Kind::PrivateKey => Some(("Private key", &PRIVATE_KEY)),
        Kind::EncryptedPrivateKey => Some(("Encrypted private key", &ENCRYPTED_KEY)),
        Kind::Pkcs12 => Some(("PKCS#12 container", &PKCS12)),
        kind => match known::of_kind(kind, bytes) {
            Some(known) => Some((known.title, known.of)),
            None if kind == Kind::Cms => Some(("Message", &cms::CONTENT_INFO)),
            None => None,
        },
    }
}

/// What a type is made of that the tables take as a whole.
pub(super) fn expanded(of: &Type) -> Option<&'static Type> {
    match of {
        Type::Name => Some(&NAME),
        Type::GeneralName => Some(&GENERAL_NAME),
        Type::Algorithm => Some(&ALGORITHM),
        Type::PublicKey => Some(&PUBLIC_KEY),
        Type::Extension => Some(&EXTENSION),
        Type::Certificate => Some(&CERTIFICATE),
        Type::Crl => Some(&REVOCATION_LIST),
        Type::Request => Some(&x509::REQUEST),
        _ => None,
    }
}

static CERTIFICATE: Type = Type::Sequence(&[
    Member::new("tbs-certificate", "Signed part", &x509::TBS_CERTIFICATE),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);

static REVOCATION_LIST: Type = Type::Sequence(&[
    Member::new("tbs-cert-list", "Signed part", &TBS_CERT_LIST),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);

static TBS_CERT_LIST: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer).optional(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("issuer", "Issuer", &Type::Name),
    Member::new("this-update", "This update", &Type::Time),
    Member::new("next-update", "Next update", &Type::Time).optional(),
    Member::new("revoked-certificates", "Revoked certificates", &ENTRIES).optional(),
    Member::new("extensions", "Extensions", &x509::EXTENSIONS).explicit(0).optional(),
]);

static ENTRIES: Type = sequence_of(&ENTRY);
static ENTRY: Member = Member::new("revoked-certificate", "Revoked certificate", &REVOKED);

/// One entry of a revocation list.
pub(super) static REVOKED: Type = Type::Sequence(&[
    Member::new("serial-number", "Serial number", &Type::Number),
    Member::new("revocation-date", "Revocation date", &Type::Time),
    Member::new("extensions", "Extensions", &x509::EXTENSIONS).optional(),
]);

/// `Name`.
pub(super) static NAME: Type = sequence_of(&RELATIVE_NAME);
static RELATIVE_NAME: Member =
    Member::new("relative-distinguished-name", "Relative distinguished name", &RELATIVE);
static RELATIVE: Type = set_of(&NAME_ATTRIBUTE);
static NAME_ATTRIBUTE: Member = Member::new("attribute", "Attribute", &ATTRIBUTE);
static ATTRIBUTE: Type =
    Type::Sequence(&[Member::new("type", "Type", &Type::Oid), Member::new("value", "Value", &Type::Any)]);

static ALGORITHM: Type = Type::Sequence(&[
    Member::new("algorithm", "Algorithm", &Type::Oid),
    Member::new("parameters", "Parameters", &Type::Any).optional(),
]);

static PUBLIC_KEY: Type = Type::Sequence(&[
    Member::new("algorithm", "Algorithm", &Type::Algorithm),
    Member::new("subject-public-key", "Key", &Type::Bits),
]);

static EXTENSION: Type = Type::Sequence(&[
    Member::new("extension-id", "Identifier", &Type::Oid),
    Member::new("critical", "Critical", &Type::Boolean).optional(),
    Member::new("extension-value", "Value", &Type::ByOid(value_of_extension)),
]);

/// The values of the extensions that nearly every certificate has; others are opened without names.
fn value_of_extension(oid: &str) -> Option<&'static Type> {
    static NAMES: Type = Type::OctetsOf(&x509::GENERAL_NAMES);
    static PURPOSES: Type = Type::OctetsOf(&x509::IDENTIFIERS);
    static KEY_IDENTIFIER: Type = Type::OctetsOf(&Type::Octets);
    static NUMBER: Type = Type::OctetsOf(&Type::Number);
    static KEY_USAGE: Type = Type::OctetsOf(&KEY_USAGES);
    static CONSTRAINTS: Type = Type::OctetsOf(&BASIC_CONSTRAINTS);
    static AUTHORITY: Type = Type::OctetsOf(&AUTHORITY_KEY);
    static ACCESS: Type = Type::OctetsOf(&ACCESS_DESCRIPTIONS);
    static POINTS: Type = Type::OctetsOf(&DISTRIBUTION_POINTS);
    Some(match oid {
        oids::SUBJECT_ALT_NAME | oids::ISSUER_ALT_NAME | oids::CERTIFICATE_ISSUER => &NAMES,
        oids::EXTENDED_KEY_USAGE => &PURPOSES,
        oids::SUBJECT_KEY_IDENTIFIER => &KEY_IDENTIFIER,
        oids::CRL_NUMBER | oids::DELTA_CRL_INDICATOR => &NUMBER,
        oids::KEY_USAGE => &KEY_USAGE,
        oids::BASIC_CONSTRAINTS => &CONSTRAINTS,
        oids::AUTHORITY_KEY_IDENTIFIER => &AUTHORITY,
        oids::AUTHORITY_INFO_ACCESS | oids::SUBJECT_INFO_ACCESS => &ACCESS,
        oids::CRL_DISTRIBUTION_POINTS | oids::FRESHEST_CRL => &POINTS,
        _ => return None,
    })
}

static KEY_USAGES: Type = Type::Flags(&[
    "digital signature",
    "non-repudiation",
    "key encipherment",
    "data encipherment",
    "key agreement",
    "certificate signing",
    "CRL signing",
    "encipher only",
    "decipher only",
]);

static BASIC_CONSTRAINTS: Type = Type::Sequence(&[
    Member::new("ca", "Certificate authority", &Type::Boolean).optional(),
    Member::new("path-length", "Path length", &Type::Integer).optional(),
]);

static AUTHORITY_KEY: Type = Type::Sequence(&[
    Member::new("key-identifier", "Key identifier", &Type::Octets).implicit(0).optional(),
    Member::new("authority-issuer", "Issuer", &x509::GENERAL_NAMES).implicit(1).optional(),
    Member::new("serial-number", "Serial number", &Type::Number).implicit(2).optional(),
]);

static ACCESS_DESCRIPTION: Member = Member::new("access", "Access description", &ACCESS_PARTS);
static ACCESS_DESCRIPTIONS: Type = sequence_of(&ACCESS_DESCRIPTION);
static ACCESS_PARTS: Type = Type::Sequence(&[
    Member::new("access-method", "Method", &Type::Oid),
    Member::new("access-location", "Location", &Type::GeneralName),
]);

static DISTRIBUTION_POINT: Member = Member::new("distribution-point", "Distribution point", &POINT_PARTS);
static DISTRIBUTION_POINTS: Type = sequence_of(&DISTRIBUTION_POINT);
static POINT_PARTS: Type = Type::Sequence(&[
    Member::new("point-name", "Name", &POINT_NAME).explicit(0).optional(),
    Member::new("reasons", "Reasons", &Type::Bits).implicit(1).optional(),
    Member::new("crl-issuer", "Issuer of the list", &x509::GENERAL_NAMES).implicit(2).optional(),
]);
static POINT_NAME: Type = Type::Choice(&[
    Member::new("full-name", "Full name", &x509::GENERAL_NAMES).implicit(0),
    Member::new("relative-name", "Name below the issuer's", &RELATIVE).implicit(1),
]);

static GENERAL_NAME: Type = Type::Choice(&[
    Member::new("other-name", "Other name", &OTHER_NAME).implicit(0),
    Member::new("email", "Mail address", &Type::Text).implicit(1),
    Member::new("dns-name", "DNS name", &Type::Text).implicit(2),
    Member::new("x400-address", "X.400 address", &Type::Any).implicit(3),
    Member::new("directory-name", "Directory name", &Type::Name).explicit(4),
    Member::new("edi-party-name", "EDI party name", &Type::Any).implicit(5),
    Member::new("uri", "URI", &Type::Text).implicit(6),
    Member::new("ip-address", "IP address", &Type::Octets).implicit(7),
    Member::new("registered-id", "Registered identifier", &Type::Oid).implicit(8),
]);

static OTHER_NAME: Type = Type::Sequence(&[
    Member::new("type-id", "Type", &Type::Oid),
    Member::new("value", "Value", &Type::Any).explicit(0),
]);

static PRIVATE_KEY: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("algorithm", "Algorithm", &Type::Algorithm),
    Member::new("private-key", "Private key", &Type::Octets),
    Member::new("attributes", "Attributes", &x509::ATTRIBUTES).implicit(0).optional(),
    Member::new("public-key", "Public key", &Type::Bits).implicit(1).optional(),
]);

static ENCRYPTED_KEY: Type = Type::Sequence(&[
    Member::new("encryption-algorithm", "Encryption algorithm", &Type::Algorithm),
    Member::new("encrypted-data", "Encrypted key", &Type::Opaque),
]);

static MAC_DATA: Type = Type::Sequence(&[
    Member::new("mac", "Code", &x509::DIGEST),
    Member::new("salt", "Salt", &Type::Octets),
    Member::new("iterations", "Rounds", &Type::Integer).optional(),
]);

static PKCS12: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("auth-safe", "Content", &cms::CONTENT_INFO),
    Member::new("mac-data", "Authentication", &MAC_DATA).optional(),
]);

/// The tag of a type where it stands under an implicit one; none for types without a single tag.
pub(super) fn own_tag(of: &Type) -> Option<u8> {
    Some(match of {
        Type::Boolean => tlv::BOOLEAN,
        Type::Integer | Type::Number | Type::Named(_) => tlv::INTEGER,
        Type::Enumerated(_) => tlv::ENUMERATED,
        Type::Bits | Type::Flags(_) => tlv::BIT_STRING,
        Type::Octets | Type::Opaque | Type::OctetsOf(_) => tlv::OCTET_STRING,
        Type::Null => tlv::NULL,
        Type::Oid => tlv::OID,
        Type::Text => tlv::UTF8_STRING,
        Type::Time => tlv::GENERALIZED_TIME,
        _ => return None,
    })
}
