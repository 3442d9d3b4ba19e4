//! Certificate management over CMS (RFC 5272): full requests, full responses and their controls.
//!
//! The requests inside are read by `request`; see `crate::cmc`.

use super::attribute::ATTRIBUTE;
use super::cms::CONTENT_INFO;
use super::crmf::MESSAGE;
use super::x509::EXTENSIONS;
use super::{Member, Type, sequence_of, set_of};

type Control = (&'static str, &'static str, Option<&'static Type>);

/// The name of a control.
pub(crate) fn control_name(oid: &str) -> Option<&'static str> {
    CONTROLS.iter().find(|row| row.0 == oid).map(|row| row.1)
}

fn control_type(oid: &str) -> Option<&'static Type> {
    CONTROLS.iter().find(|row| row.0 == oid).and_then(|row| row.2)
}

static CONTROLS: [Control; 33] = [
    ("1.3.6.1.5.5.7.7.1", "Status", Some(&STATUS)),
    ("1.3.6.1.5.5.7.7.2", "Identification", Some(&Type::Text)),
    ("1.3.6.1.5.5.7.7.3", "Proof of identity", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.4", "Data to be returned", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.5", "Transaction", Some(&Type::Number)),
    ("1.3.6.1.5.5.7.7.6", "Sender's nonce", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.7", "Recipient's nonce", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.8", "Extensions to be added", Some(&ADD_EXTENSIONS)),
    ("1.3.6.1.5.5.7.7.9", "Encrypted proof of possession", None),
    ("1.3.6.1.5.5.7.7.10", "Decrypted proof of possession", None),
    ("1.3.6.1.5.5.7.7.11", "Proof of possession seen by the registration authority", None),
    ("1.3.6.1.5.5.7.7.15", "Certificate wanted", None),
    ("1.3.6.1.5.5.7.7.16", "Revocation list wanted", None),
    ("1.3.6.1.5.5.7.7.17", "Revocation wanted", None),
    ("1.3.6.1.5.5.7.7.18", "Registration information", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.19", "Response information", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.21", "Query of a pending request", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.22", "Proof of possession link: random value", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.23", "Proof of possession link: witness", Some(&Type::Octets)),
    ("1.3.6.1.5.5.7.7.24", "Confirmation of the certificate", None),
    ("1.3.6.1.5.5.7.7.25", "Status (version 2)", Some(&STATUS)),
    ("1.3.6.1.5.5.7.7.26", "Trust anchors", None),
    ("1.3.6.1.5.5.7.7.27", "Authenticated data", None),
    ("1.3.6.1.5.5.7.7.28", "Batch of requests", None),
    ("1.3.6.1.5.5.7.7.29", "Batch of responses", None),
    ("1.3.6.1.5.5.7.7.30", "Certificate to be published", None),
    ("1.3.6.1.5.5.7.7.31", "Changes to the template", None),
    ("1.3.6.1.5.5.7.7.32", "Control processed", None),
    ("1.3.6.1.5.5.7.7.33", "Proof of possession link: witness (version 2)", None),
    ("1.3.6.1.5.5.7.7.34", "Proof of identity (version 2)", None),
    ("1.3.6.1.5.5.7.7.37", "Witness of the identity", None),
    ("1.3.6.1.5.5.7.7.38", "Change of the subject's name", None),
    ("1.3.6.1.4.1.311.10.10.1", "Attributes to be added (Microsoft)", Some(&ADD_ATTRIBUTES)),
];

const STATUSES: &[(u8, &str)] = &[
    (0, "success"),
    (2, "failed"),
    (3, "pending"),
    (4, "not supported"),
    (5, "confirmation required"),
    (6, "proof of possession required"),
    (7, "partial"),
];

static BODY: Member = Member::new("body-part", "Body part", &Type::Any);
static BODY_LIST: Type = sequence_of(&BODY);
static STATUS: Type = Type::Sequence(&[
    Member::new("status", "Status", &Type::Named(STATUSES)),
    Member::new("body-list", "Body parts", &BODY_LIST),
    Member::new("status-text", "Text", &Type::Text).optional(),
    Member::new("other-info", "Further information", &Type::Any).optional(),
]);

static NUMBER: Member = Member::new("body-part", "Body part", &Type::Integer);
static NUMBERS: Type = sequence_of(&NUMBER);
static ADD_EXTENSIONS: Type = Type::Sequence(&[
    Member::new("data-reference", "Data", &Type::Integer),
    Member::new("certificate-references", "Certificates", &NUMBERS),
    Member::new("extensions", "Extensions", &EXTENSIONS),
]);
static ATTRIBUTES: Type = set_of(&ATTRIBUTE);
static ADD_ATTRIBUTES: Type = Type::Sequence(&[
    Member::new("data-reference", "Data", &Type::Integer),
    Member::new("certificate-references", "Certificates", &NUMBERS),
    Member::new("attributes", "Attributes", &ATTRIBUTES),
]);

static CONTROL_VALUE: Type = Type::ByOid(control_type);
static VALUE: Member = Member::new("value", "Value", &CONTROL_VALUE);
static VALUES: Type = set_of(&VALUE);
static CONTROL_STRUCTURE: Type = Type::Sequence(&[
    Member::new("body-part-id", "Body part", &Type::Integer),
    Member::new("control-type", "Control", &Type::Oid),
    Member::new("values", "Values", &VALUES),
]);
static CONTROL: Member = Member::new("control", "Control", &CONTROL_STRUCTURE);
static CONTROL_SEQUENCE: Type = sequence_of(&CONTROL);

static TAGGED_PKCS10: Type = Type::Sequence(&[
    Member::new("body-part-id", "Body part", &Type::Integer),
    Member::new("certification-request", "Request", &Type::Request),
]);
static OTHER: Type = Type::Sequence(&[
    Member::new("body-part-id", "Body part", &Type::Integer),
    Member::new("message-type", "Type", &Type::Oid),
    Member::new("message-value", "Value", &Type::Any),
]);
static TAGGED_REQUEST: Type = Type::Choice(&[
    Member::new("pkcs10", "PKCS#10", &TAGGED_PKCS10).implicit(0),
    Member::new("crmf", "CRMF", &MESSAGE).implicit(1),
    Member::new("other-request", "other", &OTHER).implicit(2),
]);
static REQUEST: Member = Member::new("tagged-request", "Request", &TAGGED_REQUEST);
static REQUEST_SEQUENCE: Type = sequence_of(&REQUEST);

static TAGGED_CONTENT: Type = Type::Sequence(&[
    Member::new("body-part-id", "Body part", &Type::Integer),
    Member::new("message", "Message", &CONTENT_INFO),
]);
static CONTENT: Member = Member::new("tagged-message", "Message", &TAGGED_CONTENT);
static CONTENT_SEQUENCE: Type = sequence_of(&CONTENT);
static OTHER_MESSAGE: Member = Member::new("other-message", "Other message", &OTHER);
static OTHER_SEQUENCE: Type = sequence_of(&OTHER_MESSAGE);

/// `PKIData`.
pub(crate) static PKI_DATA: Type = Type::Sequence(&[
    Member::new("controls", "Controls", &CONTROL_SEQUENCE),
    Member::new("requests", "Requests", &REQUEST_SEQUENCE),
    Member::new("messages", "Messages", &CONTENT_SEQUENCE),
    Member::new("other-messages", "Other messages", &OTHER_SEQUENCE),
]);

/// `PKIResponse`.
pub(crate) static PKI_RESPONSE: Type = Type::Sequence(&[
    Member::new("controls", "Controls", &CONTROL_SEQUENCE),
    Member::new("messages", "Messages", &CONTENT_SEQUENCE),
    Member::new("other-messages", "Other messages", &OTHER_SEQUENCE),
]);
