//! The hosted page: content-hashed files with integrity attributes, and a policy without inline script.

use std::fs;

use anyhow::{Context, Result};

use super::folder::{self, Files};
use super::program::{self, Glue, Role};
use super::template::Template;
use super::{digest, styles};
use crate::place;

/// How the files of the worker's program begin: what is fetched once the page is there.
pub const WORKER: &str = "worker-program";

/// Builds the programs and returns every file of the hosted page.
pub fn files() -> Result<Files> {
    let [program, work] = program::build([Role::Page, Role::Worker], Glue::Module)?;
    let root = place::root();
    let mut files = folder::read(&root.join("www/static"), "static/")?;
    let mut page = Template::read()?;

    // `base-uri 'self'` is there for Trunk's `serve` only.
    page.replace("base-uri 'self'", "base-uri 'none'")?;

    let css = styles::page_sheet()?;
    let css = Part::add(&mut files, "app", "css", css.into_bytes());
    page.replace_line(
        "href=\"css/index.css\"",
        &format!("  <link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">\n", css.name, css.integrity),
    )?;

    let glue = Part::add(&mut files, "app", "js", program.glue.into_bytes());
    let wasm = Part::add(&mut files, "app", "wasm", program.wasm);
    let boot = Part::add(&mut files, "boot", "js", source("boot.js")?);
    let worker = Part::add(&mut files, "worker", "js", source("worker.js")?);
    let work_glue = Part::add(&mut files, WORKER, "js", work.glue.into_bytes());
    let work_wasm = Part::add(&mut files, WORKER, "wasm", work.wasm);
    page.replace(
        "</head>",
        &format!(
            "  <link rel=\"modulepreload\" href=\"./{glue}\" integrity=\"{glue_integrity}\">\n  \
             <script defer src=\"{boot}\" integrity=\"{boot_integrity}\" data-js=\"./{glue}\" \
             data-wasm=\"./{wasm}\" data-wasm-integrity=\"{wasm_integrity}\" \
             data-worker=\"./{worker}\" data-worker-js=\"./{work_glue}\" \
             data-worker-wasm=\"./{work_wasm}\" data-worker-wasm-integrity=\"{work_wasm_integrity}\">\
             </script>\n</head>",
            glue = glue.name,
            glue_integrity = glue.integrity,
            boot = boot.name,
            boot_integrity = boot.integrity,
            wasm = wasm.name,
            wasm_integrity = wasm.integrity,
            worker = worker.name,
            work_glue = work_glue.name,
            work_wasm = work_wasm.name,
            work_wasm_integrity = work_wasm.integrity,
        ),
    )?;
    files.insert("index.html".to_owned(), page.into_bytes());
    Ok(files)
}

/// One of our own scripts, as it lies in `www`.
pub fn source(name: &str) -> Result<Vec<u8>> {
    let path = place::root().join("www").join(name);
    fs::read(&path).with_context(|| format!("could not read {}", path.display()))
}

struct Part {
    name: String,
    integrity: String,
}

impl Part {
    fn add(files: &mut Files, stem: &str, extension: &str, contents: Vec<u8>) -> Part {
        let part =
            Part { name: digest::named(stem, extension, &contents), integrity: digest::integrity(&contents) };
        files.insert(part.name.clone(), contents);
        part
    }
}
