//! Files that leave: written, and read back before they are offered.

use super::authority::refuse;
use super::{ExportOrder, JobFailure, Outcome, Pkcs12Order, WrittenFile};
use crate::vault::VaultFault;
use certwright_pki::export::{self, ExportPlan, Object};
use certwright_pki::pkcs12::{self, Pkcs12Plan, Scheme};
use certwright_pki::{Certificate, Engine, Kind, PrivateKey, PublicKey};

/// Iterations of PBKDF2 in a modern file, of the PKCS#12 derivation in a legacy one.
const ITERATIONS: u32 = 100_000;
const LEGACY_ITERATIONS: u32 = 2_048;

/// Writes the file, opens it again, and says what is in it.
pub(super) fn write_pkcs12<E: Engine>(
    engine: &E,
    order: &Pkcs12Order,
    keys: &[PrivateKey],
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let key = keys.first().ok_or(JobFailure::MissingKey(VaultFault::MissingKey))?;
    let certificates: Vec<&[u8]> = order.certificates.iter().map(Vec::as_slice).collect();
    let plan = Pkcs12Plan {
        friendly_name: &order.friendly_name,
        key,
        certificates: &certificates,
        password: order.password.expose(),
        iterations: if order.legacy { LEGACY_ITERATIONS } else { ITERATIONS },
        scheme: if order.legacy { Scheme::Legacy } else { Scheme::Modern },
    };
    let bytes = pkcs12::write(&plan, &|out| engine.random(out)).map_err(refuse)?;
    let again = pkcs12::read(&bytes, order.password.expose()).map_err(refuse)?;
    let mut read_back = Vec::new();
    for entry in &again.keys {
        read_back.push(format!("Private key: {}", entry.key.public().label()));
    }
    for entry in &again.certificates {
        let certificate = Certificate::parse(&entry.der).map_err(refuse)?;
        read_back.push(format!("Certificate: {}", certificate.subject().label()));
    }
    Ok((Outcome::Pkcs12Written { bytes, read_back }, Vec::new()))
}

/// Writes the files of an order.
pub(super) fn write<E: Engine>(
    engine: &E,
    order: &ExportOrder,
    keys: &[PrivateKey],
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let mut keys = keys.iter();
    let mut items = Vec::with_capacity(order.objects.len());
    for (kind, bytes) in &order.objects {
        items.push(match kind {
            Kind::PrivateKey => {
                Thing::Key(keys.next().ok_or(JobFailure::MissingKey(VaultFault::MissingKey))?)
            }
            Kind::Certificate => Thing::Certificate(Certificate::parse(bytes).map_err(refuse)?),
            Kind::PublicKey => {
                PublicKey::from_spki(bytes).map_or(Thing::Other(*kind, bytes), Thing::PublicKey)
            }
            kind => Thing::Other(*kind, bytes),
        });
    }
    let objects: Vec<Object<'_>> = items.iter().map(Thing::object).collect();
    let choice = &order.choice;
    let plan = ExportPlan {
        key_form: choice.key_form,
        chain: choice.chain,
        line_ending: choice.line_ending,
        password: order.password.expose(),
        friendly_name: &choice.friendly_name,
        at: order.at,
        ..ExportPlan::new(&choice.name, &objects, choice.format)
    };
    let written = export::write(&plan, &|out| engine.random(out)).map_err(refuse)?;
    let file = |one: export::Written| WrittenFile {
        sha256: one.sha256_hex(),
        name: one.name,
        media_type: one.media_type.to_owned(),
        bytes: one.bytes.to_vec(),
        contents: one.contents,
    };
    Ok((Outcome::Exported(written.into_iter().map(file).collect()), Vec::new()))
}

enum Thing<'a> {
    Key(&'a PrivateKey),
    Certificate(Certificate),
    PublicKey(PublicKey),
    Other(Kind, &'a [u8]),
}

impl Thing<'_> {
    fn object(&self) -> Object<'_> {
        match self {
            Thing::Key(key) => Object::PrivateKey(key),
            Thing::Certificate(certificate) => Object::Certificate(certificate),
            Thing::PublicKey(key) => Object::PublicKey(key),
            Thing::Other(kind, bytes) => Object::Other { kind: *kind, label: "", bytes },
        }
    }
}
