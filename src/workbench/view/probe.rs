//! Probed servers: the two tests, the chain as sent, and what could be imported.

use super::certificate::label_of;
use super::{Badge, Fact, Mood, WaitView, colons, wait};
use crate::explain::Advice;
use crate::id::{CertificateId, ProbeId, StoreId, hex};
use crate::job::{ChainReport, LinkReport, Verdict};
use crate::probe::Reachability;
use crate::state::{Slot, State};
use certwright_pki::peer_name::NameRule;
use certwright_pki::{Certificate, UnixTime, order};

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct ProbeView {
    pub proxy: bool,
    pub stores: Vec<(StoreId, String)>,
    pub wait: WaitView,
    /// The newest first.
    pub rows: Vec<ProbeRow>,
}

/// One probed server.
#[derive(Clone, PartialEq, Debug)]
pub struct ProbeRow {
    pub id: ProbeId,
    pub host: String,
    pub port: u16,
    pub store: StoreId,
    pub store_name: String,
    pub rule: NameRule,
    pub at: Option<String>,
    /// The first test.
    pub reachability: Badge,
    /// The second test.
    pub verdict: Badge,
    pub facts: Vec<Fact>,
    pub fault: Option<Advice>,
    pub report: Option<ReportView>,
}

/// A judgement.
#[derive(Clone, PartialEq, Debug)]
pub struct ReportView {
    pub verdict: Badge,
    pub links: Vec<LinkRow>,
    pub unused: Vec<String>,
    /// The certificate that is missing, in words.
    pub missing: Option<Vec<Fact>>,
    pub reasons: Vec<Advice>,
    pub importable: Vec<ImportLine>,
}

/// One certificate of the chain.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkRow {
    pub label: String,
    pub role: &'static str,
    pub expires: String,
    pub badges: Vec<Badge>,
}

/// A certificate that the store could take in.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportLine {
    pub id: CertificateId,
    pub label: String,
    pub fingerprint: String,
}

/// All probed servers.
pub fn probe(state: &State) -> ProbeView {
    let mut entries: Vec<_> = state.desk.probes.values().collect();
    order::sort_by_key(&mut entries, |entry| std::cmp::Reverse(entry.last.as_ref().map(|last| last.at)));
    ProbeView {
        proxy: state.proxy,
        stores: super::store_choices(state),
        wait: wait(state, &Slot::Probe),
        rows: entries.into_iter().map(|entry| row(state, entry)).collect(),
    }
}

fn row(state: &State, entry: &crate::desk::ProbeEntry) -> ProbeRow {
    let store_name = state.desk.stores.get(&entry.store).map(|store| store.name.clone()).unwrap_or_default();
    let last = entry.last.as_ref();
    let plain = || Badge::new(Mood::Plain, "Not tested yet");
    ProbeRow {
        id: entry.id.clone(),
        host: entry.host.clone(),
        port: entry.port,
        store: entry.store.clone(),
        rule: entry.rule,
        at: last.map(|last| last.at.to_string()),
        reachability: last.map_or_else(plain, |last| reachability(last.sighting.reachability)),
        verdict: last.map_or_else(plain, |last| verdict(last.verdict)),
        facts: last.map(|last| sighting_facts(&last.sighting)).unwrap_or_default(),
        fault: last.and_then(|last| last.sighting.fault.clone()),
        report: last.and_then(|last| last.report.as_ref()).map(|seen| report(seen, &store_name, state.now)),
        store_name,
    }
}

fn sighting_facts(sighting: &crate::probe::Sighting) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Connection", sighting.connection.clone())];
    if !sighting.addresses.is_empty() {
        facts.push(Fact::new("Addresses", sighting.addresses.join(", ")));
    }
    if let Some(proven) = sighting.key_proven {
        let text = if proven { "proven by the handshake" } else { "not proven" };
        facts.push(Fact::new("Server holds the key", text));
    }
    if sighting.asks_client {
        facts.push(Fact::new("Client certificate", "the server asks for one"));
    }
    facts
}

fn reachability(reach: Reachability) -> Badge {
    let mood = match reach {
        Reachability::Reachable => Mood::Good,
        Reachability::Unreachable => Mood::Bad,
        Reachability::Unknown => Mood::Warn,
    };
    Badge::new(mood, reach.words())
}

fn verdict(verdict: Verdict) -> Badge {
    Badge::new(if verdict == Verdict::Verified { Mood::Good } else { Mood::Bad }, verdict.words())
}

/// A judgement against the store called `store`.
pub fn report(seen: &ChainReport, store: &str, now: UnixTime) -> ReportView {
    let importable = seen.importable.iter().filter_map(|der| Certificate::parse(der).ok());
    ReportView {
        verdict: verdict(seen.verdict),
        links: seen.links.iter().enumerate().map(|(at, link)| link_row(at, link, store, now)).collect(),
        unused: seen.unused.iter().map(|der| label_of(der)).collect(),
        missing: seen.missing.as_ref().map(|missing| {
            let mut facts = vec![Fact::copied("Missing issuer", missing.name.clone())];
            facts.extend(
                missing.key_identifier.as_ref().map(|id| Fact::code("Its key identifier", colons(id))),
            );
            facts.extend(
                (!missing.urls.is_empty()).then(|| Fact::copied("Said to be at", missing.urls.join(", "))),
            );
            facts
        }),
        reasons: seen.reasons.clone(),
        importable: importable
            .map(|one| ImportLine {
                id: CertificateId(one.id()),
                label: crate::desk::certificate_label(&one),
                fingerprint: colons(&hex(&one.sha256())),
            })
            .collect(),
    }
}

fn link_row(at: usize, link: &LinkReport, store: &str, now: UnixTime) -> LinkRow {
    let certificate = Certificate::parse(&link.der).ok();
    let role = match (at, certificate.as_ref().is_some_and(Certificate::is_self_issued)) {
        (0, _) => "Server",
        (_, true) => "Root",
        (_, false) => "Intermediate",
    };
    let mut badges = Vec::new();
    badges.extend(certificate.as_ref().map(|one| super::certificate::lifetime(one, now)));
    badges.push(match (link.sent, at) {
        (true, _) => Badge::new(Mood::Plain, "Sent"),
        (false, _) => Badge::new(Mood::Plain, "Not sent"),
    });
    if link.in_store {
        badges.push(Badge::new(Mood::Good, format!("In {store}")));
    } else if at > 0 {
        badges.push(Badge::new(Mood::Warn, format!("Missing in {store}")));
    }
    LinkRow {
        label: label_of(&link.der),
        role,
        expires: certificate.map(|one| super::day(one.validity().not_after, now)).unwrap_or_default(),
        badges,
    }
}
