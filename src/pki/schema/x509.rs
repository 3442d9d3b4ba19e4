//! Certificates without signature, attribute certificates and trust anchors (RFC 5280, 5755, 5914).
//!
//! Certificates and revocation lists as wholes have readers of their own.

use super::attribute::ATTRIBUTE;
use super::{Member, Type, sequence_of, set_of};
use crate::extension::oids;

pub(crate) static EXTENSION: Member = Member::new("extension", "Extension", &Type::Extension);
/// `Extensions`.
pub(crate) static EXTENSIONS: Type = sequence_of(&EXTENSION);
static GENERAL_NAME: Member = Member::new("general-name", "Name", &Type::GeneralName);
/// `GeneralNames`.
pub(crate) static GENERAL_NAMES: Type = sequence_of(&GENERAL_NAME);
static CERTIFICATE: Member = Member::new("certificate", "Certificate", &Type::Certificate);
/// `SEQUENCE OF Certificate`.
pub(crate) static CERTIFICATES: Type = sequence_of(&CERTIFICATE);
/// An object identifier in a list.
static IDENTIFIER: Member = Member::new("identifier", "Identifier", &Type::Oid);
/// `SEQUENCE OF OBJECT IDENTIFIER`.
pub(crate) static IDENTIFIERS: Type = sequence_of(&IDENTIFIER);
/// `Attributes` as a SET.
pub(crate) static ATTRIBUTES: Type = set_of(&ATTRIBUTE);

/// The algorithm and the value of a digest.
pub(crate) static DIGEST: Type = Type::Sequence(&[
    Member::new("digest-algorithm", "Hash", &Type::Algorithm),
    Member::new("digest", "Digest", &Type::Octets),
]);

static REQUEST_INFO: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Named(VERSIONS)),
    Member::new("subject", "Subject", &Type::Name),
    Member::new("public-key", "Public key", &Type::PublicKey),
    Member::new("attributes", "Attributes", &ATTRIBUTES).implicit(0).optional(),
]);

/// `CertificationRequest` (RFC 2986).
pub(crate) static REQUEST: Type = Type::Sequence(&[
    Member::new("request-info", "Request", &REQUEST_INFO).spliced(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);

static REVOKED_TYPE: Type = Type::Sequence(&[
    Member::new("serial-number", "Serial number", &Type::Number),
    Member::new("revocation-date", "Revocation date", &Type::Time),
    Member::new("entry-extensions", "Extensions", &EXTENSIONS).optional(),
]);
static REVOKED: Member = Member::new("revoked-certificate", "Revoked certificate", &REVOKED_TYPE);
static REVOKED_LIST: Type = sequence_of(&REVOKED);

static TBS_LIST: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Named(VERSIONS)).optional(),
    Member::new("tbs-signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("issuer", "Issuer", &Type::Name),
    Member::new("this-update", "This update", &Type::Time),
    Member::new("next-update", "Next update", &Type::Time).optional(),
    Member::new("revoked-certificates", "Revoked certificates", &REVOKED_LIST).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).explicit(0).optional(),
]);

/// `CertificateList`, for one that `Crl` refuses.
pub(crate) static REVOCATION_LIST: Type = Type::Sequence(&[
    Member::new("to-be-signed", "List", &TBS_LIST).spliced(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);

static KEY_AND_CHALLENGE: Type = Type::Sequence(&[
    Member::new("public-key", "Public key", &Type::PublicKey),
    Member::new("challenge", "Challenge", &Type::Text),
]);

/// `SignedPublicKeyAndChallenge` of Netscape.
pub(crate) static SIGNED_PUBLIC_KEY: Type = Type::Sequence(&[
    Member::new("key-and-challenge", "Public key and challenge", &KEY_AND_CHALLENGE).spliced(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);

static VALIDITY: Type = Type::Sequence(&[
    Member::new("not-before", "Not before", &Type::Time),
    Member::new("not-after", "Not after", &Type::Time),
]);

const VERSIONS: &[(u8, &str)] = &[(0, "1"), (1, "2"), (2, "3")];

/// `TBSCertificate`.
pub(crate) static TBS_CERTIFICATE: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Named(VERSIONS)).explicit(0).optional(),
    Member::new("serial-number", "Serial number", &Type::Number),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("issuer", "Issuer", &Type::Name),
    Member::new("validity", "Validity", &VALIDITY),
    Member::new("subject", "Subject", &Type::Name),
    Member::new("public-key", "Public key", &Type::PublicKey),
    Member::new("issuer-unique-id", "Issuer unique identifier", &Type::Bits).implicit(1).optional(),
    Member::new("subject-unique-id", "Subject unique identifier", &Type::Bits).implicit(2).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).explicit(3).optional(),
]);

/// `IssuerSerial`.
pub(crate) static ISSUER_SERIAL: Type = Type::Sequence(&[
    Member::new("issuer", "Issuer", &GENERAL_NAMES),
    Member::new("serial-number", "Serial number", &Type::Number),
    Member::new("issuer-unique-id", "Issuer unique identifier", &Type::Bits).optional(),
]);

static OBJECT_DIGEST: Type = Type::Sequence(&[
    Member::new(
        "object-type",
        "Object",
        &Type::Enumerated(&[(0, "public key"), (1, "certificate"), (2, "other")]),
    ),
    Member::new("other-object-type", "Other type", &Type::Oid).optional(),
    Member::new("digest-algorithm", "Hash", &Type::Algorithm),
    Member::new("digest", "Digest", &Type::Bits),
]);

static HOLDER: Type = Type::Sequence(&[
    Member::new("holder-certificate", "Certificate", &ISSUER_SERIAL).implicit(0).optional(),
    Member::new("holder-names", "Names", &GENERAL_NAMES).implicit(1).optional(),
    Member::new("holder-digest", "Digest", &OBJECT_DIGEST).implicit(2).optional(),
]);

static V2_FORM: Type = Type::Sequence(&[
    Member::new("issuer-names", "Names", &GENERAL_NAMES).optional(),
    Member::new("issuer-certificate", "Certificate", &ISSUER_SERIAL).implicit(0).optional(),
    Member::new("issuer-digest", "Digest", &OBJECT_DIGEST).implicit(1).optional(),
]);

static ATTRIBUTE_ISSUER: Type = Type::Choice(&[
    Member::new("issuer-names", "version 1", &GENERAL_NAMES),
    Member::new("issuer-form", "version 2", &V2_FORM).implicit(0),
]);

static ATTRIBUTE_LIST: Type = sequence_of(&ATTRIBUTE);

static ATTRIBUTE_CERTIFICATE_INFO: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Named(&[(0, "1"), (1, "2")])).optional(),
    Member::new("holder", "Holder", &HOLDER),
    Member::new("issuer", "Issuer", &ATTRIBUTE_ISSUER),
    Member::new("tbs-signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("serial-number", "Serial number", &Type::Number),
    Member::new("validity", "Validity", &VALIDITY),
    Member::new("attributes", "Attributes", &ATTRIBUTE_LIST),
    Member::new("issuer-unique-id", "Issuer unique identifier", &Type::Bits).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).optional(),
]);

/// `AttributeCertificate`.
pub(crate) static ATTRIBUTE_CERTIFICATE: Type = Type::Sequence(&[
    Member::new("attribute-certificate", "Attribute certificate", &ATTRIBUTE_CERTIFICATE_INFO).spliced(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);

static CERT_PATH: Type = Type::Sequence(&[
    Member::new("anchor-name", "Name", &Type::Name),
    Member::new("anchor-certificate", "Certificate", &Type::Certificate).implicit(0).optional(),
    Member::new("policies", "Policies", &Type::AsExtension(oids::CERTIFICATE_POLICIES))
        .implicit(1)
        .optional(),
    Member::new(
        "policy-flags",
        "Policy flags",
        &Type::Flags(&["inhibit policy mapping", "require explicit policy", "inhibit any policy"]),
    )
    .implicit(2)
    .optional(),
    Member::new("name-constraints", "Name constraints", &Type::AsExtension(oids::NAME_CONSTRAINTS))
        .implicit(3)
        .optional(),
    Member::new("path-length", "Path length", &Type::Integer).implicit(4).optional(),
]);

/// `TrustAnchorInfo`.
pub(crate) static TRUST_ANCHOR_INFO: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer).optional(),
    Member::new("public-key", "Public key", &Type::PublicKey),
    Member::new("key-identifier", "Key identifier", &Type::Octets),
    Member::new("title", "Title", &Type::Text).optional(),
    Member::new("certification-path", "Certification path", &CERT_PATH).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).explicit(1).optional(),
    Member::new("title-language", "Language of the title", &Type::Text).implicit(2).optional(),
]);

/// `TrustAnchorChoice`, but for a bare certificate.
pub(crate) static TRUST_ANCHOR_CHOICE: Type = Type::Choice(&[
    Member::new("tbs-certificate", "Certificate without its signature", &TBS_CERTIFICATE).explicit(1),
    Member::new("trust-anchor-info", "Trust anchor information", &TRUST_ANCHOR_INFO).explicit(2),
]);

static ANY_TRUST_ANCHOR: Type = Type::Choice(&[
    Member::new("certificate", "Certificate", &Type::Certificate),
    Member::new("tbs-certificate", "Certificate without its signature", &TBS_CERTIFICATE).explicit(1),
    Member::new("trust-anchor-info", "Trust anchor information", &TRUST_ANCHOR_INFO).explicit(2),
]);
static TRUST_ANCHOR: Member = Member::new("trust-anchor", "Trust anchor", &ANY_TRUST_ANCHOR);
/// `TrustAnchorList`.
pub(crate) static TRUST_ANCHOR_LIST: Type = sequence_of(&TRUST_ANCHOR);
