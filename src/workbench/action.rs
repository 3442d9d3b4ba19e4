//! What happened: a person's wishes and the world's answers. Nothing here holds a private key.

use crate::explain::Advice;
use crate::id::{AuthorityId, CertificateId, CommitId, JobId, KeyId, ObjectId, ProbeId, RequestId, StoreId};
use crate::job::{Contents, ExportChoice, File, Hash, JobFailure, Outcome};
use crate::probe::Sighting;
use crate::route::Route;
use crate::secret::Passphrase;
use crate::state::{IssueForm, Place};
use crate::vault::{Stored, VaultFault};
use certwright_pki::export::Destination;
use certwright_pki::peer_name::NameRule;
use certwright_pki::{KeyKind, UnixTime};

/// Something happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    // The page
    Navigated(Route),
    Ticked,
    NoticeDismissed,
    ProxyFound(bool),

    // Work
    JobProgressed {
        job: JobId,
        done: usize,
        total: usize,
    },
    /// A part of what the job finds.
    JobYielded {
        job: JobId,
        contents: Contents,
    },
    /// `held` are the private keys that came into being; the page holds them until a commit names them.
    JobEnded {
        job: JobId,
        result: Result<Outcome, JobFailure>,
        held: Vec<KeyId>,
    },
    JobCancelled(JobId),
    Committed(CommitId),
    CommitFailed {
        commit: CommitId,
        fault: VaultFault,
    },

    // Wishes
    AuthorityWanted(AuthorityForm),
    RequestWanted(RequestForm),
    Brought {
        place: Place,
        files: Vec<File>,
        /// True if this is not yet the last of what was brought together.
        more: bool,
    },
    /// A file was not read: too large, or the browser could not.
    NotBrought {
        place: Place,
        advice: Advice,
    },
    PasswordGiven {
        place: Place,
        password: Passphrase,
    },
    TrayCleared(Place),
    /// Opens what was brought under a password, all of these with the same.
    UnlockObjects {
        objects: Vec<ObjectId>,
        password: Passphrase,
    },
    /// Keeps these of what was opened on the desk.
    ObjectsKept(Vec<ObjectId>),
    /// Puts these away; all of them if there are none.
    ObjectsClosed(Vec<ObjectId>),
    DescriptionWanted(ObjectId),
    /// Saves a part of an object: first octet and the one behind the last.
    OctetsSaved {
        object: ObjectId,
        at: (usize, usize),
    },
    /// Writes files with these; `secret` if the person was told that a private key is among them and said so.
    ObjectsExported {
        objects: Vec<ObjectId>,
        choice: ExportChoice,
        password: Passphrase,
        secret: bool,
    },
    TrayKept {
        place: Place,
        submit_to: Option<AuthorityId>,
    },
    RequestSubmitted {
        request: RequestId,
        authority: AuthorityId,
    },
    PreviewWanted {
        request: RequestId,
        form: IssueForm,
    },
    PreviewClosed,
    IssueWanted {
        request: RequestId,
        form: IssueForm,
    },
    IssueAllWanted {
        form: IssueForm,
    },
    RequestDenied {
        request: RequestId,
        reason: String,
    },
    ReplyTaken {
        request: RequestId,
        certificate: CertificateId,
    },
    ExportWanted(Export),
    /// Writes a PKCS#12 file with the chain and the private key; `secret` if the person was told so and said so.
    Pkcs12Wanted {
        certificate: CertificateId,
        name: String,
        password: Passphrase,
        destination: Destination,
        secret: bool,
    },
    CrlWanted {
        authority: AuthorityId,
        days: u32,
    },
    StoreWanted {
        name: String,
    },
    TrustWanted {
        store: StoreId,
        certificate: CertificateId,
        name: String,
    },
    TrustRemoved {
        store: StoreId,
        certificate: CertificateId,
    },
    JudgementWanted {
        certificate: CertificateId,
        store: StoreId,
    },
    ProbeWanted {
        host: String,
        port: String,
        store: Option<StoreId>,
        rule: NameRule,
    },
    ProbeEnded {
        id: ProbeId,
        result: Result<Sighting, Advice>,
    },
    ImportApproved {
        id: ProbeId,
        certificates: Vec<CertificateId>,
    },

    // The vault
    VaultOpened(VaultOpened),
    VaultRefused(VaultFault),
    RoleChanged {
        writer: bool,
    },
    PassphraseSet(Passphrase),
    UnlockWanted(Passphrase),
    LockWanted,
    PassphraseChanged {
        old: Passphrase,
        new: Passphrase,
    },
    TakeOverWanted,
    /// The passphrase is lost, or the vault is to go: `confirmed` is what was typed.
    EraseWanted {
        confirmed: String,
    },
    LossesAccepted,
    BackupWanted(Passphrase),
    BackupWritten {
        name: String,
        bytes: Vec<u8>,
    },
    BackupConfirmed,
    BackupBrought {
        bytes: Vec<u8>,
        passphrase: Passphrase,
    },
    BackupOpened {
        /// When the backup was written.
        created: UnixTime,
        records: Vec<Stored>,
        keys: Vec<KeyId>,
    },
    RestoreWanted,
    RestoreDropped,
}

/// What the page found when it looked for the vault, or after it was created, unlocked or locked.
#[derive(Clone, PartialEq, Debug)]
pub enum VaultOpened {
    /// No vault in this browser: memory only, with the reason if the browser refused storage.
    Memory {
        fault: Option<VaultFault>,
    },
    Locked,
    /// Created just now from what was in memory.
    Created {
        persisted: Option<bool>,
        writer: bool,
    },
    Unlocked {
        records: Vec<Stored>,
        /// What was in this tab's memory and is in no vault yet; its private keys are held.
        carried: Vec<Stored>,
        warnings: Vec<VaultFault>,
        persisted: Option<bool>,
        writer: bool,
    },
    /// Another tab has written; these are all records now.
    Reread {
        records: Vec<Stored>,
        warnings: Vec<VaultFault>,
    },
    PassphraseChanged,
}

/// The authority that a person asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuthorityForm {
    pub name: SubjectForm,
    pub key: KeyChoice,
    pub hash: Hash,
    pub years: u32,
}

/// The request that a person asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RequestForm {
    /// The friendly name.
    pub label: String,
    pub name: SubjectForm,
    /// Further names for the SAN, separated by white space or commas.
    pub more_names: String,
    pub key: KeyChoice,
    pub hash: Hash,
    pub file_name: String,
    pub submit_to: Option<AuthorityId>,
}

/// A distinguished name as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SubjectForm {
    pub common_name: String,
    pub organization: String,
    pub unit: String,
    pub locality: String,
    pub state: String,
    pub country: String,
}

/// A kind of key; RSA 2048 unless chosen otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyChoice(pub KeyKind);

impl Default for KeyChoice {
    fn default() -> Self {
        Self(KeyKind::Rsa2048)
    }
}

/// A file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    pub what: Exported,
    pub format: Format,
    pub name: String,
}

/// What goes into the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exported {
    Request(RequestId),
    Certificate(CertificateId),
    /// The certificate and what the desk holds above it.
    Chain(CertificateId),
    Crl(AuthorityId),
}

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Pem,
    Der,
    Pkcs7,
    /// The same between BEGIN and END lines.
    Pkcs7Pem,
}
