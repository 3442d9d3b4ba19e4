//! Files that leave: written, and read back before they are offered.

use super::authority::refuse;
use super::{ExportOrder, JobFailure, Outcome, ToWrite, WrittenFile};
use crate::vault::VaultFault;
use certwright_pki::export::{self, ExportPlan, Object};
use certwright_pki::{Certificate, Engine, Kind, PrivateKey, PublicKey};

/// Writes the files of an order.
pub(super) fn write<E: Engine>(
    engine: &E,
    order: &ExportOrder,
    keys: &[PrivateKey],
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let mut keys = keys.iter();
    let mut items = Vec::with_capacity(order.objects.len());
    for ToWrite { kind, label, bytes } in &order.objects {
        items.push(match kind {
            Kind::PrivateKey => {
                Thing::Key(keys.next().ok_or(JobFailure::MissingKey(VaultFault::MissingKey))?)
            }
            Kind::Certificate => Thing::Certificate(Certificate::parse(bytes).map_err(refuse)?),
            Kind::PublicKey => {
                PublicKey::from_spki(bytes).map_or(Thing::Other(*kind, label, bytes), Thing::PublicKey)
            }
            kind => Thing::Other(*kind, label, bytes),
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
    Other(Kind, &'a str, &'a [u8]),
}

impl Thing<'_> {
    fn object(&self) -> Object<'_> {
        match self {
            Thing::Key(key) => Object::PrivateKey(key),
            Thing::Certificate(certificate) => Object::Certificate(certificate),
            Thing::PublicKey(key) => Object::PublicKey(key),
            Thing::Other(kind, label, bytes) => Object::Other { kind: *kind, label, bytes },
        }
    }
}
