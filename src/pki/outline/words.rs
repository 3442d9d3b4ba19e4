//! The value of an element put short, and what names a structure.
//!
//! Leaves out everything that is not said in one line.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::place::Place;
use super::schema::{self, NAME, REVOKED};
use super::walk::Raw;
use crate::certificate::hex;
use crate::describe::{oid, value};
use crate::name::{AttributeKind, string};
use crate::schema::Type;
use crate::tlv::{self, Cursor, Tlv};
use crate::{DistinguishedName, Kind};

/// Longer texts and octets are cut.
const LONGEST: usize = 80;
/// Octets of a value that may be secret, for all that is known of its kind, are shown up to here.
const LONGEST_GUARDED: usize = 20;

/// How much of the values may be put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    /// All.
    Open,
    /// Those that are short: salts and counts, but no keys.
    Guarded,
    /// None but object identifiers and versions.
    Closed,
}

impl Openness {
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Unknown => Self::Guarded,
            kind if kind.needs_password() => Self::Guarded,
            kind if kind.is_secret() => Self::Closed,
            _ => Self::Open,
        }
    }
}

/// The name of an element's type.
pub(super) fn label(raw: &Raw) -> Cow<'static, str> {
    let Some(tag) = raw.tag else { return Cow::Borrowed("") };
    let class = match tag.class {
        crate::ber::Class::Universal if tag.number < 31 => {
            let form = if matches!(tag.number, 16 | 17) { 0x20 } else { 0 };
            let name = value::type_name(tag.number as u8 | form);
            if !name.is_empty() {
                return Cow::Borrowed(name);
            }
            "UNIVERSAL "
        }
        crate::ber::Class::Universal => "UNIVERSAL ",
        crate::ber::Class::Application => "APPLICATION ",
        crate::ber::Class::ContextSpecific => "",
        crate::ber::Class::Private => "PRIVATE ",
    };
    Cow::Owned(format!("[{class}{}]", tag.number))
}

/// The words of an element, and the dotted form of an object identifier.
pub(super) fn of(
    bytes: &[u8],
    raw: &Raw,
    place: &Place,
    has_elements: bool,
    openness: Openness,
) -> (String, Option<String>) {
    let content = &bytes[raw.content.clone()];
    let Some(tag) = raw.tag.filter(|tag| tag.number < 31) else {
        return (guarded(content, openness, shortened), None);
    };
    if tag.constructed {
        return structure(&bytes[raw.whole.clone()], place);
    }
    if has_elements {
        return (String::new(), None);
    }
    let first = bytes[raw.whole.start];
    let own = place.of.and_then(schema::own_tag).filter(|_| first & 0xc0 != 0);
    primitive(own.unwrap_or(first), content, place, openness)
}

/// A structure is named by the identifier that it begins with; a name by itself, a revoked entry by its number.
fn structure(whole: &[u8], place: &Place) -> (String, Option<String>) {
    let mut cursor = Cursor::new(whole);
    let Ok(element) = cursor.any("structure") else { return (String::new(), None) };
    if place.of.is_some_and(|of| std::ptr::eq(of, &NAME)) && whole.len() < 2048 {
        let name = DistinguishedName::from_der(whole);
        return (name.map_or_else(|_| String::new(), |name| cut(&name.rfc4514())), None);
    }
    let Ok(first) = element.inside().any("member") else { return (String::new(), None) };
    if place.of.is_some_and(|of| std::ptr::eq(of, &REVOKED)) {
        return (shortened(first.content), None);
    }
    match first.tag {
        tlv::OID => {
            let dotted = tlv::dotted(first.content);
            (dotted.as_deref().map_or_else(String::new, named), dotted)
        }
        tlv::SEQUENCE if element.tag == tlv::SET => (attribute(&first).unwrap_or_default(), None),
        _ => (String::new(), None),
    }
}

/// `CN=example` for the first value of a relative distinguished name.
fn attribute(pair: &Tlv<'_>) -> Option<String> {
    let mut parts = pair.inside();
    let kind = AttributeKind::from_oid(&tlv::dotted(parts.take(tlv::OID, "type").ok()?.content)?);
    let text = string(&parts.any("value").ok()?)?;
    Some(format!("{}={}", kind.short_name(), cut(&text)))
}

fn primitive(tag: u8, content: &[u8], place: &Place, openness: Openness) -> (String, Option<String>) {
    let octets = |content: &[u8]| (guarded(content, openness, shortened), None);
    match tag {
        tlv::OID => match tlv::dotted(content) {
            Some(dotted) => (named(&dotted), Some(dotted)),
            None => octets(content),
        },
        tlv::NULL if content.is_empty() => ("NULL".to_owned(), None),
        tlv::BOOLEAN => {
            (if content.iter().any(|octet| *octet != 0) { "true" } else { "false" }.to_owned(), None)
        }
        tlv::INTEGER | tlv::ENUMERATED if content.len() <= 1 => (number(content, place), None),
        tlv::INTEGER | tlv::ENUMERATED => {
            (guarded(content, openness, |content| number(content, place)), None)
        }
        tlv::BIT_STRING => match (content.split_first(), place.of) {
            (Some((_, bits)), Some(Type::Flags(names))) => (flags(bits, names), None),
            (Some((0, bits)), _) => octets(bits),
            (Some((unused, bits)), _) => {
                (format!("{} ({unused} bits unused)", guarded(bits, openness, shortened)), None)
            }
            (None, _) => octets(content),
        },
        tlv::OCTET_STRING if place.name == "ip-address" => (address(content), None),
        tlv::OCTET_STRING => octets(content),
        _ => (guarded(content, openness, |content| text(tag, content)), None),
    }
}

/// A value, or only its size where it may be secret.
fn guarded(content: &[u8], openness: Openness, words: impl FnOnce(&[u8]) -> String) -> String {
    let hidden = match openness {
        Openness::Open => false,
        Openness::Guarded => content.len() > LONGEST_GUARDED,
        Openness::Closed => true,
    };
    if hidden { format!("{} bytes, not shown", content.len()) } else { words(content) }
}

fn number(content: &[u8], place: &Place) -> String {
    if let (Some(Type::Named(names) | Type::Enumerated(names)), [value]) = (place.of, content)
        && let Some((_, name)) = names.iter().find(|row| row.0 == *value)
    {
        return format!("{value} ({name})");
    }
    match content.len() {
        0 => "empty".to_owned(),
        1..=8 if !matches!(place.of, Some(Type::Number)) => {
            let start = if content[0] >= 0x80 { -1i64 } else { 0 };
            content.iter().fold(start, |sum, octet| sum << 8 | i64::from(*octet)).to_string()
        }
        _ => shortened(content),
    }
}

fn flags(bits: &[u8], names: &[&str]) -> String {
    let is_set = |bit: &usize| bits.get(bit / 8).is_some_and(|octet| octet & (0x80 >> (bit % 8)) != 0);
    let set: Vec<&str> = (0..names.len()).filter(is_set).map(|bit| names[bit]).collect();
    if set.is_empty() { "none".to_owned() } else { set.join(", ") }
}

fn address(content: &[u8]) -> String {
    match (<[u8; 4]>::try_from(content), <[u8; 16]>::try_from(content)) {
        (Ok(four), _) => Ipv4Addr::from(four).to_string(),
        (_, Ok(sixteen)) => Ipv6Addr::from(sixteen).to_string(),
        _ => shortened(content),
    }
}

/// Strings and times by their type; under a tag that says nothing, text where it is text.
fn text(tag: u8, content: &[u8]) -> String {
    let whole = tlv::write(tag, &content[..content.len().min(LONGEST * 4)]);
    let mut cursor = Cursor::new(&whole);
    let known = cursor.any("value").ok().and_then(|element| match tag {
        tlv::UTC_TIME | tlv::GENERALIZED_TIME => Some(value::time("", "", &element).ok()?.text),
        _ => string(&element),
    });
    let is_text = |octet: &u8| (0x20..0x7f).contains(octet);
    match known {
        Some(text) => cut(&text),
        None if content.len() > 2 && content.iter().take(LONGEST + 1).all(is_text) => {
            cut(&value::ia5(&content[..content.len().min(LONGEST + 1)]))
        }
        None => shortened(content),
    }
}

fn named(dotted: &str) -> String {
    oid::name(dotted).map_or_else(|| dotted.to_owned(), str::to_owned)
}

/// Hexadecimal digits; of more octets, the first and how many there are.
fn shortened(content: &[u8]) -> String {
    let most = LONGEST / 4;
    match content.len() {
        0 => "empty".to_owned(),
        length if length > most => format!("{}… ({length} bytes)", hex(&content[..most])),
        _ => hex(content),
    }
}

/// One line of a text that is not too long.
fn cut(text: &str) -> String {
    let line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.len() < text.len() { format!("{line}…") } else { line }
}
