//! Time-stamp requests, responses and tokens (RFC 3161).
//!
//! A token itself is a ContentInfo, see `cms`.

use super::cms::CONTENT_INFO;
use super::x509::{DIGEST, EXTENSIONS};
use super::{Member, Type, sequence_of};

/// `TimeStampReq`.
pub(crate) static TIMESTAMP_REQUEST: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("message-imprint", "Message", &DIGEST),
    Member::new("policy", "Policy asked for", &Type::Oid).optional(),
    Member::new("nonce", "Nonce", &Type::Number).optional(),
    Member::new("certificate-wanted", "Certificate wanted", &Type::Boolean).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).implicit(0).optional(),
]);

const STATUSES: &[(u8, &str)] = &[
    (0, "granted"),
    (1, "granted with changes"),
    (2, "rejected"),
    (3, "waiting"),
    (4, "revocation warning"),
    (5, "revocation notification"),
    (6, "key update warning"),
];

/// `PKIFailureInfo` of RFC 9810, which RFC 3161 takes its bits from.
const FAILURES: &[&str] = &[
    "bad algorithm",
    "bad message check",
    "bad request",
    "bad time",
    "bad certificate id",
    "bad data format",
    "wrong authority",
    "incorrect data",
    "missing time stamp",
    "bad proof of possession",
    "certificate revoked",
    "certificate confirmed",
    "wrong integrity",
    "bad recipient nonce",
    "time not available",
    "unaccepted policy",
    "unaccepted extension",
    "additional information not available",
    "bad sender nonce",
    "bad certificate template",
    "signer not trusted",
    "transaction id in use",
    "unsupported version",
    "not authorized",
    "system unavailable",
    "system failure",
    "duplicate certificate request",
];

static LINE: Member = Member::new("text", "Text", &Type::Text);
/// `PKIFreeText`.
pub(crate) static FREE_TEXT: Type = sequence_of(&LINE);

/// `PKIStatusInfo`, the same in RFC 3161 and RFC 9810.
pub(crate) static STATUS_INFO: Type = Type::Sequence(&[
    Member::new("status", "Status", &Type::Named(STATUSES)),
    Member::new("status-text", "Text", &FREE_TEXT).optional(),
    Member::new("failure", "Failure", &Type::Flags(FAILURES)).optional(),
]);

/// `TimeStampResp`.
pub(crate) static TIMESTAMP_RESPONSE: Type = Type::Sequence(&[
    Member::new("status-info", "Status", &STATUS_INFO),
    Member::new("token", "Time-stamp token", &CONTENT_INFO).optional(),
]);

static ACCURACY: Type = Type::Sequence(&[
    Member::new("seconds", "Seconds", &Type::Integer).optional(),
    Member::new("milliseconds", "Milliseconds", &Type::Integer).implicit(0).optional(),
    Member::new("microseconds", "Microseconds", &Type::Integer).implicit(1).optional(),
]);

/// `TSTInfo`, the content of a token.
pub(crate) static TST_INFO: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("policy", "Policy", &Type::Oid),
    Member::new("message-imprint", "Message", &DIGEST),
    Member::new("serial-number", "Serial number", &Type::Number),
    Member::new("time", "Time", &Type::Time),
    Member::new("accuracy", "Accuracy", &ACCURACY).optional(),
    Member::new("ordering", "Ordering", &Type::Boolean).optional(),
    Member::new("nonce", "Nonce", &Type::Number).optional(),
    Member::new("authority", "Time-stamping authority", &Type::GeneralName).explicit(0).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).implicit(1).optional(),
]);
