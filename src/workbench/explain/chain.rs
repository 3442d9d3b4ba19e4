//! Words for what is wrong with a chain, and with a name.

use super::Advice;
use certwright_pki::path::{Link, PathProblem};
use certwright_pki::peer_name::NameMatch;

/// A server that sent no certificate.
pub fn no_certificate_sent() -> Advice {
    Advice::new(
        "The server sent no certificate.",
        "There is nothing to verify.",
        "Bind a certificate to this port at the server.",
    )
}

/// Words for a problem of a path.
pub fn path_problem(problem: &PathProblem, path: &[Link]) -> Advice {
    let name = |at: usize| {
        path.get(at).map(|link| crate::desk::certificate_label(&link.certificate)).unwrap_or_default()
    };
    let end = |at: usize| path.get(at).map(|link| link.certificate.validity());
    match problem {
        PathProblem::Expired { at } => Advice::new(
            format!("{} has expired.", name(*at)),
            end(*at)
                .map(|validity| format!("It was valid until {}.", validity.not_after))
                .unwrap_or_default(),
            "Renew it; or correct the clock, if that is what is wrong.",
        ),
        PathProblem::NotYetValid { at } => Advice::new(
            format!("{} is not valid yet.", name(*at)),
            end(*at).map(|validity| format!("It is valid from {}.", validity.not_before)).unwrap_or_default(),
            "Wait until then; or correct the clock, if that is what is wrong.",
        ),
        PathProblem::BadSignature { at } => Advice::new(
            format!("The signature of {} does not verify.", name(*at)),
            "It was not made by the key of the issuer that is shown above it, or the certificate was changed.",
            "Get the certificate again, and the issuer’s present certificate.",
        ),
        PathProblem::UnsupportedSignature { at, oid } => Advice::new(
            format!("The signature of {} can’t be checked here.", name(*at)),
            format!("Its algorithm is {oid}."),
            "Verify it with a program that knows this algorithm.",
        ),
        PathProblem::EngineFailed { at } => Advice::new(
            format!("The signature of {} could not be checked.", name(*at)),
            "The browser’s cryptography broke off.",
            "Try again.",
        ),
        PathProblem::WeakSignature { at, .. } => Advice::new(
            format!("The signature of {} is too weak.", name(*at)),
            "It uses a hash that can be forged, SHA-1 or older.",
            "Have it issued again with SHA-256.",
        ),
        PathProblem::AlgorithmMismatch { at } => Advice::new(
            format!("{} contradicts itself.", name(*at)),
            "It names one signature algorithm inside and another outside (RFC 5280 section 4.1.1.2).",
            "Have it issued again.",
        ),
        PathProblem::NotACa { at } => Advice::new(
            format!("{} is no authority.", name(*at)),
            "It issued a certificate, but its basic constraints don’t allow that.",
            "Find out who issued the certificate below it, and don’t trust this one.",
        ),
        PathProblem::PathLengthExceeded { at } => Advice::new(
            format!("{} allows fewer authorities below it.", name(*at)),
            "Its path length is exceeded (RFC 5280 section 4.2.1.9).",
            "Have the certificate issued by an authority that is allowed to.",
        ),
        PathProblem::KeyUsage { at } => Advice::new(
            format!("{} must not sign certificates.", name(*at)),
            "Its key usage lacks keyCertSign (RFC 5280 section 4.2.1.3).",
            "Have the certificate issued by an authority that is allowed to.",
        ),
        PathProblem::NameConstraint { at, by, name: constrained } => Advice::new(
            format!("{} must not be named {constrained}.", name(*at)),
            format!("{} allows other names only (name constraints, RFC 5280 section 4.2.1.10).", name(*by)),
            "Choose a name within the constraints, or another authority.",
        ),
        PathProblem::UnknownCriticalExtension { at, oid } => Advice::new(
            format!("{} has a critical extension that is not understood.", name(*at)),
            format!("Its object identifier is {oid}. What is critical must be understood or refused."),
            "Verify it with a program that knows this extension.",
        ),
        PathProblem::UndecodableExtension { at, oid } => Advice::new(
            format!("{} has a damaged critical extension.", name(*at)),
            format!("Its object identifier is {oid}."),
            "Have it issued again.",
        ),
        PathProblem::DuplicateExtension { at, oid } => Advice::new(
            format!("{} has the same extension twice.", name(*at)),
            format!("Its object identifier is {oid} (RFC 5280 section 4.2)."),
            "Have it issued again.",
        ),
        PathProblem::MissingIssuer => Advice::new(
            "A certificate of the chain is missing.",
            "The server did not send it, the store does not hold it, and it is not on the desk.",
            "Bring the missing authority’s certificate; the name is below. The server should send the intermediate ones.",
        ),
        PathProblem::UntrustedRoot => Advice::new(
            "The chain is complete, but the store does not trust its root.",
            format!("Its root is {}.", name(path.len().saturating_sub(1))),
            "Import the root into the store, after you have compared its fingerprint.",
        ),
        PathProblem::ReissuedIssuer { at } => Advice::new(
            format!("The store holds an older {}.", name(*at)),
            "The name is the same, the key is another one: the certificate was made again, and the old one is still trusted.",
            "Take the old one out of the store, and import the new one.",
        ),
        PathProblem::OutOfBudget => Advice::new(
            "The search was given up.",
            "There are too many ways through these certificates.",
            "Keep only the certificates that belong to this chain.",
        ),
        other => Advice::new("The chain is not valid.", format!("{other:?}"), "Look at its certificates."),
    }
}

/// Words for a name that does not match; `None` if it does.
pub fn name_mismatch(name: &NameMatch) -> Option<Advice> {
    Some(match name {
        NameMatch::Matched { .. } => return None,
        NameMatch::CommonNameMismatch { typed, common_name, differs_in_case } => Advice::new(
            format!("“{typed}” is not the certificate’s common name."),
            match common_name {
                Some(name) if *differs_in_case => {
                    format!("It is “{name}”, and differs in capital letters only.")
                }
                Some(name) => format!("It is “{name}”."),
                None => "It has no common name.".into(),
            },
            "Type exactly this name, or have the certificate issued for the name that you type.",
        ),
        NameMatch::SanMismatch { typed, names, closest } => Advice::new(
            format!("“{typed}” is none of the certificate’s names."),
            match closest {
                Some(closest) => format!("The closest is “{closest}”. All of them: {}.", names.join(", ")),
                None => format!("They are: {}.", names.join(", ")),
            },
            "Type one of them, or have the certificate issued for the name that you type.",
        ),
        NameMatch::NoSan { typed, common_name } => Advice::new(
            format!("The certificate names no server, so it can’t be for “{typed}”."),
            match common_name {
                Some(name) => format!(
                    "It has no subject alternative name; its common name “{name}” does not count by this rule."
                ),
                None => "It has no subject alternative name.".into(),
            },
            "Have it issued with a subject alternative name.",
        ),
    })
}
