//! Messages of the certificate management protocol (CMP, RFC 9810).
//!
//! Their protection is shown, not checked.

use super::crmf::{MESSAGES, TEMPLATE};
use super::timestamp::{FREE_TEXT, STATUS_INFO};
use super::x509::{CERTIFICATES, EXTENSIONS};
use super::{Member, Type, sequence_of};

/// The name of an information in a header or a general message.
pub(crate) fn info_name(oid: &str) -> Option<&'static str> {
    let number = oid.strip_prefix("1.3.6.1.5.5.7.4.")?;
    Some(match number {
        "1" => "Certificate for the protocol's encryption",
        "2" => "Types of key pairs for signing",
        "3" => "Types of key pairs for encryption",
        "4" => "Preferred symmetric algorithm",
        "5" => "Key pair of the authority was updated",
        "6" => "Current revocation list",
        "7" => "Unsupported identifiers",
        "10" => "Key pair parameters wanted",
        "11" => "Key pair parameters",
        "12" => "Passphrase revoked",
        "13" => "Implicit confirmation",
        "14" => "Time for the confirmation",
        "15" => "Original message",
        "16" => "Supported languages",
        "17" => "Certificates of the authority",
        "18" => "Update of the root certificate",
        "19" => "Template for requests",
        "20" => "Root certificate",
        "21" => "Profile",
        "22" => "Status of revocation lists",
        "23" => "Revocation lists",
        "24" => "Key encapsulation ciphertext",
        _ => return None,
    })
}

static INFO_STRUCTURE: Type = Type::Sequence(&[
    Member::new("info-type", "Type", &Type::Oid),
    Member::new("info-value", "Value", &Type::Any).optional(),
]);
static INFO: Member = Member::new("info", "Information", &INFO_STRUCTURE);
static INFOS: Type = sequence_of(&INFO);

/// `PKIHeader`.
pub(crate) static HEADER: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("sender", "Sender", &Type::GeneralName),
    Member::new("recipient", "Recipient", &Type::GeneralName),
    Member::new("message-time", "Time", &Type::Time).explicit(0).optional(),
    Member::new("protection-algorithm", "Protection", &Type::Algorithm).explicit(1).optional(),
    Member::new("sender-key-id", "Sender's key identifier", &Type::Octets).explicit(2).optional(),
    Member::new("recipient-key-id", "Recipient's key identifier", &Type::Octets).explicit(3).optional(),
    Member::new("transaction-id", "Transaction", &Type::Octets).explicit(4).optional(),
    Member::new("sender-nonce", "Sender's nonce", &Type::Octets).explicit(5).optional(),
    Member::new("recipient-nonce", "Recipient's nonce", &Type::Octets).explicit(6).optional(),
    Member::new("free-text", "Text", &FREE_TEXT).explicit(7).optional(),
    Member::new("general-info", "Information", &INFOS).explicit(8).optional(),
]);

static NEW_CERTIFICATE: Type = Type::Choice(&[
    Member::new("certificate", "Certificate", &Type::Certificate).explicit(0),
    Member::new("encrypted-certificate", "encrypted certificate", &Type::Any).explicit(1),
]);
static CERTIFIED: Type = Type::Sequence(&[
    Member::new("new-certificate", "Certificate", &NEW_CERTIFICATE),
    Member::new("private-key", "Encrypted private key", &Type::Any).explicit(0).optional(),
    Member::new("publication", "Publication", &Type::Any).explicit(1).optional(),
]);
static RESPONSE_STRUCTURE: Type = Type::Sequence(&[
    Member::new("request-id", "Number of the request", &Type::Integer),
    Member::new("status-info", "Status", &STATUS_INFO),
    Member::new("certified-key", "Certified key", &CERTIFIED).optional(),
    Member::new("response-info", "Information", &Type::Octets).optional(),
]);
static RESPONSE: Member = Member::new("response", "Response", &RESPONSE_STRUCTURE);
static RESPONSES: Type = sequence_of(&RESPONSE);
static RESPONSE_MESSAGE: Type = Type::Sequence(&[
    Member::new("ca-certificates", "Authority's certificates", &CERTIFICATES).explicit(1).optional(),
    Member::new("responses", "Responses", &RESPONSES),
]);

static REVOCATION_STRUCTURE: Type = Type::Sequence(&[
    Member::new("template", "Certificate", &TEMPLATE),
    Member::new("entry-extensions", "Extensions of the entry", &EXTENSIONS).optional(),
]);
static REVOCATION: Member = Member::new("revocation", "Revocation", &REVOCATION_STRUCTURE);
static REVOCATIONS: Type = sequence_of(&REVOCATION);
static STATUS: Member = Member::new("status-info", "Status", &STATUS_INFO);
static STATUS_LIST: Type = sequence_of(&STATUS);
static CERTIFICATE_ID: Type = Type::Sequence(&[
    Member::new("issuer", "Issuer", &Type::GeneralName),
    Member::new("serial-number", "Serial number", &Type::Number),
]);
static ID: Member = Member::new("certificate-id", "Certificate", &CERTIFICATE_ID);
static IDS: Type = sequence_of(&ID);
static LIST: Member = Member::new("revocation-list", "Revocation list", &Type::Crl);
static LISTS: Type = sequence_of(&LIST);
static REVOCATION_RESPONSE: Type = Type::Sequence(&[
    Member::new("statuses", "Statuses", &STATUS_LIST),
    Member::new("certificate-ids", "Certificates", &IDS).explicit(0).optional(),
    Member::new("revocation-lists", "Revocation lists", &LISTS).explicit(1).optional(),
]);

static CONFIRMATION_STRUCTURE: Type = Type::Sequence(&[
    Member::new("certificate-hash", "Hash of the certificate", &Type::Octets),
    Member::new("request-id", "Number of the request", &Type::Integer),
    Member::new("status-info", "Status", &STATUS_INFO).optional(),
    Member::new("hash-algorithm", "Hash", &Type::Algorithm).explicit(0).optional(),
]);
static CONFIRMATION: Member = Member::new("confirmation", "Confirmation", &CONFIRMATION_STRUCTURE);
static CONFIRMATIONS: Type = sequence_of(&CONFIRMATION);

static ERROR: Type = Type::Sequence(&[
    Member::new("status-info", "Status", &STATUS_INFO),
    Member::new("error-code", "Error code", &Type::Integer).optional(),
    Member::new("error-details", "Details", &FREE_TEXT).optional(),
]);

static POLL_STRUCTURE: Type = Type::Sequence(&[
    Member::new("request-id", "Number of the request", &Type::Integer),
    Member::new("check-after", "Seconds to wait", &Type::Integer).optional(),
    Member::new("reason", "Reason", &FREE_TEXT).optional(),
]);
static POLL: Member = Member::new("poll", "Poll", &POLL_STRUCTURE);
static POLLS: Type = sequence_of(&POLL);

/// `PKIBody`.
pub(crate) static BODY: Type = Type::Choice(&[
    Member::new("initialization-request", "initialisation request", &MESSAGES).explicit(0),
    Member::new("initialization-response", "initialisation response", &RESPONSE_MESSAGE).explicit(1),
    Member::new("certification-request", "certification request", &MESSAGES).explicit(2),
    Member::new("certification-response", "certification response", &RESPONSE_MESSAGE).explicit(3),
    Member::new("pkcs10-request", "PKCS#10 request", &Type::Request).explicit(4),
    Member::new("challenge", "proof of possession challenge", &Type::Any).explicit(5),
    Member::new("challenge-response", "proof of possession response", &Type::Any).explicit(6),
    Member::new("key-update-request", "key update request", &MESSAGES).explicit(7),
    Member::new("key-update-response", "key update response", &RESPONSE_MESSAGE).explicit(8),
    Member::new("key-recovery-request", "key recovery request", &MESSAGES).explicit(9),
    Member::new("key-recovery-response", "key recovery response", &Type::Any).explicit(10),
    Member::new("revocation-request", "revocation request", &REVOCATIONS).explicit(11),
    Member::new("revocation-response", "revocation response", &REVOCATION_RESPONSE).explicit(12),
    Member::new("cross-request", "cross-certification request", &MESSAGES).explicit(13),
    Member::new("cross-response", "cross-certification response", &RESPONSE_MESSAGE).explicit(14),
    Member::new("key-announcement", "announcement of a CA's new key", &Type::Any).explicit(15),
    Member::new("certificate-announcement", "announcement of a certificate", &Type::Certificate).explicit(16),
    Member::new("revocation-announcement", "announcement of a revocation", &Type::Any).explicit(17),
    Member::new("list-announcement", "announcement of revocation lists", &LISTS).explicit(18),
    Member::new("confirmation", "confirmation", &Type::Null).explicit(19),
    Member::new("nested", "nested messages", &NESTED).explicit(20),
    Member::new("general-message", "general message", &INFOS).explicit(21),
    Member::new("general-response", "general response", &INFOS).explicit(22),
    Member::new("error", "error", &ERROR).explicit(23),
    Member::new("certificate-confirmation", "confirmation of certificates", &CONFIRMATIONS).explicit(24),
    Member::new("poll-request", "poll request", &POLLS).explicit(25),
    Member::new("poll-response", "poll response", &POLLS).explicit(26),
]);
static NESTED_MESSAGE: Member = Member::new("message", "Message", &PKI_MESSAGE);
static NESTED: Type = sequence_of(&NESTED_MESSAGE);

/// `PKIMessage`.
pub(crate) static PKI_MESSAGE: Type = Type::Sequence(&[
    Member::new("header", "Header", &HEADER),
    Member::new("body", "Body", &BODY),
    Member::new("protection", "Protection", &Type::Bits).explicit(0).optional(),
    Member::new("extra-certificates", "Further certificates", &CERTIFICATES).explicit(1).optional(),
]);
