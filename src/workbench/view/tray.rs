//! What was brought, as lines.

use super::request::request_facts;
use super::{Badge, Fact, Mood, facts};
use crate::desk::certificate_label;
use crate::explain::Advice;
use crate::id::CertificateId;
use crate::job::{Brought, BroughtKind};
use crate::state::{Place, State, Tray};
use certwright_pki::{Certificate, Kind, Request, UnixTime};

/// Lines that are shown in full; more are counted.
const SHOWN: usize = 50;

/// A tray.
#[derive(Clone, PartialEq, Debug)]
pub struct TrayView {
    pub source: String,
    pub summary: String,
    pub found: Vec<FoundRow>,
    /// How many lines are not shown.
    pub more: usize,
    /// The one object that was found, in full.
    pub only: Option<Vec<Fact>>,
    pub problems: Vec<Advice>,
    pub refusals: Vec<Advice>,
    pub done: Vec<String>,
    pub asks_password: bool,
    /// What the password will cost, in words.
    pub cost: Option<String>,
    /// Requests whose own signature verifies; they can be kept.
    pub good_requests: usize,
}

/// One object.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundRow {
    pub title: String,
    pub kind: String,
    pub badges: Vec<Badge>,
    pub repairs: Vec<String>,
    pub fault: Option<Advice>,
    /// Set for certificates, with the name proposed for a store.
    pub certificate: Option<(CertificateId, String)>,
}

/// True if a private key was brought to a place that it has no business in.
pub fn holds_stray_key(state: &State, place: &Place) -> bool {
    let key = |item: &Brought| item.kind.is_private_key();
    state.trays.get(place).is_some_and(|tray| tray.contents.items.iter().any(key))
}

/// The tray of a place, if something lies in it.
pub fn tray(state: &State, place: &Place) -> Option<TrayView> {
    let tray = state.trays.get(place)?;
    let items = &tray.contents.items;
    let good_requests =
        items.iter().filter(|item| matches!(item.kind, BroughtKind::Request { fault: None })).count();
    Some(TrayView {
        source: tray.source.clone(),
        summary: crate::update::summary(&tray.contents),
        found: items.iter().take(SHOWN).map(|item| row(state, item)).collect(),
        more: items.len().saturating_sub(SHOWN),
        only: only(tray, state.now),
        problems: tray.contents.problems.iter().map(|one| one.advice.clone()).collect(),
        refusals: tray.refusals.clone(),
        done: tray.done.clone(),
        asks_password: tray.locked.is_some(),
        cost: cost(tray),
        good_requests,
    })
}

fn only(tray: &Tray, now: UnixTime) -> Option<Vec<Fact>> {
    let [item] = tray.contents.items.as_slice() else { return None };
    match item.kind {
        BroughtKind::Certificate => Certificate::parse(&item.der).ok().map(|one| facts(&one, now)),
        BroughtKind::Request { .. } => Request::parse(&item.der).ok().map(|one| request_facts(&one, None)),
        _ => None,
    }
}

fn cost(tray: &Tray) -> Option<String> {
    let of = |item: &Brought| match item.kind {
        BroughtKind::Locked { iterations: Some(count), .. } if count > 1_000_000 => Some(count),
        _ => None,
    };
    let count = tray.contents.items.iter().find_map(of)?;
    Some(format!("Opening it takes {count} rounds of key derivation, about {} seconds.", count / 400_000))
}

fn row(state: &State, item: &Brought) -> FoundRow {
    let mut row = FoundRow {
        title: String::new(),
        kind: String::new(),
        badges: Vec::new(),
        repairs: item.repairs.clone(),
        fault: None,
        certificate: None,
    };
    match &item.kind {
        BroughtKind::Certificate => certificate(state, item, &mut row),
        BroughtKind::Request { fault } => {
            row.kind = "Certificate request".into();
            row.title = Request::parse(&item.der).map(|one| one.subject().label()).unwrap_or_default();
            row.fault = fault.clone();
            row.badges.push(match fault {
                None => Badge::new(Mood::Good, "Signature verifies"),
                Some(_) => Badge::new(Mood::Bad, "Broken signature"),
            });
        }
        BroughtKind::Crl => (row.kind, row.title) = ("Revocation list".into(), "CRL".into()),
        BroughtKind::PrivateKey(id) => {
            row.kind = "Private key".into();
            row.title = format!("Key {}…", &id.0[..16.min(id.0.len())]);
            row.badges.push(Badge::new(Mood::Warn, "Secret"));
        }
        BroughtKind::Locked { kind: Kind::Pkcs12, .. } => {
            (row.kind, row.title) = ("PKCS#12".into(), "A key with its certificates".into());
            row.badges.push(Badge::new(Mood::Plain, "Asks for a password"));
        }
        BroughtKind::Locked { kind, .. } => {
            (row.kind, row.title) = ("Asks for a password".into(), super::words::one(kind.label()));
            row.badges.push(Badge::new(Mood::Warn, "Encrypted"));
        }
        BroughtKind::PublicKey => (row.kind, row.title) = ("Public key".into(), "A public key".into()),
        BroughtKind::Other { label, .. } => (row.kind, row.title) = ("Something else".into(), label.clone()),
    }
    row
}

fn certificate(state: &State, item: &Brought, row: &mut FoundRow) {
    row.kind = "Certificate".into();
    let Ok(one) = Certificate::parse(&item.der) else { return };
    row.title = certificate_label(&one);
    row.badges.push(super::certificate::lifetime(&one, state.now));
    if one.is_ca() {
        row.kind = "Authority’s certificate".into();
    }
    if state.desk.certificates.contains_key(&CertificateId(one.id())) {
        row.badges.push(Badge::new(Mood::Plain, "Already here"));
    }
    row.certificate = Some((CertificateId(one.id()), super::store::proposed(&row.title)));
}
