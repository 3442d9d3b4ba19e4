//! Runs a job with whatever engine there is: WebCrypto's in the page's worker, RustCrypto's in tests.

use super::{Job, JobFailure, Outcome};
use certwright_pki::{Engine, PrivateKey};

/// Tells how far a job has come.
pub trait Progress {
    /// `done` of `total` steps.
    fn at(&self, done: usize, total: usize);
}

/// No one listens.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn at(&self, _: usize, _: usize) {}
}

/// Runs `job`; `keys` are those that it needs, in the order that it names them. Gives the outcome and the private
/// keys that came into being.
///
/// # Errors
/// [`JobFailure::Refused`] with words for the person.
pub async fn run<E: Engine>(
    engine: &E,
    job: Job,
    keys: &[PrivateKey],
    progress: &dyn Progress,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    match job {
        Job::MakeAuthority(order) => super::authority::make(engine, &order, progress).await,
        Job::MakeRequest(order) => super::request::make(engine, &order).await,
        Job::Read { files } => super::bring::read(engine, &files, progress).await,
        Job::Issue(order) => super::issue::issue(engine, &order, keys, progress).await,
        Job::MakeCrl(order) => super::authority::crl(engine, &order, keys).await,
        Job::ExportPkcs12(order) => super::export::write_pkcs12(engine, &order, keys),
        Job::Unlock { kind, bytes, password } => super::bring::unlock(engine, kind, &bytes, &password).await,
        Job::Judge(order) => super::judge::judge(engine, &order).await,
    }
}
