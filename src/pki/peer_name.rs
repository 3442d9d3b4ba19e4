//! Compares the name a client was told to reach with the names in a server's certificate, by a chosen rule.
//!
//! The name is taken as typed: nothing is resolved, and a port or a scheme is not stripped.

use crate::certificate::Certificate;
use crate::general_name::GeneralName;
use crate::name::AttributeKind;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How a client compares names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NameRule {
    /// The subject's common name, exactly as typed and without wildcards (Cisco Unified Presence 9.0).
    ///
    /// Stricter than DNS, which does not distinguish case: the product's guide asks for the identical value.
    ExactCommonName,
    /// The common name or an alternative name; `*` stands for exactly one label (Cisco IM and Presence 12.5).
    CommonNameOrSan,
    /// Alternative names only (RFC 9525 section 6); `*` as the whole first label stands for one label.
    SanOnly,
}

/// The outcome of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameMatch {
    /// A name fits.
    Matched {
        /// The name that fits, such as `DNS:mail.example.com` or `CN=mail.example.com`.
        by: String,
    },
    /// The rule looks at the common name, and it is another one.
    CommonNameMismatch {
        /// What was typed.
        typed: String,
        /// The common name; nothing when the subject has none.
        common_name: Option<String>,
        /// Whether it differs in case only.
        differs_in_case: bool,
    },
    /// No alternative name fits.
    SanMismatch {
        /// What was typed.
        typed: String,
        /// Every host name and address that was compared, the common name included where the rule allows it.
        names: Vec<String>,
        /// The one most like what was typed.
        closest: Option<String>,
    },
    /// The rule looks at alternative names only, and there is none for a host or an address.
    NoSan {
        /// What was typed.
        typed: String,
        /// A common name that would fit if the rule looked at it.
        common_name: Option<String>,
    },
}

impl NameMatch {
    /// Whether a name fits.
    #[must_use]
    pub fn is_match(&self) -> bool {
        matches!(self, NameMatch::Matched { .. })
    }
}

/// Most names that are looked through for the closest one.
const MAX_COMPARED: usize = 1_000;

/// Compares the typed name with the certificate's. White space around it is ignored, an IPv6 address may stand
/// in brackets, and addresses are compared as addresses.
#[must_use]
pub fn matches(certificate: &Certificate, typed: &str, rule: NameRule) -> NameMatch {
    let typed = typed.trim();
    let common_names = common_names(certificate);
    match rule {
        NameRule::ExactCommonName => exact(&common_names, typed),
        NameRule::CommonNameOrSan => {
            if let Some(name) = common_names.iter().find(|name| text_fits(name, typed)) {
                return matched("CN=", name);
            }
            alternative(certificate, typed).unwrap_or_else(|| {
                let names = hosts(certificate);
                if names.is_empty() {
                    mismatch(&common_names, typed)
                } else {
                    let common = common_names.iter().map(|name| format!("CN={name}"));
                    san_mismatch(typed, names.into_iter().chain(common).collect())
                }
            })
        }
        NameRule::SanOnly => alternative(certificate, typed).unwrap_or_else(|| {
            let names = hosts(certificate);
            if names.is_empty() {
                let fits = |name: &String| text_fits(name, typed);
                NameMatch::NoSan { typed: typed.to_owned(), common_name: common_names.into_iter().find(fits) }
            } else {
                san_mismatch(typed, names)
            }
        }),
    }
}

fn matched(prefix: &str, name: &str) -> NameMatch {
    NameMatch::Matched { by: format!("{prefix}{name}") }
}

/// All common names, the most specific (last) first.
fn common_names(certificate: &Certificate) -> Vec<String> {
    let attributes = certificate.subject().attributes();
    let names = attributes.into_iter().rev();
    names
        .filter(|attribute| attribute.kind == AttributeKind::CommonName)
        .map(|attribute| attribute.value)
        .collect()
}

fn exact(common_names: &[String], typed: &str) -> NameMatch {
    let same =
        |name: &&String| *name == typed || address(name).is_some_and(|found| address(typed) == Some(found));
    match common_names.iter().find(same) {
        Some(name) => matched("CN=", name),
        None => mismatch(common_names, typed),
    }
}

fn mismatch(common_names: &[String], typed: &str) -> NameMatch {
    let same = |name: &&String| name.eq_ignore_ascii_case(typed);
    let in_case = common_names.iter().find(same);
    NameMatch::CommonNameMismatch {
        typed: typed.to_owned(),
        common_name: in_case.or(common_names.first()).cloned(),
        differs_in_case: in_case.is_some(),
    }
}

/// Looks for a fitting alternative name.
fn alternative(certificate: &Certificate, typed: &str) -> Option<NameMatch> {
    let wanted = address(typed);
    let fits = |name: &&GeneralName| match (name, wanted) {
        (GeneralName::Ip(found), Some(wanted)) => *found == wanted,
        (GeneralName::Dns(pattern), None) => host_fits(pattern, typed),
        _ => false,
    };
    let found = certificate.subject_alt_names().iter().find(fits)?;
    Some(matched("", &found.to_string()))
}

/// The host names and addresses among the alternative names.
fn hosts(certificate: &Certificate) -> Vec<String> {
    let relevant = |name: &&GeneralName| matches!(name, GeneralName::Dns(_) | GeneralName::Ip(_));
    let names = certificate.subject_alt_names().iter().filter(relevant);
    names.map(ToString::to_string).collect()
}

fn san_mismatch(typed: &str, names: Vec<String>) -> NameMatch {
    let wanted = typed.to_ascii_lowercase();
    let compared = names.iter().take(MAX_COMPARED);
    let closest = compared.min_by_key(|name| {
        let bare = name.split_once([':', '=']).map_or(name.as_str(), |(_, bare)| bare);
        distance(&bare.to_ascii_lowercase(), &wanted)
    });
    NameMatch::SanMismatch { closest: closest.cloned(), typed: typed.to_owned(), names }
}

/// Reads an address, with or without the brackets of a URI.
fn address(text: &str) -> Option<IpAddr> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.unwrap_or(text).parse().ok()
}

/// A common name against what was typed: as addresses when both are, as host names when neither is.
fn text_fits(name: &str, typed: &str) -> bool {
    match (address(name), address(typed)) {
        (Some(name), Some(typed)) => name == typed,
        (None, None) => host_fits(name, typed),
        _ => false,
    }
}

/// A host name against a pattern (RFC 9525 section 6.3): case does not count, `*` only as the whole first label.
fn host_fits(pattern: &str, typed: &str) -> bool {
    // A final dot marks a name as complete; certificates never carry it.
    let typed = typed.strip_suffix('.').unwrap_or(typed);
    if typed.is_empty() || pattern.is_empty() {
        return false;
    }
    match pattern.strip_prefix("*.") {
        Some(parent) => typed.split_once('.').is_some_and(|(label, rest)| {
            !label.is_empty() && label != "*" && parent.contains('.') && rest.eq_ignore_ascii_case(parent)
        }),
        None => !pattern.contains('*') && pattern.eq_ignore_ascii_case(typed),
    }
}

/// Edits between two names, counted on at most 255 octets as long as DNS allows.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (a, b) = (&a[..a.len().min(255)], &b[..b.len().min(255)]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests;
