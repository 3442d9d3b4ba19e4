//! One style sheet out of `www/css/index.css` and what it imports. Nothing is shortened or checked here.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::place;

/// The page's style sheet.
pub fn page_sheet() -> Result<String> {
    inlined(&place::root().join("www/css/index.css"))
}

/// Reads a style sheet and puts the text of each `@import` in its place.
///
/// Knows `@import "path";`, `@import url("path");` and either with `layer(name)`,
/// one to a line. A missing sheet is an error that names the sheet.
fn inlined(sheet: &Path) -> Result<String> {
    let text = fs::read_to_string(sheet)
        .with_context(|| format!("could not read the style sheet {}", sheet.display()))?;
    let folder = sheet.parent().unwrap_or(sheet);
    let mut result = String::with_capacity(text.len());
    for line in text.lines() {
        let Some(import) = line.trim_start().strip_prefix("@import") else {
            result.push_str(line);
            result.push('\n');
            continue;
        };
        let import =
            Import::parse(import).with_context(|| format!("{}: cannot follow `{line}`", sheet.display()))?;
        let imported = inlined(&folder.join(import.path))?;
        match import.layer {
            Some(layer) => result.push_str(&format!("@layer {layer} {{\n{imported}}}\n")),
            None => result.push_str(&imported),
        }
    }
    Ok(result)
}

#[derive(Debug, PartialEq)]
struct Import<'a> {
    path: &'a str,
    layer: Option<&'a str>,
}

impl<'a> Import<'a> {
    /// Reads what follows the word `@import`.
    fn parse(rest: &'a str) -> Result<Self> {
        let rest = rest.trim();
        let Some(rest) = rest.strip_suffix(';') else {
            bail!("an import ends with `;` on its own line");
        };
        let rest = rest.trim();
        let (path, condition) = match rest.strip_prefix("url(") {
            Some(inside) => inside.split_once(')').context("`url(` is not closed")?,
            None => match rest.get(1..).and_then(|tail| tail.find(['"', '\''])) {
                Some(end) => rest.split_at(end + 2),
                None => bail!("the path is not in quotes"),
            },
        };
        let path = path.trim().trim_matches(['"', '\'']);
        let layer = match condition.trim() {
            "" => None,
            other => Some(
                other
                    .strip_prefix("layer(")
                    .and_then(|inside| inside.strip_suffix(')'))
                    .context("only `layer(name)` may follow the path")?,
            ),
        };
        Ok(Import { path, layer })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn imports_are_read_in_every_accepted_spelling() {
        let plain = |path| Import { path, layer: None };
        let layered = |path, layer| Import { path, layer: Some(layer) };
        for (text, expected) in [
            (" \"tokens.css\";", plain("tokens.css")),
            (" 'a/b.css' ;", plain("a/b.css")),
            (" url(\"x.css\");", plain("x.css")),
            (" \"x.css\" layer(base);", layered("x.css", "base")),
            (" url(x.css) layer(base);", layered("x.css", "base")),
        ] {
            assert_eq!(Import::parse(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn imports_that_cannot_be_followed_are_refused() {
        for text in [" \"x.css\"", " x.css;", " \"x.css\" screen;", " url(\"x.css\";", ";"] {
            assert!(Import::parse(text).is_err(), "{text}");
        }
    }
}
