//! One object, opened or from the desk: what it is in sentences, what it says, what belongs to it and what is
//! missing.

use super::opened::lifetime;
use super::request::request_facts;
use super::verdict;
use super::words::first_upper;
use super::{Badge, Fact, Mood, UseRow, WaitView, facts, usable_for, wait};
use crate::desk::{RequestEntry, certificate_label};
use crate::id::{CertificateId, KeyId, ObjectId, RequestId};
use crate::job::{Bond, BroughtKind, Described};
use crate::opened::{Object, Source};
use crate::route::{Depth, Route};
use crate::state::{Slot, State, Thing};
use certwright_pki::describe::Field;
use certwright_pki::{Certificate, Kind, Request, UnixTime, caution, order};
use std::rc::Rc;

/// Lines of copies, namesakes and candidates that are shown.
const SHOWN: usize = 40;
/// Rounds of key derivation that a usual computer does in a second.
const ROUNDS_A_SECOND: u64 = 400_000;

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct ObjectView {
    pub id: ObjectId,
    pub title: String,
    pub kind: Kind,
    pub verdict: String,
    /// Which request it belongs to, and which not.
    pub belongs: Option<String>,
    pub badges: Vec<Badge>,
    pub facts: Vec<Fact>,
    pub uses: Vec<UseRow>,
    /// What is unusual about it, each a sentence without its full stop.
    pub cautions: Vec<String>,
    pub sources: Vec<Rc<Source>>,
    /// What has the same public key.
    pub card: Vec<CardRow>,
    /// What would make it whole, and where it is to be had.
    pub missing: Vec<String>,
    pub issuers: Vec<BondRow>,
    pub issued: Vec<BondRow>,
    pub described: Option<Rc<Described>>,
    /// A private key's octets are not shown.
    pub bytes: Option<Rc<Vec<u8>>>,
    pub describing: WaitView,
    pub locked: Option<LockedView>,
    /// Its page on the desk.
    pub on_desk: Option<Route>,
    pub can_be_kept: bool,
    /// What it can be compared with.
    pub others: Vec<(ObjectId, String)>,
}

/// One thing that has the same public key.
#[derive(Clone, PartialEq, Debug)]
pub struct CardRow {
    pub what: String,
    pub label: String,
    pub route: Option<Route>,
    pub here: bool,
}

/// An object that names this one, or is named by it.
#[derive(Clone, PartialEq, Debug)]
pub struct BondRow {
    pub label: String,
    pub route: Route,
    pub bond: Bond,
    pub words: &'static str,
}

/// What a password would open.
#[derive(Clone, PartialEq, Debug)]
pub struct LockedView {
    /// What the password will cost, in words.
    pub cost: String,
    /// The offer to try it on the others as well, and what that will cost.
    pub all: String,
    /// Others that wait for theirs.
    pub others: Vec<ObjectId>,
    pub wait: WaitView,
}

/// An object's page; `None` if it is not here any more.
pub fn object(state: &State, id: &ObjectId) -> Option<ObjectView> {
    let thing = state.thing(id)?;
    let object = state.opened.get(id);
    let described = state.described.get(id).cloned();
    let certificate = parsed(&thing);
    let mut badges: Vec<Badge> = lifetime(&thing.card, thing.kind, state.now).into_iter().collect();
    if let Some(object) = object {
        badges.extend(object_badges(&object.is, object.unlocked));
    }
    let (card, missing) = together(state, &thing, certificate.as_ref(), described.as_deref());
    Some(ObjectView {
        id: id.clone(),
        title: thing.card.title.clone(),
        kind: thing.kind,
        verdict: verdict::of(&thing, certificate.as_ref(), object.map(|object| &object.is), state.now),
        belongs: certificate.as_ref().and_then(|one| belongs(state, one)),
        badges,
        facts: summary(&thing, certificate.as_ref(), described.as_deref(), state.now),
        uses: certificate.as_ref().map(usable_for).unwrap_or_default(),
        cautions: certificate.as_ref().map(cautions).unwrap_or_default(),
        sources: object
            .map(|object| object.sources.iter().take(SHOWN).cloned().collect())
            .unwrap_or_default(),
        card,
        missing,
        issuers: described.as_ref().map(|one| bonds(state, &one.issuers)).unwrap_or_default(),
        issued: described.as_ref().map(|one| bonds(state, &one.issued)).unwrap_or_default(),
        bytes: thing.shows_octets().then(|| thing.bytes.clone()),
        described,
        describing: wait(state, &Slot::Describe(id.clone())),
        locked: object.filter(|object| object.is_locked()).map(|object| locked(state, &object.is, id)),
        on_desk: on_desk(state, id),
        can_be_kept: object.is_some_and(|object| object.can_be_kept()) && on_desk(state, id).is_none(),
        others: others(state, &thing),
    })
}

fn parsed(thing: &Thing) -> Option<Certificate> {
    (thing.kind == Kind::Certificate).then(|| Certificate::parse(&thing.bytes).ok()).flatten()
}

/// What is unusual about a certificate.
pub(super) fn cautions(certificate: &Certificate) -> Vec<String> {
    caution::of(certificate).iter().map(|one| first_upper(&one.to_string())).collect()
}

fn object_badges(is: &BroughtKind, unlocked: bool) -> Vec<Badge> {
    match is {
        BroughtKind::Request { fault: Some(_) } => vec![Badge::new(Mood::Bad, "Broken signature")],
        BroughtKind::Request { fault: None } => vec![Badge::new(Mood::Good, "Signature verifies")],
        BroughtKind::PrivateKey(_) => vec![Badge::new(Mood::Warn, "Secret")],
        BroughtKind::Locked { .. } if unlocked => vec![Badge::new(Mood::Good, "Opened")],
        BroughtKind::Locked { .. } => vec![Badge::new(Mood::Warn, "Asks for a password")],
        _ => Vec::new(),
    }
}

fn summary(
    thing: &Thing,
    certificate: Option<&Certificate>,
    described: Option<&Described>,
    now: UnixTime,
) -> Vec<Fact> {
    if let Some(certificate) = certificate {
        return facts(certificate, now);
    }
    let mut facts = match thing.kind {
        Kind::Request => {
            Request::parse(&thing.bytes).map(|one| request_facts(&one, None)).unwrap_or_default()
        }
        Kind::Crl => crl_facts(thing, described, now),
        _ => Vec::new(),
    };
    // A key's line in the list says which one it is; here the whole number stands below.
    if facts.is_empty() && !thing.card.detail.is_empty() && thing.card.key.is_none() {
        facts.push(Fact::copied("Says", thing.card.detail.clone()));
    }
    if thing.shows_octets() {
        facts.push(Fact::new("Size", format!("{} bytes", thing.bytes.len())));
        facts.push(Fact::code("SHA-256", thing.id.0.clone()));
    }
    if let Some(key) = &thing.card.key {
        facts.push(Fact::code("SHA-256 of the public key", key.0.clone()));
    }
    facts
}

/// Out of what the worker has told: a list may have a hundred thousand entries, and is not read again to be shown.
fn crl_facts(thing: &Thing, described: Option<&Described>, now: UnixTime) -> Vec<Fact> {
    let said = |name: &str| described.and_then(|one| field_text(&one.description.sections, name));
    let mut facts = vec![Fact::new("Holds", thing.card.detail.clone())];
    if let Some(validity) = thing.card.validity {
        facts.push(Fact::moment("Made on", validity.from, now));
        facts.push(Fact::moment("Next one due", validity.to, now));
    }
    for (name, label) in
        [("issuer", "Issuer"), ("crl-number", "Number"), ("signature-algorithm", "Signed with")]
    {
        facts.extend(said(name).map(|text| Fact::copied(label, text)));
    }
    facts
}

/// What a field of this name says, wherever it first stands.
fn field_text(fields: &[Field], name: &str) -> Option<String> {
    let own = fields.iter().find(|field| field.name == name && !field.text.is_empty());
    own.map(|field| field.text.clone())
        .or_else(|| fields.iter().find_map(|field| field_text(&field.fields, name)))
}

/// What has the same public key, opened and on the desk, and what would make it whole.
fn together(
    state: &State,
    thing: &Thing,
    certificate: Option<&Certificate>,
    described: Option<&Described>,
) -> (Vec<CardRow>, Vec<String>) {
    let Some(key) = &thing.card.key else { return (Vec::new(), Vec::new()) };
    let mut rows = Vec::new();
    for object in state.opened.with_key(key) {
        rows.push(CardRow {
            what: first_upper(object.kind().label()),
            label: format!(
                "{} · {}",
                object.card.title,
                object.sources.first().map_or("", |source| &source.file)
            ),
            route: Some(Route::Object(object.id.clone(), Depth::Summary)),
            here: object.id == thing.id,
        });
    }
    let known = |id: &str| state.opened.get(&ObjectId(id.to_owned())).is_some();
    if let Some(entry) = state.desk.keys.get(key) {
        rows.push(desk_row("Private key", entry.label.clone(), None));
    }
    for entry in requests_of(state, key).filter(|entry| !known(&entry.id.0)) {
        let label = format!("{} · {}", entry.label, entry.created.date());
        rows.push(CardRow {
            here: entry.id.0 == thing.id.0,
            ..desk_row("Certificate request", label, Some(Route::Request(entry.id.clone())))
        });
    }
    for entry in
        state.desk.certificates.values().filter(|entry| entry.key_id() == *key && !known(&entry.id.0))
    {
        let route = Some(Route::Certificate(entry.id.clone()));
        rows.push(CardRow {
            here: entry.id.0 == thing.id.0,
            ..desk_row("Certificate", entry.label.clone(), route)
        });
    }
    let has = |what: &str| rows.iter().any(|row| row.what == what);
    let mut missing = Vec::new();
    // An authority's own key is nobody else's business.
    if !has("Private key") && !certificate.is_some_and(Certificate::is_ca) {
        missing.push("The private key. It stays where the request was made; to make a PKCS#12 file, open the key or its PKCS#12 file here as well.".into());
    }
    if !has("Certificate") {
        missing
            .push("The certificate. Hand the request to an authority, and open here what comes back.".into());
    }
    if let (Some(certificate), Some(described)) = (certificate, described)
        && !certificate.is_self_issued()
        && !described.issuers.iter().any(|(_, bond)| *bond == Bond::Signed)
    {
        missing.push(missing_issuer(certificate));
    }
    (rows, missing)
}

fn desk_row(what: &str, label: String, route: Option<Route>) -> CardRow {
    CardRow { what: what.into(), label: format!("{label} · on the desk"), route, here: false }
}

fn missing_issuer(certificate: &Certificate) -> String {
    let issuer = certificate.issuer().label();
    match certificate.ca_issuers().first() {
        Some(url) => format!("The certificate of its issuer, {issuer}. It says that it can be had at {url}."),
        None => format!(
            "The certificate of its issuer, {issuer}. Ask the authority for it, or look for it in the file that came with this one."
        ),
    }
}

fn requests_of<'a>(state: &'a State, key: &'a KeyId) -> impl Iterator<Item = &'a Rc<RequestEntry>> {
    state.desk.requests.values().filter(move |entry| key_of(&entry.request) == *key)
}

fn key_of(request: &Request) -> KeyId {
    KeyId(crate::id::hex(&request.public_key().sha256()))
}

/// A request as somebody would speak of it.
struct Spoken {
    key: KeyId,
    words: String,
    names: Vec<String>,
}

/// Which of the requests for the same name it answers.
fn belongs(state: &State, certificate: &Certificate) -> Option<String> {
    let key = KeyId(crate::id::hex(&certificate.public_key().sha256()));
    let names = named(certificate_label(certificate), certificate.subject_alt_names());
    // Only these are read again; there may be thousands.
    let may_fit = |object: &Object| names.iter().any(|name| object.card.search.contains(name.as_str()));
    let desk = state.desk.requests.values().map(|entry| Spoken {
        key: key_of(&entry.request),
        words: format!("the request {} of {}", entry.label, entry.created.date()),
        names: named(entry.label.clone(), entry.request.subject_alt_names()),
    });
    let opened =
        state.opened.objects().filter(|object| object.kind() == Kind::Request && may_fit(object)).filter_map(
            |object| {
                let request = Request::parse(&object.bytes).ok()?;
                let on_desk = state.desk.requests.contains_key(&RequestId(object.id.0.clone()));
                let file = object.sources.first()?.file.clone();
                (!on_desk).then(|| Spoken {
                    key: key_of(&request),
                    words: format!("the request in {file}"),
                    names: named(object.card.title.clone(), request.subject_alt_names()),
                })
            },
        );
    let all: Vec<Spoken> =
        desk.chain(opened).filter(|one| one.names.iter().any(|name| names.contains(name))).collect();
    let (own, others): (Vec<&Spoken>, Vec<&Spoken>) = all.iter().partition(|one| one.key == key);
    let list =
        |some: &[&Spoken]| some.iter().take(3).map(|one| one.words.clone()).collect::<Vec<_>>().join(" and ");
    match (own.as_slice(), others.as_slice()) {
        ([], []) => None,
        ([], others) => Some(format!("It has another key than {}: it does not belong to it.", list(others))),
        (own, []) => Some(format!("It belongs to {}: same key.", list(own))),
        (own, others) => Some(format!("It belongs to {}, not to {}.", list(own), list(others))),
    }
}

fn named(label: String, names: &[certwright_pki::general_name::GeneralName]) -> Vec<String> {
    let mut all: Vec<String> = names.iter().map(|name| name.to_string().to_lowercase()).collect();
    all.push(label.to_lowercase());
    all
}

fn bonds(state: &State, all: &[(ObjectId, Bond)]) -> Vec<BondRow> {
    let row = |(id, bond): &(ObjectId, Bond)| {
        let thing = state.thing(id)?;
        Some(BondRow {
            label: thing.card.title,
            route: on_desk(state, id)
                .filter(|_| state.opened.get(id).is_none())
                .unwrap_or_else(|| Route::Object(id.clone(), Depth::Summary)),
            bond: *bond,
            words: match bond {
                Bond::Signed => "the signature verifies",
                Bond::NameOnly => "same name only: it was signed with another key",
                Bond::Unproven => "same name; the signature can’t be checked here",
            },
        })
    };
    all.iter().filter_map(row).collect()
}

fn locked(state: &State, is: &BroughtKind, id: &ObjectId) -> LockedView {
    let rounds = match is {
        BroughtKind::Locked { iterations, .. } => *iterations,
        _ => None,
    };
    let others: Vec<&Rc<Object>> =
        state.opened.objects().filter(|one| one.is_locked() && one.id != *id).collect();
    let rounds_of = |one: &&Rc<Object>| match one.is {
        BroughtKind::Locked { iterations, .. } => iterations.unwrap_or_default(),
        _ => 0,
    };
    let together: u64 = others.iter().map(rounds_of).sum();
    let cost = |rounds: u64| match rounds / ROUNDS_A_SECOND {
        0 => String::new(),
        seconds => format!(" (about {seconds} seconds more)"),
    };
    LockedView {
        cost: match rounds {
            Some(rounds) if rounds > 1_000_000 => {
                format!(
                    "Opening it takes {rounds} rounds of key derivation, about {} seconds.",
                    rounds / ROUNDS_A_SECOND
                )
            }
            Some(rounds) => format!("Opening it takes {rounds} rounds of key derivation: a moment."),
            None => String::new(),
        },
        all: match (others.len(), together) {
            (0, _) => String::new(),
            (1, rounds) => format!("Try it on the other locked file too{}", cost(rounds)),
            (count, rounds) => format!("Try it on the other {count} locked files too{}", cost(rounds)),
        },
        others: others.iter().map(|one| one.id.clone()).collect(),
        wait: wait(state, &Slot::Unlock(id.clone())),
    }
}

fn on_desk(state: &State, id: &ObjectId) -> Option<Route> {
    let (certificate, request) = (CertificateId(id.0.clone()), RequestId(id.0.clone()));
    if state.desk.certificates.contains_key(&certificate) {
        return Some(Route::Certificate(certificate));
    }
    if state.desk.requests.contains_key(&request) {
        return Some(Route::Request(request));
    }
    let key = id.0.strip_prefix("key-").map(|key| KeyId(key.to_owned()))?;
    state.desk.keys.contains_key(&key).then_some(Route::Vault)
}

/// What it can be compared with: what has the same key first, then what is of the same kind.
fn others(state: &State, thing: &Thing) -> Vec<(ObjectId, String)> {
    let comparable = |kind: Kind| matches!(kind, Kind::Certificate | Kind::Request) || kind == thing.kind;
    if !comparable(thing.kind) || thing.kind.is_secret() {
        return Vec::new();
    }
    let mut all: Vec<(bool, ObjectId, String)> = Vec::new();
    for object in state
        .opened
        .objects()
        .filter(|one| comparable(one.kind()) && !one.kind().is_secret() && one.id != thing.id)
    {
        let near = object.card.key.is_some() && object.card.key == thing.card.key
            || object.card.title == thing.card.title;
        if near || all.len() < SHOWN {
            let file = object.sources.first().map_or("", |source| &source.file);
            all.push((
                !near,
                object.id.clone(),
                format!("{}: {} ({file})", first_upper(object.kind().label()), object.card.title),
            ));
        }
    }
    let known = |id: &str| id == thing.id.0 || state.opened.get(&ObjectId(id.to_owned())).is_some();
    if comparable(Kind::Certificate) {
        for entry in state.desk.certificates.values().filter(|entry| !known(&entry.id.0)).take(SHOWN) {
            let near = Some(entry.key_id()) == thing.card.key;
            all.push((
                !near,
                ObjectId(entry.id.0.clone()),
                format!("Certificate: {} (on the desk)", entry.label),
            ));
        }
        for entry in state.desk.requests.values().filter(|entry| !known(&entry.id.0)).take(SHOWN) {
            let near = Some(key_of(&entry.request)) == thing.card.key;
            all.push((
                !near,
                ObjectId(entry.id.0.clone()),
                format!("Certificate request: {} (on the desk)", entry.label),
            ));
        }
    }
    order::sort_by_key(&mut all, |(far, ..)| *far);
    all.truncate(SHOWN);
    all.into_iter().map(|(_, id, label)| (id, label)).collect()
}
