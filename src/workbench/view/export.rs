//! In which forms a selection can be written, and what goes with each.

use super::words::{counted, first_upper};
use super::{WaitView, wait};
use crate::id::ObjectId;
use crate::state::{Slot, State, Thing};
use certwright_pki::Kind;
use certwright_pki::export::{ChainOrder, Destination, Format, KeyForm};

/// The choices for a selection.
#[derive(Clone, PartialEq, Debug)]
pub struct ExportView {
    /// What is written, in words.
    pub what: String,
    pub formats: Vec<FormatRow>,
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
    /// Those of the selection that it can hold.
    pub objects: Vec<ObjectId>,
    /// What it can't hold, in words; empty if it holds all.
    pub left_out: String,
    /// How its private keys can be written, the usual one first; none if there are none, or no choice.
    pub key_forms: Vec<KeyForm>,
    /// A private key is among them, or may be in one of them.
    pub secret: bool,
    /// More than one certificate is among them.
    pub chain: bool,
}

/// The choices for these objects; `None` if nothing of them can be written.
pub fn export(state: &State, ids: &[ObjectId]) -> Option<ExportView> {
    let things: Vec<_> = ids.iter().filter_map(|id| state.thing(id)).collect();
    let things: Vec<_> = things.into_iter().filter(|thing| !thing.bytes.is_empty()).collect();
    let first = things.first()?;
    let formats: Vec<FormatRow> = Format::ALL.into_iter().filter_map(|format| row(format, &things)).collect();
    if formats.is_empty() {
        return None;
    }
    Some(ExportView {
        what: match things.as_slice() {
            [one] if one.card.title.starts_with(&first_upper(one.kind.label())) => one.card.title.clone(),
            [one] => format!("{}: {}", first_upper(one.kind.label()), one.card.title),
            several => format!("{} objects", several.len()),
        },
        formats,
        name: file_stem(&eponym(&things).unwrap_or(first).card.title),
        wait: wait(state, &Slot::Export),
    })
}

/// What a form takes of the selection; nothing for a form that takes nothing.
fn row(format: Format, things: &[Thing]) -> Option<FormatRow> {
    let certified = things.iter().filter(|thing| thing.kind == Kind::Certificate);
    let has_certificate = |key: &Thing| certified.clone().any(|one| one.card.key == key.card.key);
    let takes = |thing: &&Thing| {
        let alone = format.wants_certificates() && thing.kind == Kind::PrivateKey && !has_certificate(thing);
        thing.card.fits.fits(format) && !alone
    };
    let (taken, left): (Vec<&Thing>, Vec<&Thing>) = things.iter().partition(takes);
    let count = |kind: Kind| taken.iter().filter(|thing| thing.kind == kind).count();
    let (label, why) = named(format);
    (!taken.is_empty()).then(|| FormatRow {
        format,
        label,
        why,
        objects: taken.iter().map(|thing| thing.id.clone()).collect(),
        left_out: left_out(&left),
        key_forms: key_forms(format, &taken),
        secret: taken.iter().any(|thing| thing.kind.is_secret()),
        chain: count(Kind::Certificate) > 1,
    })
}

fn left_out(left: &[&Thing]) -> String {
    let of = |kind: Kind| left.iter().filter(|thing| thing.kind == kind).count();
    let said: Vec<String> = Kind::ALL
        .into_iter()
        .filter(|kind| of(*kind) > 0)
        .map(|kind| counted(of(kind), kind.label()))
        .collect();
    if said.is_empty() {
        String::new()
    } else {
        format!("It can’t hold these, and leaves them out: {}.", said.join(", "))
    }
}

fn named(format: Format) -> (String, &'static str) {
    match format {
        Format::Pkcs12(destination) => (format!("PKCS#12 for {}", spoken(destination)), destination.why()),
        format => (format.label().to_owned(), ""),
    }
}

fn spoken(destination: Destination) -> String {
    match destination {
        Destination::Current => "current software".into(),
        other => other.label().replacen("Older", "older", 1),
    }
}

/// How the private keys among these can be written in a form; the first is the usual one.
fn key_forms(format: Format, things: &[&Thing]) -> Vec<KeyForm> {
    let mut keys = things.iter().filter(|thing| thing.kind == Kind::PrivateKey).peekable();
    if keys.peek().is_none() || !matches!(format, Format::Pem | Format::Der) {
        return Vec::new();
    }
    let forms = [KeyForm::EncryptedPkcs8, KeyForm::Pkcs8, KeyForm::Traditional].into_iter();
    forms.filter(|form| keys.clone().all(|key| key.card.fits.fits_key_form(*form))).collect()
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

/// What the file is named after: the certificate whose key goes along, or one that is no authority's.
fn eponym(things: &[Thing]) -> Option<&Thing> {
    let mut certificates = things.iter().filter(|thing| thing.kind == Kind::Certificate);
    let keys: Vec<_> = things.iter().filter(|thing| thing.kind == Kind::PrivateKey).collect();
    let own = |thing: &&Thing| keys.iter().any(|key| key.card.key == thing.card.key);
    certificates.clone().find(own).or_else(|| certificates.find(|thing| !thing.card.is_ca))
}

fn file_stem(title: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || "._".contains(letter) { letter } else { '-' };
    let stem: String = title.trim_start_matches("*.").chars().map(plain).take(60).collect();
    let words: Vec<&str> = stem.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "export".into() } else { words.join("-") }
}
