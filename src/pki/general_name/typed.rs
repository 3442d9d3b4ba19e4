//! Names as people type them: prefixes, and the rules for hosts, addresses, mail and URIs.
//!
//! Leaves out names beyond ASCII.

use std::net::{IpAddr, Ipv6Addr};

use super::{DNS, EMAIL, GeneralName, IP, URI};

/// The form of what was typed; `None` when it is no name.
pub(super) fn read(typed: &str) -> Option<GeneralName> {
    match split_prefix(typed) {
        Some((DNS, rest)) => host(rest).map(GeneralName::Dns),
        Some((IP, rest)) => address(rest).map(GeneralName::Ip),
        Some((EMAIL, rest)) => mail(rest).map(GeneralName::Email),
        Some((_, rest)) => uri(rest).map(GeneralName::Uri),
        None => address(typed)
            .map(GeneralName::Ip)
            .or_else(|| uri(typed).map(GeneralName::Uri))
            .or_else(|| mail(typed).map(GeneralName::Email))
            .or_else(|| host(typed).map(GeneralName::Dns)),
    }
}

fn split_prefix(typed: &str) -> Option<(u8, &str)> {
    const PREFIXES: [(&str, u8); 6] =
        [("DNS", DNS), ("IP Address", IP), ("IP", IP), ("email", EMAIL), ("mailto", EMAIL), ("URI", URI)];
    let (prefix, rest) = typed.split_once(':')?;
    let prefix = prefix.trim();
    let row = PREFIXES.iter().find(|row| row.0.eq_ignore_ascii_case(prefix))?;
    Some((row.1, rest.trim()))
}

fn address(typed: &str) -> Option<IpAddr> {
    let inner = typed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => typed.parse().ok(),
    }
}

/// A scheme, `://` and the rest without spaces (RFC 3986 section 3.1).
fn uri(typed: &str) -> Option<String> {
    let (scheme, rest) = typed.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(letters)
        && (rest.starts_with("//") && rest.len() > 2 || scheme.eq_ignore_ascii_case("urn"))
        && typed.bytes().all(|octet| octet.is_ascii_graphic());
    good.then(|| typed.to_owned())
}

fn mail(typed: &str) -> Option<String> {
    let (local, domain) = typed.rsplit_once('@')?;
    let good = !local.is_empty()
        && local.bytes().all(|octet| octet.is_ascii_graphic())
        && !local.contains(['@', ':', '/', ','])
        && host(domain).is_some_and(|domain| !domain.starts_with('*'));
    good.then(|| typed.to_owned())
}

/// A host name of RFC 1123 section 2.1, or `*.` and one of two labels or more.
fn host(typed: &str) -> Option<String> {
    let name = typed.strip_suffix('.').unwrap_or(typed);
    let plain = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let numeric = |label: &str| label.bytes().all(|octet| octet.is_ascii_digit());
    let good = name.len() <= 253
        && plain.split('.').all(label)
        && !plain.rsplit('.').next().is_some_and(numeric)
        && (plain.len() == name.len() || plain.contains('.'));
    good.then(|| name.to_ascii_lowercase())
}
