//! Certificates: the list, and one of them.

use super::words;
use super::{Badge, Fact, Listed, Mood, StoreRow, WaitView, colons, day, wait};
use crate::desk::{CertificateEntry, Origin, certificate_label};
use crate::id::{AuthorityId, CertificateId, RequestId, StoreId, hex};
use crate::job::Span;
use crate::state::{Slot, State};
use certwright_pki::{Certificate, UnixTime, order};

/// One line of the list.
#[derive(Clone, PartialEq, Debug)]
pub struct CertificateRow {
    pub id: CertificateId,
    pub label: String,
    pub issuer: String,
    pub names: String,
    pub expires: String,
    pub badges: Vec<Badge>,
}

/// One certificate as a page.
#[derive(Clone, PartialEq, Debug)]
pub struct CertificateView {
    pub id: CertificateId,
    pub label: String,
    pub verdict: String,
    pub badges: Vec<Badge>,
    pub facts: Vec<Fact>,
    pub uses: Vec<UseRow>,
    /// From this one up to the root, as far as the desk holds them.
    pub chain: Vec<(CertificateId, String)>,
    pub chain_complete: bool,
    /// Set if the private key is in the vault, so that a PKCS#12 file can be written.
    pub has_key: bool,
    pub is_ca: bool,
    /// The request that it answers, and whether it was completed by this certificate.
    pub request: Option<(RequestId, String, bool)>,
    pub stores: Vec<StoreRow>,
    /// Judgements that were made, by store.
    pub judged: Vec<(StoreId, String, super::ReportView)>,
    pub export_wait: WaitView,
    pub judge_wait: WaitView,
}

/// One line of the table *usable for*.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UseRow {
    pub what: String,
    pub usable: bool,
    pub why: String,
}

/// The first `shown` certificates: servers' first, then authorities; those that expire first on top.
pub fn certificates(state: &State, shown: usize) -> Listed<CertificateRow> {
    listed(state, shown, &|_| true)
}

/// The first `shown` certificates that an authority of ours has issued.
pub fn issued_by(state: &State, id: &AuthorityId, shown: usize) -> Listed<CertificateRow> {
    listed(state, shown, &|entry| matches!(&entry.origin, Origin::Issued(by) if by == id))
}

fn listed(state: &State, shown: usize, takes: &dyn Fn(&CertificateEntry) -> bool) -> Listed<CertificateRow> {
    let mut entries: Vec<&CertificateEntry> =
        state.desk.certificates.values().map(|entry| &**entry).filter(|entry| takes(entry)).collect();
    fn rank(entry: &CertificateEntry) -> (bool, UnixTime, &str) {
        (entry.certificate.is_ca(), entry.certificate.validity().not_after, &entry.label)
    }
    order::sort_by(&mut entries, |one, other| rank(one).cmp(&rank(other)));
    let rows = entries.iter().take(shown).map(|entry| row(state, entry)).collect();
    Listed { rows, total: entries.len() }
}

fn row(state: &State, entry: &CertificateEntry) -> CertificateRow {
    let certificate = &entry.certificate;
    CertificateRow {
        id: entry.id.clone(),
        label: entry.label.clone(),
        issuer: if certificate.is_self_issued() { "itself".into() } else { certificate.issuer().label() },
        names: certificate.subject_alt_names().iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        expires: day(certificate.validity().not_after, state.now),
        badges: badges(state, entry),
    }
}

fn badges(state: &State, entry: &CertificateEntry) -> Vec<Badge> {
    let mut badges = vec![lifetime(&entry.certificate, state.now)];
    if entry.certificate.is_ca() {
        badges.push(Badge::new(Mood::Plain, "Authority"));
    }
    if state.desk.keys.contains_key(&entry.key_id()) {
        badges.push(Badge::new(Mood::Plain, "Key here"));
    }
    let origin = match &entry.origin {
        Origin::Probed => Some("Seen by a probe"),
        Origin::Brought => Some("Brought"),
        Origin::OwnAuthority | Origin::Issued(_) => None,
    };
    badges.extend(origin.map(|text| Badge::new(Mood::Plain, text)));
    badges
}

/// Where it stands in its time.
pub(super) fn lifetime(certificate: &Certificate, now: UnixTime) -> Badge {
    let validity = certificate.validity();
    words::lifetime(Span { from: validity.not_before, to: validity.not_after }, now)
}

/// One certificate.
pub fn certificate(state: &State, id: &CertificateId) -> Option<CertificateView> {
    let entry = state.desk.certificates.get(id)?;
    let chain = state.desk.chain_of(id);
    let chain_complete = chain.last().is_some_and(|last| last.certificate.is_self_issued());
    let request = state.desk.request_for(&entry.certificate).map(|request| {
        let completed = request.reply.as_ref().is_some_and(|reply| reply.certificate == *id);
        (request.id.clone(), request.label.clone(), completed)
    });
    let judged = state.judged.iter().filter(|((judged, _), _)| judged == id);
    Some(CertificateView {
        id: id.clone(),
        label: entry.label.clone(),
        verdict: sentence(&entry.certificate, state.now),
        badges: badges(state, entry),
        facts: facts(&entry.certificate, state.now),
        uses: usable_for(&entry.certificate),
        chain: chain.iter().map(|one| (one.id.clone(), one.label.clone())).collect(),
        chain_complete,
        has_key: state.desk.keys.contains_key(&entry.key_id()),
        is_ca: entry.certificate.is_ca(),
        request,
        stores: super::stores(state),
        judged: judged
            .filter_map(|((_, store), report)| {
                let name = state.desk.stores.get(store)?.name.clone();
                Some((store.clone(), name.clone(), super::report(report, &name, state.now)))
            })
            .collect(),
        export_wait: wait(state, &Slot::Export),
        judge_wait: wait(state, &Slot::Judge(id.clone())),
    })
}

/// What it is, in one sentence.
pub(super) fn sentence(certificate: &Certificate, now: UnixTime) -> String {
    let what = match (certificate.is_ca(), certificate.is_self_issued()) {
        (true, true) => "A root authority's certificate".to_owned(),
        (true, false) => format!("An authority's certificate, issued by {}", certificate.issuer().label()),
        (false, true) => "A certificate that was signed with its own key".to_owned(),
        (false, false) => format!("A certificate issued by {}", certificate.issuer().label()),
    };
    let validity = certificate.validity();
    let left = words::days_between(now, validity.not_after);
    let when = if now < validity.not_before {
        format!("valid only from {}", validity.not_before.date())
    } else if now > validity.not_after {
        format!("expired on {}", validity.not_after.date())
    } else {
        match left {
            0 => "valid until today".to_owned(),
            1 => "valid until tomorrow".to_owned(),
            days => format!("valid for another {days} days"),
        }
    };
    format!("{what}, {when}.")
}

/// The fields of a certificate, in the order of browsers' viewers.
pub fn facts(certificate: &Certificate, now: UnixTime) -> Vec<Fact> {
    let validity = certificate.validity();
    let names: Vec<String> = certificate.subject_alt_names().iter().map(ToString::to_string).collect();
    let mut facts = vec![
        Fact::copied("Subject", certificate.subject().rfc4514()),
        Fact::copied("Issuer", certificate.issuer().rfc4514()),
        Fact::copied("Names (SAN)", if names.is_empty() { "none".into() } else { names.join(", ") }),
        Fact::moment("Valid from", validity.not_before, now),
        Fact::moment("Valid until", validity.not_after, now),
        Fact::new("Public key", certificate.public_key().label()),
        Fact::new("Signed with", certificate.signature_algorithm().label()),
        Fact::code("Serial number", certificate.serial().hex()),
        Fact::code("SHA-256 fingerprint", colons(&hex(&certificate.sha256()))),
        Fact::code("SHA-1 fingerprint", colons(&hex(&certificate.sha1()))),
    ];
    if let Some(usage) = certificate.key_usage() {
        facts.push(Fact::new("Key usage", usage.names().join(", ")));
    }
    if let Some(purposes) = certificate.extended_key_usage() {
        let named = purposes.iter().map(|oid| certwright_pki::extension::oid_name(oid).unwrap_or(oid));
        facts.push(Fact::new("Extended key usage", named.collect::<Vec<_>>().join(", ")));
    }
    if let Some(constraints) = certificate.basic_constraints() {
        let text = match (constraints.ca, constraints.path_len) {
            (true, Some(length)) => format!("Authority, at most {length} authorities below it"),
            (true, None) => "Authority".into(),
            (false, _) => "No authority".into(),
        };
        facts.push(Fact::new("Basic constraints", text));
    }
    if let Some(key) = certificate.subject_key_identifier() {
        facts.push(Fact::code("Subject key identifier", colons(&hex(key))));
    }
    if let Some(key) = certificate.authority_key_identifier() {
        facts.push(Fact::code("Authority key identifier", colons(&hex(key))));
    }
    facts
}

/// What a certificate can be used for, and why not.
pub fn usable_for(certificate: &Certificate) -> Vec<UseRow> {
    certwright_pki::usage::usable_for(certificate)
        .into_iter()
        .map(|(what, usable, why)| UseRow {
            what: what.label().into(),
            usable,
            why: crate::explain::usage(why),
        })
        .collect()
}

/// What a certificate from a file is called.
pub(super) fn label_of(der: &[u8]) -> String {
    Certificate::parse(der)
        .map(|one| certificate_label(&one))
        .unwrap_or_else(|_| "unreadable certificate".into())
}
