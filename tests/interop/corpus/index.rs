//! The indexes of the collections, and what is packed.

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A file's octets.
pub fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A SHA-256 in hexadecimal digits.
pub fn sha256(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// A file of JSON, gzipped when its name says so.
pub fn json(path: &Path) -> Value {
    let mut text = bytes(path);
    if path.extension().is_some_and(|extension| extension == "gz") {
        text = unpacked(&text);
    }
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Everything in a gzipped file.
pub fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut out).unwrap();
    out
}

/// The rows of a folder's index, each with its file's name and octets.
pub fn rows(folder: &Path) -> impl Iterator<Item = (String, Vec<u8>, Value)> {
    let Value::Array(rows) = json(&folder.join("index.json")) else { panic!("no list of rows") };
    let folder = folder.to_owned();
    rows.into_iter().map(move |row| {
        let name = row["file"].as_str().unwrap().to_owned();
        let content = bytes(&folder.join(&name));
        // A file that is not the one of the index would be judged by another's row.
        assert_eq!(row["sha256"].as_str(), Some(sha256(&content).as_str()), "{name}");
        (name, content, row)
    })
}

/// All files below a folder in the order of their names, by their paths within it.
pub fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut out = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(inside) = pending.pop() {
        for entry in std::fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => pending.push(path),
                false => out.push((path.strip_prefix(folder).unwrap().display().to_string(), path)),
            }
        }
    }
    out.sort();
    out
}

/// The regular files of a gzipped tar archive.
pub fn members(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let tar = unpacked(&bytes(archive));
    let text = |field: &[u8]| String::from_utf8_lossy(field).trim_matches(['\0', ' ']).to_owned();
    let mut out = Vec::new();
    let mut rest = tar.as_slice();
    while let Some((header, after)) = rest.split_at_checked(512) {
        let size = usize::from_str_radix(&text(&header[124..136]), 8).unwrap_or(0);
        let Some(content) = after.get(..size) else { break };
        if header[156] == b'0' {
            out.push((text(&header[..100]), content.to_vec()));
        }
        rest = after.get(size.next_multiple_of(512)..).unwrap_or_default();
    }
    out
}
