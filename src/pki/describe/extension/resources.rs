//! Internet number resources: blocks of addresses and numbers of autonomous systems (RFC 3779, RFC 8360).
//!
//! Leaves out whether a block lies within that of the issuer.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Known;
use crate::describe::margin::Margin;
use crate::describe::{Field, value};
use crate::error::{Error, Result};
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: "1.3.6.1.5.5.7.1.7", name: "ip-address-blocks", decode: families },
    Known { oid: "1.3.6.1.5.5.7.1.28", name: "ip-address-blocks", decode: families },
    Known { oid: "1.3.6.1.5.5.7.1.8", name: "as-numbers", decode: systems },
    Known { oid: "1.3.6.1.5.5.7.1.29", name: "as-numbers", decode: systems },
];

fn families(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "address blocks")?.inside();
    margin.parts(field, list, "address family", |family, margin| {
        let mut parts = family.expect(tlv::SEQUENCE, "address family")?.inside();
        let number = parts.take(tlv::OCTET_STRING, "address family")?;
        let (kind, label) = match number.content {
            [0, 1, rest @ ..] => (4, labelled("IPv4", rest)),
            [0, 2, rest @ ..] => (6, labelled("IPv6", rest)),
            other => (0, format!("Address family {}", value::colons(other))),
        };
        let mut field = Field::group("address-family", label, Vec::new()).at(family.range());
        let choice = parts.any("addresses")?;
        parts.end()?;
        if choice.tag == tlv::NULL {
            field.text = "inherited from the issuer".to_owned();
            return Ok(field);
        }
        let list = choice.expect(tlv::SEQUENCE, "addresses")?.inside();
        margin.parts(&mut field, list, "address", |one, _| {
            let text = if one.tag == tlv::SEQUENCE {
                let mut ends = one.inside();
                let first = ends.take(tlv::BIT_STRING, "first address")?;
                let last = ends.take(tlv::BIT_STRING, "last address")?;
                ends.end()?;
                format!("{} – {}", address(&first, kind, 0)?.0, address(&last, kind, 0xff)?.0)
            } else {
                let (address, bits) = address(&one.expect(tlv::BIT_STRING, "address")?, kind, 0)?;
                format!("{address}/{bits}")
            };
            Ok(Field::new("addresses", "Addresses", text).at(one.range()))
        })?;
        Ok(field)
    })
}

/// With the subsequent address family identifier (RFC 3779 section 2.2.3.3), if there is one.
fn labelled(family: &str, subsequent: &[u8]) -> String {
    match subsequent {
        [] => family.to_owned(),
        [1] => format!("{family} unicast"),
        [2] => format!("{family} multicast"),
        other => format!("{family}, kind {}", value::colons(other)),
    }
}

/// The address of which the BIT STRING has the leading bits, the others filled, and how many there are.
fn address(element: &Tlv<'_>, kind: u8, fill: u8) -> Result<(String, usize)> {
    let broken = || Error::der("address", element.range());
    let (&unused, octets) = element.content.split_first().ok_or_else(broken)?;
    let width = if kind == 4 { 4 } else { 16 };
    if unused > 7 || octets.len() > width || (octets.is_empty() && unused > 0) {
        return Err(broken());
    }
    let mut whole = [fill; 16];
    whole[..octets.len()].copy_from_slice(octets);
    if let Some(last) = octets.len().checked_sub(1) {
        let open = (1u16 << unused) as u8;
        let open = open.wrapping_sub(1);
        whole[last] = whole[last] & !open | fill & open;
    }
    let [a, b, c, d, ..] = whole;
    let text = match kind {
        4 => Ipv4Addr::new(a, b, c, d).to_string(),
        6 => Ipv6Addr::from(whole).to_string(),
        _ => value::colons(octets),
    };
    Ok((text, octets.len() * 8 - usize::from(unused)))
}

fn systems(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "autonomous systems")?.inside();
    for (number, name, label) in
        [(0, "as-number", "Autonomous systems"), (1, "routing-domain", "Routing domains")]
    {
        let Some(wrapper) = parts.optional(tlv::explicit(number), "autonomous systems")? else {
            continue;
        };
        let choice = wrapper.inside().any("autonomous systems")?;
        if choice.tag == tlv::NULL {
            field.fields.push(Field::new(name, label, "inherited from the issuer").at(wrapper.range()));
            continue;
        }
        let list = choice.expect(tlv::SEQUENCE, "autonomous systems")?.inside();
        margin.parts(field, list, "autonomous system", |one, _| {
            let number = |element: &Tlv<'_>| value::integer("number", "Number", element).text;
            let text = if one.tag == tlv::SEQUENCE {
                let mut ends = one.inside();
                let first = ends.take(tlv::INTEGER, "first number")?;
                let last = ends.take(tlv::INTEGER, "last number")?;
                ends.end()?;
                format!("{} – {}", number(&first), number(&last))
            } else {
                number(&one.expect(tlv::INTEGER, "number")?)
            };
            Ok(Field::new(name, label, text).at(one.range()))
        })?;
    }
    parts.end()
}
