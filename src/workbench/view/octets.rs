//! What an octet belongs to: the fields of a description by their places.

use crate::job::Described;
use certwright_pki::describe::Field;
use certwright_pki::{Certificate, Crl, PublicKey, Request, armor};
use std::collections::BTreeMap;

/// The fields of an object by place: first octet and the one behind the last.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Places {
    named: BTreeMap<(usize, usize), Vec<String>>,
}

impl Places {
    /// The places of a description of so many octets. What is true of all of them, a fingerprint for example, has no
    /// place of its own.
    pub fn of(described: &Described, size: usize) -> Self {
        let mut places = Self::default();
        for field in &described.description.sections {
            places.add(field, &mut Vec::new());
        }
        places.named.remove(&(0, size));
        places
    }

    fn add(&mut self, field: &Field, path: &mut Vec<String>) {
        path.push(field.label.to_string());
        if let Some(at) = &field.at {
            // An outer field may have the same place as its only part; the inner one says more.
            self.named.insert((at.start, at.end), path.clone());
        }
        for part in &field.fields {
            self.add(part, path);
        }
        path.pop();
    }

    /// The field with just this place.
    pub fn exact(&self, at: (usize, usize)) -> Option<&str> {
        self.named.get(&at).and_then(|path| path.last()).map(String::as_str)
    }

    /// The innermost field around this place, from the outside in: `Validity › Not after`.
    pub fn around(&self, at: (usize, usize)) -> Option<String> {
        let holds = |place: &(usize, usize)| place.0 <= at.0 && at.1 <= place.1;
        let inner =
            self.named.iter().filter(|(place, _)| holds(place)).min_by_key(|(place, _)| place.1 - place.0);
        inner.map(|(_, path)| path.join(" › "))
    }
}

/// A part of an object between BEGIN and END lines, under the label of what it is.
pub fn pem(part: &[u8]) -> String {
    let label = match part {
        _ if Certificate::parse(part).is_ok() => "CERTIFICATE",
        _ if Request::parse(part).is_ok() => "CERTIFICATE REQUEST",
        _ if Crl::parse(part).is_ok() => "X509 CRL",
        _ if PublicKey::from_spki(part).is_ok() => "PUBLIC KEY",
        _ => "ASN.1",
    };
    armor::encode(label, part)
}
