//! Files that leave: written, read back, handed to the browser, and noted in a receipt.

use super::commit::{self, Commit};
use super::{is_barred, job};
use crate::action::{Export, Exported, Format};
use crate::desk::{KeyEntry, certificate_label};
use crate::effect::Effect;
use crate::explain;
use crate::id::{CertificateId, KeyId, ObjectId, hex};
use crate::job::{ExportChoice, ExportOrder, Job, ToWrite, WrittenFile};
use crate::record::{Change, Entry};
use crate::secret::Passphrase;
use crate::state::{Purpose, Receipt, Slot, State, Thing, Tone};
use certwright_pki::export::{ChainOrder, Destination, KeyForm, LineEnding};
use certwright_pki::{Certificate, Crl, Kind, Request, armor, pkcs7};
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// Receipts that are kept for looking at.
const RECEIPTS: usize = 20;

/// Writes a file that holds no secret.
pub(super) fn wanted(state: &mut State, export: &Export) -> Vec<Effect> {
    let Some((label, ders)) = contents(state, &export.what) else { return Vec::new() };
    let Some(first) = ders.first() else { return Vec::new() };
    let (bytes, format, media_type) = match export.format {
        Format::Der => (first.clone(), "DER", "application/octet-stream"),
        Format::Pem => {
            let text: String = ders.iter().map(|der| armor::encode(label, der)).collect();
            (text.into_bytes(), "Base-64", "application/x-pem-file")
        }
        Format::Pkcs7 => (pkcs7_of(&ders), "PKCS#7", "application/x-pkcs7-certificates"),
        Format::Pkcs7Pem => {
            let text = armor::encode("PKCS7", &pkcs7_of(&ders));
            (text.into_bytes(), "PKCS#7 in Base-64", "application/x-pem-file")
        }
    };
    let read_back = describe(&bytes);
    if read_back.is_empty() {
        state.say(explain::own_output().title, Tone::Bad);
        return Vec::new();
    }
    hand_over(state, export.name.clone(), format, media_type, bytes, read_back)
}

fn pkcs7_of(ders: &[Vec<u8>]) -> Vec<u8> {
    let certificates: Vec<&[u8]> = ders.iter().map(Vec::as_slice).collect();
    pkcs7::certs_only(&certificates, &[])
}

fn contents(state: &State, what: &Exported) -> Option<(&'static str, Vec<Vec<u8>>)> {
    let desk = &state.desk;
    Some(match what {
        Exported::Request(id) => ("CERTIFICATE REQUEST", vec![desk.requests.get(id)?.request.der().to_vec()]),
        Exported::Certificate(id) => {
            ("CERTIFICATE", vec![desk.certificates.get(id)?.certificate.der().to_vec()])
        }
        Exported::Chain(id) => {
            let chain = desk.chain_of(id).into_iter().map(|entry| entry.certificate.der().to_vec());
            ("CERTIFICATE", chain.collect())
        }
        Exported::Crl(id) => ("X509 CRL", vec![desk.authorities.get(id)?.crl.clone()]),
    })
}

/// What the bytes hold, as read back from them.
fn describe(bytes: &[u8]) -> Vec<String> {
    let certificate = |der: &[u8]| {
        let one = Certificate::parse(der).ok()?;
        let (label, until) = (certificate_label(&one), one.validity().not_after.date());
        Some(format!("Certificate: {label}, valid until {until}"))
    };
    let object = |der: &[u8]| {
        let request = || Some(format!("Request: {}", Request::parse(der).ok()?.subject().label()));
        let crl = || Some(format!("Revocation list of {}", Crl::parse(der).ok()?.issuer().label()));
        certificate(der).or_else(request).or_else(crl)
    };
    let blocks = armor::decode_own(bytes).unwrap_or_else(|| vec![(String::new(), bytes.to_vec())]);
    let read = |der: Vec<u8>| match object(&der) {
        Some(one) => vec![one],
        None => {
            let members = pkcs7::read(&der).map(|message| message.certificates).unwrap_or_default();
            members.iter().filter_map(|der| certificate(der)).collect()
        }
    };
    blocks.into_iter().flat_map(|(_, der)| read(der)).collect()
}

fn hand_over(
    state: &mut State,
    name: String,
    format: &'static str,
    media_type: impl Into<String>,
    bytes: Vec<u8>,
    read_back: Vec<String>,
) -> Vec<Effect> {
    let receipt = Receipt {
        number: state.number(),
        name: name.clone(),
        format,
        size: bytes.len(),
        sha256: hex(&Sha256::digest(&bytes)),
        read_back,
        route: state.route.clone(),
    };
    state.say(format!("{name} is written: {} bytes, read back and found whole.", receipt.size), Tone::Good);
    state.receipts.insert(0, Rc::new(receipt));
    state.receipts.truncate(RECEIPTS);
    vec![Effect::Download { name, media_type: media_type.into(), bytes }]
}

/// Has a PKCS#12 file written for its destination: a certificate of the desk, its chain and its private key.
pub(super) fn pkcs12_wanted(
    state: &mut State,
    id: &CertificateId,
    name: String,
    password: Passphrase,
    destination: Destination,
    secret: bool,
) -> Vec<Effect> {
    let Some(entry) = state.desk.certificates.get(id) else { return Vec::new() };
    let der = |kind, bytes: &[u8]| ToWrite { kind, label: String::new(), bytes: bytes.to_vec() };
    let chain = state.desk.chain_of(id);
    let mut objects = vec![der(Kind::PrivateKey, &[])];
    objects.extend(chain.iter().map(|one| der(Kind::Certificate, one.certificate.der())));
    let choice = ExportChoice {
        format: certwright_pki::export::Format::Pkcs12(destination),
        key_form: KeyForm::default(),
        chain: ChainOrder::LeafFirst,
        line_ending: LineEnding::default(),
        name: entry.label.clone(),
        friendly_name: entry.label.clone(),
    };
    let order = ExportOrder { objects, choice, password, at: state.now };
    let keys = vec![entry.key_id()];
    start(state, order, keys, Some(name), secret)
}

/// Writes objects in the form that was chosen.
pub(super) fn objects_wanted(
    state: &mut State,
    ids: &[ObjectId],
    choice: ExportChoice,
    password: Passphrase,
    secret: bool,
) -> Vec<Effect> {
    let things: Vec<Thing> = ids.iter().filter_map(|id| state.thing(id)).collect();
    let keys: Vec<KeyId> = things
        .iter()
        .filter(|thing| thing.kind == Kind::PrivateKey)
        .filter_map(|thing| thing.card.key.clone())
        .collect();
    let objects = things
        .into_iter()
        .map(|thing| ToWrite { kind: thing.kind, label: thing.label, bytes: thing.bytes.to_vec() })
        .collect();
    let order = ExportOrder { objects, choice, password, at: state.now };
    start(state, order, keys, None, secret)
}

/// Starts writing. What is or may hold a private key leaves only if the person was told and said so.
fn start(
    state: &mut State,
    order: ExportOrder,
    keys: Vec<KeyId>,
    name: Option<String>,
    said_so: bool,
) -> Vec<Effect> {
    if !said_so && order.objects.iter().any(|object| object.kind.is_secret()) {
        state.say("A private key is among these. Nothing was written.", Tone::Bad);
        return Vec::new();
    }
    let purpose = Purpose::Export { format: order.choice.format.label(), keys: keys.clone(), name };
    job::start(state, Slot::Export, purpose, Job::Export(order), keys)
}

/// Hands over the files that were written. From now on their private keys exist outside the vault as well.
pub(super) fn objects_written(
    state: &mut State,
    format: &'static str,
    keys: &[KeyId],
    name: Option<String>,
    files: Vec<WrittenFile>,
) -> Vec<Effect> {
    state.waits.remove(&Slot::Export);
    let mut effects = Vec::new();
    for file in files {
        let WrittenFile { name: usual, media_type, bytes, contents, .. } = file;
        let name = name.clone().unwrap_or(usual);
        effects.extend(hand_over(state, name, format, media_type, bytes, contents));
    }
    let exported = |key: &Rc<KeyEntry>| KeyEntry { exported: Some(state.now), ..KeyEntry::clone(key) };
    let known = keys.iter().filter_map(|key| state.desk.keys.get(key));
    let changes: Vec<Change> = known.map(exported).map(Entry::Key).map(Change::put).collect();
    if !changes.is_empty() && !is_barred(state) {
        effects.extend(commit::order(state, Commit { changes, ..Commit::default() }));
    }
    effects
}

/// Saves a part of an object that is no secret.
pub(super) fn octets_saved(state: &mut State, id: &ObjectId, at: (usize, usize)) -> Vec<Effect> {
    let part = state.thing(id).filter(Thing::shows_octets);
    let part = part.and_then(|thing| thing.bytes.get(at.0..at.1).map(<[u8]>::to_vec));
    let Some(bytes) = part else { return Vec::new() };
    let read_back = vec![format!("Octets {} to {} of the object", at.0, at.1)];
    hand_over(state, "part.der".into(), "DER", "application/octet-stream", bytes, read_back)
}
