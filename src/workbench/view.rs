//! View models: what each page shows, as strings and ids, ready to be drawn. Dates, OIDs and sorting end here.

mod authority;
mod certificate;
mod compare;
mod desk;
mod export;
mod object;
mod octets;
mod opened;
mod probe;
mod request;
mod revoked;
mod store;
mod tray;
mod vault;
mod verdict;
mod words;

pub use authority::{AuthorityRow, AuthorityView, authorities, authority};
pub use certificate::{
    CertificateRow, CertificateView, UseRow, certificate, certificates, facts, issued_by, usable_for,
};
pub use compare::{CompareView, Line, OctetRow, Part, Side, compare};
pub use desk::{DeskView, Step, StepState, desk};
pub use export::{ExportView, FormatRow, chain_orders, export};
pub use object::{BondRow, CardRow, LockedView, ObjectView, object};
pub use octets::{Places, pem};
pub use opened::{GroupRow, OpenedView, found, group_rows, opened};
pub use probe::{ImportLine, LinkRow, ProbeRow, ProbeView, ReportView, probe, report};
pub use request::{
    PreviewView, QueueFilter, RequestRow, RequestView, pending_with, preview, request, requests,
};
pub use revoked::{RevokedRow, RevokedView, revoked};
pub use store::{StoreRow, StoreView, TrustedRow, store, store_choices, stores};
pub use tray::{FoundRow, TrayView, holds_stray_key, tray};
pub use vault::{Chip, VaultView, chips, vault};

use crate::explain::Advice;
use crate::id::JobId;
use crate::state::{Receipt, Slot, State, Wait};
use certwright_pki::UnixTime;
use std::rc::Rc;

/// A label and its value; `copy` where people want to take the value along.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
    pub copy: bool,
    /// Hex and the like, set in a fixed width.
    pub code: bool,
    /// A moment, to be shown in the person's own time as well.
    pub at: Option<UnixTime>,
}

impl Fact {
    /// A plain fact.
    pub fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self { label, value: value.into(), copy: false, code: false, at: None }
    }

    /// A moment.
    pub fn moment(label: &'static str, at: UnixTime, now: UnixTime) -> Self {
        Self { at: Some(at), ..Self::new(label, format!("{at} · {}", day(at, now))) }
    }

    /// A fact that can be copied.
    pub fn copied(label: &'static str, value: impl Into<String>) -> Self {
        Self { copy: true, ..Self::new(label, value) }
    }

    /// A code that can be copied.
    pub fn code(label: &'static str, value: impl Into<String>) -> Self {
        Self { copy: true, code: true, ..Self::new(label, value) }
    }
}

/// The first lines of a list, and how many there are in all. Lines cost time to write, and ten thousand are never read.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed<T> {
    pub rows: Vec<T>,
    pub total: usize,
}

/// How a word is meant; always shown with an icon and the word, never by colour alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    Good,
    Warn,
    Bad,
    Plain,
}

/// A word with a mood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Badge {
    pub mood: Mood,
    pub text: String,
}

impl Badge {
    /// A badge.
    pub fn new(mood: Mood, text: impl Into<String>) -> Self {
        Self { mood, text: text.into() }
    }
}

/// How a place stands that may be busy or have failed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WaitView {
    pub running: Option<Running>,
    pub failed: Option<Advice>,
}

/// Something that runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Running {
    pub done: usize,
    /// 0 if it is not known how far it is.
    pub total: usize,
    pub since: UnixTime,
    /// Set if it can be cancelled.
    pub job: Option<JobId>,
}

/// The wait of a slot.
pub fn wait(state: &State, slot: &Slot) -> WaitView {
    match state.waits.get(slot) {
        Some(Wait::Running { done, total, since, job }) => WaitView {
            running: Some(Running { done: *done, total: *total, since: *since, job: *job }),
            failed: None,
        },
        Some(Wait::Failed(advice)) => WaitView { running: None, failed: Some(advice.clone()) },
        None => WaitView::default(),
    }
}

/// The receipts of the page that is shown.
pub fn receipts(state: &State) -> Vec<Rc<Receipt>> {
    state.receipts.iter().filter(|receipt| receipt.route == state.route).cloned().collect()
}

/// A day, with how many pages of the calendar it is from now, both in UTC: `2027-11-23 (in 365 days)`.
pub fn day(at: UnixTime, now: UnixTime) -> String {
    match words::days_between(now, at) {
        0 => format!("{} (today)", at.date()),
        1 => format!("{} (tomorrow)", at.date()),
        -1 => format!("{} (yesterday)", at.date()),
        days if days > 0 => format!("{} (in {days} days)", at.date()),
        days => format!("{} ({} days ago)", at.date(), -days),
    }
}

/// Hex in pairs with colons.
pub fn colons(hex: &str) -> String {
    let pairs: Vec<&str> = (0..hex.len()).step_by(2).filter_map(|at| hex.get(at..at + 2)).collect();
    pairs.join(":").to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_the_calendar() {
        let noon = UnixTime(20_000 * 86_400 + 43_200);
        for (seconds, said) in [
            (0, "today"),
            (-1, "today"),
            (-43_200, "today"),
            (-43_201, "yesterday"),
            (43_199, "today"),
            (43_200, "tomorrow"),
            (3 * 86_400, "in 3 days"),
            (-3 * 86_400, "3 days ago"),
        ] {
            let at = UnixTime(noon.0 + seconds);
            assert_eq!(day(at, noon), format!("{} ({said})", at.date()), "{seconds}");
        }
    }
}
