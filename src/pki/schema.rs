//! ASN.1 structures as tables: what a structure is made of, what its parts are called, and whether bytes fit it.
//!
//! Values are not decoded here; `describe` puts them into words along the same tables. Structures that the rest of the
//! crate works with have readers of their own (`certificate`, `crl`, `request`, `cms`, `ocsp`).

use crate::tlv::{self, Cursor, Tlv};

pub(crate) mod attribute;
pub(crate) mod cmc;
pub(crate) mod cmp;
pub(crate) mod cms;
pub(crate) mod crmf;
pub(crate) mod known;
pub(crate) mod microsoft;
pub(crate) mod ocsp;
pub(crate) mod parameters;
pub(crate) mod timestamp;
pub(crate) mod x509;

/// Deepest nesting that is followed; no structure of the tables needs more.
pub(crate) const MAX_DEPTH: usize = 40;
/// Members of a list that are looked at to recognise a structure.
const SAMPLE: usize = 64;

/// The type of a value.
#[derive(Debug)]
pub(crate) enum Type {
    /// Anything; shown as an outline.
    Any,
    Boolean,
    /// INTEGER in decimal.
    Integer,
    /// INTEGER in hexadecimal: serial numbers and large numbers.
    Number,
    /// INTEGER whose values have names.
    Named(&'static [(u8, &'static str)]),
    /// ENUMERATED.
    Enumerated(&'static [(u8, &'static str)]),
    Bits,
    /// BIT STRING whose bits have names.
    Flags(&'static [&'static str]),
    Octets,
    /// OCTET STRING of which only the length is told.
    Opaque,
    /// OCTET STRING that is itself a DER value of this type.
    OctetsOf(&'static Type),
    Null,
    Oid,
    /// Any of the string types.
    Text,
    Time,
    /// Distinguished name.
    Name,
    GeneralName,
    Algorithm,
    PublicKey,
    /// One extension.
    Extension,
    /// The value of the extension with this identifier.
    AsExtension(&'static str),
    Certificate,
    Crl,
    Request,
    Sequence(&'static [Member]),
    /// SET or SEQUENCE OF, by the identifier octet; the member names each of the list.
    List(u8, &'static Member),
    Choice(&'static [Member]),
    /// By the object identifier before it; anything else is [`Type::Any`].
    ByOid(fn(&str) -> Option<&'static Type>),
}

/// How a member is tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tagging {
    Universal,
    Explicit(u8),
    Implicit(u8),
}

/// A member of a SEQUENCE, a list or a CHOICE.
#[derive(Debug)]
pub(crate) struct Member {
    pub name: &'static str,
    pub label: &'static str,
    pub of: &'static Type,
    pub tagging: Tagging,
    pub optional: bool,
    /// Whether its parts are shown as those of what encloses it.
    pub spliced: bool,
}

impl Member {
    pub(crate) const fn new(name: &'static str, label: &'static str, of: &'static Type) -> Self {
        Self { name, label, of, tagging: Tagging::Universal, optional: false, spliced: false }
    }

    pub(crate) const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    pub(crate) const fn spliced(self) -> Self {
        Self { spliced: true, ..self }
    }

    pub(crate) const fn explicit(self, number: u8) -> Self {
        Self { tagging: Tagging::Explicit(number), ..self }
    }

    pub(crate) const fn implicit(self, number: u8) -> Self {
        Self { tagging: Tagging::Implicit(number), ..self }
    }

    /// Whether an element with this identifier octet can be this member.
    pub(crate) fn accepts(&self, tag: u8) -> bool {
        match self.tagging {
            Tagging::Universal => self.of.accepts(tag),
            Tagging::Explicit(number) => tag == tlv::explicit(number),
            Tagging::Implicit(number) => match self.of.form() {
                Form::Constructed => tag == tlv::explicit(number),
                Form::Primitive => tag == tlv::implicit(number),
                Form::Either => tag & !0x20 == tlv::implicit(number),
            },
        }
    }

    /// The element that has the member's own type: what is inside of an explicit tag.
    pub(crate) fn unwrap<'a>(&self, element: &Tlv<'a>) -> Option<Tlv<'a>> {
        if !matches!(self.tagging, Tagging::Explicit(_)) {
            return Some(*element);
        }
        let mut inside = element.inside();
        let value = inside.any(self.label).ok()?;
        (inside.is_empty() && self.of.accepts(value.tag)).then_some(value)
    }

    /// Whether the element is this member down to its last part.
    pub(crate) fn fits(&self, element: &Tlv<'_>, oid: Option<&str>, depth: usize) -> bool {
        self.accepts(element.tag)
            && self.unwrap(element).is_some_and(|value| self.of.holds(&value, oid, depth))
    }
}

enum Form {
    Primitive,
    Constructed,
    /// Strings, which BER may split.
    Either,
}

impl Type {
    /// Whether a value of this type can begin with this identifier octet, when it is not tagged.
    pub(crate) fn accepts(&self, tag: u8) -> bool {
        match self {
            Type::Any | Type::ByOid(_) => true,
            Type::Boolean => tag == tlv::BOOLEAN,
            Type::Integer | Type::Number | Type::Named(_) => tag == tlv::INTEGER,
            Type::Enumerated(_) => tag == tlv::ENUMERATED,
            Type::Bits | Type::Flags(_) => tag & !0x20 == tlv::BIT_STRING,
            Type::Octets | Type::Opaque | Type::OctetsOf(_) => tag & !0x20 == tlv::OCTET_STRING,
            Type::Null => tag == tlv::NULL,
            Type::Oid => tag == tlv::OID,
            Type::Text => matches!(tag, 0x0c | 0x12..=0x16 | 0x19..=0x1c | 0x1e),
            Type::Time => matches!(tag, tlv::UTC_TIME | tlv::GENERALIZED_TIME),
            Type::GeneralName => tag & 0xc0 == 0x80 && tag & 0x1f <= 8,
            Type::Name
            | Type::Algorithm
            | Type::PublicKey
            | Type::Extension
            | Type::AsExtension(_)
            | Type::Certificate
            | Type::Crl
            | Type::Request
            | Type::Sequence(_) => tag == tlv::SEQUENCE,
            Type::List(own, _) => tag == *own,
            Type::Choice(members) => members.iter().any(|member| member.accepts(tag)),
        }
    }

    fn form(&self) -> Form {
        match self {
            Type::Octets | Type::Opaque | Type::OctetsOf(_) | Type::Bits | Type::Flags(_) | Type::Text => {
                Form::Either
            }
            Type::Any | Type::ByOid(_) => Form::Either,
            Type::Boolean
            | Type::Integer
            | Type::Number
            | Type::Named(_)
            | Type::Enumerated(_)
            | Type::Null
            | Type::Oid
            | Type::Time => Form::Primitive,
            _ => Form::Constructed,
        }
    }

    /// Whether a single element is a value of this type, trailing bytes not allowed.
    pub(crate) fn fits(&self, input: &[u8]) -> bool {
        let mut cursor = Cursor::ber(input);
        let element = cursor.any("structure");
        cursor.is_empty()
            && element.is_ok_and(|element| self.accepts(element.tag) && self.holds(&element, None, 0))
    }

    /// Whether the content of an element is one of this type, whatever its tag.
    fn holds(&self, element: &Tlv<'_>, oid: Option<&str>, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        match self {
            Type::Boolean => element.content.len() == 1,
            Type::Integer | Type::Number => !element.content.is_empty(),
            Type::Named(_) | Type::Enumerated(_) => element.content.len() == 1,
            Type::Oid => tlv::dotted(element.content).is_some(),
            Type::Null => element.content.is_empty(),
            Type::Time => matches!(element.content.len(), 10..=30),
            Type::Sequence(members) => sequence_holds(members, element, oid, depth),
            Type::List(_, member) => {
                let mut items = element.inside();
                let mut count = 0;
                while !items.is_empty() && count < SAMPLE {
                    let Ok(item) = items.any(member.label) else { return false };
                    if !member.fits(&item, oid, depth + 1) {
                        return false;
                    }
                    count += 1;
                }
                true
            }
            Type::Choice(members) => {
                let mut able = members.iter().filter(|member| member.accepts(element.tag));
                able.any(|member| member.fits(element, oid, depth + 1))
            }
            Type::ByOid(known) => match oid.and_then(known) {
                Some(known) => known.accepts(element.tag) && known.holds(element, oid, depth + 1),
                None => true,
            },
            Type::Algorithm => first_is_oid(element) && count(element).is_some_and(|count| count <= 2),
            Type::PublicKey => {
                let mut inside = element.inside();
                let algorithm = inside.take(tlv::SEQUENCE, "algorithm");
                algorithm.is_ok_and(|algorithm| first_is_oid(&algorithm))
                    && inside.take(tlv::BIT_STRING, "key").is_ok()
                    && inside.is_empty()
            }
            Type::Extension => first_is_oid(element) && count(element).is_some_and(|count| count <= 3),
            Type::Name => name_holds(element),
            Type::Certificate | Type::Crl | Type::Request => count(element) == Some(3),
            Type::Any
            | Type::AsExtension(_)
            | Type::Bits
            | Type::Flags(_)
            | Type::Octets
            | Type::Opaque
            | Type::OctetsOf(_)
            | Type::Text
            | Type::GeneralName => true,
        }
    }
}

fn sequence_holds(members: &[Member], element: &Tlv<'_>, oid: Option<&str>, depth: usize) -> bool {
    let mut inside = element.inside();
    let mut own: Option<String> = None;
    for member in members {
        let Some(tag) = inside.peek() else {
            if member.optional {
                continue;
            }
            return false;
        };
        if !member.accepts(tag) {
            if member.optional {
                continue;
            }
            return false;
        }
        let Ok(value) = inside.any(member.label) else { return false };
        if !member.fits(&value, own.as_deref().or(oid), depth + 1) {
            return false;
        }
        if matches!(member.of, Type::Oid) {
            own = tlv::dotted(value.content);
        }
    }
    inside.is_empty()
}

fn first_is_oid(element: &Tlv<'_>) -> bool {
    let first = element.inside().take(tlv::OID, "identifier");
    first.is_ok_and(|oid| tlv::dotted(oid.content).is_some())
}

/// How many elements are inside, unless they cannot be read; of more than a few only that they are more.
fn count(element: &Tlv<'_>) -> Option<usize> {
    let (mut inside, mut count) = (element.inside(), 0);
    while !inside.is_empty() && count < 8 {
        inside.any("member").ok()?;
        count += 1;
    }
    Some(count)
}

fn name_holds(element: &Tlv<'_>) -> bool {
    let mut parts = element.inside();
    while !parts.is_empty() {
        let Ok(part) = parts.take(tlv::SET, "relative distinguished name") else { return false };
        let first = part.inside().take(tlv::SEQUENCE, "attribute");
        if !part.content.is_empty() && !first.is_ok_and(|first| first_is_oid(&first)) {
            return false;
        }
    }
    true
}

/// The name of a content type, an attribute, a control or an information of these structures.
pub(crate) fn name(oid: &str) -> Option<&'static str> {
    cms::content_name(oid)
        .or_else(|| attribute::name(oid))
        .or_else(|| cmc::control_name(oid))
        .or_else(|| crmf::control_name(oid))
        .or_else(|| cmp::info_name(oid))
        .or_else(|| microsoft::name(oid))
        .or_else(|| (oid == crate::ocsp::BASIC).then_some("basic response"))
}

/// The list types of X.680 by their identifier octets.
pub(crate) const fn sequence_of(member: &'static Member) -> Type {
    Type::List(tlv::SEQUENCE, member)
}

/// SET OF.
pub(crate) const fn set_of(member: &'static Member) -> Type {
    Type::List(tlv::SET, member)
}

#[cfg(test)]
mod tests;
