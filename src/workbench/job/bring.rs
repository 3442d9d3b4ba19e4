//! Finding out what somebody's bytes hold, and whether the requests among it verify.

use super::authority::refuse;
use super::run::Progress;
use super::{Brought, BroughtKind, Contents, File, JobFailure, Outcome, Trouble, Whence, card};
use crate::explain;
use crate::id::{KeyId, ObjectId, hex};
use crate::secret::Passphrase;
use certwright_pki::input::{self, Found, Item};
use certwright_pki::{Engine, Kind, PrivateKey, describe, unlock};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Objects, and octets of them, that are told in one part.
const PART_OBJECTS: usize = 250;
const PART_OCTETS: usize = 512 * 1024;

/// Reads the files; private keys travel beside the outcome.
pub(super) async fn read<E: Engine>(
    engine: &E,
    files: &[File],
    in_parts: bool,
    progress: &dyn Progress,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let (mut contents, mut keys) = (Contents::default(), Vec::new());
    for (number, file) in files.iter().enumerate() {
        progress.at(number, files.len());
        contents.size += file.bytes.len();
        let mut reader = Reader { engine, file: number, contents: &mut contents, keys: &mut keys };
        reader.read(input::read(&file.bytes), in_parts.then_some(progress)).await;
    }
    Ok((Outcome::Read(contents), keys))
}

/// Opens what a password protects; private keys travel beside the outcome.
pub(super) async fn unlock<E: Engine>(
    engine: &E,
    kind: Kind,
    bytes: &[u8],
    password: &Passphrase,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let reading = unlock::open(kind, bytes, password.expose()).map_err(refuse)?;
    let (mut contents, mut keys) = (Contents { size: bytes.len(), ..Contents::default() }, Vec::new());
    let mut reader = Reader { engine, file: 0, contents: &mut contents, keys: &mut keys };
    reader.read(reading, None).await;
    Ok((Outcome::Unlocked(contents), keys))
}

/// Turns readings into plain data.
struct Reader<'a, E> {
    engine: &'a E,
    file: usize,
    contents: &'a mut Contents,
    keys: &'a mut Vec<PrivateKey>,
}

impl<E: Engine> Reader<'_, E> {
    async fn read(&mut self, reading: input::Reading, parts: Option<&dyn Progress>) {
        let mut octets = 0;
        let stands_for = if parts.is_none() { wrappings(&reading) } else { BTreeSet::new() };
        for (place, found) in reading.found.into_iter().enumerate() {
            if stands_for.contains(&place) {
                continue;
            }
            let brought = self.brought(found).await;
            octets += brought.der.len();
            self.contents.items.push(brought);
            if let Some(progress) = parts
                && (self.contents.items.len() >= PART_OBJECTS || octets >= PART_OCTETS)
            {
                octets = 0;
                progress.part(std::mem::take(self.contents));
            }
        }
        for problem in &reading.problems {
            let at = (problem.at.start, problem.at.end);
            let whence = Whence { file: self.file, entry: problem.entry.clone(), at, ..Whence::default() };
            self.contents.problems.push(Trouble { advice: explain::problem(problem), whence });
        }
    }

    async fn brought(&mut self, found: Found) -> Brought {
        let repairs = found.repairs.iter().map(ToString::to_string).collect();
        let whence = Whence {
            file: self.file,
            entry: found.entry,
            at: (found.at.start, found.at.end),
            name: found.name,
            within: found.within.is_some(),
        };
        let card = card::of(&found.item);
        let mut description = None;
        let mut id = None;
        let (kind, der) = match found.item {
            Item::Certificate(certificate) => {
                id = Some(ObjectId(certificate.id()));
                (BroughtKind::Certificate, certificate.der().to_vec())
            }
            Item::Request(request) => {
                let verified = request.verify(self.engine).await;
                let fault = verified.err().map(|error| explain::request_signature(&error));
                (BroughtKind::Request { fault }, request.der().to_vec())
            }
            Item::Crl(crl) => (BroughtKind::Crl, crl.der().to_vec()),
            Item::PrivateKey(key) => {
                let key_id = KeyId(hex(&key.public().sha256()));
                let public = key.public().as_der().to_vec();
                id = Some(ObjectId(format!("key-{key_id}")));
                self.keys.push(key);
                (BroughtKind::PrivateKey(key_id), public)
            }
            Item::Locked { kind, bytes } => {
                (BroughtKind::Locked { kind, iterations: unlock::cost(kind, &bytes).ok() }, bytes)
            }
            Item::PublicKey(key) => (BroughtKind::PublicKey, key.as_der().to_vec()),
            Item::Other { kind, label, bytes } if kind.is_secret() => {
                description = describe::describe(kind, &bytes).ok().map(Box::new);
                id = Some(ObjectId(format!("key-{}", hex(&Sha256::digest(&bytes)))));
                drop(zeroize::Zeroizing::new(bytes));
                (BroughtKind::Other { kind, label }, Vec::new())
            }
            Item::Other { kind, label, bytes } => (BroughtKind::Other { kind, label }, bytes),
        };
        let id = id.unwrap_or_else(|| ObjectId(hex(&Sha256::digest(&der))));
        Brought { kind, der, repairs, id, card, whence, description }
    }
}

/// The messages that are nothing but the wrapping of what is in them, by their places in the reading. A box for one
/// kind of object is about the members.
fn wrappings(reading: &input::Reading) -> BTreeSet<usize> {
    let opened: BTreeSet<usize> = reading.found.iter().filter_map(|found| found.within).collect();
    let is_damaged = |found: &Found| reading.problems.iter().any(|problem| problem.at == found.at);
    let is_wrapping = |(place, found): &(usize, &Found)| {
        found.item.kind() == Kind::Cms && (opened.contains(place) || is_damaged(found))
    };
    reading.found.iter().enumerate().filter(is_wrapping).map(|(place, _)| place).collect()
}
