//! All that the page shows is made from this: the desk, and what is going on right now.

use crate::desk::Desk;
use crate::explain::Advice;
use crate::id::{AuthorityId, CertificateId, CommitId, JobId, KeyId, ObjectId, ProbeId, RequestId, StoreId};
use crate::job::{Card, ChainReport, Contents, Described, card};
use crate::opened::Opened;
use crate::record::Change;
use crate::route::Route;
use crate::vault::Stored;
use certwright_pki::describe::Description;
use certwright_pki::{Certificate, Kind, UnixTime};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// The application's state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct State {
    pub desk: Desk,
    pub vault: VaultState,
    pub route: Route,
    /// What is going on, by the place that shows it.
    pub waits: BTreeMap<Slot, Wait>,
    /// Said once, to eyes and to screen readers.
    pub notice: Option<Notice>,
    /// What was opened to be looked at.
    pub opened: Rc<Opened>,
    /// Descriptions of what is looked at.
    pub described: BTreeMap<ObjectId, Rc<Described>>,
    /// Private keys among what was opened; the page holds them.
    pub(crate) held: BTreeSet<KeyId>,
    pub(crate) batch: Batch,
    /// What was brought, by the place it was brought to.
    pub trays: BTreeMap<Place, Rc<Tray>>,
    /// The certificate that is about to be issued.
    pub preview: Option<Rc<Preview>>,
    /// Files that were written, newest first.
    pub receipts: Vec<Rc<Receipt>>,
    /// Judgements of certificates against stores.
    pub judged: BTreeMap<(CertificateId, StoreId), Rc<ChainReport>>,
    /// How a bulk run went.
    pub run: Option<Run>,
    pub restore: Option<Rc<Restore>>,
    /// True if the page can reach its companion.
    pub proxy: bool,
    pub now: UnixTime,
    pub(crate) jobs: BTreeMap<JobId, Purpose>,
    pub(crate) commits: BTreeMap<CommitId, Rc<Pending>>,
    pub(crate) next: u64,
}

/// The vault as the page knows it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct VaultState {
    pub phase: VaultPhase,
    /// False while another tab writes.
    pub writer: bool,
    /// What the browser said when it was asked to keep the data; `None` if it was not asked or did not say.
    pub persisted: Option<bool>,
    /// Why nothing can be kept in this browser.
    pub storage_fault: Option<Advice>,
    /// Records that did not open, or that don't add up.
    pub warnings: Vec<Advice>,
    pub last_backup: Option<UnixTime>,
    /// A backup was written and the person has not said yet that the file is there.
    pub backup_unconfirmed: bool,
}

/// Where the vault is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum VaultPhase {
    /// Not yet looked.
    #[default]
    Starting,
    /// No passphrase: everything is in memory and will be gone.
    Memory,
    Locked,
    Open,
}

/// A place that can be busy or have failed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slot {
    MakeAuthority,
    MakeRequest,
    Bring(Place),
    Unlock(ObjectId),
    Describe(ObjectId),
    Export,
    Preview,
    Issue,
    Deny,
    Crl(AuthorityId),
    Judge(CertificateId),
    Probe,
    Store,
    Vault,
}

/// How a wait stands.
#[derive(Clone, PartialEq, Debug)]
pub enum Wait {
    Running { done: usize, total: usize, since: UnixTime, job: Option<JobId> },
    Failed(Advice),
}

/// A sentence for the live region.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// Rises with each notice, so that the same sentence is announced again.
    pub number: u64,
    pub text: String,
    pub tone: Tone,
    pub at: UnixTime,
}

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Good,
    Bad,
}

/// A place where something can be brought to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    Desk,
    RequestBox,
    Completion(RequestId),
    Store(StoreId),
}

/// Files that were opened together.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Batch {
    /// Jobs that have not ended.
    pub(crate) waiting: usize,
    /// Further files will come.
    pub(crate) more: bool,
    /// The person gave up; what is still to come of the same drop is not read.
    pub(crate) given_up: bool,
    pub(crate) found: usize,
    pub(crate) problems: usize,
    pub(crate) last: Option<ObjectId>,
}

/// Something that can be looked at, whether it was opened or is on the desk.
#[derive(Clone, PartialEq, Debug)]
pub struct Thing {
    pub id: ObjectId,
    pub kind: Kind,
    /// Of a private key the SubjectPublicKeyInfo; empty for a private key that can't be used.
    pub bytes: Rc<Vec<u8>>,
    pub card: Card,
    /// Only for a private key that can't be used.
    pub description: Option<Rc<Description>>,
    /// The PEM label that it came with; empty for the usual one.
    pub label: String,
}

impl Thing {
    /// Whether its octets may be seen and copied: not those of a key, nor of a file with a key in clear.
    pub fn shows_octets(&self) -> bool {
        !matches!(self.kind, Kind::PrivateKey | Kind::SecretKey) && !self.card.bare
    }
}

/// What was found in what was brought.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tray {
    /// Name of the file, or `pasted text`.
    pub source: String,
    pub contents: Contents,
    /// What is wrong for this place: a certificate where a request is wanted, for example.
    pub refusals: Vec<Advice>,
    /// What was done with it.
    pub done: Vec<String>,
    /// What asks for its password.
    pub locked: Option<Rc<(Kind, Vec<u8>)>>,
}

/// What will be signed if the person says so.
#[derive(Clone, PartialEq, Debug)]
pub struct Preview {
    pub request: RequestId,
    pub form: IssueForm,
    /// Decoded from the to-be-signed bytes.
    pub certificate: Certificate,
    /// Set if the validity was shortened to the authority's end.
    pub clamped: bool,
}

/// What a person chooses when issuing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssueForm {
    pub authority: AuthorityId,
    pub profile: String,
    pub days: u32,
    /// What to do with a validity past the authority's.
    pub overrun: Overrun,
}

/// Past the authority's own end, a certificate is worthless.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Overrun {
    #[default]
    Refuse,
    Clamp,
}

/// A file that was written, as read back from its bytes.
#[derive(Clone, PartialEq, Debug)]
pub struct Receipt {
    pub number: u64,
    pub name: String,
    pub format: &'static str,
    pub size: usize,
    pub sha256: String,
    pub read_back: Vec<String>,
    /// The page that it belongs to.
    pub route: Route,
}

/// A bulk run of issuing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Run {
    pub total: usize,
    pub issued: usize,
    pub refused: Vec<(RequestId, Advice)>,
    pub finished: bool,
    pub cancelled: bool,
    pub(crate) rest: VecDeque<RequestId>,
    pub(crate) form: Option<IssueForm>,
    pub(crate) from_preview: bool,
}

impl Run {
    /// The authority that signs.
    pub(crate) fn authority(&self) -> Option<&AuthorityId> {
        self.form.as_ref().map(|form| &form.authority)
    }
}

/// A backup that was opened and not yet merged.
#[derive(Clone, PartialEq, Debug)]
pub struct Restore {
    /// Not on the desk yet.
    pub fresh: Vec<String>,
    /// On the desk already, the same.
    pub same: usize,
    /// On the desk already, but different: the desk's stays.
    pub different: Vec<String>,
    /// When the backup was written.
    pub(crate) created: UnixTime,
    pub(crate) records: Vec<Stored>,
    pub(crate) keys: Vec<KeyId>,
}

/// What a running job is for.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Purpose {
    MakeAuthority {
        label: String,
    },
    MakeRequest {
        label: String,
        typed_name: String,
        file_name: String,
        submit_to: Option<AuthorityId>,
    },
    Bring {
        place: Place,
        source: String,
    },
    Unlock {
        place: Place,
        source: String,
    },
    Open {
        /// Of the files.
        names: Vec<String>,
        /// The files, to be read one by one if reading them together fails.
        again: Rc<Vec<crate::job::File>>,
        /// Objects that were found so far.
        found: usize,
    },
    UnlockObject(ObjectId),
    Describe(ObjectId),
    Export {
        format: &'static str,
        /// The private keys that go along.
        keys: Vec<KeyId>,
        /// What the one file is to be called, with its ending; none for the usual name.
        name: Option<String>,
    },
    Preview {
        request: RequestId,
        form: IssueForm,
        clamped: bool,
    },
    Issue {
        lines: Vec<RequestId>,
    },
    Crl {
        authority: AuthorityId,
        number: u64,
        next: UnixTime,
    },
    Judge {
        certificate: CertificateId,
        store: StoreId,
    },
    JudgeProbe {
        id: ProbeId,
        sighting: Box<crate::probe::Sighting>,
    },
}

/// Changes on their way to the vault.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Pending {
    pub(crate) changes: Vec<Change>,
    pub(crate) slot: Option<Slot>,
    pub(crate) notice: Option<String>,
    pub(crate) go: Option<Route>,
    pub(crate) followed_by: Option<Followed>,
}

/// What follows a commit.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Followed {
    ProbeAgain(ProbeId),
    ClearTray(Place),
    /// The requests whose certificates are in it.
    Batch(Vec<RequestId>),
    ClearRestore,
}

impl State {
    /// An empty desk at a route.
    pub fn at(route: Route, now: UnixTime) -> Self {
        Self { route, now, ..Self::default() }
    }

    /// A number that this page has not used yet.
    pub(crate) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Says something.
    pub(crate) fn say(&mut self, text: impl Into<String>, tone: Tone) {
        let number = self.number();
        self.notice = Some(Notice { number, text: text.into(), tone, at: self.now });
    }

    /// What has this id, opened or on the desk.
    pub fn thing(&self, id: &ObjectId) -> Option<Thing> {
        if let Some(object) = self.opened.get(id) {
            return Some(Thing {
                id: id.clone(),
                kind: object.kind(),
                bytes: object.bytes.clone(),
                card: object.card.clone(),
                description: object.description.clone(),
                label: object.label().to_owned(),
            });
        }
        let certificate = self.desk.certificates.get(&CertificateId(id.0.clone()));
        let request = self.desk.requests.get(&RequestId(id.0.clone()));
        let (kind, der, card) = match (certificate, request) {
            (Some(entry), _) => {
                let one = &entry.certificate;
                (Kind::Certificate, one.der(), card::certificate(one))
            }
            (None, Some(entry)) => (Kind::Request, entry.request.der(), card::request(&entry.request)),
            (None, None) => return None,
        };
        Some(Thing {
            id: id.clone(),
            kind,
            bytes: Rc::new(der.to_vec()),
            card,
            description: None,
            label: String::new(),
        })
    }

    /// True while `slot` is at work.
    pub fn is_busy(&self, slot: &Slot) -> bool {
        matches!(self.waits.get(slot), Some(Wait::Running { .. }))
    }

    /// True if the person may change something in this tab.
    pub fn may_write(&self) -> bool {
        match self.vault.phase {
            VaultPhase::Memory => true,
            VaultPhase::Open => self.vault.writer,
            VaultPhase::Starting | VaultPhase::Locked => false,
        }
    }
}
