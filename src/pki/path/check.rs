//! Checks a whole path link by link (RFC 5280 section 6.1), without stopping at the first problem.
//!
//! Signatures are the business of `search`.

use super::{Link, PathProblem, name_constraints};
use crate::certificate::Certificate;
use crate::extension::{KeyUsage, oids};
use crate::signature::HashAlgorithm;
use crate::time::UnixTime;
use std::collections::HashSet;

/// Critical extensions that are judged here or by whoever asks for a purpose or a name.
const KNOWN: [&str; 9] = [
    oids::BASIC_CONSTRAINTS,
    oids::KEY_USAGE,
    oids::EXTENDED_KEY_USAGE,
    oids::SUBJECT_ALT_NAME,
    oids::ISSUER_ALT_NAME,
    oids::NAME_CONSTRAINTS,
    oids::SUBJECT_KEY_IDENTIFIER,
    oids::AUTHORITY_KEY_IDENTIFIER,
    oids::CERTIFICATE_POLICIES,
];

/// Laxer than RFC 5280 section 6.1.4 (k), like OpenSSL: a self-signed version 1 certificate in the store is a CA,
/// because old private roots have no extensions.
const ALLOW_VERSION_1_ANCHORS: bool = true;

/// Everything wrong with the certificates of a path, leaf first. Laxer than RFC 5280 is only what the constants say;
/// stricter is that the trust anchor is checked as any other CA.
pub(super) fn problems(
    path: &[&Link],
    anchored: bool,
    now: UnixTime,
    comparisons: &mut usize,
) -> Vec<PathProblem> {
    let mut out = Vec::new();
    for (at, link) in path.iter().enumerate() {
        let certificate = &link.certificate;
        let validity = certificate.validity();
        if now < validity.not_before {
            out.push(PathProblem::NotYetValid { at });
        } else if now > validity.not_after {
            out.push(PathProblem::Expired { at });
        }
        // The end of a path is trusted, or not, for what it is, and not for its signature.
        let last = at + 1 == path.len();
        if !last && certificate.signature_algorithm().hash() == Some(HashAlgorithm::Sha1) {
            out.push(PathProblem::WeakSignature { at });
        }
        if !certificate.signature_algorithms_agree() {
            out.push(PathProblem::AlgorithmMismatch { at });
        }
        extensions(certificate, at, &mut out);
        if at > 0 {
            issuer(certificate, at, anchored && last, &mut out);
            path_length(path, at, &mut out);
        }
    }
    out.extend(name_constraints::problems(path, comparisons));
    out
}

fn extensions(certificate: &Certificate, at: usize, out: &mut Vec<PathProblem>) {
    let mut seen = HashSet::new();
    for extension in certificate.extensions() {
        let oid = extension.oid.clone();
        if !seen.insert(&extension.oid) {
            out.push(PathProblem::DuplicateExtension { at, oid });
        } else if extension.critical && !KNOWN.contains(&extension.oid.as_str()) {
            out.push(PathProblem::UnknownCriticalExtension { at, oid });
        } else if extension.critical && certificate.undecoded().contains(&extension.oid) {
            out.push(PathProblem::UndecodableExtension { at, oid });
        }
    }
}

fn issuer(certificate: &Certificate, at: usize, is_anchor: bool, out: &mut Vec<PathProblem>) {
    let old_root =
        ALLOW_VERSION_1_ANCHORS && is_anchor && certificate.version() < 3 && certificate.is_self_issued();
    if !certificate.is_ca() && !old_root {
        out.push(PathProblem::NotACa { at });
    }
    let usage = certificate.key_usage();
    if usage.is_some_and(|usage| !usage.contains(KeyUsage::KEY_CERT_SIGN)) {
        out.push(PathProblem::KeyUsage { at });
    }
}

/// Counts the CAs between an issuer and the leaf; self-issued ones do not count (RFC 5280 section 4.2.1.9).
fn path_length(path: &[&Link], at: usize, out: &mut Vec<PathProblem>) {
    let constraints = path[at].certificate.basic_constraints();
    let Some(limit) = constraints.and_then(|constraints| constraints.path_len) else {
        return;
    };
    let between = path[1..at].iter().filter(|link| !link.certificate.is_self_issued());
    if between.count() as u64 > u64::from(limit) {
        out.push(PathProblem::PathLengthExceeded { at });
    }
}
