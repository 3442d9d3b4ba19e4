//! What a person keeps: keys, requests, certificates, authorities, trust stores, probed servers. Private keys are
//! not here, only their ids and public halves.

use crate::id::{AuthorityId, CertificateId, KeyId, ProbeId, RequestId, StoreId, hex};
use crate::job::Check;
use crate::probe::ProbeResult;
use certwright_pki::peer_name::NameRule;
use certwright_pki::{Certificate, DistinguishedName, PublicKey, Request, UnixTime};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Everything on the desk, by id. Entries are shared, so that a copy of the desk is cheap.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Desk {
    pub keys: BTreeMap<KeyId, Rc<KeyEntry>>,
    pub requests: BTreeMap<RequestId, Rc<RequestEntry>>,
    pub certificates: BTreeMap<CertificateId, Rc<CertificateEntry>>,
    pub authorities: BTreeMap<AuthorityId, Rc<AuthorityEntry>>,
    pub stores: BTreeMap<StoreId, Rc<StoreEntry>>,
    pub probes: BTreeMap<ProbeId, Rc<ProbeEntry>>,
}

/// A key pair whose private half is in the vault.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyEntry {
    pub id: KeyId,
    pub label: String,
    pub public: PublicKey,
    pub created: UnixTime,
    /// When a file with the private key was last written.
    pub exported: Option<UnixTime>,
    /// When a backup with it was last written.
    pub backed_up: Option<UnixTime>,
}

/// A certificate request and how far it has come.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestEntry {
    pub id: RequestId,
    /// The friendly name.
    pub label: String,
    pub request: Request,
    /// The name that clients will type, if the request was made here.
    pub typed_name: Option<String>,
    /// The name under which it is saved, with or without extension.
    pub file_name: String,
    /// Set if the private key is in this vault.
    pub key: Option<KeyId>,
    /// What had to be repaired to read it.
    pub repairs: Vec<String>,
    pub created: UnixTime,
    pub queue: Queue,
    /// The certificate that came back, once it was matched.
    pub reply: Option<Reply>,
}

/// The authority's side of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Queue {
    NotSubmitted,
    Pending { authority: AuthorityId, since: UnixTime },
    Issued { authority: AuthorityId, certificate: CertificateId, at: UnixTime },
    Denied { authority: AuthorityId, reason: String, at: UnixTime },
}

/// The server's side of a request: the certificate that completed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    pub certificate: CertificateId,
    pub at: UnixTime,
}

/// A certificate, wherever it came from.
#[derive(Clone, PartialEq, Debug)]
pub struct CertificateEntry {
    pub id: CertificateId,
    pub label: String,
    pub certificate: Certificate,
    pub origin: Origin,
    pub added: UnixTime,
}

/// Where a certificate came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The certificate of an authority made here.
    OwnAuthority,
    /// Issued by an authority made here.
    Issued(AuthorityId),
    /// Brought as a file or a paste.
    Brought,
    /// Sent by a probed server.
    Probed,
}

/// A certification authority whose key is in the vault.
#[derive(Clone, PartialEq, Debug)]
pub struct AuthorityEntry {
    pub id: AuthorityId,
    pub label: String,
    pub certificate: CertificateId,
    pub key: KeyId,
    pub created: UnixTime,
    /// The newest CRL.
    pub crl: Vec<u8>,
    pub crl_number: u64,
    pub crl_next: UnixTime,
    pub checks: Vec<Check>,
}

/// A named set of trusted authorities.
#[derive(Clone, PartialEq, Debug)]
pub struct StoreEntry {
    pub id: StoreId,
    pub name: String,
    pub created: UnixTime,
    pub trusted: Vec<Trusted>,
}

/// One authority in a store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trusted {
    /// Its name in the store, without extension.
    pub name: String,
    pub certificate: CertificateId,
    pub added: UnixTime,
}

/// A server that was probed, and what came of it last.
#[derive(Clone, PartialEq, Debug)]
pub struct ProbeEntry {
    pub id: ProbeId,
    pub host: String,
    pub port: u16,
    pub store: StoreId,
    pub rule: NameRule,
    pub last: Option<ProbeResult>,
}

impl RequestEntry {
    /// The id of a request.
    pub fn id_of(request: &Request) -> RequestId {
        RequestId(request.id())
    }

    /// The authority that it was handed to, if any.
    pub fn authority(&self) -> Option<&AuthorityId> {
        match &self.queue {
            Queue::NotSubmitted => None,
            Queue::Pending { authority, .. }
            | Queue::Issued { authority, .. }
            | Queue::Denied { authority, .. } => Some(authority),
        }
    }

    /// True while an authority has it and has not decided.
    pub fn is_pending(&self) -> bool {
        matches!(self.queue, Queue::Pending { .. })
    }
}

impl CertificateEntry {
    /// An entry named after its subject.
    pub fn new(certificate: Certificate, origin: Origin, added: UnixTime) -> Self {
        let label = certificate_label(&certificate);
        Self { id: CertificateId(certificate.id()), label, certificate, origin, added }
    }

    /// The id of its key.
    pub fn key_id(&self) -> KeyId {
        KeyId(hex(&self.certificate.public_key().sha256()))
    }
}

impl Desk {
    /// The certificate of an authority.
    pub fn authority_certificate(&self, id: &AuthorityId) -> Option<&Rc<CertificateEntry>> {
        self.authorities.get(id).and_then(|authority| self.certificates.get(&authority.certificate))
    }

    /// The certificates of a store, those that are still on the desk.
    pub fn trusted_by(&self, id: &StoreId) -> Vec<&Rc<CertificateEntry>> {
        let trusted = self.stores.get(id).map(|store| store.trusted.as_slice()).unwrap_or_default();
        trusted.iter().filter_map(|one| self.certificates.get(&one.certificate)).collect()
    }

    /// The request that a certificate answers: same public key, the newest if there are several.
    pub fn request_for(&self, certificate: &Certificate) -> Option<&Rc<RequestEntry>> {
        let wanted = certificate.public_key().sha256();
        self.requests
            .values()
            .filter(|entry| entry.request.public_key().sha256() == wanted)
            .max_by_key(|entry| entry.created)
    }

    /// The certificates from `leaf` up to a self-issued one, as far as the desk holds them; matched by issuer name
    /// and key identifier, signatures are the judge's business.
    pub fn chain_of(&self, leaf: &CertificateId) -> Vec<&Rc<CertificateEntry>> {
        let mut chain: Vec<&Rc<CertificateEntry>> = self.certificates.get(leaf).into_iter().collect();
        while let Some(last) = chain.last().copied() {
            if last.certificate.is_self_issued() || chain.len() > 8 {
                break;
            }
            let Some(issuer) = self.issuer_of(&last.certificate) else { break };
            if chain.iter().any(|one| one.id == issuer.id) {
                break;
            }
            chain.push(issuer);
        }
        chain
    }

    fn issuer_of(&self, certificate: &Certificate) -> Option<&Rc<CertificateEntry>> {
        let by_key = |entry: &CertificateEntry| match (
            certificate.authority_key_identifier(),
            entry.certificate.subject_key_identifier(),
        ) {
            (Some(wanted), Some(own)) => wanted == own,
            _ => true,
        };
        self.certificates
            .values()
            .filter(|entry| {
                entry.certificate.is_ca() && entry.certificate.subject().matches(certificate.issuer())
            })
            .find(|entry| by_key(entry))
    }

    /// Number of keys that exist nowhere else: neither exported nor in a backup.
    pub fn keys_only_here(&self) -> usize {
        self.keys.values().filter(|key| key.exported.is_none() && key.backed_up.is_none()).count()
    }
}

/// What a certificate is called when nobody named it: never only its CN, which it may lack.
pub fn certificate_label(certificate: &Certificate) -> String {
    if let Some(name) = certificate.subject().common_name() {
        return name;
    }
    let san = certificate.subject_alt_names().first().map(ToString::to_string);
    san.unwrap_or_else(|| match subject_is_empty(certificate.subject()) {
        true => format!("Certificate {}", &certificate.id()[..16]),
        false => certificate.subject().label(),
    })
}

fn subject_is_empty(name: &DistinguishedName) -> bool {
    name.attributes().is_empty()
}
