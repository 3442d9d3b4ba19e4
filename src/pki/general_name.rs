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
        let value = typed.to_owned();
        let reason =
            if typed.is_ascii() { ErrorKind::BadName { value } } else { ErrorKind::NameNotAscii { value } };
        typed::read(typed).ok_or_else(|| reason.into())
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

fn octets_address(octets: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(Ipv4Addr::from(four).into());
    }
    let sixteen = <[u8; 16]>::try_from(octets).ok()?;
    Some(Ipv6Addr::from(sixteen).into())
}

#[cfg(test)]
mod tests;
