//! The single-file edition: everything inside one document that also runs from `file://` and fetches nothing.

use std::io::Write;

use anyhow::{Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::{Compression, write::GzEncoder};

use super::program::{self, Glue, Role};
use super::template::Template;
use super::{digest, hosted, styles};
use crate::place;

/// Builds the program and returns the document.
pub fn document() -> Result<Vec<u8>> {
    let [program] = program::build([Role::Both], Glue::Classic)?;
    let css = styles::page_sheet()?;
    let boot = String::from_utf8(hosted::source("boot.js")?)?;
    let worker = String::from_utf8(hosted::source("worker.js")?)?;
    // `<` is spelled as an escape, so that no text can end the element it stands in.
    let worker = serde_json::to_string(&worker)?.replace('<', "\\u003c");
    for text in [&css, &boot, &program.glue] {
        check_embeddable(text)?;
    }

    let mut page = Template::read()?;
    let policy = page.policy()?;
    page.replace(&policy, &single_file_policy(&css, &program.glue, &boot))?;
    page.replace_line("rel=\"manifest\"", "")?;
    page.replace_line("href=\"css/index.css\"", &format!("  <style>{css}</style>\n"))?;
    let icon = std::fs::read(place::root().join("www/static/favicon.svg"))?;
    let icon = format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(icon));
    page.replace("static/favicon.svg", &icon)?;
    page.replace(
        "</body>",
        &format!(
            "<script id=\"glue\">{glue}</script>\n\
             <script id=\"worker-source\" type=\"application/json\">{worker}</script>\n\
             <script id=\"wasm\" type=\"application/x-gzip-base64\">{wasm}</script>\n\
             <script>{boot}</script>\n</body>",
            glue = program.glue,
            wasm = BASE64_STANDARD.encode(gzip(&program.wasm)?),
        ),
    )?;
    Ok(page.into_bytes())
}

/// Compresses as small as gzip can, with no time of making in the result.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// `default-src 'none'` stands for every kind of fetch, hence also for `connect-src`.
fn single_file_policy(css: &str, glue: &str, boot: &str) -> String {
    let [css, glue, boot] = [css, glue, boot].map(|text| digest::integrity(text.as_bytes()));
    format!(
        "default-src 'none'; script-src '{glue}' '{boot}' 'wasm-unsafe-eval'; style-src '{css}'; \
         img-src data: blob:; worker-src blob:; connect-src 'none'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types certwright"
    )
}

fn check_embeddable(text: &str) -> Result<()> {
    let lower = text.to_ascii_lowercase();
    for end in ["</script", "</style", "<!--"] {
        if lower.contains(end) {
            bail!("{end:?} stands in a text that goes into the single file");
        }
    }
    if text.contains('\r') {
        bail!("a carriage return in an embedded text would change its digest");
    }
    Ok(())
}
