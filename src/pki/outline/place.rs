//! What an element is called by where it stands, following the tables of `crate::schema`.
//!
//! Leaves out whether it fits there: an element that does not is called nothing, and so is all inside of it.

use super::schema;
use super::walk::Octets;
use crate::Kind;
use crate::schema::{Member, Tagging, Type};
use crate::tlv;

/// Choices within choices that are followed.
const MOST_CHOICES: usize = 8;

/// The name of an element and the type of what is in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub name: &'static str,
    pub label: &'static str,
    /// The type of the element; with `explicit`, of the one inside.
    pub of: Option<&'static Type>,
    explicit: bool,
    /// The object identifier that stood before it.
    oid: Option<String>,
}

impl Place {
    /// The place of the whole object.
    pub fn top(kind: Kind, bytes: &[u8]) -> Self {
        match schema::of(kind, bytes) {
            Some((label, of)) => Self { name: kind.id(), label, of: Some(of), ..Self::default() },
            None => Self::default(),
        }
    }

    /// The place of a member whose element begins with this octet.
    fn of_member(member: &'static Member, tag: u8, oid: Option<&str>) -> Self {
        let (name, label) = (member.name, member.label);
        let oid = oid.map(str::to_owned);
        let explicit = matches!(member.tagging, Tagging::Explicit(_));
        let place = Self { name, label, of: Some(member.of), explicit, oid };
        if explicit { place } else { place.settled(tag) }
    }

    /// With choices made and references followed.
    fn settled(mut self, tag: u8) -> Self {
        for _ in 0..MOST_CHOICES {
            match self.of {
                Some(Type::Choice(members)) => {
                    let Some(chosen) = members.iter().find(|member| member.accepts(tag)) else {
                        self.of = None;
                        return self;
                    };
                    // What is chosen from says what the choice is for, but a list of names says nothing.
                    if self.label.is_empty() || matches!(self.name, "general-name" | "object") {
                        (self.name, self.label) = (chosen.name, chosen.label);
                    }
                    self.of = Some(chosen.of);
                    if matches!(chosen.tagging, Tagging::Explicit(_)) {
                        self.explicit = true;
                        return self;
                    }
                }
                Some(Type::ByOid(known)) => self.of = self.oid.as_deref().and_then(known),
                Some(of) => {
                    let expanded = schema::expanded(of);
                    let Some(expanded) = expanded else { return self };
                    self.of = Some(expanded);
                }
                None => return self,
            }
        }
        self
    }

    /// Whether octets or bits hold elements, where the type says so.
    pub fn opens(&self) -> Option<bool> {
        match self.of {
            Some(Type::OctetsOf(_)) => Some(true),
            Some(Type::Opaque) => Some(false),
            _ => None,
        }
    }

    /// The places inside.
    pub fn places(&self, octets: &Octets<'_>) -> Places {
        let only = |of| Places {
            only: Some(Self { name: self.name, label: self.label, of, ..Self::default() }),
            ..Places::default()
        };
        if self.explicit {
            let inner = only(self.of);
            return Places { oid: self.oid.clone(), ..inner };
        }
        match self.of {
            Some(Type::Sequence(members)) => Places { members, oid: self.oid.clone(), ..Places::default() },
            Some(Type::List(_, member)) => {
                Places { list: Some(member), oid: self.oid.clone(), ..Places::default() }
            }
            Some(Type::OctetsOf(of)) => {
                Places { only: Some(Self { of: Some(of), ..Self::default() }), ..Places::default() }
            }
            Some(Type::Bits) if octets.first == tlv::BIT_STRING => Places::default(),
            _ => Places::default(),
        }
    }
}

/// The places of a level, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    members: &'static [Member],
    list: Option<&'static Member>,
    only: Option<Place>,
    oid: Option<String>,
}

impl Places {
    /// The place of a single element.
    pub fn of(place: Place) -> Self {
        Self { only: Some(place), ..Self::default() }
    }

    /// The place of the next element.
    pub fn next(&mut self, octets: &Octets<'_>) -> Place {
        if let Some(place) = self.only.take() {
            let fits = place.of.is_none_or(|of| of.accepts(octets.first));
            let oid = self.oid.clone();
            return if fits { Place { oid, ..place }.settled(octets.first) } else { Place::default() };
        }
        if let Some(member) = self.list {
            let fits = member.accepts(octets.first);
            return if fits {
                Place::of_member(member, octets.first, self.oid.as_deref())
            } else {
                Place::default()
            };
        }
        while let Some((member, rest)) = self.members.split_first() {
            self.members = rest;
            if member.accepts(octets.first) {
                if matches!(member.of, Type::Oid) {
                    self.oid = tlv::dotted(octets.content);
                }
                return Place::of_member(member, octets.first, self.oid.as_deref());
            }
            if !member.optional {
                self.members = &[];
            }
        }
        Place::default()
    }
}
