//! Puts the built page into the companion: writes a table of the files in the folder that `CERTWRIGHT_PAGE` names. Builds no page; without the variable the table holds a note.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code)]
#[path = "page/file_kind.rs"]
mod file_kind;

const VARIABLE: &str = "CERTWRIGHT_PAGE";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=page/file_kind.rs");
    println!("cargo::rerun-if-changed=page/note.html");
    let mut files = Vec::new();
    match env::var_os(VARIABLE) {
        Some(folder) => {
            let folder = PathBuf::from(folder).canonicalize().map_err(|e| format!("{VARIABLE}: {e}"))?;
            println!("cargo::rerun-if-changed={}", folder.display());
            list(&folder, "", &mut files)?;
            if !files.iter().any(|(path, _)| path == "index.html") {
                return Err(format!("{VARIABLE}: no index.html in {}", folder.display()).into());
            }
        }
        None => {
            let root = env::var("CARGO_MANIFEST_DIR")?;
            files.push(("index.html".to_owned(), Path::new(&root).join("page/note.html")));
        }
    }
    files.sort();
    let table = table(&files)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("page_files.rs"), table)?;
    Ok(())
}

/// Collects the files below `folder`, with their paths in the page; hidden ones are left out.
fn list(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| format!("{VARIABLE}: a name is not UTF-8: {}", file.display()))?;
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if file.is_dir() {
            list(&file, &format!("{path}/"), files)?;
        } else {
            files.push((path, file));
        }
    }
    Ok(())
}

/// The table as Rust source.
fn table(files: &[(String, PathBuf)]) -> Result<String, Box<dyn Error>> {
    let mut source =
        String::from("/// The files, sorted by path.\npub(super) const FILES: &[EmbeddedFile] = &[\n");
    for (path, file) in files {
        let etag = file_kind::etag(&fs::read(file)?);
        let file = file.to_str().ok_or("a path is not UTF-8")?;
        writeln!(
            source,
            "    EmbeddedFile {{ path: {path:?}, etag: {etag:?}, bytes: include_bytes!({file:?}) }},"
        )?;
    }
    source.push_str("];\n");
    Ok(source)
}
