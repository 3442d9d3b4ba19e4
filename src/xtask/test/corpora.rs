//! Where the big collections of other people's files lie. They are not part of the repository.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::place;

/// Names the folder for the tests as well.
pub const VARIABLE: &str = "CERTWRIGHT_CORPORA";

/// The folder that the variable names, or `shared/corpora` beside the repository when there is one.
pub fn folder() -> Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let named = place::root().join(named);
        if !named.is_dir() {
            bail!("{VARIABLE} names {}, which is no folder", named.display());
        }
        return Ok(Some(named));
    }
    let usual = place::root().join("../shared/corpora");
    Ok(usual.is_dir().then_some(usual))
}
