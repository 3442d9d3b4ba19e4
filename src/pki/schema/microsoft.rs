//! What Microsoft signs: Authenticode and certificate trust lists.
//!
//! The contents of executables are out of reach here: only their digest is inside.

use super::attribute::ATTRIBUTE;
use super::x509::{DIGEST, EXTENSIONS, IDENTIFIERS};
use super::{Member, Type, sequence_of, set_of};

static SPC_STRING: Type = Type::Choice(&[
    Member::new("text", "Text", &Type::Text).implicit(0),
    Member::new("text", "Text", &Type::Text).implicit(1),
]);

static SPC_LINK: Type = Type::Choice(&[
    Member::new("address", "Address", &Type::Text).implicit(0),
    Member::new("moniker", "moniker", &Type::Any).implicit(1),
    Member::new("file", "File", &SPC_STRING).explicit(2),
]);

/// `SpcSpOpusInfo`.
pub(crate) static OPUS_INFO: Type = Type::Sequence(&[
    Member::new("program-name", "Program", &SPC_STRING).explicit(0).optional(),
    Member::new("more-info", "More information", &SPC_LINK).explicit(1).optional(),
]);

static IMAGE: Type = Type::Sequence(&[
    Member::new("flags", "Flags", &Type::Bits).optional(),
    Member::new("file", "File", &SPC_LINK).explicit(0).optional(),
]);

/// The name of a type of signed file.
pub(crate) fn name(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "1.3.6.1.4.1.311.2.1.15" => "executable",
        "1.3.6.1.4.1.311.2.1.25" => "cabinet",
        "1.3.6.1.4.1.311.2.1.30" => "script or installer package",
        "1.3.6.1.4.1.311.2.1.21" => "signed by a person",
        "1.3.6.1.4.1.311.2.1.22" => "signed by an organisation",
        "1.3.6.1.4.1.311.10.3.9" => "root list",
        "1.3.6.1.4.1.311.10.3.30" => "list of disallowed certificates",
        "1.3.6.1.4.1.311.12.1.1" => "catalogue of files",
        _ => return None,
    })
}

fn data_type(oid: &str) -> Option<&'static Type> {
    (oid == "1.3.6.1.4.1.311.2.1.15").then_some(&IMAGE)
}
static BY_DATA_TYPE: Type = Type::ByOid(data_type);
static DATA: Type = Type::Sequence(&[
    Member::new("data-type", "Type", &Type::Oid),
    Member::new("data-value", "Value", &BY_DATA_TYPE).optional(),
]);

/// `SpcIndirectDataContent`.
pub(crate) static SPC_INDIRECT_DATA: Type = Type::Sequence(&[
    Member::new("signed-file", "Signed file", &DATA),
    Member::new("message-digest", "Digest of the file", &DIGEST),
]);

static ENTRY_ATTRIBUTES: Type = set_of(&ATTRIBUTE);
static ENTRY_TYPE: Type = Type::Sequence(&[
    Member::new("subject-identifier", "Subject", &Type::Octets),
    Member::new("attributes", "Attributes", &ENTRY_ATTRIBUTES).optional(),
]);
static ENTRY: Member = Member::new("trusted-subject", "Trusted subject", &ENTRY_TYPE);
static ENTRIES: Type = sequence_of(&ENTRY);

/// `CertificateTrustList`, the content of an `.stl` file.
pub(crate) static TRUST_LIST: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer).optional(),
    Member::new("subject-usage", "Usage", &IDENTIFIERS),
    Member::new("list-identifier", "List", &Type::Octets).optional(),
    Member::new("sequence-number", "Sequence number", &Type::Number).optional(),
    Member::new("this-update", "This update", &Type::Time),
    Member::new("next-update", "Next update", &Type::Time).optional(),
    Member::new("subject-algorithm", "Subjects are known by", &Type::Algorithm),
    Member::new("trusted-subjects", "Trusted subjects", &ENTRIES).optional(),
    Member::new("extensions", "Extensions", &EXTENSIONS).explicit(0).optional(),
]);
