//! Authorities: made, and their CRLs renewed.

use super::commit::{self, Commit};
use super::{is_barred, job};
use crate::action::AuthorityForm;
use crate::desk::{AuthorityEntry, CertificateEntry, KeyEntry, Origin};
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::{AuthorityId, KeyId};
use crate::job::{AuthorityOrder, Check, CrlOrder, Job, Span};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::state::{Purpose, Slot, State, Tone, Wait};
use crate::subject;
use certwright_pki::{Certificate, UnixTime};

/// Certificates are dated back a little, so that a peer whose clock is behind accepts them at once.
pub(super) const BACKDATE_SECONDS: i64 = 5 * 60;
/// How long a CRL is good for unless chosen otherwise.
const CRL_DAYS: i64 = 180;

/// Years that an authority may live at most; past 2049 dates change their form, past 9999 there are none.
const MAX_YEARS: u32 = 50;

/// Checks the form and has the authority made.
pub(super) fn wanted(state: &mut State, form: &AuthorityForm) -> Vec<Effect> {
    if is_barred(state) || state.is_busy(&Slot::MakeAuthority) {
        return Vec::new();
    }
    match order(form, state.now) {
        Ok(order) => {
            let purpose = Purpose::MakeAuthority { label: form.name.common_name.trim().into() };
            job::start(state, Slot::MakeAuthority, purpose, Job::MakeAuthority(order), Vec::new())
        }
        Err(advice) => {
            state.say(advice.title.clone(), Tone::Bad);
            state.waits.insert(Slot::MakeAuthority, Wait::Failed(advice));
            Vec::new()
        }
    }
}

fn order(form: &AuthorityForm, now: UnixTime) -> Result<AuthorityOrder, Advice> {
    let subject = subject::build(&form.name)?;
    if form.years == 0 || form.years > MAX_YEARS {
        return Err(Advice::new(
            format!("An authority lives from 1 to {MAX_YEARS} years."),
            "It can issue nothing that is valid past its own end.",
            "Ten years are usual for a private root.",
        ));
    }
    let from = UnixTime(now.0 - BACKDATE_SECONDS);
    Ok(AuthorityOrder {
        subject: subject.as_der().to_vec(),
        key: form.key.0,
        hash: form.hash,
        validity: Span { from, to: from.plus_years(form.years as i32) },
        next_crl: from.plus_days(CRL_DAYS),
    })
}

/// The authority is made; it is shown when the vault has its key and its certificate.
pub(super) fn made(
    state: &mut State,
    label: String,
    der: &[u8],
    crl: Vec<u8>,
    checks: Vec<Check>,
    held: Vec<KeyId>,
) -> Vec<Effect> {
    let Ok(certificate) = Certificate::parse(der) else {
        state.waits.insert(Slot::MakeAuthority, Wait::Failed(explain::own_output()));
        return vec![Effect::Forget(held)];
    };
    let public = certificate.public_key().clone();
    let serial = certificate.serial().hex();
    let entry = CertificateEntry::new(certificate, Origin::OwnAuthority, state.now);
    let key = entry.key_id();
    let id = AuthorityId(key.0.clone());
    let authority = AuthorityEntry {
        id: id.clone(),
        label: label.clone(),
        certificate: entry.id.clone(),
        key: key.clone(),
        created: state.now,
        crl,
        crl_number: 1,
        crl_next: state.now.plus_days(CRL_DAYS),
        checks,
    };
    let key = KeyEntry {
        id: key,
        label: format!("Key of {label}"),
        public,
        created: state.now,
        exported: None,
        backed_up: None,
    };
    let changes = vec![
        Change::put(Entry::Key(key)),
        Change::new(Entry::Serial(format!("{id}/{serial}"))),
        Change::put(Entry::Certificate(entry)),
        Change::put(Entry::Authority(authority)),
    ];
    let commit = Commit {
        changes,
        secrets: held,
        slot: Some(Slot::MakeAuthority),
        notice: Some(format!("The authority {label} is ready.")),
        go: Some(Route::Authority(id)),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// Has a new CRL signed.
pub(super) fn crl_wanted(state: &mut State, id: &AuthorityId, days: u32) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let found = state.desk.authorities.get(id).zip(state.desk.authority_certificate(id));
    let Some((authority, entry)) = found else { return Vec::new() };
    let next = state.now.plus_days(i64::from(days.clamp(1, 3650)));
    let number = authority.crl_number + 1;
    let order = CrlOrder {
        authority: entry.certificate.der().to_vec(),
        hash: super::issue::hash_of(&entry.certificate),
        number,
        validity: Span { from: UnixTime(state.now.0 - BACKDATE_SECONDS), to: next },
    };
    let key = authority.key.clone();
    let purpose = Purpose::Crl { authority: id.clone(), number, next };
    job::start(state, Slot::Crl(id.clone()), purpose, Job::MakeCrl(order), vec![key])
}

/// The CRL is signed.
pub(super) fn crl_made(
    state: &mut State,
    id: &AuthorityId,
    der: Vec<u8>,
    number: u64,
    next: UnixTime,
) -> Vec<Effect> {
    let Some(authority) = state.desk.authorities.get(id) else { return Vec::new() };
    let renewed =
        AuthorityEntry { crl: der, crl_number: number, crl_next: next, ..AuthorityEntry::clone(authority) };
    let commit = Commit {
        changes: vec![Change::put(Entry::Authority(renewed))],
        slot: Some(Slot::Crl(id.clone())),
        notice: Some(format!("Revocation list number {number} is signed.")),
        ..Commit::default()
    };
    commit::order(state, commit)
}
