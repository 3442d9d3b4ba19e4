//! Runs a job with whatever engine there is: WebCrypto's in the page's worker, RustCrypto's in tests.

use super::{Contents, Job, JobFailure, Outcome};
use certwright_pki::{Engine, PrivateKey};

/// Tells how far a job has come.
pub trait Progress {
    /// `done` of `total` steps.
    fn at(&self, done: usize, total: usize);

    /// What was found so far, and will not be told again.
    fn part(&self, contents: Contents);
}

/// No one listens; what is told in parts is lost.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn at(&self, _: usize, _: usize) {}
    fn part(&self, _: Contents) {}
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
        Job::Read { files, in_parts } => super::bring::read(engine, &files, in_parts, progress).await,
        Job::Describe(order) => super::describe::describe(engine, &order).await,
        Job::Issue(order) => super::issue::issue(engine, &order, keys, progress).await,
        Job::MakeCrl(order) => super::authority::crl(engine, &order, keys).await,
        Job::Export(order) => super::export::write(engine, &order, keys),
        Job::Unlock { kind, bytes, password } => super::bring::unlock(engine, kind, &bytes, &password).await,
        Job::Judge(order) => super::judge::judge(engine, &order).await,
    }
}
