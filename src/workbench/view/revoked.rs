//! Whom a revocation list names: the certificates that are here, and a number that a person types.

use super::{Badge, Mood, words};
use crate::id::{CertificateId, ObjectId};
use crate::job::card::name_number;
use crate::route::{Depth, Route};
use crate::state::State;
use certwright_pki::crl::{self, RevokedEntry};
use certwright_pki::{Certificate, Kind, SerialNumber};

/// Certificates that are looked for and shown.
const SHOWN: usize = 100;

/// What the list says of certificates.
#[derive(Clone, PartialEq, Debug)]
pub struct RevokedView {
    /// The certificates here that its issuer has issued.
    pub known: Vec<RevokedRow>,
    /// What it says of the number that was typed; none if nothing was.
    pub answer: Option<Badge>,
}

/// A certificate, and what the list says of it.
#[derive(Clone, PartialEq, Debug)]
pub struct RevokedRow {
    pub label: String,
    pub route: Route,
    pub said: Badge,
}

/// What a revocation list says; `None` if it is none, is not here any more, or cannot be followed.
pub fn revoked(state: &State, id: &ObjectId, typed: &str) -> Option<RevokedView> {
    let list = state.thing(id).filter(|thing| thing.kind == Kind::Crl)?;
    let known = issued(state, list.card.issuer?);
    let asked = crl::serials_of(typed);
    let mut serials: Vec<SerialNumber> = known.iter().map(|(serial, ..)| serial.clone()).collect();
    serials.extend(asked.iter().cloned());
    let (mut found, passed) = crl::look_up(&list.bytes, &serials).ok()?;
    let answers = found.split_off(known.len());
    let rows = known.into_iter().zip(found).map(|((_, label, route), entry)| RevokedRow {
        label,
        route,
        said: entry.map_or_else(|| Badge::new(Mood::Good, "Not revoked by it"), |entry| said(&entry)),
    });
    let answer = match (typed.trim(), answers.into_iter().flatten().next()) {
        ("", _) => None,
        (_, _) if asked.is_empty() => {
            Some(Badge::new(Mood::Warn, "A serial number has digits and the letters A to F only"))
        }
        (_, Some(entry)) => Some(said(&entry)),
        (_, None) => Some(Badge::new(
            Mood::Good,
            format!("Not among the {} of this list", words::counted(passed, "number")),
        )),
    };
    Some(RevokedView { known: rows.collect(), answer })
}

fn said(entry: &RevokedEntry) -> Badge {
    let why = entry.reason.map(|reason| format!(" · {}", reason.words())).unwrap_or_default();
    Badge::new(Mood::Bad, format!("Revoked on {}{why}", entry.date.date()))
}

/// Certificates of this issuer that are opened or on the desk.
fn issued(state: &State, issuer: u64) -> Vec<(SerialNumber, String, Route)> {
    let opened = state
        .opened
        .objects()
        .filter(|one| one.card.issuer == Some(issuer) && one.kind() == Kind::Certificate)
        .filter_map(|one| {
            let serial = Certificate::parse(&one.bytes).ok()?.serial().clone();
            Some((serial, one.card.title.clone(), Route::Object(one.id.clone(), Depth::Summary)))
        });
    let known = |id: &CertificateId| state.opened.get(&ObjectId(id.0.clone())).is_some();
    let desk = state
        .desk
        .certificates
        .values()
        .filter(|entry| !known(&entry.id) && name_number(entry.certificate.issuer()) == issuer)
        .map(|entry| {
            let serial = entry.certificate.serial().clone();
            (serial, entry.label.clone(), Route::Certificate(entry.id.clone()))
        });
    opened.chain(desk).take(SHOWN).collect()
}
