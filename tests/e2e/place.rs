//! Where the built page, the proxy and the journeys' own files lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The hosted page that `cargo xtask build` wrote.
pub fn page_folder() -> PathBuf {
    target().join("page")
}

/// The single-file edition that `cargo xtask dist` wrote.
pub fn single_file() -> PathBuf {
    root().join("dist/certwright.html")
}

/// The proxy's program: `CERTWRIGHT_PROXY_BIN`, or what the release build left.
pub fn proxy_program() -> PathBuf {
    match std::env::var_os("CERTWRIGHT_PROXY_BIN") {
        Some(program) => program.into(),
        None => target().join("release/certwright-proxy"),
    }
}

/// Where screenshots go.
pub fn shots() -> PathBuf {
    target().join("e2e/shots")
}

/// A new empty folder below `target/e2e`, never used before.
pub fn work_folder(purpose: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = target().join(format!("e2e/work/{}-{number}-{purpose}", std::process::id()));
    if let Err(error) = fs::create_dir_all(&folder) {
        panic!("could not make {}: {error}", folder.display());
    }
    folder
}

/// The address of a file, for a browser.
pub fn file_url(path: &Path) -> String {
    let mut url = "file://".to_owned();
    for character in path.to_string_lossy().chars() {
        match character {
            '%' => url.push_str("%25"),
            ' ' => url.push_str("%20"),
            '#' => url.push_str("%23"),
            '?' => url.push_str("%3F"),
            other => url.push(other),
        }
    }
    url
}

/// The text of axe-core, which `npm ci` puts beside this crate.
pub fn axe_source() -> String {
    let path = root().join("tests/e2e/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; `npm ci` in tests/e2e brings it", path.display()))
}
