//! Certificate request messages (CRMF, RFC 4211).
//!
//! Proofs of possession are shown, not checked.

use super::cms::ENVELOPED_DATA;
use super::x509::EXTENSIONS;
use super::{Member, Type, sequence_of};

static OPTIONAL_VALIDITY: Type = Type::Sequence(&[
    Member::new("not-before", "Not before", &Type::Time).explicit(0).optional(),
    Member::new("not-after", "Not after", &Type::Time).explicit(1).optional(),
]);

/// `CertTemplate`.
pub(crate) static TEMPLATE: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer).implicit(0).optional(),
    Member::new("serial-number", "Serial number", &Type::Number).implicit(1).optional(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm).implicit(2).optional(),
    Member::new("issuer", "Issuer", &Type::Name).explicit(3).optional(),
    Member::new("validity", "Validity", &OPTIONAL_VALIDITY).implicit(4).optional(),
    Member::new("subject", "Subject", &Type::Name).explicit(5).optional(),
    Member::new("public-key", "Public key", &Type::PublicKey).implicit(6).optional(),
    Member::new("issuer-unique-id", "Issuer unique identifier", &Type::Bits).implicit(7).optional(),
    Member::new("subject-unique-id", "Subject unique identifier", &Type::Bits).implicit(8).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).implicit(9).optional(),
]);

type Control = (&'static str, &'static str, Option<&'static Type>);

static CONTROLS: [Control; 8] = [
    ("1.3.6.1.5.5.7.5.1.1", "Registration token", Some(&Type::Text)),
    ("1.3.6.1.5.5.7.5.1.2", "Authenticator", Some(&Type::Text)),
    ("1.3.6.1.5.5.7.5.1.3", "Publication", None),
    ("1.3.6.1.5.5.7.5.1.4", "Archiving of the key", None),
    ("1.3.6.1.5.5.7.5.1.5", "Certificate to be replaced", Some(&OLD_CERTIFICATE)),
    ("1.3.6.1.5.5.7.5.1.6", "Key for the response", Some(&Type::PublicKey)),
    ("1.3.6.1.5.5.7.5.2.1", "Registration information", Some(&Type::Text)),
    ("1.3.6.1.5.5.7.5.2.2", "Original request", None),
];

static OLD_CERTIFICATE: Type = Type::Sequence(&[
    Member::new("issuer", "Issuer", &Type::GeneralName),
    Member::new("serial-number", "Serial number", &Type::Number),
]);

/// The name of a control.
pub(crate) fn control_name(oid: &str) -> Option<&'static str> {
    CONTROLS.iter().find(|row| row.0 == oid).map(|row| row.1)
}

fn control_type(oid: &str) -> Option<&'static Type> {
    CONTROLS.iter().find(|row| row.0 == oid).and_then(|row| row.2)
}

static CONTROL_VALUE: Type = Type::ByOid(control_type);
static CONTROL_STRUCTURE: Type = Type::Sequence(&[
    Member::new("control-type", "Control", &Type::Oid),
    Member::new("value", "Value", &CONTROL_VALUE),
]);
static CONTROL: Member = Member::new("control", "Control", &CONTROL_STRUCTURE);
static CONTROL_LIST: Type = sequence_of(&CONTROL);

/// `CertRequest`.
pub(crate) static REQUEST: Type = Type::Sequence(&[
    Member::new("request-id", "Number of the request", &Type::Integer),
    Member::new("template", "Template", &TEMPLATE),
    Member::new("controls", "Controls", &CONTROL_LIST).optional(),
]);

static SENDER: Type = Type::Choice(&[
    Member::new("sender", "Sender", &Type::GeneralName).explicit(0),
    Member::new("password-mac", "password MAC", &Type::Any),
]);
static SIGNING_INPUT: Type = Type::Sequence(&[
    Member::new("sender", "Sender", &SENDER),
    Member::new("public-key", "Public key", &Type::PublicKey),
]);
static SIGNING_PROOF: Type = Type::Sequence(&[
    Member::new("signed-input", "Signed input", &SIGNING_INPUT).implicit(0).optional(),
    Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm),
    Member::new("signature", "Signature", &Type::Bits),
]);
static KEY_PROOF: Type = Type::Choice(&[
    Member::new("this-message", "Encrypted key", &Type::Bits).implicit(0),
    Member::new(
        "subsequent-message",
        "Later message",
        &Type::Named(&[(0, "encrypted certificate"), (1, "challenge and response")]),
    )
    .implicit(1),
    Member::new("dh-mac", "Authentication code", &Type::Bits).implicit(2),
    Member::new("agreed-mac", "authentication code", &Type::Any).implicit(3),
    Member::new("encrypted-key", "encrypted key", &ENVELOPED_DATA).implicit(4),
]);
static PROOF: Type = Type::Choice(&[
    Member::new("ra-verified", "checked by the registration authority", &Type::Null).implicit(0),
    Member::new("signature-proof", "signature", &SIGNING_PROOF).implicit(1),
    Member::new("encipherment-proof", "key encipherment", &KEY_PROOF).explicit(2),
    Member::new("agreement-proof", "key agreement", &KEY_PROOF).explicit(3),
]);

/// `CertReqMsg`.
pub(crate) static MESSAGE: Type = Type::Sequence(&[
    Member::new("certificate-request", "Request", &REQUEST),
    Member::new("proof-of-possession", "Proof of possession", &PROOF).optional(),
    Member::new("registration-information", "Registration information", &CONTROL_LIST).optional(),
]);
static MESSAGE_MEMBER: Member = Member::new("message", "Request", &MESSAGE);
/// `CertReqMessages`.
pub(crate) static MESSAGES: Type = sequence_of(&MESSAGE_MEMBER);
