//! Building the page: the program as wasm, then the files around it. Compressing and packing is `dist`.

pub mod digest;
pub mod folder;
pub mod hosted;
pub mod program;
pub mod single_file;
mod styles;
mod template;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::place;

/// `cargo xtask build`: writes the hosted page into `target/page`.
pub fn build(arguments: &[String]) -> Result<()> {
    if let Some(argument) = arguments.first() {
        bail!("`build` takes no {argument:?}");
    }
    let began = Instant::now();
    let files = hosted::files()?;
    let size: usize = files.values().map(Vec::len).sum();
    folder::replace(&place::page(), &files)?;
    println!(
        "page: {} files, {} KiB in {} ({:.1} s)",
        files.len(),
        size / 1024,
        place::page().display(),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
