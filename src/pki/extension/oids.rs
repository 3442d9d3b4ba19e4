//! Object identifiers of extensions and key purposes, with short names for people.
//!
//! Leaves out algorithms (`signature`, `key`) and name attributes (`name`).

/// Subject key identifier.
pub const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
/// Key usage.
pub const KEY_USAGE: &str = "2.5.29.15";
/// Subject alternative name.
pub const SUBJECT_ALT_NAME: &str = "2.5.29.17";
/// Issuer alternative name.
pub const ISSUER_ALT_NAME: &str = "2.5.29.18";
/// Basic constraints.
pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
/// CRL number.
pub const CRL_NUMBER: &str = "2.5.29.20";
/// Reason code of a revoked entry.
pub const REASON_CODE: &str = "2.5.29.21";
/// Invalidity date of a revoked entry.
pub const INVALIDITY_DATE: &str = "2.5.29.24";
/// Delta CRL indicator.
pub const DELTA_CRL_INDICATOR: &str = "2.5.29.27";
/// Issuing distribution point.
pub const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";
/// Certificate issuer of a revoked entry.
pub const CERTIFICATE_ISSUER: &str = "2.5.29.29";
/// Name constraints.
pub const NAME_CONSTRAINTS: &str = "2.5.29.30";
/// CRL distribution points.
pub const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
/// Certificate policies.
pub const CERTIFICATE_POLICIES: &str = "2.5.29.32";
/// Policy mappings.
pub const POLICY_MAPPINGS: &str = "2.5.29.33";
/// Authority key identifier.
pub const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
/// Policy constraints.
pub const POLICY_CONSTRAINTS: &str = "2.5.29.36";
/// Extended key usage.
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
/// Freshest CRL.
pub const FRESHEST_CRL: &str = "2.5.29.46";
/// Inhibit any policy.
pub const INHIBIT_ANY_POLICY: &str = "2.5.29.54";
/// Authority information access.
pub const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
/// Subject information access.
pub const SUBJECT_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.11";
/// TLS feature (RFC 7633).
pub const TLS_FEATURE: &str = "1.3.6.1.5.5.7.1.24";
/// Signed certificate timestamps (RFC 6962).
pub const SCT_LIST: &str = "1.3.6.1.4.1.11129.2.4.2";
/// Precertificate poison (RFC 6962).
pub const PRECERTIFICATE_POISON: &str = "1.3.6.1.4.1.11129.2.4.3";

/// The purpose that stands for every purpose.
pub const ANY_EXTENDED_KEY_USAGE: &str = "2.5.29.37.0";
/// TLS server authentication.
pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
/// TLS client authentication.
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
/// Code signing.
pub const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";
/// Mail protection.
pub const EMAIL_PROTECTION: &str = "1.3.6.1.5.5.7.3.4";
/// Time stamping.
pub const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
/// OCSP signing.
pub const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

/// PKCS#9 extension request, an attribute of requests.
pub const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
/// Microsoft's extension request, an attribute of requests.
pub const MICROSOFT_EXTENSION_REQUEST: &str = "1.3.6.1.4.1.311.2.1.14";
/// PKCS#9 challenge password, an attribute of requests.
pub const CHALLENGE_PASSWORD: &str = "1.2.840.113549.1.9.7";

/// The short name of an extension, purpose, policy, access method, other name, statement or request attribute, by
/// dotted object identifier.
pub fn oid_name(oid: &str) -> Option<&'static str> {
    // Identifiers differ at their ends: most rows need one look.
    let last = oid.as_bytes().last()?;
    let same = |row: &&Row| row.0.len() == oid.len() && row.0.as_bytes().last() == Some(last) && row.0 == oid;
    NAMES.iter().find_map(|rows| rows.iter().find(same)).map(|row| row.1)
}

type Row = (&'static str, &'static str);

/// The frequent ones first.
const NAMES: [&[Row]; 8] =
    [EXTENSIONS, PURPOSES, ACCESS, POLICIES, OTHER_NAMES, STATEMENTS, ATTRIBUTES, VENDORS];

const EXTENSIONS: &[Row] = &[
    (SUBJECT_KEY_IDENTIFIER, "Subject key identifier"),
    (KEY_USAGE, "Key usage"),
    (SUBJECT_ALT_NAME, "Subject alternative name"),
    (BASIC_CONSTRAINTS, "Basic constraints"),
    (AUTHORITY_KEY_IDENTIFIER, "Authority key identifier"),
    (EXTENDED_KEY_USAGE, "Extended key usage"),
    (CERTIFICATE_POLICIES, "Certificate policies"),
    (CRL_DISTRIBUTION_POINTS, "CRL distribution points"),
    (AUTHORITY_INFO_ACCESS, "Authority information access"),
    (SCT_LIST, "Certificate transparency timestamps"),
    (CRL_NUMBER, "CRL number"),
    (REASON_CODE, "Reason"),
    (INVALIDITY_DATE, "Invalidity date"),
    (DELTA_CRL_INDICATOR, "Delta CRL indicator"),
    (ISSUING_DISTRIBUTION_POINT, "Issuing distribution point"),
    (CERTIFICATE_ISSUER, "Certificate issuer"),
    (NAME_CONSTRAINTS, "Name constraints"),
    (POLICY_MAPPINGS, "Policy mappings"),
    (POLICY_CONSTRAINTS, "Policy constraints"),
    (FRESHEST_CRL, "Freshest CRL"),
    (INHIBIT_ANY_POLICY, "Inhibit any policy"),
    (ISSUER_ALT_NAME, "Issuer alternative name"),
    (SUBJECT_INFO_ACCESS, "Subject information access"),
    (TLS_FEATURE, "TLS feature"),
    (PRECERTIFICATE_POISON, "Precertificate poison"),
    ("2.5.29.9", "Subject directory attributes"),
    ("2.5.29.16", "Private key usage period"),
    ("2.5.29.1", "Authority key identifier (old)"),
    ("2.5.29.2", "Key attributes (old)"),
    ("2.5.29.3", "Certificate policies (old)"),
    ("2.5.29.4", "Key usage restriction (old)"),
    ("2.5.29.7", "Subject alternative name (old)"),
    ("2.5.29.8", "Issuer alternative name (old)"),
    ("2.5.29.10", "Basic constraints (old)"),
    ("2.5.29.23", "Hold instruction"),
    ("2.5.29.40", "CRL stream identifier"),
    ("2.5.29.44", "CRL scope"),
    ("2.5.29.47", "Ordered list"),
    ("2.5.29.55", "Target information"),
    ("2.5.29.56", "No revocation available"),
    ("2.5.29.60", "Expired certificates on CRL"),
    ("1.3.6.1.5.5.7.1.2", "Biometric information"),
    ("1.3.6.1.5.5.7.1.3", "Qualified certificate statements"),
    ("1.3.6.1.5.5.7.1.4", "Auditing identity"),
    ("1.3.6.1.5.5.7.1.6", "Controls on attribute authorities"),
    ("1.3.6.1.5.5.7.1.7", "IP address blocks"),
    ("1.3.6.1.5.5.7.1.8", "Autonomous system numbers"),
    ("1.3.6.1.5.5.7.1.10", "Proxying of attribute certificates"),
    ("1.3.6.1.5.5.7.1.12", "Logotypes"),
    ("1.3.6.1.5.5.7.1.14", "Proxy certificate information"),
    ("1.3.6.1.5.5.7.1.26", "Telephone numbers"),
    ("1.3.6.1.5.5.7.1.28", "IP address blocks (RFC 8360)"),
    ("1.3.6.1.5.5.7.1.29", "Autonomous system numbers (RFC 8360)"),
    ("1.3.6.1.5.5.7.1.31", "ACME identifier"),
    ("1.3.6.1.5.5.7.48.1.2", "Nonce"),
    ("1.3.6.1.5.5.7.48.1.3", "CRL reference"),
    ("1.3.6.1.5.5.7.48.1.4", "Acceptable responses"),
    ("1.3.6.1.5.5.7.48.1.5", "OCSP no check"),
    ("1.3.6.1.5.5.7.48.1.6", "Archive cutoff"),
    ("1.3.6.1.5.5.7.48.1.7", "Service locator"),
    ("1.3.6.1.5.5.7.48.1.8", "Preferred signature algorithms"),
    ("1.3.6.1.5.5.7.48.1.9", "Extended revoke"),
    ("1.3.6.1.4.1.11129.2.4.5", "Certificate transparency timestamps (OCSP)"),
    ("2.23.140.3.1", "CA/B organization identifier"),
    ("2.23.140.1.31", "Tor service descriptors"),
];

const PURPOSES: &[Row] = &[
    (SERVER_AUTH, "TLS server"),
    (CLIENT_AUTH, "TLS client"),
    (CODE_SIGNING, "Code signing"),
    (EMAIL_PROTECTION, "Mail protection"),
    (TIME_STAMPING, "Time stamping"),
    (OCSP_SIGNING, "OCSP signing"),
    (ANY_EXTENDED_KEY_USAGE, "Any purpose"),
    ("1.3.6.1.5.5.7.3.5", "IPsec end system"),
    ("1.3.6.1.5.5.7.3.6", "IPsec tunnel"),
    ("1.3.6.1.5.5.7.3.7", "IPsec user"),
    ("1.3.6.1.5.5.7.3.10", "Data validation server"),
    ("1.3.6.1.5.5.7.3.13", "EAP over PPP"),
    ("1.3.6.1.5.5.7.3.14", "EAP over LAN"),
    ("1.3.6.1.5.5.7.3.15", "SCVP server"),
    ("1.3.6.1.5.5.7.3.16", "SCVP client"),
    ("1.3.6.1.5.5.7.3.17", "IPsec IKE"),
    ("1.3.6.1.5.5.7.3.18", "CAPWAP access controller"),
    ("1.3.6.1.5.5.7.3.19", "CAPWAP termination point"),
    ("1.3.6.1.5.5.7.3.20", "SIP domain"),
    ("1.3.6.1.5.5.7.3.21", "SSH client"),
    ("1.3.6.1.5.5.7.3.22", "SSH server"),
    ("1.3.6.1.5.5.7.3.23", "SEND router"),
    ("1.3.6.1.5.5.7.3.27", "CMC certification authority"),
    ("1.3.6.1.5.5.7.3.28", "CMC registration authority"),
    ("1.3.6.1.5.5.7.3.29", "CMC archive"),
    ("1.3.6.1.5.5.7.3.30", "BGPsec router"),
    ("1.3.6.1.5.5.7.3.31", "Brand indicators in mail"),
    ("1.3.6.1.5.5.7.3.32", "CM key generation authority"),
    ("1.3.6.1.5.5.7.3.36", "Document signing"),
    ("1.3.6.1.5.5.8.2.2", "IPsec IKE intermediate"),
    ("1.3.6.1.5.2.3.4", "Kerberos client"),
    ("1.3.6.1.5.2.3.5", "Kerberos key distribution"),
    ("1.3.6.1.4.1.311.10.3.1", "Microsoft trust list signing"),
    ("1.3.6.1.4.1.311.10.3.2", "Microsoft time stamp signing"),
    ("1.3.6.1.4.1.311.10.3.3", "Microsoft server gated crypto"),
    ("1.3.6.1.4.1.311.10.3.4", "Encrypting file system"),
    ("1.3.6.1.4.1.311.10.3.4.1", "File recovery"),
    ("1.3.6.1.4.1.311.10.3.5", "Windows driver verification"),
    ("1.3.6.1.4.1.311.10.3.6", "Windows system component verification"),
    ("1.3.6.1.4.1.311.10.3.9", "Root list signer"),
    ("1.3.6.1.4.1.311.10.3.10", "Qualified subordination"),
    ("1.3.6.1.4.1.311.10.3.11", "Key recovery"),
    ("1.3.6.1.4.1.311.10.3.12", "Microsoft document signing"),
    ("1.3.6.1.4.1.311.10.3.13", "Lifetime signing"),
    ("1.3.6.1.4.1.311.10.12.1", "Any application policy"),
    ("1.3.6.1.4.1.311.2.1.21", "Microsoft individual code signing"),
    ("1.3.6.1.4.1.311.2.1.22", "Microsoft commercial code signing"),
    ("1.3.6.1.4.1.311.20.2.1", "Certificate request agent"),
    ("1.3.6.1.4.1.311.20.2.2", "Smart card logon"),
    ("1.3.6.1.4.1.311.21.5", "Private key archival"),
    ("1.3.6.1.4.1.311.21.6", "Key recovery agent"),
    ("1.3.6.1.4.1.311.21.19", "Directory service mail replication"),
    ("1.3.6.1.4.1.311.54.1.2", "Remote desktop"),
    ("1.3.6.1.4.1.311.61.1.1", "Kernel mode code signing"),
    ("1.3.6.1.4.1.311.67.1.1", "BitLocker drive encryption"),
    ("1.3.6.1.4.1.311.67.1.2", "BitLocker data recovery"),
    ("1.3.6.1.4.1.11129.2.4.4", "Precertificate signing"),
    ("1.2.840.113583.1.1.5", "Adobe document signing"),
    ("2.16.840.1.113730.4.1", "Netscape server gated crypto"),
    ("2.16.840.1.101.3.6.7", "PIV content signing"),
    ("2.16.840.1.101.3.6.8", "PIV card authentication"),
    ("0.4.0.2231.3.0", "Trusted list signing"),
    ("1.0.18013.5.1.2", "Mobile driving licence signing"),
    ("2.23.133.8.1", "TPM endorsement key"),
    ("2.23.133.8.2", "TPM platform certificate"),
    ("2.23.133.8.3", "TPM attestation key"),
];

const ACCESS: &[Row] = &[
    ("1.3.6.1.5.5.7.48.1", "OCSP"),
    ("1.3.6.1.5.5.7.48.2", "CA issuers"),
    ("1.3.6.1.5.5.7.48.3", "Time stamping service"),
    ("1.3.6.1.5.5.7.48.5", "CA repository"),
    ("1.3.6.1.5.5.7.48.10", "RPKI manifest"),
    ("1.3.6.1.5.5.7.48.11", "RPKI signed object"),
    ("1.3.6.1.5.5.7.48.13", "RPKI notification"),
];

const POLICIES: &[Row] = &[
    ("2.23.140.1.2.1", "Domain validated (DV)"),
    ("2.23.140.1.2.2", "Organization validated (OV)"),
    ("2.23.140.1.2.3", "Individual validated (IV)"),
    ("2.23.140.1.1", "Extended validation (EV)"),
    ("2.5.29.32.0", "Any policy"),
    ("1.3.6.1.5.5.7.2.1", "Practice statement"),
    ("1.3.6.1.5.5.7.2.2", "Notice to users"),
    ("2.23.140.1.3", "Extended validation (EV) for code signing"),
    ("2.23.140.1.4.1", "Code signing, non-EV"),
    ("2.23.140.1.4.2", "Time stamping"),
    ("2.23.140.1.5.1.1", "Mailbox validated, legacy"),
    ("2.23.140.1.5.1.2", "Mailbox validated, multipurpose"),
    ("2.23.140.1.5.1.3", "Mailbox validated, strict"),
    ("2.23.140.1.5.2.1", "Organization validated mail, legacy"),
    ("2.23.140.1.5.2.2", "Organization validated mail, multipurpose"),
    ("2.23.140.1.5.2.3", "Organization validated mail, strict"),
    ("2.23.140.1.5.3.1", "Sponsor validated mail, legacy"),
    ("2.23.140.1.5.3.2", "Sponsor validated mail, multipurpose"),
    ("2.23.140.1.5.3.3", "Sponsor validated mail, strict"),
    ("2.23.140.1.5.4.1", "Individual validated mail, legacy"),
    ("2.23.140.1.5.4.2", "Individual validated mail, multipurpose"),
    ("2.23.140.1.5.4.3", "Individual validated mail, strict"),
    ("0.4.0.2042.1.1", "ETSI normalized (NCP)"),
    ("0.4.0.2042.1.2", "ETSI normalized with secure device (NCP+)"),
    ("0.4.0.2042.1.3", "ETSI lightweight (LCP)"),
    ("0.4.0.2042.1.4", "ETSI extended validation (EVCP)"),
    ("0.4.0.2042.1.5", "ETSI extended validation with secure device (EVCP+)"),
    ("0.4.0.2042.1.6", "ETSI domain validation (DVCP)"),
    ("0.4.0.2042.1.7", "ETSI organization validation (OVCP)"),
    ("0.4.0.2042.1.8", "ETSI individual validation (IVCP)"),
    ("0.4.0.1456.1.1", "ETSI qualified with secure device (QCP+)"),
    ("0.4.0.1456.1.2", "ETSI qualified (QCP)"),
    ("0.4.0.194112.1.0", "EU qualified, natural person (QCP-n)"),
    ("0.4.0.194112.1.1", "EU qualified, legal person (QCP-l)"),
    ("0.4.0.194112.1.2", "EU qualified, natural person with device (QCP-n-qscd)"),
    ("0.4.0.194112.1.3", "EU qualified, legal person with device (QCP-l-qscd)"),
    ("0.4.0.194112.1.4", "EU qualified, website (QEVCP-w)"),
    ("0.4.0.194112.1.5", "EU qualified, website (QNCP-w)"),
    ("0.4.0.194112.1.6", "EU qualified, website (QNCP-w-gen)"),
    ("0.4.0.19495.3.1", "EU qualified, payment services website"),
];

const OTHER_NAMES: &[Row] = &[
    ("1.3.6.1.4.1.311.20.2.3", "User principal name"),
    ("1.3.6.1.4.1.311.25.1", "Domain controller identifier"),
    ("1.3.6.1.4.1.311.25.2.1", "Security identifier"),
    ("1.3.6.1.5.2.2", "Kerberos principal"),
    ("1.3.6.1.5.5.7.8.3", "Permanent identifier"),
    ("1.3.6.1.5.5.7.8.4", "Hardware module"),
    ("1.3.6.1.5.5.7.8.5", "XMPP address"),
    ("1.3.6.1.5.5.7.8.7", "Service name (SRV)"),
    ("1.3.6.1.5.5.7.8.8", "Network access realm"),
    ("1.3.6.1.5.5.7.8.9", "Mail address (SmtpUTF8Mailbox)"),
    ("1.3.6.1.5.5.7.8.10", "Autonomic network node"),
    ("1.3.6.1.5.5.7.8.11", "Bundle endpoint"),
    ("2.16.840.1.101.3.6.6", "PIV card number (FASC-N)"),
];

const STATEMENTS: &[Row] = &[
    ("0.4.0.1862.1.1", "EU qualified certificate"),
    ("0.4.0.1862.1.2", "Limit of transactions"),
    ("0.4.0.1862.1.3", "Retention of records"),
    ("0.4.0.1862.1.4", "Key in a qualified device (QSCD)"),
    ("0.4.0.1862.1.5", "Disclosure statements"),
    ("0.4.0.1862.1.6", "Type of qualified certificate"),
    ("0.4.0.1862.1.6.1", "Electronic signature"),
    ("0.4.0.1862.1.6.2", "Electronic seal"),
    ("0.4.0.1862.1.6.3", "Website authentication"),
    ("0.4.0.1862.1.7", "Qualified by the law of"),
    ("0.4.0.19495.2", "Payment services (PSD2)"),
    ("0.4.0.19495.1.1", "Account servicing"),
    ("0.4.0.19495.1.2", "Payment initiation"),
    ("0.4.0.19495.1.3", "Account information"),
    ("0.4.0.19495.1.4", "Issuing of card-based instruments"),
    ("1.3.6.1.5.5.7.11.1", "Names by RFC 3039"),
    ("1.3.6.1.5.5.7.11.2", "Names by RFC 3739"),
    ("0.4.0.194121.1.1", "Natural person"),
    ("0.4.0.194121.1.2", "Legal person"),
    ("0.4.0.194121.1.3", "Natural person (eIDAS)"),
    ("0.4.0.194121.1.4", "Legal person (eIDAS)"),
    ("1.3.6.1.5.5.7.21.0", "Any policy language"),
    ("1.3.6.1.5.5.7.21.1", "Inherits all rights"),
    ("1.3.6.1.5.5.7.21.2", "Independent"),
];

const ATTRIBUTES: &[Row] = &[
    (EXTENSION_REQUEST, "Extension request"),
    (MICROSOFT_EXTENSION_REQUEST, "Extension request (Microsoft)"),
    (CHALLENGE_PASSWORD, "Challenge password"),
    ("1.2.840.113549.1.9.15", "S/MIME capabilities"),
];

const VENDORS: &[Row] = &[
    ("2.16.840.1.113730.1.1", "Netscape certificate type"),
    ("2.16.840.1.113730.1.2", "Netscape base URL"),
    ("2.16.840.1.113730.1.3", "Netscape revocation URL"),
    ("2.16.840.1.113730.1.4", "Netscape CA revocation URL"),
    ("2.16.840.1.113730.1.7", "Netscape renewal URL"),
    ("2.16.840.1.113730.1.8", "Netscape CA policy URL"),
    ("2.16.840.1.113730.1.12", "Netscape server name"),
    ("2.16.840.1.113730.1.13", "Netscape comment"),
    ("1.3.6.1.4.1.311.10.9.1", "Microsoft cross certificates"),
    ("1.3.6.1.4.1.311.20.2", "Microsoft certificate template name"),
    ("1.3.6.1.4.1.311.21.1", "Microsoft CA version"),
    ("1.3.6.1.4.1.311.21.2", "Microsoft previous CA certificate hash"),
    ("1.3.6.1.4.1.311.21.3", "Microsoft virtual base CRL"),
    ("1.3.6.1.4.1.311.21.4", "Microsoft next CRL publication"),
    ("1.3.6.1.4.1.311.21.7", "Microsoft certificate template"),
    ("1.3.6.1.4.1.311.21.10", "Microsoft application policies"),
    ("1.3.6.1.4.1.311.21.11", "Microsoft application policy mappings"),
    ("1.3.6.1.4.1.311.21.12", "Microsoft application policy constraints"),
    ("1.3.6.1.4.1.311.21.14", "Microsoft published CRL locations"),
    ("1.3.6.1.4.1.311.25.2", "Microsoft security identifier"),
    ("1.2.840.113533.7.65.0", "Entrust version"),
    ("2.23.42.7.0", "SET hash of the next root key"),
    ("1.3.6.1.4.1.44363.44", "Delegation usage"),
    ("1.3.6.1.4.1.45724.1.1.4", "FIDO authenticator model"),
    ("1.3.6.1.4.1.45724.2.1.1", "FIDO transports"),
    ("1.3.6.1.4.1.11129.2.1.17", "Android key attestation"),
    ("1.2.840.113635.100.8.2", "Apple anonymous attestation"),
    ("1.3.36.8.3.1", "Date of certificate generation"),
    ("1.3.36.8.3.3", "Admission"),
    ("1.3.36.8.3.8", "Restriction"),
    ("1.3.36.8.3.15", "Additional information"),
    ("0.2.262.1.10.12.0", "Liability limitation"),
    ("1.2.643.100.111", "Signing tool of the subject"),
    ("1.2.643.100.112", "Signing tools of the issuer"),
    ("1.2.840.113583.1.1.9.1", "Adobe time stamp address"),
    ("1.2.840.113583.1.1.9.2", "Adobe archival of revocation information"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_identifier_is_well_formed_and_stands_once() {
        let mut seen = BTreeSet::new();
        for (oid, name) in NAMES.iter().flat_map(|rows| rows.iter()) {
            assert!(const_oid::ObjectIdentifier::new(oid).is_ok(), "{oid}");
            assert!(seen.insert(oid), "{oid} stands twice");
            assert!(!name.is_empty() && !name.ends_with('.'), "{oid}");
        }
        assert!(seen.len() > 200);
    }
}
