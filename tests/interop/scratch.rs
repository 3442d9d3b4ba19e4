//! A folder that lives as long as its test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A new empty folder; it goes when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes the folder.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("certwright-interop-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        if let Err(error) = fs::create_dir(&folder) {
            panic!("could not make {}: {error}", folder.display());
        }
        Scratch { folder }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file into it and returns the file's path.
    pub fn write(&self, name: &str, contents: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        if let Err(error) = fs::write(&path, contents) {
            panic!("could not write {}: {error}", path.display());
        }
        path
    }

    /// Reads a file that a program left in it.
    pub fn read(&self, name: &str) -> Vec<u8> {
        let path = self.folder.join(name);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now, the system's own cleaning takes.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
