//! Where the corpora lie and how their indexes are read.

use std::path::PathBuf;

/// The folder of the corpora, or nothing when it is absent.
pub fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = match std::env::var_os("CERTWRIGHT_CORPORA") {
        Some(named) => root.join(named),
        None => root.join("../shared/corpora"),
    };
    if folder.is_dir() {
        return Some(folder);
    }
    println!("left out: corpora");
    None
}

/// The rows of `index.json` in one folder of the corpora.
pub fn index(name: &str) -> Option<(PathBuf, Vec<serde_json::Value>)> {
    let folder = folder()?.join(name);
    let text = std::fs::read(folder.join("index.json")).unwrap();
    Some((folder, serde_json::from_slice(&text).unwrap()))
}
