//! Collections of other people's files, which are not part of the repository.

use std::env;
use std::path::{Path, PathBuf};

use crate::left_out;

/// The folder of a collection, such as `pkcs12`, or `None` after noting that it is absent.
///
/// The collections lie where `CERTWRIGHT_CORPORA` says, else in `corpora` in the root.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let all = match env::var_os("CERTWRIGHT_CORPORA") {
        Some(folder) => root.join(folder),
        None => root.join("corpora"),
    };
    if !all.is_dir() {
        left_out::note("the corpora folder is absent");
        return None;
    }
    let folder = all.join(name);
    assert!(folder.is_dir(), "the corpora hold no {name:?}");
    Some(folder)
}
