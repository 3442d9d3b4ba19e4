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

const NAMES: [(&str, &str); 56] = [
    (SUBJECT_KEY_IDENTIFIER, "Subject key identifier"),
    (KEY_USAGE, "Key usage"),
    ("2.5.29.16", "Private key usage period"),
    ("2.5.29.9", "Subject directory attributes"),
    (SUBJECT_ALT_NAME, "Subject alternative name"),
    (ISSUER_ALT_NAME, "Issuer alternative name"),
    (BASIC_CONSTRAINTS, "Basic constraints"),
    (CRL_NUMBER, "CRL number"),
    (REASON_CODE, "Reason"),
    (INVALIDITY_DATE, "Invalidity date"),
    (DELTA_CRL_INDICATOR, "Delta CRL indicator"),
    (ISSUING_DISTRIBUTION_POINT, "Issuing distribution point"),
    (CERTIFICATE_ISSUER, "Certificate issuer"),
    (NAME_CONSTRAINTS, "Name constraints"),
    (CRL_DISTRIBUTION_POINTS, "CRL distribution points"),
    (CERTIFICATE_POLICIES, "Certificate policies"),
    (POLICY_MAPPINGS, "Policy mappings"),
    (AUTHORITY_KEY_IDENTIFIER, "Authority key identifier"),
    (POLICY_CONSTRAINTS, "Policy constraints"),
    (EXTENDED_KEY_USAGE, "Extended key usage"),
    (FRESHEST_CRL, "Freshest CRL"),
    (INHIBIT_ANY_POLICY, "Inhibit any policy"),
    (AUTHORITY_INFO_ACCESS, "Authority information access"),
    (SUBJECT_INFO_ACCESS, "Subject information access"),
    ("1.3.6.1.5.5.7.1.2", "Biometric information"),
    ("1.3.6.1.5.5.7.1.3", "Qualified certificate statements"),
    ("1.3.6.1.5.5.7.1.7", "IP address blocks"),
    ("1.3.6.1.5.5.7.1.8", "Autonomous system numbers"),
    (TLS_FEATURE, "TLS feature"),
    (SCT_LIST, "Certificate transparency timestamps"),
    (PRECERTIFICATE_POISON, "Precertificate poison"),
    ("1.3.6.1.5.5.7.48.1.5", "OCSP no check"),
    ("2.16.840.1.113730.1.1", "Netscape certificate type"),
    ("2.16.840.1.113730.1.13", "Netscape comment"),
    ("1.3.6.1.4.1.311.20.2", "Microsoft certificate template name"),
    ("1.3.6.1.4.1.311.21.1", "Microsoft CA version"),
    ("1.3.6.1.4.1.311.21.2", "Microsoft previous CA certificate hash"),
    ("1.3.6.1.4.1.311.21.7", "Microsoft certificate template"),
    ("1.3.6.1.4.1.311.21.10", "Microsoft application policies"),
    ("1.3.6.1.4.1.311.25.2", "Microsoft security identifier"),
    (ANY_EXTENDED_KEY_USAGE, "Any purpose"),
    (SERVER_AUTH, "TLS server"),
    (CLIENT_AUTH, "TLS client"),
    (CODE_SIGNING, "Code signing"),
    (EMAIL_PROTECTION, "Mail protection"),
    ("1.3.6.1.5.5.7.3.5", "IPsec end system"),
    ("1.3.6.1.5.5.7.3.6", "IPsec tunnel"),
    ("1.3.6.1.5.5.7.3.7", "IPsec user"),
    (TIME_STAMPING, "Time stamping"),
    (OCSP_SIGNING, "OCSP signing"),
    ("1.3.6.1.5.5.7.3.17", "IPsec IKE"),
    ("1.3.6.1.4.1.311.10.3.3", "Microsoft server gated crypto"),
    ("1.3.6.1.4.1.311.20.2.2", "Smart card logon"),
    (EXTENSION_REQUEST, "Extension request"),
    (MICROSOFT_EXTENSION_REQUEST, "Extension request (Microsoft)"),
    (CHALLENGE_PASSWORD, "Challenge password"),
];

/// The short name of an extension, key purpose or request attribute, by dotted object identifier.
pub fn oid_name(oid: &str) -> Option<&'static str> {
    NAMES.iter().find(|row| row.0 == oid).map(|row| row.1)
}
