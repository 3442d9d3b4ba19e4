//! The plain data of a description: fields within fields, each with its words and its place.
//!
//! Which fields an object has is decided by the modules beside this one.

use crate::Kind;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// All that an object says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// What it is.
    pub kind: Kind,
    /// What to call it in a list: the subject's common name, or what comes nearest.
    pub title: String,
    /// The sections in the order of browsers' viewers; each is a field whose `fields` are its rows.
    pub sections: Vec<Field>,
    /// What is unusual, or could not be decoded.
    pub notes: Vec<Note>,
}

/// One thing that an object says; it may be made of further ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Field {
    /// A name for scripts that does not change: `serial-number`, `key-usage`. Unique among its siblings only where
    /// the thing itself is.
    pub name: Cow<'static, str>,
    /// The name for people.
    pub label: Cow<'static, str>,
    /// The value in words; empty where the parts say it all.
    pub text: String,
    /// Other spellings of the value, for copying.
    pub forms: Vec<Form>,
    /// The ASN.1 type that it is written in, where writers have a choice: `UTF8String`, `GeneralizedTime`; else empty.
    pub encoding: Cow<'static, str>,
    /// Its octets within the object.
    pub at: Option<Range<usize>>,
    /// The object identifier that it stands under, dotted.
    pub oid: Option<String>,
    /// Whether an extension is critical; `None` for anything else.
    pub critical: Option<bool>,
    /// Its parts.
    pub fields: Vec<Field>,
    /// How many further parts were left out, from the end.
    pub left_out: usize,
}

/// Another spelling of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What kind of spelling: `decimal`, `with colons`, `OpenSSL order`.
    pub label: Cow<'static, str>,
    /// The value so spelled.
    pub text: String,
}

/// A remark, with its place if it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A sentence without its full stop.
    pub text: String,
    /// The octets concerned, within the object.
    pub at: Option<Range<usize>>,
}

impl Field {
    /// A field with a value in words.
    #[must_use]
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        text: impl Into<String>,
    ) -> Self {
        Self { name: name.into(), label: label.into(), text: text.into(), ..Self::default() }
    }

    /// A field that is made of parts.
    #[must_use]
    pub fn group(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        fields: Vec<Field>,
    ) -> Self {
        Self { fields, ..Self::new(name, label, String::new()) }
    }

    /// With its place in the object.
    #[must_use]
    pub fn at(mut self, at: Range<usize>) -> Self {
        self.at = Some(at);
        self
    }

    /// With another spelling.
    #[must_use]
    pub fn form(mut self, label: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        self.forms.push(Form { label: label.into(), text: text.into() });
        self
    }

    /// With the ASN.1 type that it is written in.
    #[must_use]
    pub fn encoding(mut self, encoding: impl Into<Cow<'static, str>>) -> Self {
        self.encoding = encoding.into();
        self
    }

    /// With the object identifier that it stands under.
    #[must_use]
    pub fn oid(mut self, oid: impl Into<String>) -> Self {
        self.oid = Some(oid.into());
        self
    }

    /// The first field with this name, itself included, at any depth.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Field> {
        match self.name == name {
            true => Some(self),
            false => self.fields.iter().find_map(|field| field.find(name)),
        }
    }
}

impl Description {
    /// The first field with this name at any depth.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Field> {
        self.sections.iter().find_map(|field| field.find(name))
    }

    /// The way to the smallest field around an octet: its number among the sections, then among the parts of each; of
    /// two in the same place, the inner one.
    #[must_use]
    pub fn field_at(&self, octet: usize) -> Option<Vec<usize>> {
        let mut best = None;
        smallest_at(&self.sections, octet, &mut Vec::new(), &mut best);
        best.map(|(_, path)| path)
    }

    /// The field at the end of such a way.
    #[must_use]
    pub fn field(&self, path: &[usize]) -> Option<&Field> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.sections.get(*first)?, |field, index| field.fields.get(*index))
    }
}

fn smallest_at(
    fields: &[Field],
    octet: usize,
    path: &mut Vec<usize>,
    best: &mut Option<(usize, Vec<usize>)>,
) {
    for (index, field) in fields.iter().enumerate() {
        path.push(index);
        if let Some(at) = field.at.as_ref().filter(|at| at.contains(&octet))
            && best.as_ref().is_none_or(|(size, _)| at.len() <= *size)
        {
            *best = Some((at.len(), path.clone()));
        }
        smallest_at(&field.fields, octet, path, best);
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_smallest_field_around_an_octet_is_found() {
        let inner = Field::group("c", "C", vec![Field::new("d", "D", "").at(4..6)]).at(4..6);
        let group = Field::group("b", "B", vec![Field::new("e", "E", "").at(8..9), inner]);
        let sections = vec![Field::new("a", "A", "").at(0..10), group];
        let notes = Vec::new();
        let description = Description { kind: Kind::Unknown, title: String::new(), sections, notes };
        for (octet, expected) in [(5, Some("d")), (8, Some("e")), (0, Some("a")), (10, None)] {
            let path = description.field_at(octet);
            let found = path.as_ref().and_then(|path| description.field(path));
            assert_eq!(found.map(|field| &*field.name), expected, "{octet}");
        }
        assert_eq!(description.field(&[]), None);
        assert_eq!(description.field(&[1, 7]), None);
    }
}
