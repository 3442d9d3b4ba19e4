//! What OpenSSL prints of a certificate.
//!
//! Leaves out the values of extensions other than alternative names.

use std::path::Path;

use certwright_interop::Program;

use crate::facts::{Alternative, Facts, Names};

/// Names by object identifiers and in UTF-8, dates by ISO 8601, and of the text only key and extensions.
const ARGUMENTS: [&str; 17] = [
    "x509",
    "-inform",
    "DER",
    "-noout",
    "-serial",
    "-fingerprint",
    "-sha256",
    "-subject",
    "-issuer",
    "-dates",
    "-dateopt",
    "iso_8601",
    "-nameopt",
    "oid,sep_comma_plus,utf8,esc_ctrl,dump_unknown,dump_der",
    "-text",
    "-certopt",
    "no_header,no_version,no_serial,no_signame,no_validity,no_subject,no_issuer,no_sigdump,no_aux",
];

/// The facts that OpenSSL prints; none when it does not read the certificate.
pub fn facts(openssl: &Program, folder: &Path, der: &[u8]) -> Option<Facts> {
    let verdict = openssl.run(folder, &ARGUMENTS, der);
    let text = verdict.text();
    if !verdict.accepted && text.is_empty() {
        return None;
    }
    let line = |prefix: &str| {
        let found = text.lines().find_map(|line| line.strip_prefix(prefix));
        found.unwrap_or_default().to_owned()
    };
    let indented = |prefix: &str| {
        let found = text.lines().find_map(|line| line.trim_start().split_once(prefix));
        found.map_or_else(String::new, |(_, rest)| rest.to_owned())
    };
    let size = indented("Public-Key: (");
    Some(Facts {
        fingerprint: line("sha256 Fingerprint=").replace(':', "").to_lowercase(),
        serial: serial(&line("serial=")),
        subject: Names::Theirs(line("subject=")),
        issuer: Names::Theirs(line("issuer=")),
        not_before: line("notBefore="),
        not_after: line("notAfter="),
        key: identifier(indented("Public Key Algorithm: ").trim()),
        key_size: size.split(' ').next().unwrap_or_default().to_owned(),
        extensions: extensions(&text).into_iter().map(|(name, critical, _)| (name, critical)).collect(),
        alternative: Alternative::Theirs(alternative(&text)),
    })
}

/// Digits in lower case, whole octets.
fn serial(printed: &str) -> String {
    let (sign, digits) = match printed.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", printed),
    };
    let padding = if digits.len() % 2 == 1 { "0" } else { "" };
    format!("{sign}{padding}{}", digits.to_lowercase())
}

/// Identifier, criticality and first line of the value of each extension.
fn extensions(text: &str) -> Vec<(String, bool, String)> {
    let mut out = Vec::new();
    let mut lines = text.lines().skip_while(|line| line.trim() != "X509v3 extensions:").skip(1).peekable();
    while let Some(line) = lines.next() {
        let Some(line) = line.strip_prefix("            ").filter(|line| !line.starts_with(' ')) else {
            continue;
        };
        let Some((name, after)) = line.rsplit_once(':') else { continue };
        let value = lines.peek().map_or("", |next| next.trim());
        out.push((identifier(name), after.trim() == "critical", value.to_owned()));
    }
    out
}

fn alternative(text: &str) -> Option<String> {
    let found = extensions(text).into_iter().find(|(oid, _, _)| oid == "2.5.29.17");
    found.map(|(_, _, value)| value)
}

/// The dotted identifier of what OpenSSL calls by a name of its own.
fn identifier(name: &str) -> String {
    match NAMES.iter().find(|row| row.0 == name) {
        Some((_, oid)) => (*oid).to_owned(),
        None => name.to_owned(),
    }
}

const NAMES: [(&str, &str); 44] = [
    ("setCext-hashedRoot", "2.23.42.7.0"),
    ("Signing Tool of Issuer", "1.2.643.100.112"),
    ("Signing Tool of Subject", "1.2.643.100.111"),
    ("Professional Information or basis for Admission", "1.3.36.8.3.3"),
    ("rsaEncryption", "1.2.840.113549.1.1.1"),
    ("rsassaPss", "1.2.840.113549.1.1.10"),
    ("id-ecPublicKey", "1.2.840.10045.2.1"),
    ("dsaEncryption", "1.2.840.10040.4.1"),
    ("ED25519", "1.3.101.112"),
    ("ED448", "1.3.101.113"),
    ("X25519", "1.3.101.110"),
    ("GOST R 34.10-2001", "1.2.643.2.2.19"),
    ("X509v3 Subject Key Identifier", "2.5.29.14"),
    ("X509v3 Authority Key Identifier", "2.5.29.35"),
    ("X509v3 Basic Constraints", "2.5.29.19"),
    ("X509v3 Key Usage", "2.5.29.15"),
    ("X509v3 Extended Key Usage", "2.5.29.37"),
    ("X509v3 Subject Alternative Name", "2.5.29.17"),
    ("X509v3 Issuer Alternative Name", "2.5.29.18"),
    ("X509v3 Name Constraints", "2.5.29.30"),
    ("X509v3 CRL Distribution Points", "2.5.29.31"),
    ("X509v3 Freshest CRL", "2.5.29.46"),
    ("X509v3 Certificate Policies", "2.5.29.32"),
    ("X509v3 Policy Mappings", "2.5.29.33"),
    ("X509v3 Policy Constraints", "2.5.29.36"),
    ("X509v3 Inhibit Any Policy", "2.5.29.54"),
    ("X509v3 Private Key Usage Period", "2.5.29.16"),
    ("X509v3 Subject Directory Attributes", "2.5.29.9"),
    ("Authority Information Access", "1.3.6.1.5.5.7.1.1"),
    ("Subject Information Access", "1.3.6.1.5.5.7.1.11"),
    ("qcStatements", "1.3.6.1.5.5.7.1.3"),
    ("TLS Feature", "1.3.6.1.5.5.7.1.24"),
    ("OCSP No Check", "1.3.6.1.5.5.7.48.1.5"),
    ("CT Precertificate SCTs", "1.3.6.1.4.1.11129.2.4.2"),
    ("CT Precertificate Poison", "1.3.6.1.4.1.11129.2.4.3"),
    ("Netscape Cert Type", "2.16.840.1.113730.1.1"),
    ("Netscape Base Url", "2.16.840.1.113730.1.2"),
    ("Netscape Revocation Url", "2.16.840.1.113730.1.3"),
    ("Netscape CA Revocation Url", "2.16.840.1.113730.1.4"),
    ("Netscape Renewal Url", "2.16.840.1.113730.1.7"),
    ("Netscape CA Policy Url", "2.16.840.1.113730.1.8"),
    ("Netscape SSL Server Name", "2.16.840.1.113730.1.12"),
    ("Netscape Comment", "2.16.840.1.113730.1.13"),
    ("Microsoft certificate template", "1.3.6.1.4.1.311.20.2"),
];
