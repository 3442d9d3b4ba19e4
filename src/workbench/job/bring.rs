//! Finding out what somebody's bytes hold, and whether the requests among it verify.

use super::authority::refuse;
use super::run::Progress;
use super::{Brought, BroughtKind, Contents, JobFailure, Outcome};
use crate::explain;
use crate::id::{KeyId, hex};
use crate::secret::Passphrase;
use certwright_pki::input::{self, Found, Item};
use certwright_pki::{Engine, Kind, PrivateKey, unlock};
use std::collections::BTreeSet;
use std::ops::Range;

/// Reads the files; private keys travel beside the outcome.
pub(super) async fn read<E: Engine>(
    engine: &E,
    files: &[Vec<u8>],
    progress: &dyn Progress,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let (mut all, mut all_keys) = (Contents::default(), Vec::new());
    for (done, bytes) in files.iter().enumerate() {
        progress.at(done, files.len());
        let (contents, keys) = contents(engine, input::read(bytes), bytes.len()).await;
        all.items.extend(contents.items);
        all.problems.extend(contents.problems);
        all.size += contents.size;
        all_keys.extend(keys);
    }
    Ok((Outcome::Read(all), all_keys))
}

/// Opens what a password protects; private keys travel beside the outcome.
pub(super) async fn unlock<E: Engine>(
    engine: &E,
    kind: Kind,
    bytes: &[u8],
    password: &Passphrase,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let reading = unlock::open(kind, bytes, password.expose()).map_err(refuse)?;
    let (contents, keys) = contents(engine, reading, bytes.len()).await;
    Ok((Outcome::Unlocked(contents), keys))
}

/// Turns a reading into plain data.
pub(super) async fn contents<E: Engine>(
    engine: &E,
    reading: input::Reading,
    size: usize,
) -> (Contents, Vec<PrivateKey>) {
    // A message stands for its members, unless it has none that can be read.
    let opened: BTreeSet<usize> = reading.found.iter().filter_map(|found| found.within).collect();
    let emptied: Vec<&Range<usize>> = reading.problems.iter().map(|problem| &problem.at).collect();
    let is_wrapping = |(place, found): &(usize, &Found)| {
        let damaged = || emptied.iter().any(|at| **at == found.at);
        found.item.kind() == Kind::Cms && (opened.contains(place) || damaged())
    };
    let wrappings: BTreeSet<usize> =
        reading.found.iter().enumerate().filter(is_wrapping).map(|(place, _)| place).collect();
    let (mut items, mut keys) = (Vec::with_capacity(reading.found.len()), Vec::new());
    for (place, found) in reading.found.into_iter().enumerate() {
        if !wrappings.contains(&place) {
            items.push(brought(engine, found, &mut keys).await);
        }
    }
    let problems = reading.problems.iter().map(explain::problem).collect();
    (Contents { items, problems, size }, keys)
}

async fn brought<E: Engine>(engine: &E, found: Found, keys: &mut Vec<PrivateKey>) -> Brought {
    let repairs = found.repairs.iter().map(ToString::to_string).collect();
    let (kind, der) = match found.item {
        Item::Certificate(certificate) => (BroughtKind::Certificate, certificate.der().to_vec()),
        Item::Request(request) => {
            let fault = request.verify(engine).await.err().map(|error| explain::request_signature(&error));
            (BroughtKind::Request { fault }, request.der().to_vec())
        }
        Item::Crl(crl) => (BroughtKind::Crl, crl.der().to_vec()),
        Item::PrivateKey(key) => {
            let id = KeyId(hex(&key.public().sha256()));
            let public = key.public().as_der().to_vec();
            keys.push(key);
            (BroughtKind::PrivateKey(id), public)
        }
        Item::Locked { kind, bytes } => {
            (BroughtKind::Locked { kind, iterations: unlock::cost(kind, &bytes).ok() }, bytes)
        }
        Item::PublicKey(key) => (BroughtKind::PublicKey, key.as_der().to_vec()),
        Item::Other { kind, label, bytes } => (BroughtKind::Other { kind, label }, bytes),
    };
    Brought { kind, der, repairs }
}
