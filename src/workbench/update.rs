//! What follows from what happened. Pure: the state changes, orders come out, nothing else.

mod authority;
mod bring;
mod commit;
mod export;
mod issue;
mod job;
mod opened;
mod opening;
mod probe;
mod request;
mod store;
mod vault;

pub use bring::summary;
pub use store::{id_of as store_id, without_extension};
pub use vault::{ERASE_WORD, MINIMUM_PASSPHRASE};

use crate::action::Action;
use crate::effect::Effect;
use crate::state::{Place, Slot, State, Tone, Wait};
use certwright_pki::UnixTime;

/// Takes an action at the time `now`.
pub fn update(state: &mut State, action: Action, now: UnixTime) -> Vec<Effect> {
    state.now = now;
    match action {
        Action::Navigated(route) => {
            state.route = route;
            forget_failures(state);
            // What was said just now may be the reason for going; what was said before belongs to the page that is left.
            state.notice.take_if(|notice| now.0 - notice.at.0 > 2);
            Vec::new()
        }
        Action::Ticked => Vec::new(),
        Action::NoticeDismissed => {
            state.notice = None;
            Vec::new()
        }
        Action::ProxyFound(found) => {
            state.proxy = found;
            Vec::new()
        }

        Action::JobProgressed { job, done, total } => job::progressed(state, job, done, total),
        Action::JobYielded { job, contents } => job::yielded(state, job, contents),
        Action::JobEnded { job, result, held } => job::ended(state, job, result, held),
        Action::JobCancelled(job) => job::cancelled(state, job),
        Action::Committed(commit) => commit::committed(state, commit),
        Action::CommitFailed { commit, fault } => commit::failed(state, commit, &fault),

        Action::AuthorityWanted(form) => authority::wanted(state, &form),
        Action::CrlWanted { authority, days } => authority::crl_wanted(state, &authority, days),
        Action::RequestWanted(form) => request::wanted(state, &form),
        Action::RequestSubmitted { request, authority } => request::submitted(state, &request, &authority),
        Action::RequestDenied { request, reason } => request::denied(state, &request, &reason),
        Action::ReplyTaken { request, certificate } => request::reply_taken(state, &request, &certificate),

        Action::Brought { place: Place::Desk, files, more } => opening::brought(state, files, more),
        Action::Brought { place, files, .. } => bring::brought(state, place, files),
        Action::NotBrought { place: Place::Desk, advice } => opening::not_brought(state, advice),
        Action::NotBrought { place, advice } => bring::not_brought(state, place, advice),
        Action::PasswordGiven { place, password } => bring::password_given(state, place, password),
        Action::TrayCleared(place) => bring::cleared(state, &place),
        Action::UnlockObjects { objects, password } => opened::unlock_wanted(state, &objects, &password),
        Action::ObjectsKept(objects) => opened::kept(state, &objects),
        Action::ObjectsClosed(objects) => opened::closed(state, &objects),
        Action::ObjectsExported { objects, choice, password, secret } => {
            export::objects_wanted(state, &objects, choice, password, secret)
        }
        Action::OctetsSaved { object, at } => export::octets_saved(state, &object, at),
        Action::DescriptionWanted(object) => opened::description_wanted(state, &object),
        Action::TrayKept { place, submit_to } => bring::kept(state, &place, submit_to.as_ref()),

        Action::PreviewWanted { request, form } => issue::preview_wanted(state, &request, form),
        Action::PreviewClosed => {
            state.preview = None;
            Vec::new()
        }
        Action::IssueWanted { request, form } => issue::wanted(state, &request, &form),
        Action::IssueAllWanted { form } => issue::all_wanted(state, &form),

        Action::ExportWanted(export) => export::wanted(state, &export),
        Action::Pkcs12Wanted { certificate, name, password, destination, secret } => {
            export::pkcs12_wanted(state, &certificate, name, password, destination, secret)
        }

        Action::StoreWanted { name } => store::wanted(state, &name),
        Action::TrustWanted { store, certificate, name } => {
            store::trust_wanted(state, &store, &certificate, &name)
        }
        Action::TrustRemoved { store, certificate } => store::trust_removed(state, &store, &certificate),
        Action::JudgementWanted { certificate, store } => {
            store::judgement_wanted(state, &certificate, &store)
        }

        Action::ProbeWanted { host, port, store, rule } => probe::wanted(state, &host, &port, store, rule),
        Action::ProbeEnded { id, result } => probe::ended(state, &id, result),
        Action::ImportApproved { id, certificates } => probe::import_approved(state, &id, &certificates),

        Action::VaultOpened(opened) => vault::opened(state, opened),
        Action::VaultRefused(fault) => vault::refused(state, &fault),
        Action::RoleChanged { writer } => {
            state.vault.writer = writer;
            Vec::new()
        }
        Action::PassphraseSet(passphrase) => vault::passphrase_set(state, passphrase),
        Action::UnlockWanted(passphrase) => vault::unlock_wanted(state, passphrase),
        Action::LockWanted => vault::lock_wanted(state),
        Action::PassphraseChanged { old, new } => vault::passphrase_changed(state, old, new),
        Action::EraseWanted { confirmed } => vault::erase_wanted(state, &confirmed),
        Action::LossesAccepted => vault::losses_accepted(state),
        Action::TakeOverWanted => vec![Effect::Vault(crate::effect::VaultOrder::TakeOver)],
        Action::BackupWanted(passphrase) => vault::backup_wanted(state, passphrase),
        Action::BackupWritten { name, bytes } => vault::backup_written(state, name, bytes),
        Action::BackupConfirmed => vault::backup_confirmed(state),
        Action::BackupBrought { bytes, passphrase } => vault::backup_brought(state, bytes, passphrase),
        Action::BackupOpened { created, records, keys } => {
            vault::backup_opened(state, created, records, keys)
        }
        Action::RestoreWanted => vault::restore_wanted(state),
        Action::RestoreDropped => vault::restore_dropped(state),
    }
}

/// Why a preview, an issuing or a store's change failed belongs to the page that is left.
fn forget_failures(state: &mut State) {
    let of_the_page = |slot: &Slot| matches!(slot, Slot::Preview | Slot::Issue | Slot::Store);
    state.waits.retain(|slot, wait| !(of_the_page(slot) && matches!(wait, Wait::Failed(_))));
}

/// Says that this tab can't change anything now; `true` if that is so.
fn is_barred(state: &mut State) -> bool {
    let barred = !state.may_write();
    if barred {
        state.say(
            "Another tab is working in this vault. Choose “Work in this tab” to change something here.",
            Tone::Bad,
        );
    }
    barred
}
