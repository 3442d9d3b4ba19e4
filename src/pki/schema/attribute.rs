//! Attributes of requests, signatures and attribute certificates: their names and the types of their values.
//!
//! Attributes of distinguished names are `name`'s.

use super::cms::{CONTENT_INFO, SIGNER_INFO, SIGNING_CERTIFICATE};
use super::x509::{EXTENSIONS, GENERAL_NAMES, IDENTIFIERS};
use super::{Member, Type, microsoft, sequence_of, set_of};

static VALUE: Member = Member::new("value", "Value", &Type::ByOid(value_type));
static VALUES: Type = set_of(&VALUE);
static ATTRIBUTE_TYPE: Type = Type::Sequence(&[
    Member::new("attribute-type", "Type", &Type::Oid),
    Member::new("values", "Values", &VALUES),
]);
/// `Attribute`.
pub(crate) static ATTRIBUTE: Member = Member::new("attribute", "Attribute", &ATTRIBUTE_TYPE);

type Row = (&'static str, &'static str, Option<&'static Type>);

/// The name of an attribute.
pub(crate) fn name(oid: &str) -> Option<&'static str> {
    find(oid).map(|row| row.1)
}

/// The type of an attribute's values.
pub(crate) fn value_type(oid: &str) -> Option<&'static Type> {
    find(oid).and_then(|row| row.2)
}

fn find(oid: &str) -> Option<&'static Row> {
    [&PKCS9[..], &SMIME, &MICROSOFT, &OTHERS].into_iter().flatten().find(|row| row.0 == oid)
}

static PKCS9: [Row; 14] = [
    ("1.2.840.113549.1.9.1", "Mail address", Some(&Type::Text)),
    ("1.2.840.113549.1.9.2", "Unstructured name", Some(&Type::Text)),
    ("1.2.840.113549.1.9.3", "Content type", Some(&Type::Oid)),
    ("1.2.840.113549.1.9.4", "Message digest", Some(&Type::Octets)),
    ("1.2.840.113549.1.9.5", "Signing time", Some(&Type::Time)),
    ("1.2.840.113549.1.9.6", "Countersignature", Some(&SIGNER_INFO)),
    ("1.2.840.113549.1.9.7", "Challenge password", Some(&Type::Text)),
    ("1.2.840.113549.1.9.8", "Unstructured address", Some(&Type::Text)),
    ("1.2.840.113549.1.9.13", "Signing description", Some(&Type::Text)),
    ("1.2.840.113549.1.9.14", "Requested extensions", Some(&EXTENSIONS)),
    ("1.2.840.113549.1.9.15", "S/MIME capabilities", Some(&CAPABILITIES)),
    ("1.2.840.113549.1.9.20", "Friendly name", Some(&Type::Text)),
    ("1.2.840.113549.1.9.21", "Local key identifier", Some(&Type::Octets)),
    ("1.2.840.113549.1.9.52", "Algorithm protection", Some(&ALGORITHM_PROTECTION)),
];

static CAPABILITY_TYPE: Type = Type::Sequence(&[
    Member::new("capability", "Capability", &Type::Oid),
    Member::new("parameters", "Parameters", &Type::Any).optional(),
]);
static CAPABILITY: Member = Member::new("capability", "Capability", &CAPABILITY_TYPE);
static CAPABILITIES: Type = sequence_of(&CAPABILITY);

static ALGORITHM_PROTECTION: Type = Type::Sequence(&[
    Member::new("digest-algorithm", "Hash", &Type::Algorithm),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm).implicit(1).optional(),
    Member::new("mac-algorithm", "Authentication", &Type::Algorithm).implicit(2).optional(),
]);

static CONTENT_HINTS: Type = Type::Sequence(&[
    Member::new("description", "Description", &Type::Text).optional(),
    Member::new("content-type", "Content type", &Type::Oid),
]);

static COMMITMENT: Type = Type::Sequence(&[
    Member::new("commitment", "Commitment", &Type::Oid),
    Member::new("qualifiers", "Qualifiers", &Type::Any).optional(),
]);

static SMIME: [Row; 21] = [
    ("1.2.840.113549.1.9.16.2.1", "Receipt request", None),
    ("1.2.840.113549.1.9.16.2.2", "Security label", None),
    ("1.2.840.113549.1.9.16.2.4", "Content hints", Some(&CONTENT_HINTS)),
    ("1.2.840.113549.1.9.16.2.5", "Digest of the receipt", Some(&Type::Octets)),
    ("1.2.840.113549.1.9.16.2.7", "Content identifier", Some(&Type::Octets)),
    ("1.2.840.113549.1.9.16.2.10", "Content reference", None),
    ("1.2.840.113549.1.9.16.2.11", "Key preferred for encryption", None),
    ("1.2.840.113549.1.9.16.2.12", "Signing certificate", Some(&SIGNING_CERTIFICATE)),
    ("1.2.840.113549.1.9.16.2.14", "Time stamp of the signature", Some(&CONTENT_INFO)),
    ("1.2.840.113549.1.9.16.2.15", "Signature policy", None),
    ("1.2.840.113549.1.9.16.2.16", "Commitment", Some(&COMMITMENT)),
    ("1.2.840.113549.1.9.16.2.17", "Place of the signer", None),
    ("1.2.840.113549.1.9.16.2.18", "Attributes of the signer", None),
    ("1.2.840.113549.1.9.16.2.20", "Time stamp of the content", Some(&CONTENT_INFO)),
    ("1.2.840.113549.1.9.16.2.21", "References to certificates", None),
    ("1.2.840.113549.1.9.16.2.22", "References to revocation", None),
    ("1.2.840.113549.1.9.16.2.23", "Certificates", None),
    ("1.2.840.113549.1.9.16.2.24", "Revocation values", None),
    ("1.2.840.113549.1.9.16.2.25", "Time stamp of all references", Some(&CONTENT_INFO)),
    ("1.2.840.113549.1.9.16.2.47", "Signing certificate (version 2)", Some(&SIGNING_CERTIFICATE)),
    ("0.4.0.1733.2.5", "Archive time stamp", None),
];

static CLIENT_INFO: Type = Type::Sequence(&[
    Member::new("client-id", "Client", &Type::Integer),
    Member::new("machine", "Machine", &Type::Text).optional(),
    Member::new("user", "User", &Type::Text).optional(),
    Member::new("process", "Process", &Type::Text).optional(),
]);
static PROVIDER: Type = Type::Sequence(&[
    Member::new("key-spec", "Key use", &Type::Named(&[(0, "any"), (1, "key exchange"), (2, "signature")])),
    Member::new("provider-name", "Name", &Type::Text),
    Member::new("provider-signature", "Signature", &Type::Bits),
]);
static NAME_AND_VALUE: Type = Type::Sequence(&[
    Member::new("pair-name", "Name", &Type::Text),
    Member::new("pair-value", "Value", &Type::Text),
]);

static MICROSOFT: [Row; 17] = [
    ("1.3.6.1.4.1.311.2.1.11", "Statement type (Microsoft)", Some(&IDENTIFIERS)),
    ("1.3.6.1.4.1.311.2.1.12", "Program (Microsoft)", Some(&microsoft::OPUS_INFO)),
    ("1.3.6.1.4.1.311.2.1.14", "Requested extensions (Microsoft)", Some(&EXTENSIONS)),
    ("1.3.6.1.4.1.311.2.4.1", "Further signature (Microsoft)", Some(&CONTENT_INFO)),
    ("1.3.6.1.4.1.311.3.3.1", "Time stamp (Microsoft)", Some(&CONTENT_INFO)),
    ("1.3.6.1.4.1.311.10.11.9", "Enhanced key usage (Microsoft)", Some(&ENCODED_IDENTIFIERS)),
    ("1.3.6.1.4.1.311.10.11.11", "Friendly name (Microsoft)", Some(&Type::Octets)),
    ("1.3.6.1.4.1.311.10.11.20", "Key identifier (Microsoft)", Some(&Type::Octets)),
    ("1.3.6.1.4.1.311.10.11.29", "Hash of the name (Microsoft)", Some(&Type::Octets)),
    ("1.3.6.1.4.1.311.10.11.83", "Root programme policies (Microsoft)", Some(&Type::Octets)),
    ("1.3.6.1.4.1.311.10.11.98", "SHA-256 fingerprint (Microsoft)", Some(&Type::Octets)),
    ("1.3.6.1.4.1.311.13.1", "Certificate to be renewed (Microsoft)", Some(&Type::Certificate)),
    ("1.3.6.1.4.1.311.13.2.1", "Enrolment name and value (Microsoft)", Some(&NAME_AND_VALUE)),
    ("1.3.6.1.4.1.311.13.2.2", "Key provider (Microsoft)", Some(&PROVIDER)),
    ("1.3.6.1.4.1.311.13.2.3", "Windows version (Microsoft)", Some(&Type::Text)),
    ("1.3.6.1.4.1.311.21.20", "Client (Microsoft)", Some(&CLIENT_INFO)),
    ("1.3.6.1.4.1.311.21.23", "Attestation of the key (Microsoft)", None),
];
static ENCODED_IDENTIFIERS: Type = Type::OctetsOf(&IDENTIFIERS);

static ROLE: Type = Type::Sequence(&[
    Member::new("role-authority", "Authority", &GENERAL_NAMES).implicit(0).optional(),
    Member::new("role-name", "Role", &Type::GeneralName).explicit(1),
]);
static IETF_VALUE: Type = Type::Choice(&[
    Member::new("octets", "Octets", &Type::Octets),
    Member::new("identifier", "Identifier", &Type::Oid),
    Member::new("text", "Text", &Type::Text),
]);
static IETF_MEMBER: Member = Member::new("value", "Value", &IETF_VALUE);
static IETF_VALUES: Type = sequence_of(&IETF_MEMBER);
static IETF: Type = Type::Sequence(&[
    Member::new("policy-authority", "Policy authority", &GENERAL_NAMES).implicit(0).optional(),
    Member::new("values", "Values", &IETF_VALUES),
]);
static SERVICE: Type = Type::Sequence(&[
    Member::new("service", "Service", &Type::GeneralName),
    Member::new("identity", "Identity", &Type::GeneralName),
    Member::new("authentication", "Authentication", &Type::Octets).optional(),
]);

static OTHERS: [Row; 15] = [
    ("2.5.4.55", "Clearance", None),
    ("2.5.4.72", "Role", Some(&ROLE)),
    ("1.3.6.1.5.5.7.10.1", "Authentication information", Some(&SERVICE)),
    ("1.3.6.1.5.5.7.10.2", "Access identity", Some(&SERVICE)),
    ("1.3.6.1.5.5.7.10.3", "Charging identity", Some(&IETF)),
    ("1.3.6.1.5.5.7.10.4", "Group", Some(&IETF)),
    ("1.2.840.113635.100.9.1", "Hash agility (Apple)", Some(&Type::Octets)),
    ("1.2.840.113635.100.9.2", "Hash agility, version 2 (Apple)", None),
    ("2.16.840.1.113733.1.9.2", "Message type (SCEP)", Some(&Type::Text)),
    ("2.16.840.1.113733.1.9.3", "Status (SCEP)", Some(&Type::Text)),
    ("2.16.840.1.113733.1.9.4", "Failure (SCEP)", Some(&Type::Text)),
    ("2.16.840.1.113733.1.9.5", "Sender's nonce (SCEP)", Some(&Type::Octets)),
    ("2.16.840.1.113733.1.9.6", "Recipient's nonce (SCEP)", Some(&Type::Octets)),
    ("2.16.840.1.113733.1.9.7", "Transaction (SCEP)", Some(&Type::Text)),
    ("1.3.6.1.5.5.7.2.1", "Certification practice statement", Some(&Type::Text)),
];
