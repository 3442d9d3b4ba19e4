//! Which crate may depend on which, by Cargo's own account. Dependencies of tests are free.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use crate::command;

/// The arrows of the house: each crate and the crates that it may name.
const ARROWS: [(&str, &[&str]); 6] = [
    ("certwright-app", &["certwright-workbench", "certwright-pki", "certwright-proxy-api"]),
    ("certwright-workbench", &["certwright-pki"]),
    ("certwright-pki", &[]),
    ("certwright-proxy", &["certwright-pki", "certwright-proxy-api"]),
    ("certwright-proxy-api", &[]),
    ("xtask", &[]),
];

/// Crates without a screen, a network, a clock or randomness of their own.
const PURE: [&str; 3] = ["certwright-pki", "certwright-workbench", "certwright-proxy-api"];

/// What these never contain, however deep.
const IMPURE: [&str; 9] =
    ["web-sys", "js-sys", "wasm-bindgen", "web-time", "yew", "tokio", "mio", "hyper", "socket2"];

pub fn check() -> Result<Vec<Finding>> {
    let mut metadata = command::cargo();
    metadata.args(["metadata", "--format-version=1", "--no-deps", "--locked"]);
    let metadata: Value = serde_json::from_str(&command::output(&mut metadata)?)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let mut findings: Vec<Finding> = packages.iter().flat_map(in_package).collect();
    for package in PURE {
        let mut tree = command::cargo();
        tree.args(["tree", "--locked", "--package", package]);
        tree.args(["--edges=normal", "--prefix=none"]);
        tree.arg("--target=wasm32-unknown-unknown");
        findings.extend(in_tree(package, &command::output(&mut tree)?));
    }
    Ok(findings)
}

fn in_package(package: &Value) -> Vec<Finding> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some((_, allowed)) = ARROWS.iter().find(|(own, _)| *own == name) else {
        return Vec::new();
    };
    let manifest = format!("the manifest of {name}");
    let mut findings = Vec::new();
    for dependency in package["dependencies"].as_array().into_iter().flatten() {
        if dependency["kind"] == "dev" {
            continue;
        }
        let other = dependency["name"].as_str().unwrap_or_default();
        if dependency["path"].is_string() && !allowed.contains(&other) {
            let message = format!("must not depend on {other}: arrows only go down");
            findings.push(Finding::in_file(&manifest, message));
        }
        let randomness = other == "getrandom" || other == "rand";
        if PURE.contains(&name) && (randomness || other.starts_with("gloo")) {
            let message = format!("must not depend on {other}: time and entropy are arguments");
            findings.push(Finding::in_file(&manifest, message));
        }
    }
    findings
}

/// Looks through what `cargo tree` prints: a name, a version and more on each line.
fn in_tree(package: &str, tree: &str) -> Vec<Finding> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    let mut impure: Vec<&str> =
        names.filter(|name| IMPURE.contains(name) || name.starts_with("gloo")).collect();
    impure.sort_unstable();
    impure.dedup();
    impure
        .iter()
        .map(|name| {
            let message = format!("contains {name}; `cargo tree -i {name}` says by which way");
            Finding::in_file(package, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arrows_that_go_up_are_found() {
        let package = |name: &str, other: &str, path: Value, kind: Value| json!({ "name": name, "dependencies": [{ "name": other, "path": path, "kind": kind }] });
        let own = || json!("somewhere");
        for (package, expected) in [
            (package("certwright-app", "certwright-pki", own(), Value::Null), 0),
            (package("certwright-pki", "certwright-app", own(), Value::Null), 1),
            (package("certwright-pki", "certwright-app", own(), json!("dev")), 0),
            (package("certwright-pki", "certwright-app", own(), json!("build")), 1),
            (package("certwright-workbench", "certwright-proxy-api", own(), Value::Null), 1),
            (package("certwright-pki", "getrandom", Value::Null, Value::Null), 1),
            (package("certwright-app", "getrandom", Value::Null, Value::Null), 0),
            (package("certwright-pki", "der", Value::Null, Value::Null), 0),
        ] {
            assert_eq!(in_package(&package).len(), expected, "{package}");
        }
    }

    #[test]
    fn impure_crates_are_found_once_however_deep() {
        let tree = "certwright-pki v0.1.0\nder v0.8.0\njs-sys v0.3.0\njs-sys v0.3.0 (*)\n";
        let found = in_tree("certwright-pki", tree);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("js-sys"));
    }
}
