//! The value of an extension as text, whatever it holds; what no one decodes is told as its octets.

use certwright_pki::Certificate;
use certwright_pki::extension::{Extension, oids};
use std::fmt::{Display, Write};
use x509_parser::extensions::{
    AuthorityKeyIdentifier, CRLDistributionPoint, DistributionPointName, GeneralName, ParsedExtension,
    PolicyInformation, X509Extension,
};
use x509_parser::prelude::FromDer;

/// Writes the value of an extension.
pub fn describe(out: &mut String, certificate: &Certificate, extension: &Extension) {
    let start = out.len();
    let known = match extension.oid.as_str() {
        oids::SUBJECT_ALT_NAME => {
            listed(out, certificate.subject_alt_names());
            true
        }
        oids::EXTENDED_KEY_USAGE => match certificate.extended_key_usage() {
            Some(purposes) => {
                listed(out, purposes);
                true
            }
            None => false,
        },
        oids::KEY_USAGE => match certificate.key_usage() {
            Some(usage) => {
                listed(out, &usage.names());
                true
            }
            None => false,
        },
        oids::BASIC_CONSTRAINTS => match certificate.basic_constraints() {
            Some(constraints) => {
                let _ = write!(out, "CA:{}", constraints.ca);
                if let Some(length) = constraints.path_len {
                    let _ = write!(out, ", path length {length}");
                }
                true
            }
            None => false,
        },
        oids::SUBJECT_KEY_IDENTIFIER => match certificate.subject_key_identifier() {
            Some(identifier) => {
                hex(out, identifier);
                true
            }
            None => false,
        },
        _ => parsed(out, extension),
    };
    if !known {
        out.truncate(start);
        hex(out, &extension.value);
    }
}

/// Writes what the parser decodes; false if it does not know the extension or cannot decode it.
fn parsed(out: &mut String, extension: &Extension) -> bool {
    let Ok(der) = extension.to_der() else { return false };
    let Ok((_, whole)) = X509Extension::from_der(&der) else { return false };
    // Writing to a string cannot fail.
    let _ = match whole.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(found) => authority_key(out, found),
        ParsedExtension::CertificatePolicies(found) => found.iter().try_for_each(|one| policy(out, one)),
        ParsedExtension::CRLDistributionPoints(found) => found.iter().try_for_each(|one| point(out, one)),
        ParsedExtension::AuthorityInfoAccess(found) => found
            .accessdescs
            .iter()
            .try_for_each(|one| write!(out, "{} {}; ", one.access_method, one.access_location)),
        ParsedExtension::SubjectInfoAccess(found) => found
            .accessdescs
            .iter()
            .try_for_each(|one| write!(out, "{} {}; ", one.access_method, one.access_location)),
        ParsedExtension::IssuerAlternativeName(found) => names(out, &found.general_names),
        ParsedExtension::NameConstraints(found) => {
            let sides = [("permitted", &found.permitted_subtrees), ("excluded", &found.excluded_subtrees)];
            sides.iter().try_for_each(|(side, trees)| {
                let trees = trees.iter().flatten();
                trees.into_iter().try_for_each(|tree| write!(out, "{side} {}; ", tree.base))
            })
        }
        ParsedExtension::PolicyConstraints(found) => {
            write!(
                out,
                "explicit {:?}, mapping {:?}",
                found.require_explicit_policy, found.inhibit_policy_mapping
            )
        }
        ParsedExtension::PolicyMappings(found) => found.mappings.iter().try_for_each(|one| {
            write!(out, "{} = {}; ", one.issuer_domain_policy, one.subject_domain_policy)
        }),
        ParsedExtension::InhibitAnyPolicy(found) => write!(out, "after {}", found.skip_certs),
        ParsedExtension::NSCertType(found) => write!(out, "{found}"),
        ParsedExtension::NsCertComment(found) => out.write_str(found),
        ParsedExtension::SCT(found) => found.iter().try_for_each(|one| {
            hex(out, one.id.key_id);
            write!(
                out,
                " at {} signed {}.{} ",
                one.timestamp, one.signature.hash_alg_id, one.signature.sign_alg_id
            )?;
            hex(out, one.signature.data);
            out.write_str("; ")
        }),
        _ => return false,
    };
    true
}

fn authority_key(out: &mut String, found: &AuthorityKeyIdentifier<'_>) -> std::fmt::Result {
    if let Some(identifier) = &found.key_identifier {
        hex(out, identifier.0);
    }
    if let Some(issuer) = &found.authority_cert_issuer {
        out.write_str(" issuer ")?;
        names(out, issuer)?;
    }
    if let Some(serial) = found.authority_cert_serial {
        out.write_str(" serial ")?;
        hex(out, serial);
    }
    Ok(())
}

fn policy(out: &mut String, found: &PolicyInformation<'_>) -> std::fmt::Result {
    write!(out, "{}", found.policy_id)?;
    for qualifier in found.policy_qualifiers.iter().flatten() {
        write!(out, " ({} ", qualifier.policy_qualifier_id)?;
        match qualifier.qualifier {
            // A certification practice statement is one short IA5String.
            [0x16, length, text @ ..] if usize::from(*length) == text.len() => {
                out.push_str(&String::from_utf8_lossy(text));
            }
            other => hex(out, other),
        }
        out.push(')');
    }
    out.write_str("; ")
}

fn point(out: &mut String, found: &CRLDistributionPoint<'_>) -> std::fmt::Result {
    match &found.distribution_point {
        Some(DistributionPointName::FullName(full)) => names(out, full)?,
        Some(DistributionPointName::NameRelativeToCRLIssuer(relative)) => {
            for value in relative.iter() {
                write!(out, "{} = {}; ", value.attr_type(), value.as_str().unwrap_or("?"))?;
            }
        }
        None => {}
    }
    if let Some(reasons) = &found.reasons {
        write!(out, "reasons {:#x}; ", reasons.flags)?;
    }
    match &found.crl_issuer {
        Some(issuer) => names(out, issuer),
        None => Ok(()),
    }
}

fn names(out: &mut String, names: &[GeneralName<'_>]) -> std::fmt::Result {
    names.iter().try_for_each(|name| match name {
        GeneralName::URI(address) => {
            out.push_str("URI:");
            out.push_str(address);
            out.write_str("; ")
        }
        other => write!(out, "{other}; "),
    })
}

fn listed<T: Display>(out: &mut String, values: &[T]) {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        let _ = write!(out, "{value}");
    }
}

fn hex(out: &mut String, octets: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for octet in octets {
        out.push(char::from(DIGITS[usize::from(octet >> 4)]));
        out.push(char::from(DIGITS[usize::from(octet & 15)]));
    }
}
