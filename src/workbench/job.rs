//! Work for the worker: orders and outcomes as plain data, so that they can cross to another thread. Private keys
//! travel beside them, never in them. How each is done is in [`run`].

mod authority;
mod bring;
pub(crate) mod card;
mod describe;
mod export;
mod issue;
mod judge;
mod request;
pub mod run;

use crate::explain::Advice;
use crate::id::{KeyId, ObjectId};
use certwright_pki::describe::Description;
use certwright_pki::export::{ChainOrder, Fits, Format, KeyForm, LineEnding};
use certwright_pki::peer_name::NameRule;
use certwright_pki::{KeyKind, Kind, UnixTime};
use serde::{Deserialize, Serialize};

pub use judge::{ChainReport, LinkReport, MissingCertificate, Verdict};

/// A piece of work. DER goes in as bytes: the worker reads it again rather than trusting a copy of our own types.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Job {
    /// Makes a key, a root certificate, an empty CRL and tries them out.
    MakeAuthority(AuthorityOrder),
    /// Makes a key and a request.
    MakeRequest(RequestOrder),
    /// Finds out what some files hold; `in_parts` to hear of them before the end.
    Read { files: Vec<File>, in_parts: bool },
    /// Says everything that an object says, and which of the others signed it or were signed by it.
    Describe(DescribeOrder),
    /// Issues certificates, one for each request, in order.
    Issue(IssueOrder),
    /// Signs a CRL.
    MakeCrl(CrlOrder),
    /// Writes files of any form and reads them back.
    Export(ExportOrder),
    /// Opens what a password protects.
    Unlock { kind: Kind, bytes: Vec<u8>, password: crate::secret::Passphrase },
    /// Judges what a server sent, or a certificate at rest, against a store.
    Judge(JudgeOrder),
}

/// The hash of a signature; Ed25519 brings its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Hash {
    #[default]
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// All, in the order shown.
    pub const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    /// The usual name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

/// From when to when, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Span {
    pub from: UnixTime,
    pub to: UnixTime,
}

/// A root authority to make.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AuthorityOrder {
    /// DER of the distinguished name.
    pub subject: Vec<u8>,
    pub key: KeyKind,
    pub hash: Hash,
    pub validity: Span,
    /// When the first CRL is due to be replaced.
    pub next_crl: UnixTime,
}

/// A request to make.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RequestOrder {
    /// DER of the distinguished name.
    pub subject: Vec<u8>,
    /// Names for the SAN, as typed; each is read with `GeneralName::from_typed`.
    pub names: Vec<String>,
    pub key: KeyKind,
    pub hash: Hash,
}

/// Certificates to issue under one authority; its private key comes along first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct IssueOrder {
    /// DER of the authority's certificate.
    pub authority: Vec<u8>,
    pub hash: Hash,
    pub requests: Vec<IssueLine>,
    /// True to make the certificates without signing them for good: the preview.
    pub preview: bool,
}

/// One certificate of an [`IssueOrder`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct IssueLine {
    /// DER of the request.
    pub request: Vec<u8>,
    /// Id of the profile, see [`certwright_pki::profile::Profile`].
    pub profile: String,
    /// Names for the SAN, as shown by `GeneralName`'s `Display`.
    pub names: Vec<String>,
    pub validity: Span,
}

/// A CRL to sign; the authority's private key comes along first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CrlOrder {
    pub authority: Vec<u8>,
    pub hash: Hash,
    pub number: u64,
    pub validity: Span,
}

/// A chain to judge.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct JudgeOrder {
    /// As sent by the server, leaf first.
    pub sent: Vec<Vec<u8>>,
    /// Known elsewhere on the desk.
    pub pool: Vec<Vec<u8>>,
    /// The chosen store's.
    pub store: Vec<Vec<u8>>,
    pub at: UnixTime,
    /// The name that clients type, if one is to be compared.
    pub name: Option<(String, NameRule)>,
}

/// A file that was brought, or a text that was pasted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct File {
    pub name: String,
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// An object to describe.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeOrder {
    pub kind: Kind,
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// Certificates whose subject is its issuer.
    pub issuers: Vec<(ObjectId, Vec<u8>)>,
    /// Objects whose issuer is its subject.
    pub issued: Vec<(ObjectId, Kind, Vec<u8>)>,
}

/// Files to write; the private keys come along, in the order of the objects that are private keys.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ExportOrder {
    pub objects: Vec<ToWrite>,
    pub choice: ExportChoice,
    pub password: crate::secret::Passphrase,
    pub at: UnixTime,
}

/// An object to write.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ToWrite {
    pub kind: Kind,
    /// The PEM label that it came with; empty for the usual one.
    pub label: String,
    /// Nothing of a private key, which travels beside the order.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// What a person chooses when files are written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExportChoice {
    pub format: Format,
    pub key_form: KeyForm,
    pub chain: ChainOrder,
    pub line_ending: LineEnding,
    /// Name of the file, without its ending.
    pub name: String,
    /// What a container calls the key; empty for the usual name.
    pub friendly_name: String,
}

/// A file that was written and read back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WrittenFile {
    pub name: String,
    pub media_type: String,
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// Lower-case hex.
    pub sha256: String,
    /// What it holds, a line each.
    pub contents: Vec<String>,
}

/// How two objects hang together that name each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Bond {
    /// The signature verifies with the issuer's key.
    Signed,
    /// The names agree and the signature was made with another key.
    NameOnly,
    /// The names agree; the algorithm can't be computed here.
    Unproven,
}

/// An object with all that it says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Described {
    pub description: Description,
    /// The candidates among the issuers, and how each hangs together with it.
    pub issuers: Vec<(ObjectId, Bond)>,
    /// The same for what it may have issued.
    pub issued: Vec<(ObjectId, Bond)>,
}

/// What came of a job.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// With the new private key beside it.
    AuthorityMade { certificate: Vec<u8>, crl: Vec<u8>, checks: Vec<Check> },
    /// With the new private key beside it.
    RequestMade { request: Vec<u8>, key: KeyId },
    /// With the private keys that were found beside it.
    Read(Contents),
    /// One for each line of the order.
    Issued(Vec<Result<Vec<u8>, Advice>>),
    /// The CRL's DER.
    CrlMade(Vec<u8>),
    /// With the private keys that were in it beside it.
    Unlocked(Contents),
    /// The files, read back.
    Exported(Vec<WrittenFile>),
    /// The description, or why there is none.
    Described(Box<Described>),
    /// The judgement.
    Judged(Box<ChainReport>),
}

/// What a file, a paste or a container holds.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Contents {
    pub items: Vec<Brought>,
    /// What could not be read.
    pub problems: Vec<Trouble>,
    /// Number of octets that were given.
    pub size: usize,
}

/// One object that was found in the input.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Brought {
    pub kind: BroughtKind,
    /// Empty for a private key that can't be used: its bytes stay in the worker.
    #[serde(with = "serde_bytes")]
    pub der: Vec<u8>,
    /// What had to be repaired to read it, each a clause.
    pub repairs: Vec<String>,
    pub id: ObjectId,
    pub card: Card,
    pub whence: Whence,
    /// Only for a private key that can't be used.
    pub description: Option<Box<Description>>,
}

/// Where an object, or a problem, is in what was brought.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Whence {
    /// The number of the file.
    pub file: usize,
    /// The file within an archive.
    pub entry: Option<String>,
    /// The first octet and the one behind the last.
    pub at: (usize, usize),
    /// What its container calls it.
    pub name: Option<String>,
    /// Set if it came out of a container with members of its own.
    pub within: bool,
}

/// Something that could not be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trouble {
    pub advice: Advice,
    pub whence: Whence,
}

/// What a list shows of an object, and finds it by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Card {
    pub title: String,
    pub detail: String,
    /// All that it can be found by, in lower case.
    pub search: String,
    /// Its public key, if it has one.
    pub key: Option<KeyId>,
    /// Its subject's name in the form that is compared, as a hash; an issuer has the same.
    pub subject: Option<u64>,
    pub issuer: Option<u64>,
    pub validity: Option<Span>,
    pub is_ca: bool,
    /// The forms in which it can be written.
    pub fits: Fits,
    /// A private key lies in it that no password protects: its octets are not shown.
    pub bare: bool,
}

/// What an object in the input is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum BroughtKind {
    Certificate,
    /// With the fault if its own signature does not verify.
    Request {
        fault: Option<Advice>,
    },
    Crl,
    /// Its DER here is the SubjectPublicKeyInfo; the private key travels beside the outcome.
    PrivateKey(KeyId),
    /// Opened by a password; with the rounds of its key derivation, to be told before.
    Locked {
        kind: Kind,
        iterations: Option<u64>,
    },
    PublicKey,
    Other {
        kind: Kind,
        /// Its PEM label, or what it seems to be.
        label: String,
    },
}

impl BroughtKind {
    /// Whether it is a private key by itself, encrypted or not.
    #[must_use]
    pub fn is_private_key(&self) -> bool {
        match self {
            Self::PrivateKey(_) => true,
            Self::Locked { kind, .. } => !matches!(kind, Kind::Pkcs12 | Kind::KeyStore),
            _ => false,
        }
    }

    /// Whether it is one of the kinds that are only looked at.
    #[must_use]
    pub fn is_other(&self) -> bool {
        match self {
            Self::Locked { kind, .. } => *kind == Kind::KeyStore,
            Self::PublicKey | Self::Other { .. } => true,
            _ => false,
        }
    }
}

/// One line of a self-test.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Check {
    pub what: String,
    /// Why not, where it failed.
    pub fault: Option<String>,
}

/// Why a job came to nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum JobFailure {
    /// The work itself could not be done.
    Refused(Advice),
    /// The worker trapped; the page and the vault are untouched.
    Crashed { what: String },
    /// The person cancelled.
    Cancelled,
    /// A private key that the job needs is not to be had.
    MissingKey(crate::vault::VaultFault),
}
