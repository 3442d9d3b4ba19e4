//! Where the corpora lie and how their indexes are read.

pub use certwright_interop::corpora as folder;
use certwright_interop::corpora;
use std::path::PathBuf;

/// The rows of `index.json` in one folder of the corpora.
pub fn index(name: &str) -> Option<(PathBuf, Vec<serde_json::Value>)> {
    let folder = corpora()?.join(name);
    let text = std::fs::read(folder.join("index.json")).unwrap();
    Some((folder, serde_json::from_slice(&text).unwrap()))
}
