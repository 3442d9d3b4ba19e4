//! The vault's records, version 1: what is written for each kind of entry, and back. Independent of the entries'
//! own types, so that those may change while old vaults still open.

use crate::base64;
use crate::desk::{
    AuthorityEntry, CertificateEntry, KeyEntry, Origin, ProbeEntry, Queue, Reply, RequestEntry, StoreEntry,
    Trusted,
};
use crate::id::{AuthorityId, CertificateId, KeyId, ProbeId, RequestId, StoreId};
use crate::job::Check;
use crate::probe::ProbeResult;
use crate::vault::{Stored, VaultFault, Write};
use certwright_pki::peer_name::NameRule;
use certwright_pki::{Certificate, PublicKey, Request, UnixTime};
use serde::{Deserialize, Serialize};

/// Version that this page writes.
const VERSION: u32 = 1;

/// One thing on the desk.
#[derive(Clone, PartialEq, Debug)]
pub enum Entry {
    Key(KeyEntry),
    Request(RequestEntry),
    Certificate(CertificateEntry),
    Authority(AuthorityEntry),
    Store(StoreEntry),
    Probe(ProbeEntry),
    /// A serial number, written once and never again: `authority/serial`.
    Serial(String),
    /// When the last backup was written.
    Backup(UnixTime),
}

/// A change of the desk, which takes effect when the vault has it.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Something that must not be there yet.
    New(Box<Entry>),
    /// Something new or changed.
    Put(Box<Entry>),
    Remove(String),
}

impl Change {
    /// A change that adds or replaces `entry`.
    pub fn put(entry: Entry) -> Self {
        Self::Put(Box::new(entry))
    }

    /// A change that adds `entry` and fails if it is there already.
    pub fn new(entry: Entry) -> Self {
        Self::New(Box::new(entry))
    }

    /// The write that makes it durable.
    ///
    /// # Errors
    /// [`VaultFault::Storage`] if the entry can't be written as JSON, which plain data always can.
    pub fn write(&self) -> Result<Write, VaultFault> {
        match self {
            Self::New(entry) => Ok(Write::Create(store(entry)?)),
            Self::Put(entry) => Ok(Write::Put(store(entry)?)),
            Self::Remove(id) => Ok(Write::Delete(id.clone())),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    v: u32,
    record: Record,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Record {
    Key {
        label: String,
        #[serde(with = "base64")]
        spki: Vec<u8>,
        created: UnixTime,
        #[serde(default)]
        exported: Option<UnixTime>,
        #[serde(default)]
        backed_up: Option<UnixTime>,
    },
    Request {
        label: String,
        #[serde(with = "base64")]
        der: Vec<u8>,
        #[serde(default)]
        typed_name: Option<String>,
        file_name: String,
        #[serde(default)]
        key: Option<KeyId>,
        #[serde(default)]
        repairs: Vec<String>,
        created: UnixTime,
        queue: QueueRecord,
        #[serde(default)]
        reply: Option<(CertificateId, UnixTime)>,
    },
    Certificate {
        label: String,
        #[serde(with = "base64")]
        der: Vec<u8>,
        origin: OriginRecord,
        added: UnixTime,
    },
    Authority {
        label: String,
        certificate: CertificateId,
        key: KeyId,
        created: UnixTime,
        #[serde(with = "base64")]
        crl: Vec<u8>,
        crl_number: u64,
        crl_next: UnixTime,
        #[serde(default)]
        checks: Vec<Check>,
    },
    Store {
        name: String,
        created: UnixTime,
        trusted: Vec<TrustedRecord>,
    },
    Probe {
        host: String,
        port: u16,
        store: StoreId,
        #[serde(default)]
        rule: RuleRecord,
        /// A judgement is a snapshot: one that a later version can't read is made anew.
        #[serde(default)]
        last: Option<serde_json::Value>,
    },
    Serial,
    Backup {
        at: UnixTime,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
enum QueueRecord {
    NotSubmitted,
    Pending { authority: AuthorityId, since: UnixTime },
    Issued { authority: AuthorityId, certificate: CertificateId, at: UnixTime },
    Denied { authority: AuthorityId, reason: String, at: UnixTime },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum OriginRecord {
    OwnAuthority,
    Issued { authority: AuthorityId },
    Brought,
    Probed,
}

#[derive(Serialize, Deserialize)]
struct TrustedRecord {
    name: String,
    certificate: CertificateId,
    added: UnixTime,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum RuleRecord {
    ExactCommonName,
    #[default]
    CommonNameOrSan,
    SanOnly,
}

/// The id under which an entry is stored, `kind:name`.
pub fn storage_id(entry: &Entry) -> String {
    match entry {
        Entry::Key(key) => format!("key:{}", key.id),
        Entry::Request(request) => format!("request:{}", request.id),
        Entry::Certificate(certificate) => format!("certificate:{}", certificate.id),
        Entry::Authority(authority) => format!("authority:{}", authority.id),
        Entry::Store(store) => format!("store:{}", store.id),
        Entry::Probe(probe) => format!("probe:{}", probe.id),
        Entry::Serial(name) => format!("serial:{name}"),
        Entry::Backup(_) => "backup:last".into(),
    }
}

fn store(entry: &Entry) -> Result<Stored, VaultFault> {
    let envelope = Envelope { v: VERSION, record: record(entry) };
    let body =
        serde_json::to_vec(&envelope).map_err(|error| VaultFault::Storage { what: error.to_string() })?;
    Ok(Stored { id: storage_id(entry), body })
}

fn record(entry: &Entry) -> Record {
    match entry.clone() {
        Entry::Key(key) => Record::Key {
            label: key.label,
            spki: key.public.as_der().to_vec(),
            created: key.created,
            exported: key.exported,
            backed_up: key.backed_up,
        },
        Entry::Request(request) => Record::Request {
            label: request.label,
            der: request.request.der().to_vec(),
            typed_name: request.typed_name,
            file_name: request.file_name,
            key: request.key,
            repairs: request.repairs,
            created: request.created,
            queue: queue_record(request.queue),
            reply: request.reply.map(|reply| (reply.certificate, reply.at)),
        },
        Entry::Certificate(certificate) => Record::Certificate {
            label: certificate.label,
            der: certificate.certificate.der().to_vec(),
            origin: match certificate.origin {
                Origin::OwnAuthority => OriginRecord::OwnAuthority,
                Origin::Issued(authority) => OriginRecord::Issued { authority },
                Origin::Brought => OriginRecord::Brought,
                Origin::Probed => OriginRecord::Probed,
            },
            added: certificate.added,
        },
        Entry::Authority(authority) => Record::Authority {
            label: authority.label,
            certificate: authority.certificate,
            key: authority.key,
            created: authority.created,
            crl: authority.crl,
            crl_number: authority.crl_number,
            crl_next: authority.crl_next,
            checks: authority.checks,
        },
        Entry::Store(store) => Record::Store {
            name: store.name,
            created: store.created,
            trusted: store.trusted.into_iter().map(trusted_record).collect(),
        },
        Entry::Probe(probe) => Record::Probe {
            host: probe.host,
            port: probe.port,
            store: probe.store,
            rule: match probe.rule {
                NameRule::ExactCommonName => RuleRecord::ExactCommonName,
                NameRule::SanOnly => RuleRecord::SanOnly,
                NameRule::CommonNameOrSan => RuleRecord::CommonNameOrSan,
            },
            last: probe.last.and_then(|last| serde_json::to_value(last).ok()),
        },
        Entry::Serial(_) => Record::Serial,
        Entry::Backup(at) => Record::Backup { at },
    }
}

fn trusted_record(trusted: Trusted) -> TrustedRecord {
    TrustedRecord { name: trusted.name, certificate: trusted.certificate, added: trusted.added }
}

fn queue_record(queue: Queue) -> QueueRecord {
    match queue {
        Queue::NotSubmitted => QueueRecord::NotSubmitted,
        Queue::Pending { authority, since } => QueueRecord::Pending { authority, since },
        Queue::Issued { authority, certificate, at } => QueueRecord::Issued { authority, certificate, at },
        Queue::Denied { authority, reason, at } => QueueRecord::Denied { authority, reason, at },
    }
}

/// Reads a stored record.
///
/// # Errors
/// [`VaultFault::DamagedRecord`] if it can't be read, [`VaultFault::NewerFormat`] if a later version wrote it.
pub fn load(stored: &Stored) -> Result<Entry, VaultFault> {
    let damaged = || VaultFault::DamagedRecord { id: stored.id.clone() };
    #[derive(Deserialize)]
    struct Version {
        v: u32,
    }
    let version: Version = serde_json::from_slice(&stored.body).map_err(|_| damaged())?;
    if version.v > VERSION {
        return Err(VaultFault::NewerFormat { found: version.v });
    }
    let envelope: Envelope = serde_json::from_slice(&stored.body).map_err(|_| damaged())?;
    let (_, name) = stored.id.split_once(':').ok_or_else(damaged)?;
    entry(envelope.record, name).ok_or_else(damaged)
}

fn entry(record: Record, name: &str) -> Option<Entry> {
    Some(match record {
        Record::Key { label, spki, created, exported, backed_up } => {
            let public = PublicKey::from_spki(&spki).ok()?;
            Entry::Key(KeyEntry { id: KeyId(name.into()), label, public, created, exported, backed_up })
        }
        Record::Request { label, der, typed_name, file_name, key, repairs, created, queue, reply } => {
            Entry::Request(RequestEntry {
                id: RequestId(name.into()),
                label,
                request: Request::parse(&der).ok()?,
                typed_name,
                file_name,
                key,
                repairs,
                created,
                queue: queue_entry(queue),
                reply: reply.map(|(certificate, at)| Reply { certificate, at }),
            })
        }
        Record::Certificate { label, der, origin, added } => Entry::Certificate(CertificateEntry {
            id: CertificateId(name.into()),
            label,
            certificate: Certificate::parse(&der).ok()?,
            origin: match origin {
                OriginRecord::OwnAuthority => Origin::OwnAuthority,
                OriginRecord::Issued { authority } => Origin::Issued(authority),
                OriginRecord::Brought => Origin::Brought,
                OriginRecord::Probed => Origin::Probed,
            },
            added,
        }),
        Record::Authority { label, certificate, key, created, crl, crl_number, crl_next, checks } => {
            let id = AuthorityId(name.into());
            Entry::Authority(AuthorityEntry {
                id,
                label,
                certificate,
                key,
                created,
                crl,
                crl_number,
                crl_next,
                checks,
            })
        }
        Record::Store { name: shown, created, trusted } => Entry::Store(StoreEntry {
            id: StoreId(name.into()),
            name: shown,
            created,
            trusted: trusted
                .into_iter()
                .map(|one| Trusted { name: one.name, certificate: one.certificate, added: one.added })
                .collect(),
        }),
        Record::Probe { host, port, store, rule, last } => Entry::Probe(ProbeEntry {
            id: ProbeId(name.into()),
            host,
            port,
            store,
            rule: match rule {
                RuleRecord::ExactCommonName => NameRule::ExactCommonName,
                RuleRecord::SanOnly => NameRule::SanOnly,
                RuleRecord::CommonNameOrSan => NameRule::CommonNameOrSan,
            },
            last: last.and_then(|last| serde_json::from_value::<ProbeResult>(last).ok()),
        }),
        Record::Serial => Entry::Serial(name.into()),
        Record::Backup { at } => Entry::Backup(at),
    })
}

fn queue_entry(queue: QueueRecord) -> Queue {
    match queue {
        QueueRecord::NotSubmitted => Queue::NotSubmitted,
        QueueRecord::Pending { authority, since } => Queue::Pending { authority, since },
        QueueRecord::Issued { authority, certificate, at } => Queue::Issued { authority, certificate, at },
        QueueRecord::Denied { authority, reason, at } => Queue::Denied { authority, reason, at },
    }
}
