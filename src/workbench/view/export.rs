//! In which forms a selection can be written, and what goes with each.

use super::{WaitView, wait};
use crate::id::ObjectId;
use crate::state::{Slot, State};
use certwright_pki::Kind;
use certwright_pki::export::{ChainOrder, Destination, Format, KeyForm};

/// The choices for a selection.
#[derive(Clone, PartialEq, Debug)]
pub struct ExportView {
    pub objects: Vec<ObjectId>,
    /// What is written, in words.
    pub what: String,
    pub formats: Vec<FormatRow>,
    /// A private key is among them.
    pub secret: bool,
    /// More than one certificate is among them.
    pub chain: bool,
    /// The usual name of the file, without its ending.
    pub name: String,
    pub wait: WaitView,
}

/// One form.
#[derive(Clone, PartialEq, Debug)]
pub struct FormatRow {
    pub format: Format,
    pub label: String,
    /// Why it is made as it is.
    pub why: &'static str,
}

/// The choices for these objects; `None` if nothing of them can be written.
pub fn export(state: &State, ids: &[ObjectId]) -> Option<ExportView> {
    let things: Vec<_> = ids.iter().filter_map(|id| state.thing(id)).collect();
    let things: Vec<_> = things.into_iter().filter(|thing| !thing.bytes.is_empty()).collect();
    let kinds: Vec<Kind> = things.iter().map(|thing| thing.kind).collect();
    let first = things.first()?;
    let formats: Vec<FormatRow> = Format::ALL
        .into_iter()
        .filter(|format| kinds.iter().all(|kind| takes(*format, *kind)))
        .filter(|format| {
            !format.needs_password()
                || kinds.contains(&Kind::PrivateKey)
                || kinds.contains(&Kind::Certificate)
        })
        .map(row)
        .collect();
    if formats.is_empty() {
        return None;
    }
    Some(ExportView {
        objects: things.iter().map(|thing| thing.id.clone()).collect(),
        what: match things.as_slice() {
            [one] => format!("{}: {}", super::opened::first_upper(one.kind.label()), one.card.title),
            several => format!("{} objects", several.len()),
        },
        formats,
        secret: kinds.contains(&Kind::PrivateKey),
        chain: kinds.iter().filter(|kind| **kind == Kind::Certificate).count() > 1,
        name: file_stem(&first.card.title),
        wait: wait(state, &Slot::Export),
    })
}

/// Whether a form can hold a kind of object.
fn takes(format: Format, kind: Kind) -> bool {
    match format {
        Format::Pem | Format::Der => true,
        Format::Pkcs7 | Format::Pkcs7Pem => matches!(kind, Kind::Certificate | Kind::Crl),
        Format::Pkcs12(_) | Format::Jks => matches!(kind, Kind::Certificate | Kind::PrivateKey),
        Format::Jwk => matches!(kind, Kind::Certificate | Kind::PrivateKey | Kind::PublicKey),
    }
}

fn row(format: Format) -> FormatRow {
    let (label, why) = match format {
        Format::Pkcs12(destination) => (format!("PKCS#12 for {}", spoken(destination)), destination.why()),
        format => (format.label().to_owned(), ""),
    };
    FormatRow { format, label, why }
}

fn spoken(destination: Destination) -> String {
    match destination {
        Destination::Current => "current software".into(),
        other => other.label().replacen("Older", "older", 1),
    }
}

/// How a private key can be written in a form; the first is the usual one.
pub fn key_forms(format: Format) -> &'static [KeyForm] {
    match format {
        Format::Pem | Format::Der => &[KeyForm::EncryptedPkcs8, KeyForm::Pkcs8, KeyForm::Traditional],
        _ => &[],
    }
}

/// Which orders of a chain a form can have.
pub fn chain_orders(format: Format) -> &'static [ChainOrder] {
    match format {
        Format::Pem => &ChainOrder::ALL,
        Format::Der => &[ChainOrder::Numbered, ChainOrder::AsGiven],
        Format::Pkcs7 | Format::Pkcs7Pem | Format::Pkcs12(_) => {
            &[ChainOrder::LeafFirst, ChainOrder::WithoutRoot]
        }
        Format::Jks | Format::Jwk => &[],
    }
}

fn file_stem(title: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || ".-_".contains(letter) { letter } else { '-' };
    let stem: String = title.trim_start_matches("*.").chars().map(plain).take(60).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "export".into() } else { stem.to_owned() }
}
