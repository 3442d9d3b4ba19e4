//! Where things lie: the repository and the folders that the tasks write.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The built page, as the proxy embeds it and the journeys open it.
pub fn page() -> PathBuf {
    target().join("page")
}

/// What a release consists of.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The comparison with JavaScript libraries, copied to where it may be built.
pub fn peers() -> PathBuf {
    target().join("peers")
}

/// Where measurements are written down.
pub fn benchmarks() -> PathBuf {
    root().join("docs/BENCHMARKS.md")
}

/// The proxy's program file, as built in release mode.
pub fn proxy_program() -> PathBuf {
    let name = format!("certwright-proxy{}", std::env::consts::EXE_SUFFIX);
    target().join("release").join(name)
}
