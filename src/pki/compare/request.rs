//! A request beside the certificate that came of it: what was asked for, and what was given.
//!
//! Leaves out the signatures of both, and whether the issuer was right.

use serde::{Deserialize, Serialize};

use super::pairs::{pair, single};
use super::{Row, Verdict};
use crate::describe::{Description, Field};

/// The extensions that people look for first.
const FIRST: [&str; 4] = ["subject-alt-name", "key-usage", "extended-key-usage", "basic-constraints"];

/// What became of a request; in the rows, the left side was asked for and the right side was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Whether the certificate holds the request's key. If not, it does not belong to this request.
    pub same_key: bool,
    /// The public key, the subject value by value, and the extensions: first alternative names, usages and basic
    /// constraints, then the others that were asked for, then those that the issuer added.
    pub rows: Vec<Row>,
}

/// Compares the description of a request with that of a certificate.
#[must_use]
pub fn issued(request: &Description, certificate: &Description) -> Issued {
    let mut rows = Vec::new();
    for name in ["public-key", "subject"] {
        rows.extend(match (section(request, name), section(certificate, name)) {
            (Some(asked), Some(given)) => Some(pair(asked, given)),
            (Some(asked), None) => Some(single(asked, Verdict::OnlyLeft)),
            (None, Some(given)) => Some(single(given, Verdict::OnlyRight)),
            (None, None) => None,
        });
    }
    let (asked, given) = (extensions(request), extensions(certificate));
    let order = |field: &&Field| FIRST.iter().position(|name| *name == field.name).unwrap_or(FIRST.len());
    let mut all: Vec<&Field> = asked.clone();
    all.extend(given.iter().filter(|field| partner(&asked, field).is_none()));
    all.sort_by_key(order);
    for field in all {
        rows.push(match (partner(&asked, field), partner(&given, field)) {
            (Some(asked), Some(given)) => pair(asked, given),
            (Some(asked), None) => single(asked, Verdict::OnlyLeft),
            _ => single(field, Verdict::OnlyRight),
        });
    }
    let pin = |side: &Description| side.find("spki-sha256").map(|field| field.text.clone());
    let same_key = pin(request).is_some_and(|pin_of_request| Some(pin_of_request) == pin(certificate));
    Issued { same_key, rows }
}

fn section<'a>(side: &'a Description, name: &str) -> Option<&'a Field> {
    side.sections.iter().find(|field| field.name == name)
}

/// The first with the same identifier.
fn partner<'a>(extensions: &[&'a Field], field: &Field) -> Option<&'a Field> {
    extensions.iter().find(|other| other.oid == field.oid).copied()
}

/// The extensions of a description, wherever they are; of duplicates the first.
fn extensions(side: &Description) -> Vec<&Field> {
    let mut out = Vec::new();
    for field in &side.sections {
        collect(field, &mut out);
    }
    out
}

fn collect<'a>(field: &'a Field, out: &mut Vec<&'a Field>) {
    if field.critical.is_none() {
        return field.fields.iter().for_each(|part| collect(part, out));
    }
    if partner(out, field).is_none() {
        out.push(field);
    }
}
