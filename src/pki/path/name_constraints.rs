//! Name constraints of the CAs in a path against the names below them (RFC 5280 section 4.2.1.10).
//!
//! Minimum and maximum, which RFC 5280 forbids, and kinds of names without a rule make a constraint unjudgeable.

use super::{Link, PathProblem};
use crate::certificate::Certificate;
use crate::extension::oids;
use crate::name::{AttributeKind, DistinguishedName};
use crate::tlv::{self, Cursor, Tlv};

const OTHER: u8 = 0xa0;
const EMAIL: u8 = 0x81;
const DNS: u8 = 0x82;
const DIRECTORY: u8 = 0xa4;
const URI: u8 = 0x86;
const IP: u8 = 0x87;

/// A name or the base of a constraint: tag octet and content.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    tag: u8,
    content: Vec<u8>,
}

#[derive(Debug, Default)]
struct Constraints {
    permitted: Vec<Name>,
    excluded: Vec<Name>,
}

/// Every name that a CA above it does not allow; `left` is the budget of comparisons.
pub(super) fn problems(path: &[&Link], left: &mut usize) -> Vec<PathProblem> {
    let mut out = Vec::new();
    for by in 0..path.len() {
        let certificate = &path[by].certificate;
        let Some(extension) = certificate.extension(oids::NAME_CONSTRAINTS) else {
            continue;
        };
        // Only CAs may carry them (RFC 5280 section 4.2.1.10).
        let constraints = read(&extension.value).filter(|_| certificate.is_ca());
        let Some(constraints) = constraints else {
            let oid = oids::NAME_CONSTRAINTS.to_owned();
            out.push(PathProblem::UndecodableExtension { at: by, oid });
            continue;
        };
        for (at, link) in path[..by].iter().enumerate() {
            // A self-issued certificate is exempt unless it is the last of the path, the leaf.
            if at > 0 && link.certificate.is_self_issued() {
                continue;
            }
            for name in names(&link.certificate) {
                let work = constraints.permitted.len() + constraints.excluded.len();
                match left.checked_sub(work) {
                    Some(rest) => *left = rest,
                    None => {
                        out.push(PathProblem::OutOfBudget);
                        return out;
                    }
                }
                if !constraints.allow(&name) {
                    let name = name.to_text();
                    out.push(PathProblem::NameConstraint { at, by, name });
                    break;
                }
            }
        }
    }
    out
}

/// ```text
/// NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] ... OPTIONAL }
/// GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
/// ```
fn read(value: &[u8]) -> Option<Constraints> {
    let mut fields = tlv::only(value, tlv::SEQUENCE, "name constraints").ok()?.inside();
    let mut lists = [Vec::new(), Vec::new()];
    let mut any = false;
    for (number, list) in [0, 1].into_iter().zip(&mut lists) {
        if let Some(trees) = fields.optional(tlv::explicit(number), "subtrees").ok()? {
            any = true;
            *list = subtrees(&trees)?;
        }
    }
    fields.end().ok()?;
    let [permitted, excluded] = lists;
    // RFC 5280 section 4.2.1.10: not an empty sequence.
    any.then_some(Constraints { permitted, excluded })
}

fn subtrees(list: &Tlv<'_>) -> Option<Vec<Name>> {
    let mut out = Vec::new();
    let mut trees: Cursor<'_> = list.inside();
    while !trees.is_empty() {
        let mut tree = trees.take(tlv::SEQUENCE, "subtree").ok()?.inside();
        let base = tree.any("base").ok()?;
        let name = Name { tag: base.tag, content: base.content.to_vec() };
        // Minimum and maximum may not be used.
        if !tree.is_empty() || !name.is_sound_base() {
            return None;
        }
        out.push(name);
    }
    (!out.is_empty()).then_some(out)
}

/// The names that constraints apply to: subject, alternative names, and mail addresses in the subject.
fn names(certificate: &Certificate) -> Vec<Name> {
    let mut out = Vec::new();
    let subject = certificate.subject();
    if !subject.is_empty() {
        out.push(Name { tag: DIRECTORY, content: subject.as_der().to_vec() });
    }
    if let Some(extension) = certificate.extension(oids::SUBJECT_ALT_NAME) {
        let list = tlv::only(&extension.value, tlv::SEQUENCE, "names");
        let mut list = match list {
            Ok(list) => list.inside(),
            Err(_) => Cursor::new(&[]),
        };
        while let Ok(name) = list.any("name") {
            out.push(Name { tag: name.tag, content: name.content.to_vec() });
        }
    }
    // RFC 5280: an address in the subject counts only where no alternative name is one.
    if !out.iter().any(|name| name.tag == EMAIL) {
        let attributes = subject.attributes().into_iter();
        let addresses = attributes.filter(|attribute| attribute.kind == AttributeKind::EmailAddress);
        out.extend(addresses.map(|address| Name { tag: EMAIL, content: address.value.into_bytes() }));
    }
    out
}

impl Constraints {
    fn allow(&self, name: &Name) -> bool {
        let same_kind = |base: &&Name| base.tag == name.tag;
        let mut permitted = self.permitted.iter().filter(same_kind).peekable();
        let mut excluded = self.excluded.iter().filter(same_kind).peekable();
        if permitted.peek().is_none() && excluded.peek().is_none() {
            return true;
        }
        // A malformed name, or a kind without a rule, cannot be shown to be allowed.
        if !name.is_sound() {
            return false;
        }
        let within = permitted.peek().is_none() || permitted.any(|base| name.lies_in(base, false));
        within && !excluded.any(|base| name.lies_in(base, true))
    }
}

impl Name {
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.content).ok().filter(|text| text.is_ascii())
    }

    fn to_text(&self) -> String {
        match self.tag {
            EMAIL | DNS | URI => String::from_utf8_lossy(&self.content).into_owned(),
            DIRECTORY => {
                directory(&self.content).map_or_else(|| "directory name".to_owned(), |name| name.rfc4514())
            }
            IP => address(&self.content).unwrap_or_else(|| "malformed address".to_owned()),
            OTHER => "other name".to_owned(),
            _ => format!("name of kind {}", self.tag & 0x1f),
        }
    }

    /// Whether the name itself is well-formed and of a kind with a rule.
    fn is_sound(&self) -> bool {
        match self.tag {
            DNS => self.text().is_some_and(is_host),
            EMAIL => self.text().is_some_and(|text| {
                text.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && is_host(host))
            }),
            URI => self.text().is_some_and(|text| uri_host(text).is_some()),
            IP => matches!(self.content.len(), 4 | 16),
            DIRECTORY => directory(&self.content).is_some(),
            _ => false,
        }
    }

    /// Whether the base of a constraint is well-formed; kinds without a rule are.
    fn is_sound_base(&self) -> bool {
        match self.tag {
            DNS | URI | EMAIL => self.text().is_some_and(|text| {
                let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
                let host = host.strip_prefix('.').unwrap_or(host);
                host.is_empty() || (is_host(host) && !host.starts_with('*'))
            }),
            IP => {
                let half = self.content.len() / 2;
                matches!(self.content.len(), 8 | 32) && is_mask(&self.content[half..])
            }
            DIRECTORY => directory(&self.content).is_some(),
            _ => true,
        }
    }

    fn lies_in(&self, base: &Name, excluding: bool) -> bool {
        match self.tag {
            DIRECTORY => match (directory(&base.content), directory(&self.content)) {
                (Some(base), Some(name)) => begins_with(&name, &base),
                _ => false,
            },
            IP => {
                let (network, mask) = base.content.split_at(base.content.len() / 2);
                network.len() == self.content.len()
                    && network
                        .iter()
                        .zip(mask)
                        .zip(&self.content)
                        .all(|((network, mask), octet)| network & mask == octet & mask)
            }
            _ => {
                let (Some(base), Some(name)) = (base.text(), self.text()) else {
                    return false;
                };
                match self.tag {
                    DNS => host_lies_in(name, base, excluding),
                    EMAIL => mail_lies_in(name, base),
                    URI => uri_host(name).is_some_and(|host| domain_lies_in(host, base)),
                    _ => false,
                }
            }
        }
    }
}

fn directory(content: &[u8]) -> Option<DistinguishedName> {
    DistinguishedName::from_der(content).ok()
}

fn address(content: &[u8]) -> Option<String> {
    if let Ok(four) = <[u8; 4]>::try_from(content) {
        return Some(std::net::Ipv4Addr::from(four).to_string());
    }
    Some(std::net::Ipv6Addr::from(<[u8; 16]>::try_from(content).ok()?).to_string())
}

/// Whether the octets are ones followed by zeros.
fn is_mask(mask: &[u8]) -> bool {
    let ones: u32 = mask.iter().map(|octet| octet.leading_ones()).sum();
    let set: u32 = mask.iter().map(|octet| octet.count_ones()).sum();
    let first_zero = mask.iter().position(|octet| *octet != 0xff).unwrap_or(mask.len());
    ones == set && mask.iter().skip(first_zero + 1).all(|octet| *octet == 0)
}

/// A host name as certificates carry it, perhaps with `*` as its first label.
fn is_host(text: &str) -> bool {
    let rest = text.strip_prefix("*.").unwrap_or(text);
    !rest.is_empty()
        && text.len() <= 253
        && rest.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
        })
}

/// Zero or more labels in front of the base; an excluded base also meets the wildcard that may stand for it.
fn host_lies_in(name: &str, base: &str, excluding: bool) -> bool {
    let base = base.strip_prefix('.').unwrap_or(base);
    if let Some(parent) = name.strip_prefix("*.").filter(|_| excluding) {
        let covers = base.split_once('.').is_some_and(|(_, above)| above.eq_ignore_ascii_case(parent));
        if covers {
            return true;
        }
    }
    ends_with_labels(name, base)
}

fn ends_with_labels(name: &str, base: &str) -> bool {
    if base.is_empty() || name.eq_ignore_ascii_case(base) {
        return true;
    }
    let Some(start) = name.len().checked_sub(base.len()) else {
        return false;
    };
    start > 0 && name.as_bytes()[start - 1] == b'.' && name[start..].eq_ignore_ascii_case(base)
}

/// A host itself, or any host in a domain when the base begins with a dot.
fn domain_lies_in(host: &str, base: &str) -> bool {
    match base.strip_prefix('.') {
        Some(domain) => host.len() > domain.len() && ends_with_labels(host, domain),
        None => base.is_empty() || host.eq_ignore_ascii_case(base),
    }
}

/// One mailbox, all mailboxes on a host, or all in a domain.
fn mail_lies_in(name: &str, base: &str) -> bool {
    let Some((local, host)) = name.rsplit_once('@') else {
        return false;
    };
    match base.rsplit_once('@') {
        Some((mailbox, at)) => mailbox == local && at.eq_ignore_ascii_case(host),
        None => domain_lies_in(host, base),
    }
}

/// The host of a URI with an authority; addresses have no rule and give nothing.
fn uri_host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    (is_host(host) && host.parse::<std::net::Ipv4Addr>().is_err()).then_some(host)
}

/// Whether the relative names of `base` are the first of `name`.
fn begins_with(name: &DistinguishedName, base: &DistinguishedName) -> bool {
    // The comparable form is one SET for each relative name, so a prefix of it is a prefix of the name.
    name.comparable().starts_with(&base.comparable())
}
