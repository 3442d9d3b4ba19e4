//! OCSP requests and responses (RFC 6960).
//!
//! Their values are read by `crate::ocsp`.

use super::x509::{CERTIFICATES, EXTENSIONS};
use super::{Member, Type, sequence_of};

/// `CertID`.
pub(crate) static CERT_ID: Type = Type::Sequence(&[
    Member::new("hash-algorithm", "Hash", &Type::Algorithm),
    Member::new("issuer-name-hash", "Hash of the issuer's name", &Type::Octets),
    Member::new("issuer-key-hash", "Hash of the issuer's key", &Type::Octets),
    Member::new("serial-number", "Serial number", &Type::Number),
]);

static SINGLE_REQUEST: Type = Type::Sequence(&[
    Member::new("certificate-id", "Certificate", &CERT_ID),
    Member::new("single-extensions", "Extensions", &EXTENSIONS).explicit(0).optional(),
]);
static REQUEST: Member = Member::new("single-request", "Certificate asked about", &SINGLE_REQUEST);
static REQUESTS: Type = sequence_of(&REQUEST);

static VERSION: Type = Type::Named(&[(0, "1"), (1, "2"), (2, "3")]);

static TBS_REQUEST: Type = Type::Sequence(&[
    Member::new("version", "Version", &VERSION).explicit(0).optional(),
    Member::new("requestor", "Requestor", &Type::GeneralName).explicit(1).optional(),
    Member::new("requests", "Certificates asked about", &REQUESTS),
    Member::new("extensions", "Extensions", &EXTENSIONS).explicit(2).optional(),
]);

static SIGNATURE: Type = Type::Sequence(&[
    Member::new("signature-algorithm", "Algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
    Member::new("certificates", "Certificates", &CERTIFICATES).explicit(0).optional(),
]);

/// `OCSPRequest`.
pub(crate) static OCSP_REQUEST: Type = Type::Sequence(&[
    Member::new("request", "Request", &TBS_REQUEST).spliced(),
    Member::new("optional-signature", "Signature", &SIGNATURE).explicit(0).optional(),
]);

/// The values of `OCSPResponseStatus`.
pub(crate) const STATUSES: &[(u8, &str)] = &[
    (0, "successful"),
    (1, "malformed request"),
    (2, "internal error"),
    (3, "try later"),
    (5, "signature required"),
    (6, "unauthorized"),
];

/// The values of `CRLReason`.
pub(crate) const REASONS: &[(u8, &str)] = &[
    (0, "unspecified"),
    (1, "key compromise"),
    (2, "CA compromise"),
    (3, "affiliation changed"),
    (4, "superseded"),
    (5, "cessation of operation"),
    (6, "certificate hold"),
    (8, "remove from CRL"),
    (9, "privilege withdrawn"),
    (10, "AA compromise"),
];

static RESPONDER: Type = Type::Choice(&[
    Member::new("responder-name", "Responder's name", &Type::Name).explicit(1),
    Member::new("responder-key", "Hash of the responder's key", &Type::Octets).explicit(2),
]);

static REVOKED: Type = Type::Sequence(&[
    Member::new("revocation-date", "Revocation date", &Type::Time),
    Member::new("reason", "Reason", &Type::Enumerated(REASONS)).explicit(0).optional(),
]);

static CERT_STATUS: Type = Type::Choice(&[
    Member::new("good", "good", &Type::Null).implicit(0),
    Member::new("revoked", "revoked", &REVOKED).implicit(1),
    Member::new("unknown", "unknown", &Type::Null).implicit(2),
]);

static SINGLE_RESPONSE: Type = Type::Sequence(&[
    Member::new("certificate-id", "Certificate", &CERT_ID),
    Member::new("certificate-status", "Status", &CERT_STATUS),
    Member::new("this-update", "This update", &Type::Time),
    Member::new("next-update", "Next update", &Type::Time).explicit(0).optional(),
    Member::new("single-extensions", "Extensions", &EXTENSIONS).explicit(1).optional(),
]);
static RESPONSE: Member = Member::new("single-response", "Answer", &SINGLE_RESPONSE);
static RESPONSES: Type = sequence_of(&RESPONSE);

static RESPONSE_DATA: Type = Type::Sequence(&[
    Member::new("version", "Version", &VERSION).explicit(0).optional(),
    Member::new("responder", "Responder", &RESPONDER),
    Member::new("produced-at", "Produced at", &Type::Time),
    Member::new("responses", "Answers", &RESPONSES),
    Member::new("extensions", "Extensions", &EXTENSIONS).explicit(1).optional(),
]);

/// `BasicOCSPResponse`.
pub(crate) static BASIC_RESPONSE: Type = Type::Sequence(&[
    Member::new("response-data", "Response", &RESPONSE_DATA).spliced(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
    Member::new("certificates", "Certificates", &CERTIFICATES).explicit(0).optional(),
]);

fn response_type(oid: &str) -> Option<&'static Type> {
    (oid == crate::ocsp::BASIC).then_some(&BASIC_RESPONSE)
}
static BY_RESPONSE_TYPE: Type = Type::ByOid(response_type);
static ENCODED_RESPONSE: Type = Type::OctetsOf(&BY_RESPONSE_TYPE);

static RESPONSE_BYTES: Type = Type::Sequence(&[
    Member::new("response-type", "Type of the response", &Type::Oid),
    Member::new("basic-response", "Response", &ENCODED_RESPONSE).spliced(),
]);

/// `OCSPResponse`.
pub(crate) static OCSP_RESPONSE: Type = Type::Sequence(&[
    Member::new("response-status", "Status of the response", &Type::Enumerated(STATUSES)),
    Member::new("response-bytes", "Response", &RESPONSE_BYTES).explicit(0).optional().spliced(),
]);
