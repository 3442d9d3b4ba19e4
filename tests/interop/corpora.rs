//! Collections of other people's files, which are not part of the repository.

use std::env;
use std::path::{Path, PathBuf};

use crate::left_out;

/// The folder of all collections: `CERTWRIGHT_CORPORA`, or `shared/corpora` beside the repository. A test that lacks
/// it is counted as left out.
pub fn corpora() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = env::var_os("CERTWRIGHT_CORPORA").unwrap_or_else(|| "../shared/corpora".into());
    let all = root.join(folder);
    if all.is_dir() {
        return Some(all);
    }
    left_out::note("the corpora folder is absent");
    None
}

/// One collection.
///
/// # Panics
/// If the folder of collections is there and lacks this one.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let folder = corpora()?.join(name);
    assert!(folder.is_dir(), "the corpora hold no {name:?}");
    Some(folder)
}
