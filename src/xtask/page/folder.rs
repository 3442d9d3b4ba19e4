//! Writing a set of files into a folder so that it holds exactly these, touching only what changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// File contents by path inside the folder, with `/` between the parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Makes the folder hold these files and no others.
///
/// A file that already has the right contents keeps its modification time, so
/// that what depends on the folder is not built again for nothing.
pub fn replace(folder: &Path, files: &Files) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    for path in listed(folder)? {
        if !files.contains_key(&relative(folder, &path)) {
            fs::remove_file(&path).with_context(|| format!("could not remove {}", path.display()))?;
        }
    }
    for (name, contents) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|present| &present == contents) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, contents).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

/// Reads every file below a folder, named below `prefix`. A missing folder is empty.
pub fn read(folder: &Path, prefix: &str) -> Result<Files> {
    let mut files = Files::new();
    for path in listed(folder)? {
        let contents = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
        files.insert(format!("{prefix}{}", relative(folder, &path)), contents);
    }
    Ok(files)
}

/// Every file below a folder, in the order of their paths. A missing folder has none.
pub fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next).with_context(|| format!("could not list {}", next.display()))? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => waiting.push(entry.path()),
                false => found.push(entry.path()),
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path below a folder, with `/` between the parts on every system.
pub fn relative(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).iter();
    let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
