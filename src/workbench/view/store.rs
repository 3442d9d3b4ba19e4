//! Trust stores: the list, and one of them.

use super::{Badge, TrayView, WaitView, certificate, day, tray, wait};
use crate::id::{CertificateId, StoreId};
use crate::state::{Place, Slot, State};

/// One line of the list.
#[derive(Clone, PartialEq, Debug)]
pub struct StoreRow {
    pub id: StoreId,
    pub name: String,
    pub count: usize,
}

/// One store as a page.
#[derive(Clone, PartialEq, Debug)]
pub struct StoreView {
    pub id: StoreId,
    pub name: String,
    pub trusted: Vec<TrustedRow>,
    /// Authorities on the desk that the store lacks, with the name proposed for each.
    pub candidates: Vec<(CertificateId, String, String)>,
    pub tray: Option<TrayView>,
    pub bring_wait: WaitView,
    pub wait: WaitView,
}

/// One certificate in a store.
#[derive(Clone, PartialEq, Debug)]
pub struct TrustedRow {
    pub certificate: CertificateId,
    pub name: String,
    pub subject: String,
    pub expires: String,
    pub badge: Badge,
}

/// All stores, by name.
pub fn stores(state: &State) -> Vec<StoreRow> {
    let row = |store: &crate::desk::StoreEntry| StoreRow {
        id: store.id.clone(),
        name: store.name.clone(),
        count: store.trusted.len(),
    };
    state.desk.stores.values().map(|store| row(store)).collect()
}

/// Ids and names for a choice.
pub fn store_choices(state: &State) -> Vec<(StoreId, String)> {
    stores(state).into_iter().map(|row| (row.id, row.name)).collect()
}

/// One store.
pub fn store(state: &State, id: &StoreId) -> Option<StoreView> {
    let store = state.desk.stores.get(id)?;
    let trusted = store.trusted.iter().filter_map(|one| {
        let entry = state.desk.certificates.get(&one.certificate)?;
        Some(TrustedRow {
            certificate: one.certificate.clone(),
            name: one.name.clone(),
            subject: entry.certificate.subject().rfc4514(),
            expires: day(entry.certificate.validity().not_after, state.now),
            badge: certificate::lifetime(&entry.certificate, state.now),
        })
    });
    let here = |id: &CertificateId| store.trusted.iter().any(|one| one.certificate == *id);
    let candidates = state
        .desk
        .certificates
        .values()
        .filter(|entry| entry.certificate.is_ca() && !here(&entry.id))
        .map(|entry| (entry.id.clone(), entry.label.clone(), proposed(&entry.label)));
    let place = Place::Store(id.clone());
    Some(StoreView {
        id: id.clone(),
        name: store.name.clone(),
        trusted: trusted.collect(),
        candidates: candidates.collect(),
        tray: tray(state, &place),
        bring_wait: wait(state, &Slot::Bring(place)),
        wait: wait(state, &Slot::Store),
    })
}

/// The name that an import proposes: the label, without what a store's name can't have.
pub(super) fn proposed(label: &str) -> String {
    label.chars().map(|c| if "/\\".contains(c) || c.is_control() { '-' } else { c }).collect()
}
