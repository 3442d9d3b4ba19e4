//! General names: the alternative names of certificates, as typed by people and as encoded.
//!
//! Leaves out matching a name against a certificate (`peer_name`) and names beyond ASCII: an
//! internationalised host name has to be given in its `xn--` form.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::error::{ErrorKind, Result};
use crate::name::DistinguishedName;
use crate::tlv::{self, Tlv};

mod typed;

const EMAIL: u8 = 1;
const DNS: u8 = 2;
const DIRECTORY: u8 = 4;
const URI: u8 = 6;
const IP: u8 = 7;

/// A `GeneralName` of [RFC 5280 section 4.2.1.6].
///
/// ```text
/// GeneralName ::= CHOICE {
///     otherName [0], rfc822Name [1] IA5String, dNSName [2] IA5String, x400Address [3],
///     directoryName [4] Name, ediPartyName [5], uniformResourceIdentifier [6] IA5String,
///     iPAddress [7] OCTET STRING, registeredID [8] OBJECT IDENTIFIER }
/// ```
///
/// [RFC 5280 section 4.2.1.6]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.6
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GeneralName {
    /// A host name.
    Dns(String),
    /// An address, four or sixteen octets.
    Ip(IpAddr),
    /// A mail address.
    Email(String),
    /// A uniform resource identifier.
    Uri(String),
    /// A distinguished name.
    Directory(DistinguishedName),
    /// Any other form, and one of the above whose content is malformed.
    Other {
        /// The first octet of its encoding.
        tag: u8,
        /// The content octets.
        bytes: Vec<u8>,
    },
}

impl GeneralName {
    /// Reads what a person types: an address, a host name, a mail address or a URI, with or without
    /// a prefix such as `DNS:`, `IP:`, `email:` or `URI:`.
    ///
    /// A host name is lower-cased and loses a final dot; a wildcard is taken only as the whole first label.
    ///
    /// # Errors
    /// [`ErrorKind::NameNotAscii`] when it holds letters beyond ASCII, [`ErrorKind::BadName`] when it is
    /// none of these.
    pub fn from_typed(typed: &str) -> Result<Self> {
        let typed = typed.trim();
<<<<<<< HEAD
        let value = typed.to_owned();
        let reason = if typed.is_ascii() {
            ErrorKind::BadName { value }
        } else {
            ErrorKind::NameNotAscii { value }
        };
        typed::read(typed).ok_or_else(|| reason.into())
=======
        let bad = || -> Error { ErrorKind::BadName { value: typed.to_owned() }.into() };
        let made = match split_prefix(typed) {
            Some((DNS, rest)) => host(rest).map(Self::Dns),
            Some((IP, rest)) => address(rest).map(Self::Ip),
            Some((EMAIL, rest)) => mail(rest).map(Self::Email),
            Some((_, rest)) => uri(rest).map(Self::Uri),
            None => address(typed)
                .map(Self::Ip)
                .or_else(|| uri(typed).map(Self::Uri))
                .or_else(|| mail(typed).map(Self::Email))
                .or_else(|| host(typed).map(Self::Dns)),
        };
        made.ok_or_else(bad)
>>>>>>> xtask
    }

    pub(crate) fn from_tlv(element: &Tlv<'_>) -> Self {
        let text = || {
            let text = std::str::from_utf8(element.content).ok()?;
            text.is_ascii().then(|| text.to_owned())
        };
        let known = if element.tag == tlv::explicit(DIRECTORY) {
            DistinguishedName::from_der(element.content).ok().map(Self::Directory)
        } else if element.tag == tlv::implicit(DNS) {
            text().map(Self::Dns)
        } else if element.tag == tlv::implicit(EMAIL) {
            text().map(Self::Email)
        } else if element.tag == tlv::implicit(URI) {
            text().map(Self::Uri)
        } else if element.tag == tlv::implicit(IP) {
            octets_address(element.content).map(Self::Ip)
        } else {
            None
        };
        known.unwrap_or_else(|| Self::Other { tag: element.tag, bytes: element.content.to_vec() })
    }

    /// The DER of the name.
    pub fn to_der(&self) -> Vec<u8> {
        match self {
            Self::Dns(name) => tlv::write(tlv::implicit(DNS), name.as_bytes()),
            Self::Email(mail) => tlv::write(tlv::implicit(EMAIL), mail.as_bytes()),
            Self::Uri(uri) => tlv::write(tlv::implicit(URI), uri.as_bytes()),
            Self::Ip(IpAddr::V4(ip)) => tlv::write(tlv::implicit(IP), &ip.octets()),
            Self::Ip(IpAddr::V6(ip)) => tlv::write(tlv::implicit(IP), &ip.octets()),
            Self::Directory(name) => tlv::write(tlv::explicit(DIRECTORY), name.as_der()),
            Self::Other { tag, bytes } => tlv::write(*tag, bytes),
        }
    }
}

impl fmt::Display for GeneralName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => write!(f, "DNS:{name}"),
            Self::Ip(ip) => write!(f, "IP:{ip}"),
            Self::Email(mail) => write!(f, "email:{mail}"),
            Self::Uri(uri) => write!(f, "URI:{uri}"),
            Self::Directory(name) => write!(f, "DirName:{name}"),
            Self::Other { tag, bytes } => {
                let form = match tag & 0x1f {
                    0 => "otherName",
                    1 => "email",
                    2 => "DNS",
                    3 => "X400Name",
                    4 => "DirName",
                    5 => "EdiPartyName",
                    6 => "URI",
                    7 => "IP",
                    8 => return write!(f, "RID:{}", tlv::dotted(bytes).unwrap_or_default()),
                    _ => "name",
                };
                write!(f, "{form}:#")?;
                bytes.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
        }
    }
}

<<<<<<< HEAD
=======
fn split_prefix(typed: &str) -> Option<(u8, &str)> {
    const PREFIXES: [(&str, u8); 6] =
        [("DNS", DNS), ("IP Address", IP), ("IP", IP), ("email", EMAIL), ("mailto", EMAIL), ("URI", URI)];
    let (prefix, rest) = typed.split_once(':')?;
    let prefix = prefix.trim();
    let row = PREFIXES.iter().find(|row| row.0.eq_ignore_ascii_case(prefix))?;
    Some((row.1, rest.trim()))
}

>>>>>>> xtask
fn octets_address(octets: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(Ipv4Addr::from(four).into());
    }
    let sixteen = <[u8; 16]>::try_from(octets).ok()?;
    Some(Ipv6Addr::from(sixteen).into())
}

<<<<<<< HEAD
#[cfg(test)]
mod tests;
=======
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn what_a_person_types_becomes_the_right_form() {
        for (typed, shown) in [
            ("cucm.example.com", "DNS:cucm.example.com"),
            (" CUCM.Example.com. ", "DNS:cucm.example.com"),
            ("dns: cucm", "DNS:cucm"),
            ("*.example.com", "DNS:*.example.com"),
            ("xn--mller-kva.example", "DNS:xn--mller-kva.example"),
            ("10.0.0.1", "IP:10.0.0.1"),
            ("IP:10.0.0.1", "IP:10.0.0.1"),
            ("IP Address:10.0.0.1", "IP:10.0.0.1"),
            ("2001:DB8::1", "IP:2001:db8::1"),
            ("[::1]", "IP:::1"),
            ("admin@example.com", "email:admin@example.com"),
            ("email:admin@example.com", "email:admin@example.com"),
            ("https://example.com/x", "URI:https://example.com/x"),
            ("URI:sip://a@b", "URI:sip://a@b"),
            ("urn:uuid:1", "URI:urn:uuid:1"),
        ] {
            assert_eq!(GeneralName::from_typed(typed).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for typed in [
            "",
            "a b",
            "a..b",
            ".a",
            "-a.b",
            "a-.b",
            "a_b.c",
            "*",
            "*.com",
            "a.*.c",
            "*a.b.c",
            "ä.example",
            "1.2.3.400",
            "IP:x",
            "DNS:a@b",
            "email:x",
            "@b.c",
            "a@",
            "a@b@c",
            "https://",
            "999",
            "a,b",
            "2001:db8::zz",
        ] {
            assert!(GeneralName::from_typed(typed).is_err(), "{typed:?}");
        }
        assert!(GeneralName::from_typed(&"a".repeat(64)).is_err());
    }

    #[test]
    fn every_form_survives_its_encoding() {
        let name = DistinguishedName::build(&[(crate::name::AttributeKind::CommonName, "x")]).unwrap();
        for name in [
            GeneralName::Dns("a.b".into()),
            GeneralName::Ip("1.2.3.4".parse().unwrap()),
            GeneralName::Ip("::1".parse().unwrap()),
            GeneralName::Email("a@b.c".into()),
            GeneralName::Uri("http://a".into()),
            GeneralName::Directory(name),
            GeneralName::Other { tag: 0xa0, bytes: vec![6, 1, 42] },
            GeneralName::Other { tag: 0x88, bytes: vec![42, 3] },
            GeneralName::Other { tag: 0x87, bytes: vec![1, 2, 3] },
            GeneralName::Other { tag: 0x82, bytes: vec![0xff] },
        ] {
            let der = name.to_der();
            let element = tlv::Cursor::new(&der).any("name").unwrap();
            assert_eq!(GeneralName::from_tlv(&element), name);
        }
    }
}
>>>>>>> xtask
