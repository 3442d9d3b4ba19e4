//! The style sheets' rules: twins of components, colours as tokens, nothing inline and nothing `!important`.

use std::collections::BTreeSet;

use super::Finding;
use super::exceptions::Exceptions;
use super::source::{Source, Tree};

const SHEETS: &str = "www/css/components/";
const COMPONENTS: &str = "src/app/components/";
const INDEX: &str = "www/css/index.css";
/// Where colours are spelled out.
const PALETTES: [&str; 2] = ["www/css/tokens.css", "www/css/themes.css"];
const COLOUR_FUNCTIONS: [&str; 9] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.with_extension("css") {
        findings.extend(in_sheet(source));
        findings.extend(unimported(tree, source));
    }
    for source in tree.with_extension("rs") {
        if source.is_below(&["src/app/"]) {
            findings.extend(inline_styles(source));
        }
    }
    findings
}

/// Each component has a sheet of its own and each sheet its component.
pub fn check_twins(tree: &Tree, exceptions: &mut Exceptions) -> Vec<Finding> {
    let names = |folder: &str, extension| -> BTreeSet<String> {
        let files = tree.with_extension(extension);
        let names = files.filter_map(|source| {
            let name = source.path.strip_prefix(folder)?;
            // What lies deeper is a part of the component beside it.
            (!name.contains('/')).then(|| source.stem().replace('-', "_"))
        });
        names.collect()
    };
    let sheets = names(SHEETS, "css");
    let components = names(COMPONENTS, "rs");
    let mut findings = Vec::new();
    for name in sheets.difference(&components) {
        let path = format!("{SHEETS}{}.css", name.replace('_', "-"));
        if !exceptions.excuse("twin", &path) {
            let message = format!("its component {COMPONENTS}{name}.rs is missing");
            findings.push(Finding::in_file(&path, message));
        }
    }
    // Before there is a first sheet there is nothing to be a twin of.
    for name in components.difference(&sheets).filter(|_| !sheets.is_empty()) {
        let path = format!("{COMPONENTS}{name}.rs");
        if !exceptions.excuse("twin", &path) {
            let sheet = name.replace('_', "-");
            let message = format!("its style sheet {SHEETS}{sheet}.css is missing");
            findings.push(Finding::in_file(&path, message));
        }
    }
    findings
}

fn unimported(tree: &Tree, source: &Source) -> Option<Finding> {
    let name = source.path.strip_prefix("www/css/")?;
    let index = tree.file(INDEX)?;
    let imported = index.text.contains(&format!("\"{name}\""));
    (source.path != INDEX && !imported)
        .then(|| Finding::in_file(&source.path, format!("{INDEX} does not import it")))
}

fn in_sheet(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in without_comments(&source.text).lines().enumerate() {
        let mut found = |message: String| {
            findings.push(Finding::at(&source.path, number + 1, message));
        };
        if line.contains("!important") {
            found("`!important`: put the rule into the right layer".to_owned());
        }
        if !PALETTES.contains(&source.path.as_str())
            && let Some(colour) = colour_in(line)
        {
            found(format!("`{colour}`: colours are tokens, spelled in {}", PALETTES[0]));
        }
    }
    findings
}

/// The first colour that a declaration on this line spells out.
fn colour_in(line: &str) -> Option<&str> {
    let (_, value) = line.split_once(':')?;
    if value.trim_end().ends_with('{') {
        // A selector such as `a:hover {`.
        return None;
    }
    let function = COLOUR_FUNCTIONS.iter().find(|name| {
        value.match_indices(*name).any(|(start, _)| {
            let before = value[..start].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
        })
    });
    function.copied().or_else(|| hexadecimal_in(value))
}

fn hexadecimal_in(value: &str) -> Option<&str> {
    value.match_indices('#').find_map(|(start, _)| {
        let rest = &value[start + 1..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        let digits = &rest[..end];
        let colour = matches!(end, 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit());
        colour.then(|| &value[start..=start + end])
    })
}

/// The text with every comment blanked, so that lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        result.push_str(before);
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        result.extend(comment.chars().filter(|&c| c == '\n'));
        rest = after;
    }
    result.push_str(rest);
    result
}

fn inline_styles(source: &Source) -> Vec<Finding> {
    let lines = source.code_lines();
    let inline = lines.filter(|(_, line)| {
        [" style=\"", " style={"].iter().any(|spelling| line.contains(spelling))
            || line.trim_start().starts_with("style=")
    });
    inline
        .map(|(number, _)| {
            let message = "an inline style, which the page's policy refuses: use a class";
            Finding::at(&source.path, number, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn colours_outside_the_palettes_and_important_rules_are_found() {
        for (line, expected) in [
            ("  color: var(--ink);", 0),
            ("  color: #fff;", 1),
            ("  border: 1px solid #11223344;", 1),
            ("  color: rgb(1 2 3);", 1),
            ("  color: oklch(0.5 0.1 20);", 1),
            ("  inset: calc(var(--lab) * 2);", 0),
            ("#face:hover {", 0),
            ("  fill: url(#face-mark);", 0),
            ("  /* color: #fff; */", 0),
            ("  color: var(--ink) !important;", 1),
        ] {
            let found = check(&Tree::of(&[("www/css/base.css", line)]));
            assert_eq!(found.len(), expected, "{line}: {found:?}");
        }
        assert_eq!(check(&Tree::of(&[("www/css/tokens.css", "--a: #fff;")])), []);
    }

    #[test]
    fn a_comment_over_lines_keeps_the_numbers() {
        let found = check(&Tree::of(&[("www/css/a.css", "/* one\ntwo */\nb: #000;")]));
        assert_eq!(found[0].line, 3);
    }

    #[test]
    fn a_sheet_that_nobody_imports_is_found() {
        let tree = Tree::of(&[
            (INDEX, "@import \"base.css\";"),
            ("www/css/base.css", ""),
            ("www/css/components/card.css", ""),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "www/css/components/card.css");
    }

    #[test]
    fn inline_styles_are_found_in_the_page_only() {
        for (path, line, expected) in [
            ("src/app/a.rs", "html! { <p style=\"color: red\"/> }", 1),
            ("src/app/a.rs", "    style={format!(\"\")}", 1),
            ("src/app/a.rs", "let style = 1;", 0),
            ("src/proxy/a.rs", "<p style=\"\">", 0),
        ] {
            assert_eq!(check(&Tree::of(&[(path, line)])).len(), expected, "{line}");
        }
    }

    #[test]
    fn components_and_sheets_are_twins() {
        let tree = Tree::of(&[
            ("src/app/components/certificate_card.rs", ""),
            ("src/app/components/certificate_card/part.rs", ""),
            ("src/app/components/plain.rs", ""),
            ("www/css/components/certificate-card.css", ""),
            ("www/css/components/alone.css", ""),
        ]);
        let mut none = Exceptions::default();
        let found = check_twins(&tree, &mut none);
        let paths: Vec<_> = found.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, ["www/css/components/alone.css", "src/app/components/plain.rs"]);
        let list = "twin src/app/components/plain.rs draws nothing itself";
        let mut one = Exceptions::parse(list).unwrap();
        assert_eq!(check_twins(&tree, &mut one).len(), 1);
        assert_eq!(one.unneeded(), []);
    }
}
