//! What a list shows of an object: made in the worker, so that ten thousand cost the page nothing.

use super::{Card, Span};
use crate::desk::certificate_label;
use crate::id::{KeyId, hex};
use certwright_pki::export::{Fits, Object};
use certwright_pki::input::Item;
use certwright_pki::{Certificate, Crl, DistinguishedName, Kind, PublicKey, Request, describe, pkcs12};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hasher};

/// Names that are shown in a line; more are counted.
const NAMES: usize = 3;

/// The card of an object.
pub(crate) fn of(item: &Item) -> Card {
    let bare = matches!(item, Item::Locked { kind: Kind::Pkcs12, bytes } if pkcs12::holds_bare_key(bytes));
    let card = match item {
        Item::Certificate(one) => certificate(one),
        Item::Request(one) => request(one),
        Item::Crl(one) => crl(one),
        Item::PrivateKey(one) => public_key("Private key", one.public()),
        Item::PublicKey(one) => public_key("Public key", one),
        Item::Locked { kind, .. } => named(kind.label()),
        Item::Other { kind, bytes, label } => {
            let title = describe::describe(*kind, bytes).map(|one| one.title).unwrap_or_default();
            Card { detail: label.clone(), ..named(if title.is_empty() { kind.label() } else { &title }) }
        }
    };
    Card { fits: Fits::of(&Object::from(item)), bare, ..card }
}

/// Which name it is, as a number that is the same for names that RFC 5280 compares as equal.
pub(crate) fn name_number(name: &DistinguishedName) -> u64 {
    // Page and worker are of one build, and what has the same number is only tried.
    let mut hasher = DefaultHasher::new();
    hasher.write(&name.comparable());
    hasher.finish()
}

fn named(title: &str) -> Card {
    let mut letters = title.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    Card { search: title.to_lowercase(), title, ..Card::default() }
}

/// The card of a certificate.
pub(crate) fn certificate(one: &Certificate) -> Card {
    let validity = one.validity();
    let (subject_number, issuer_number) = (name_number(one.subject()), name_number(one.issuer()));
    let issuer = match subject_number == issuer_number {
        true => "signed with its own key".to_owned(),
        false => format!("issued by {}", one.issuer().label()),
    };
    let names: Vec<String> = one.subject_alt_names().iter().map(ToString::to_string).collect();
    let title = certificate_label(one);
    let mut search = String::with_capacity(512);
    let (subject, by) = (one.subject().rfc4514(), one.issuer().rfc4514());
    let _ = write!(search, "{title}\n{subject}\n{by}\n{}\n", one.serial().hex());
    for name in &names {
        let _ = writeln!(search, "{name}");
    }
    let _ = write!(search, "{}", one.id());
    search.make_ascii_lowercase();
    Card {
        detail: [shortened(&names), issuer]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        title,
        search,
        key: Some(key_of(one.public_key())),
        subject: Some(subject_number),
        issuer: Some(issuer_number),
        validity: Some(Span { from: validity.not_before, to: validity.not_after }),
        is_ca: one.is_ca(),
        fits: Fits::of(&Object::Certificate(one)),
        bare: false,
    }
}

/// The card of a request.
pub(crate) fn request(one: &Request) -> Card {
    let names: Vec<String> = one.subject_alt_names().iter().map(ToString::to_string).collect();
    let title = one.subject().common_name().or_else(|| names.first().cloned());
    let title = title.unwrap_or_else(|| one.subject().label());
    Card {
        search: format!("{title}\n{}\n{}\n{}", one.subject().rfc4514(), names.join("\n"), one.id())
            .to_lowercase(),
        detail: [shortened(&names), one.public_key().label()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        title,
        key: Some(key_of(one.public_key())),
        ..Card::default()
    }
}

fn crl(one: &Crl) -> Card {
    let title = format!("Revocation list of {}", one.issuer().label());
    let revoked = one.entries().len();
    Card {
        search: format!("{title}\n{}\n{}", one.issuer().rfc4514(), one.id()).to_lowercase(),
        detail: match (revoked, one.is_delta()) {
            (1, false) => "1 certificate revoked".into(),
            (count, false) => format!("{count} certificates revoked"),
            (count, true) => format!("delta list with {count} entries"),
        },
        title,
        issuer: Some(name_number(one.issuer())),
        validity: one.next_update().map(|to| Span { from: one.this_update(), to }),
        ..Card::default()
    }
}

fn public_key(what: &str, key: &PublicKey) -> Card {
    let id = key_of(key);
    let title = format!("{what} ({})", key.label());
    Card {
        search: format!("{title}\n{}", id.0).to_lowercase(),
        detail: format!("SHA-256 {}…", &id.0[..16.min(id.0.len())]),
        title,
        key: Some(id),
        ..Card::default()
    }
}

fn key_of(key: &PublicKey) -> KeyId {
    KeyId(hex(&key.sha256()))
}

fn shortened(names: &[String]) -> String {
    match names.len().saturating_sub(NAMES) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..NAMES].join(", ")),
    }
}
