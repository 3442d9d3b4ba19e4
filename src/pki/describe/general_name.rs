//! General names in words, the registered forms of other names among them.
//!
//! Leaves out judging whether a name is one that its form allows, beyond what cannot be shown.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::margin::Margin;
use super::{Field, name, oid, punycode, value};
use crate::error::{Error, Result};
use crate::name::string;
use crate::tlv::{self, Tlv};

/// What the octets of an address stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    /// One host.
    Host,
    /// A network and its mask, as name constraints have it.
    Network,
}

/// Describes a `GeneralName` of RFC 5280 section 4.2.1.6.
///
/// # Errors
/// The element is none of the nine forms, or its inside is broken.
pub(crate) fn field(element: &Tlv<'_>, address: Address, margin: &mut Margin) -> Result<Field> {
    let at = element.range();
    let octets = element.content;
    let text = |name: &'static str, label: &'static str, margin: &mut Margin| {
        if !octets.is_ascii() || octets.contains(&0) {
            margin.note(format!("a {label} holds what is no ASCII text"), at.clone());
        }
        Field::new(name, label, value::ia5(octets)).at(at.clone())
    };
    Ok(match element.tag {
        0xa0 => other(element)?,
        0x81 => text("email", "Mail address", margin),
        0x82 => {
            let field = text("dns-name", "DNS name", margin);
            match punycode::unicode(&field.text) {
                Some(readable) => field.form("Unicode", readable),
                None => field,
            }
        }
        0x83 | 0xa3 => value::octets("x400-address", "X.400 address", octets, at),
        0xa4 => {
            let inner = element.inside().any("directory name")?;
            Field { at: Some(at), ..name::field("directory-name", "Directory name", &inner, margin) }
        }
        0xa5 => party(element)?,
        0x86 => text("uri", "URI", margin),
        0x87 => match address_text(octets, address) {
            Some(text) => Field::new("ip-address", "IP address", text).at(at),
            None => {
                margin.note(format!("an IP address of {} octets", octets.len()), at.clone());
                value::octets("ip-address", "IP address", octets, at)
            }
        },
        0x88 => {
            let dotted =
                tlv::dotted(octets).ok_or_else(|| Error::der("registered identifier", at.clone()))?;
            let text = oid::name(&dotted).map_or_else(|| dotted.clone(), str::to_owned);
            Field::new("registered-id", "Registered identifier", text).at(at).oid(dotted)
        }
        _ => return Err(Error::der("general name", at)),
    })
}

/// Describes each of `GeneralNames`.
///
/// # Errors
/// One of them is broken; those before it are kept.
pub(crate) fn list(element: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    margin.parts(field, element.inside(), "name", |element, margin| {
        self::field(&element, Address::Host, margin)
    })
}

fn address_text(octets: &[u8], address: Address) -> Option<String> {
    let four = |octets: &[u8]| <[u8; 4]>::try_from(octets).ok().map(Ipv4Addr::from);
    let sixteen = |octets: &[u8]| <[u8; 16]>::try_from(octets).ok().map(Ipv6Addr::from);
    match (address, octets.len()) {
        (Address::Host, 4) => four(octets).map(|ip| ip.to_string()),
        (Address::Host, 16) => sixteen(octets).map(|ip| ip.to_string()),
        (Address::Network, 8) => {
            let (network, mask) = (four(&octets[..4])?, four(&octets[4..])?);
            Some(network_text(&network.to_string(), &mask.to_string(), u128::from(mask.to_bits()) << 96))
        }
        (Address::Network, 32) => {
            let (network, mask) = (sixteen(&octets[..16])?, sixteen(&octets[16..])?);
            Some(network_text(&network.to_string(), &mask.to_string(), mask.to_bits()))
        }
        _ => None,
    }
}

/// `10.0.0.0/8`, or with the mask itself when it has gaps.
fn network_text(network: &str, mask: &str, bits: u128) -> String {
    let length = bits.leading_ones();
    let gapless = bits.count_ones() == length;
    if gapless { format!("{network}/{length}") } else { format!("{network} mask {mask}") }
}

/// Reads `EDIPartyName`.
fn party(element: &Tlv<'_>) -> Result<Field> {
    let mut parts = element.inside();
    let mut field = Field::group("edi-party-name", "EDI party name", Vec::new()).at(element.range());
    if let Some(assigner) = parts.optional(tlv::explicit(0), "name assigner")? {
        let inner = assigner.inside().any("name assigner")?;
        field.fields.push(value::string("assigner", "Assigner", &inner)?);
    }
    let party = parts.take(tlv::explicit(1), "party name")?.inside().any("party name")?;
    parts.end()?;
    field.fields.push(value::string("party", "Party", &party)?);
    Ok(field)
}

/// Reads `OtherName`: a type and a value that only the type explains.
fn other(element: &Tlv<'_>) -> Result<Field> {
    let mut parts = element.inside();
    let oid_element = parts.take(tlv::OID, "type of other name")?;
    let dotted = value::dotted(&oid_element)?;
    let wrapper = parts.take(tlv::explicit(0), "other name")?;
    let mut wrapped = wrapper.inside();
    let inner = wrapped.any("other name")?;
    wrapped.end()?;
    parts.end()?;
    let label = oid::name(&dotted).unwrap_or("Other name");
    let mut field = Field::new("other-name", label, "").at(element.range()).oid(dotted.clone());
    let known = match dotted.as_str() {
        "1.3.6.1.5.2.2" => kerberos(&inner),
        "1.3.6.1.5.5.7.8.4" => hardware_module(&inner),
        "1.3.6.1.5.5.7.8.3" => permanent_identifier(&inner),
        "1.3.6.1.4.1.311.25.1" => guid(&inner),
        // An account's identifier is text (`S-1-5-21-…`) in octets.
        "1.3.6.1.4.1.311.25.2.1" => Some(value::ia5(inner.content)),
        _ => None,
    };
    match known.or_else(|| string(&inner)) {
        Some(text) => {
            field.text = text;
            if string(&inner).is_some() {
                field.encoding = value::type_name(inner.tag).into();
            }
        }
        None => {
            let shown = value::any("value", "Value", &inner);
            field.text = shown.text;
            field.forms = shown.forms;
        }
    }
    Ok(field)
}

/// `KRB5PrincipalName` of RFC 4556 section 3.2.2, as `name/instance@REALM`.
fn kerberos(element: &Tlv<'_>) -> Option<String> {
    let mut parts = element.expect(tlv::SEQUENCE, "principal").ok()?.inside();
    let realm = parts.take(tlv::explicit(0), "realm").ok()?.inside().any("realm").ok()?;
    let principal = parts.take(tlv::explicit(1), "principal").ok()?.inside().any("principal").ok()?;
    let mut principal = principal.inside();
    principal.take(tlv::explicit(0), "type").ok()?;
    let mut names = principal.take(tlv::explicit(1), "names").ok()?.inside().any("names").ok()?.inside();
    let mut out = String::new();
    while !names.is_empty() {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(&value::ia5(names.any("name").ok()?.content));
    }
    out.push('@');
    out.push_str(&value::ia5(realm.content));
    Some(out)
}

/// `HardwareModuleName` of RFC 4108 section 5.
fn hardware_module(element: &Tlv<'_>) -> Option<String> {
    let mut parts = element.expect(tlv::SEQUENCE, "hardware module").ok()?.inside();
    let kind = value::dotted(&parts.any("type").ok()?).ok()?;
    let serial = parts.take(tlv::OCTET_STRING, "serial number").ok()?;
    Some(format!("type {kind}, serial number {}", value::abridged(serial.content)))
}

/// `PermanentIdentifier` of RFC 4043 section 2.
fn permanent_identifier(element: &Tlv<'_>) -> Option<String> {
    let mut parts = element.expect(tlv::SEQUENCE, "permanent identifier").ok()?.inside();
    let mut out = String::new();
    if let Some(value) = parts.optional(tlv::UTF8_STRING, "identifier").ok()? {
        out = string(&value)?;
    }
    if let Some(assigner) = parts.optional(tlv::OID, "assigner").ok()? {
        let assigner = value::dotted(&assigner).ok()?;
        let separator = if out.is_empty() { "" } else { ", " };
        out = format!("{out}{separator}assigned by {assigner}");
    }
    Some(out)
}

/// A GUID as Microsoft writes it: the first three groups have their low octet first.
pub(crate) fn guid(element: &Tlv<'_>) -> Option<String> {
    let octets = <[u8; 16]>::try_from(element.content).ok()?;
    let [a, b, c, d, e, f, g, h, i, j, rest @ ..] = octets;
    let [k, l, m, n, o, p] = rest;
    Some(format!(
        "{d:02x}{c:02x}{b:02x}{a:02x}-{f:02x}{e:02x}-{h:02x}{g:02x}-{i:02x}{j:02x}-{k:02x}{l:02x}{m:02x}{n:02x}{o:02x}{p:02x}"
    ))
}
