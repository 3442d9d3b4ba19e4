//! What the targets begin with: our own good files and past findings, and other people's seeds from an archive.

use crate::Target;
use std::fs;
use std::io::{Read, Result};
use std::path::{Path, PathBuf};

/// A folder of the test data.
fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data").join(name)
}

/// The files of a folder in the order of their names; none when there is no folder.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut out = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(out) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && name != "README.md" && !name.starts_with("make") {
            out.push((name, fs::read(entry.path())?));
        }
    }
    out.sort();
    Ok(out)
}

/// One good file of each kind, with their names.
///
/// # Errors
/// Those of reading the folder.
pub fn good() -> Result<Vec<(String, Vec<u8>)>> {
    files(&data("good"))
}

/// What once went wrong with a target.
///
/// # Errors
/// Those of reading the folder.
pub fn findings(target: &Target) -> Result<Vec<(String, Vec<u8>)>> {
    files(&data("findings").join(target.name))
}

/// Every file of a gzipped tar archive with its path.
///
/// # Errors
/// Those of reading the archive.
pub fn of_archive(archive: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(fs::File::open(archive)?).read_to_end(&mut tar)?;
    let mut out = Vec::new();
    let mut rest = tar.as_slice();
    while let Some((header, after)) = rest.split_first_chunk::<512>() {
        let text = |octets: &[u8]| String::from_utf8_lossy(octets).trim_matches(['\0', ' ']).to_owned();
        let size = usize::from_str_radix(&text(&header[124..135]), 8).unwrap_or(0);
        let Some(content) = after.get(..size) else { break };
        if header[156] == b'0' {
            out.push((text(&header[..100]), content.to_vec()));
        }
        rest = after.get(size.next_multiple_of(512)..).unwrap_or_default();
    }
    Ok(out)
}
