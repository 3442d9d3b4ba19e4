//! The page's files from a folder, for development. Leaves the folder by no path and no link.

use std::borrow::Cow;
use std::path::Path;

use super::{File, file_kind};

/// Reads the file at `path`, which has only plain names, below `root`.
pub(super) fn read(root: &Path, path: &str) -> Option<File> {
    let root = root.canonicalize().ok()?;
    let file = root.join(path).canonicalize().ok()?;
    if !file.starts_with(&root) || !file.is_file() {
        return None;
    }
    let bytes = std::fs::read(file).ok()?;
    let etag = file_kind::etag(&bytes);
    Some(File { bytes: Cow::Owned(bytes), etag: Cow::Owned(etag) })
}
