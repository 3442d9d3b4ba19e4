//! Cryptographic messages: every content type of RFC 5652, 5083, 3274 and PKCS#7, with the recipients of RFC 9629.
//!
//! What is signed inside is looked up by its own type; encrypted content stays closed.

use super::x509::{ATTRIBUTE_CERTIFICATE, ATTRIBUTES, GENERAL_NAMES};
use super::{Member, Type, cmc, microsoft, ocsp, sequence_of, set_of, timestamp};

/// The name of a content type.
pub(crate) fn content_name(oid: &str) -> Option<&'static str> {
    CONTENTS.iter().find(|row| row.0 == oid).map(|row| row.1)
}

/// The type of the content of a ContentInfo or of what a signed message encapsulates.
fn content_type(oid: &str) -> Option<&'static Type> {
    CONTENTS.iter().find(|row| row.0 == oid).and_then(|row| row.2)
}

type Content = (&'static str, &'static str, Option<&'static Type>);

static CONTENTS: [Content; 29] = [
    ("1.2.840.113549.1.7.1", "data", Some(&Type::Opaque)),
    ("1.2.840.113549.1.7.2", "signed data", Some(&SIGNED_DATA)),
    ("1.2.840.113549.1.7.3", "enveloped data", Some(&ENVELOPED_DATA)),
    ("1.2.840.113549.1.7.4", "signed and enveloped data", Some(&SIGNED_AND_ENVELOPED)),
    ("1.2.840.113549.1.7.5", "digested data", Some(&DIGESTED_DATA)),
    ("1.2.840.113549.1.7.6", "encrypted data", Some(&ENCRYPTED_DATA)),
    ("1.2.840.113549.1.9.16.1.1", "signed receipt", None),
    ("1.2.840.113549.1.9.16.1.2", "authenticated data", Some(&AUTHENTICATED_DATA)),
    ("1.2.840.113549.1.9.16.1.4", "time-stamp information", Some(&timestamp::TST_INFO)),
    ("1.2.840.113549.1.9.16.1.6", "content information", None),
    ("1.2.840.113549.1.9.16.1.9", "compressed data", Some(&COMPRESSED_DATA)),
    ("1.2.840.113549.1.9.16.1.16", "firmware package", None),
    ("1.2.840.113549.1.9.16.1.19", "content collection", Some(&COLLECTION)),
    ("1.2.840.113549.1.9.16.1.20", "content with attributes", Some(&WITH_ATTRIBUTES)),
    ("1.2.840.113549.1.9.16.1.23", "authenticated and enveloped data", Some(&AUTH_ENVELOPED_DATA)),
    ("1.2.840.113549.1.9.16.1.24", "route origin authorisation (RPKI)", None),
    ("1.2.840.113549.1.9.16.1.26", "manifest (RPKI)", None),
    ("1.2.840.113549.1.9.16.1.28", "XML", None),
    ("1.2.840.113549.1.9.16.1.35", "ghostbusters record (RPKI)", None),
    ("1.3.6.1.5.5.7.12.2", "certificate management request (CMC)", Some(&cmc::PKI_DATA)),
    ("1.3.6.1.5.5.7.12.3", "certificate management response (CMC)", Some(&cmc::PKI_RESPONSE)),
    ("1.3.6.1.4.1.311.2.1.4", "Authenticode signature", Some(&microsoft::SPC_INDIRECT_DATA)),
    ("1.3.6.1.4.1.311.10.1", "certificate trust list (Microsoft)", Some(&microsoft::TRUST_LIST)),
    ("2.16.840.1.101.2.1.2.78.5", "key package", Some(&Type::Opaque)),
    ("2.16.840.1.101.2.1.2.78.2", "encrypted key package", None),
    ("2.16.840.1.101.2.1.2.77.1", "trust anchor list", Some(&super::x509::TRUST_ANCHOR_LIST)),
    ("2.16.840.1.101.2.1.2.77.2", "status of trust anchors", None),
    ("2.23.136.1.1.1", "LDS security object (passport)", None),
    ("0.4.0.127.0.7.3.2.1", "list of masters (passport)", None),
];

static BY_CONTENT_TYPE: Type = Type::ByOid(content_type);

/// `ContentInfo`.
pub(crate) static CONTENT_INFO: Type = Type::Sequence(&[
    Member::new("content-type", "Content type", &Type::Oid),
    Member::new("content", "Content", &BY_CONTENT_TYPE).explicit(0).optional().spliced(),
]);

/// The content types of [`CONTENT_INFO`] that are messages, not bare content.
pub(crate) fn is_message(oid: &str) -> bool {
    let plain = oid == "1.2.840.113549.1.9.16.1.4" || oid.starts_with("1.3.6.1.") || oid.starts_with("2.16.");
    !plain && content_type(oid).is_some()
}

// PKCS#7 version 1.5 put the content there without an OCTET STRING, and Microsoft still does.
static ENCODED_CONTENT: Type = Type::OctetsOf(&BY_CONTENT_TYPE);
static ENCAPSULATED: Type = Type::Choice(&[
    Member::new("content", "Content", &ENCODED_CONTENT),
    Member::new("content", "Content", &BY_CONTENT_TYPE),
]);

static ENCAPSULATED_CONTENT: Type = Type::Sequence(&[
    Member::new("content-type", "Content type", &Type::Oid),
    Member::new("content", "Content", &ENCAPSULATED).explicit(0).optional(),
]);

static DIGEST_ALGORITHM: Member = Member::new("digest-algorithm", "Hash", &Type::Algorithm);
static DIGEST_ALGORITHMS: Type = set_of(&DIGEST_ALGORITHM);

static OTHER_FORMAT: Type = Type::Sequence(&[
    Member::new("format", "Format", &Type::Oid),
    Member::new("value", "Value", &Type::ByOid(other_format)),
]);

fn other_format(oid: &str) -> Option<&'static Type> {
    match oid {
        "1.3.6.1.5.5.7.16.2" => Some(&ocsp::OCSP_RESPONSE),
        "1.2.840.113549.1.9.16.13.3" => Some(&KEM_RECIPIENT),
        _ => None,
    }
}

static CERTIFICATE_CHOICE: Type = Type::Choice(&[
    Member::new("certificate", "Certificate", &Type::Certificate),
    Member::new("extended-certificate", "extended certificate (PKCS#6)", &Type::Any).implicit(0),
    Member::new("attribute-certificate", "attribute certificate, version 1", &Type::Any).implicit(1),
    Member::new("attribute-certificate", "attribute certificate", &ATTRIBUTE_CERTIFICATE).implicit(2),
    Member::new("other-certificate", "other format", &OTHER_FORMAT).implicit(3),
]);
static CERTIFICATE: Member = Member::new("certificate", "Certificate", &CERTIFICATE_CHOICE);
static CERTIFICATES: Type = set_of(&CERTIFICATE);

static REVOCATION_CHOICE: Type = Type::Choice(&[
    Member::new("revocation-list", "Revocation list", &Type::Crl),
    Member::new("other-revocation", "other format", &OTHER_FORMAT).implicit(1),
]);
static REVOCATION: Member = Member::new("revocation", "Revocation information", &REVOCATION_CHOICE);
static REVOCATIONS: Type = set_of(&REVOCATION);

/// `IssuerAndSerialNumber`.
pub(crate) static ISSUER_AND_SERIAL: Type = Type::Sequence(&[
    Member::new("issuer", "Issuer", &Type::Name),
    Member::new("serial-number", "Serial number", &Type::Number),
]);

static SIGNER_ID: Type = Type::Choice(&[
    Member::new("issuer-and-serial", "issuer and serial number", &ISSUER_AND_SERIAL),
    Member::new("subject-key-id", "Subject key identifier", &Type::Octets).implicit(0),
]);

/// `SignerInfo`.
pub(crate) static SIGNER_INFO: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("signer-id", "Signer", &SIGNER_ID),
    Member::new("digest-algorithm", "Hash", &Type::Algorithm),
    Member::new("signed-attributes", "Signed attributes", &ATTRIBUTES).implicit(0).optional(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Octets),
    Member::new("unsigned-attributes", "Unsigned attributes", &ATTRIBUTES).implicit(1).optional(),
]);
static SIGNER: Member = Member::new("signer", "Signer", &SIGNER_INFO);
/// `SignerInfos`.
pub(crate) static SIGNERS: Type = set_of(&SIGNER);

/// `SignedData`.
pub(crate) static SIGNED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("digest-algorithms", "Hashes", &DIGEST_ALGORITHMS),
    Member::new("encapsulated-content", "Signed content", &ENCAPSULATED_CONTENT),
    Member::new("certificates", "Certificates", &CERTIFICATES).implicit(0).optional(),
    Member::new("revocation-lists", "Revocation information", &REVOCATIONS).implicit(1).optional(),
    Member::new("signers", "Signers", &SIGNERS),
]);

static ORIGINATOR_INFO: Type = Type::Sequence(&[
    Member::new("certificates", "Certificates", &CERTIFICATES).implicit(0).optional(),
    Member::new("revocation-lists", "Revocation information", &REVOCATIONS).implicit(1).optional(),
]);

static KEY_TRANSPORT: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("recipient-id", "Recipient", &SIGNER_ID),
    Member::new("key-encryption", "Key encryption", &Type::Algorithm),
    Member::new("encrypted-key", "Encrypted key", &Type::Octets),
]);

static ORIGINATOR_KEY: Type = Type::Sequence(&[
    Member::new("algorithm", "Algorithm", &Type::Algorithm),
    Member::new("public-key", "Public key", &Type::Bits),
]);
static ORIGINATOR: Type = Type::Choice(&[
    Member::new("issuer-and-serial", "issuer and serial number", &ISSUER_AND_SERIAL),
    Member::new("subject-key-id", "Subject key identifier", &Type::Octets).implicit(0),
    Member::new("originator-key", "public key", &ORIGINATOR_KEY).implicit(1),
]);
static RECIPIENT_KEY_ID: Type = Type::Sequence(&[
    Member::new("subject-key-id", "Subject key identifier", &Type::Octets),
    Member::new("date", "Date", &Type::Time).optional(),
    Member::new("other", "Other", &OTHER_FORMAT).optional(),
]);
static AGREEMENT_RECIPIENT: Type = Type::Choice(&[
    Member::new("issuer-and-serial", "issuer and serial number", &ISSUER_AND_SERIAL),
    Member::new("recipient-key-id", "key identifier", &RECIPIENT_KEY_ID).implicit(0),
]);
static AGREED_KEY: Type = Type::Sequence(&[
    Member::new("recipient-id", "Recipient", &AGREEMENT_RECIPIENT),
    Member::new("encrypted-key", "Encrypted key", &Type::Octets),
]);
static AGREED: Member = Member::new("recipient-key", "Recipient", &AGREED_KEY);
static AGREED_KEYS: Type = sequence_of(&AGREED);
static KEY_AGREEMENT: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("originator", "Originator", &ORIGINATOR).explicit(0),
    Member::new("user-keying-material", "User keying material", &Type::Octets).explicit(1).optional(),
    Member::new("key-encryption", "Key encryption", &Type::Algorithm),
    Member::new("recipient-keys", "Recipients", &AGREED_KEYS),
]);
static KEY_ENCRYPTION_KEY: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("key-id", "Key", &KEK_ID),
    Member::new("key-encryption", "Key encryption", &Type::Algorithm),
    Member::new("encrypted-key", "Encrypted key", &Type::Octets),
]);
static KEK_ID: Type = Type::Sequence(&[
    Member::new("key-identifier", "Key identifier", &Type::Octets),
    Member::new("date", "Date", &Type::Time).optional(),
    Member::new("other", "Other", &OTHER_FORMAT).optional(),
]);
static PASSWORD: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("key-derivation", "Key derivation", &Type::Algorithm).implicit(0).optional(),
    Member::new("key-encryption", "Key encryption", &Type::Algorithm),
    Member::new("encrypted-key", "Encrypted key", &Type::Octets),
]);
static KEM_RECIPIENT: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("recipient-id", "Recipient", &SIGNER_ID),
    Member::new("encapsulation", "Key encapsulation", &Type::Algorithm),
    Member::new("ciphertext", "Encapsulated key", &Type::Octets),
    Member::new("key-derivation", "Key derivation", &Type::Algorithm),
    Member::new("key-length", "Length of the key", &Type::Integer),
    Member::new("user-keying-material", "User keying material", &Type::Octets).explicit(0).optional(),
    Member::new("key-encryption", "Key encryption", &Type::Algorithm),
    Member::new("encrypted-key", "Encrypted key", &Type::Octets),
]);

static RECIPIENT_CHOICE: Type = Type::Choice(&[
    Member::new("key-transport", "key transport", &KEY_TRANSPORT),
    Member::new("key-agreement", "key agreement", &KEY_AGREEMENT).implicit(1),
    Member::new("shared-key", "shared key", &KEY_ENCRYPTION_KEY).implicit(2),
    Member::new("password", "password", &PASSWORD).implicit(3),
    Member::new("other-recipient", "other", &OTHER_FORMAT).implicit(4),
]);
static RECIPIENT: Member = Member::new("recipient", "Recipient", &RECIPIENT_CHOICE);
static RECIPIENTS: Type = set_of(&RECIPIENT);

static ENCRYPTED_CONTENT: Type = Type::Sequence(&[
    Member::new("content-type", "Content type", &Type::Oid),
    Member::new("content-encryption", "Content encryption", &Type::Algorithm),
    Member::new("encrypted-content", "Encrypted content", &Type::Octets).implicit(0).optional(),
]);

/// `EnvelopedData`.
pub(crate) static ENVELOPED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("originator-info", "Originator", &ORIGINATOR_INFO).implicit(0).optional(),
    Member::new("recipients", "Recipients", &RECIPIENTS),
    Member::new("encrypted", "Encrypted content", &ENCRYPTED_CONTENT),
    Member::new("unprotected-attributes", "Unprotected attributes", &ATTRIBUTES).implicit(1).optional(),
]);

static SIGNED_AND_ENVELOPED: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("recipients", "Recipients", &RECIPIENTS),
    Member::new("digest-algorithms", "Hashes", &DIGEST_ALGORITHMS),
    Member::new("encrypted", "Encrypted content", &ENCRYPTED_CONTENT),
    Member::new("certificates", "Certificates", &CERTIFICATES).implicit(0).optional(),
    Member::new("revocation-lists", "Revocation information", &REVOCATIONS).implicit(1).optional(),
    Member::new("signers", "Signers", &SIGNERS),
]);

static DIGESTED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("digest-algorithm", "Hash", &Type::Algorithm),
    Member::new("encapsulated-content", "Content", &ENCAPSULATED_CONTENT),
    Member::new("digest", "Digest", &Type::Octets),
]);

static ENCRYPTED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("encrypted", "Encrypted content", &ENCRYPTED_CONTENT),
    Member::new("unprotected-attributes", "Unprotected attributes", &ATTRIBUTES).implicit(1).optional(),
]);

static AUTHENTICATED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("originator-info", "Originator", &ORIGINATOR_INFO).implicit(0).optional(),
    Member::new("recipients", "Recipients", &RECIPIENTS),
    Member::new("mac-algorithm", "Authentication", &Type::Algorithm),
    Member::new("digest-algorithm", "Hash", &Type::Algorithm).implicit(1).optional(),
    Member::new("encapsulated-content", "Content", &ENCAPSULATED_CONTENT),
    Member::new("authenticated-attributes", "Authenticated attributes", &ATTRIBUTES).implicit(2).optional(),
    Member::new("mac", "Authentication code", &Type::Octets),
    Member::new("unauthenticated-attributes", "Unauthenticated attributes", &ATTRIBUTES)
        .implicit(3)
        .optional(),
]);

static COMPRESSED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("compression", "Compression", &Type::Algorithm),
    Member::new("encapsulated-content", "Compressed content", &COMPRESSED_CONTENT),
]);
// Its octets are compressed, so their type does not show yet.
static COMPRESSED_CONTENT: Type = Type::Sequence(&[
    Member::new("content-type", "Content type", &Type::Oid),
    Member::new("compressed-content", "Content", &Type::Octets).explicit(0).optional(),
]);

static AUTH_ENVELOPED_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("originator-info", "Originator", &ORIGINATOR_INFO).implicit(0).optional(),
    Member::new("recipients", "Recipients", &RECIPIENTS),
    Member::new("encrypted", "Encrypted content", &ENCRYPTED_CONTENT),
    Member::new("authenticated-attributes", "Authenticated attributes", &ATTRIBUTES).implicit(1).optional(),
    Member::new("mac", "Authentication code", &Type::Octets),
    Member::new("unauthenticated-attributes", "Unauthenticated attributes", &ATTRIBUTES)
        .implicit(2)
        .optional(),
]);

static COLLECTED: Member = Member::new("message", "Message", &CONTENT_INFO);
static COLLECTION: Type = sequence_of(&COLLECTED);
static ATTRIBUTE_SEQUENCE: Type = sequence_of(&super::attribute::ATTRIBUTE);
static WITH_ATTRIBUTES: Type = Type::Sequence(&[
    Member::new("message", "Message", &CONTENT_INFO),
    Member::new("attributes", "Attributes", &ATTRIBUTE_SEQUENCE),
]);

static CERT_ID: Type = Type::Sequence(&[
    Member::new("digest-algorithm", "Hash", &Type::Algorithm).optional(),
    Member::new("digest", "Hash of the certificate", &Type::Octets),
    Member::new("issuer-serial", "Issuer and serial number", &ISSUER_SERIAL).optional(),
]);
static ISSUER_SERIAL: Type = Type::Sequence(&[
    Member::new("issuer", "Issuer", &GENERAL_NAMES),
    Member::new("serial-number", "Serial number", &Type::Number),
]);
static ID: Member = Member::new("certificate-id", "Certificate", &CERT_ID);
static IDS: Type = sequence_of(&ID);
static POLICY: Member = Member::new("policy", "Policy", &Type::Any);
static POLICIES: Type = sequence_of(&POLICY);
/// `SigningCertificate` and `SigningCertificateV2` (RFC 5035).
pub(crate) static SIGNING_CERTIFICATE: Type = Type::Sequence(&[
    Member::new("certificate-ids", "Certificates", &IDS),
    Member::new("policies", "Policies", &POLICIES).optional(),
]);
