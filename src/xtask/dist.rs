//! What a release consists of: the hosted site with compressed siblings, the single file, and their digests.

use std::io::Write;

use anyhow::{Result, bail};

use crate::page::folder::{self, Files};
use crate::page::{digest, hosted, single_file};
use crate::place;

/// `cargo xtask dist`: writes `dist/`.
pub fn write(arguments: &[String]) -> Result<()> {
    if let Some(argument) = arguments.first() {
        bail!("`dist` takes no {argument:?}");
    }
    let mut files = Files::new();
    for (name, contents) in hosted::files()? {
        for (suffix, packed) in compressed(&name, &contents)? {
            files.insert(format!("site/{name}{suffix}"), packed);
        }
        files.insert(format!("site/{name}"), contents);
    }
    files.insert("certwright.html".to_owned(), single_file::document()?);
    let sums: String =
        files.iter().map(|(name, contents)| format!("{}  {name}\n", digest::hexadecimal(contents))).collect();
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    folder::replace(&place::dist(), &files)?;
    for (name, contents) in &files {
        println!("{:>9}  dist/{name}", contents.len());
    }
    Ok(())
}

/// The `.br` and `.gz` siblings that static hosts serve in place of a file.
fn compressed(name: &str, contents: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let worth_it = [".html", ".js", ".css", ".wasm", ".svg", ".webmanifest"];
    if !worth_it.iter().any(|ending| name.ends_with(ending)) {
        return Ok(Vec::new());
    }
    Ok(vec![(".br", brotli(contents)?), (".gz", single_file::gzip(contents)?)])
}

/// Compresses as small as brotli can.
pub fn brotli(contents: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22).write_all(contents)?;
    Ok(packed)
}
