//! The comparison with JavaScript libraries: a copy of the harness, our module among its contestants, one interleaved run.
//!
//! The harness is not part of this repository: `CERTWRIGHT_PEERS` says where it lies.

mod bars;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{machine, record};
use crate::page::folder;
use crate::page::program::{self, Glue};
use crate::{command, place};

/// Where the harness lies.
const VARIABLE: &str = "CERTWRIGHT_PEERS";
/// Where it lies unless the variable says otherwise, seen from the repository.
const USUAL_PLACE: &str = "../shared/peers-bench";
/// The name of our runs among the results.
const TAG: &str = "bench";
/// The tests that are run unless `--only` names others; all of them take hours, most of that for RSA keys in JavaScript.
const TESTS: &str =
    "parse,csr-p256,csr-rsa2048,issue-p256,issue-rsa2048,chain,p12-2048,crlParse,crlCreate-10k";
/// The version of the reference library whose vectors are part of the corpus.
const CRYPTOGRAPHY: &str = "50.0.2";

/// Runs the comparison and writes its tables down. What is not known here is handed on to the harness's `run.mjs`.
pub fn compare(arguments: &[&str]) -> Result<()> {
    let folder = place::peers();
    copy_harness(&folder)?;
    add_contestant(&folder)?;
    bring_libraries(&folder)?;
    make_corpus(&folder)?;
    check_outputs(&folder)?;
    command::succeed(node(&folder).arg("build.mjs"))?;

    clear_results(&folder)?;
    let before = machine::load();
    let mut run = node(&folder);
    run.args(["run.mjs", "--tag", TAG]);
    if !arguments.contains(&"--rounds") {
        run.args(["--rounds", "3"]);
    }
    if !arguments.contains(&"--only") {
        run.args(["--only", TESTS]);
    }
    command::succeed(run.args(arguments))?;
    let report = command::output(node(&folder).args(["report.mjs", "--tags", TAG]))?;
    let conditions = machine::conditions(before.as_deref());
    let text = format!("{conditions}\n{}\n{}", bars::table(&folder, TAG)?, without_empty_sections(&report));
    println!("{text}");
    record::write(&place::benchmarks(), "peers", &text)
}

/// The report without the sections of tests that were not run.
fn without_empty_sections(report: &str) -> String {
    let sections = report.trim().split("\n### ").filter(|section| {
        let mut lines = section.lines().skip(1).filter(|line| !line.is_empty());
        let is_table = lines.clone().next().is_some_and(|line| line.starts_with('|'));
        // A table without rows has two lines: its head and the rule below.
        if is_table { lines.nth(2).is_some() } else { lines.next().is_some() }
    });
    sections
        .map(|section| section.trim_start_matches("### "))
        .map(|section| format!("### {section}\n"))
        .collect()
}

fn harness() -> Result<PathBuf> {
    let folder = match std::env::var_os(VARIABLE) {
        Some(folder) => place::root().join(folder),
        None => place::root().join(USUAL_PLACE),
    };
    if !folder.join("run.mjs").is_file() {
        bail!("{} holds no harness; {VARIABLE} says where one lies", folder.display());
    }
    Ok(folder)
}

/// Copies the harness to where it may be built. What it has made there before stays.
fn copy_harness(folder: &Path) -> Result<()> {
    let source = harness()?;
    for path in folder::listed(&source)? {
        let name = folder::relative(&source, &path);
        let made = ["node_modules/", "venv/", "dl/", "corpus/", "fixtures/", "dist/", "results/"];
        if made.iter().any(|part| name.starts_with(part) || name.contains(&format!("/{part}"))) {
            continue;
        }
        put(&folder.join(&name), &fs::read(&path).with_context(|| format!("could not read {name}"))?)?;
    }
    Ok(())
}

/// Builds our module and lists it among the contestants.
fn add_contestant(folder: &Path) -> Result<()> {
    let compiled = program::compile_package("certwright-peers", "certwright_peers")?;
    let glue = folder.join("dist/ours");
    fs::create_dir_all(&glue)?;
    program::generate(fs::read(compiled)?, "ours", Glue::Module, &glue)?;
    put(&folder.join("dist/bench/ours_bg.wasm"), &fs::read(glue.join("ours_bg.wasm"))?)?;

    let adapter = fs::read(place::root().join("tests/peers/ours.js"))?;
    put(&folder.join("adapters/ours.js"), &adapter)?;
    put(&folder.join("adapters/ours.files.json"), b"[\"dist/bench/ours_bg.wasm\"]")?;
    let list = folder.join("bench/contestants.json");
    let mut contestants: Value = serde_json::from_slice(&fs::read(&list)?)?;
    let names = contestants["ids"].as_array_mut().context("the harness lists no contestants")?;
    if !names.contains(&json!("ours")) {
        names.push(json!("ours"));
    }
    put(&list, contestants.to_string().as_bytes())
}

/// Has npm bring the libraries, where they are not there yet.
fn bring_libraries(folder: &Path) -> Result<()> {
    for part in [folder.to_path_buf(), folder.join("libs/x509")] {
        if !part.join("node_modules/.package-lock.json").is_file() {
            command::succeed(Command::new("npm").current_dir(&part).args(["ci", "--no-audit", "--no-fund"]))?;
        }
    }
    Ok(())
}

/// Makes the certificates, requests and keys that every contestant gets, where they are not there yet.
fn make_corpus(folder: &Path) -> Result<()> {
    if folder.join("fixtures/crl100k.der").is_file() {
        return Ok(());
    }
    let python = |arguments: &[&str]| {
        command::succeed(Command::new("venv/bin/python").current_dir(folder).args(arguments))
    };
    command::succeed(Command::new("python3").current_dir(folder).args(["-m", "venv", "venv"]))?;
    python(&["-m", "pip", "install", "--quiet", &format!("cryptography=={CRYPTOGRAPHY}")])?;
    let vectors = format!("cryptography-vectors=={CRYPTOGRAPHY}");
    python(&["-m", "pip", "download", "--quiet", "--no-deps", "-d", "dl", &vectors])?;
    python(&["corpus.py"])
}

/// Runs every contestant once without a browser, and has another program read what ours has written.
fn check_outputs(folder: &Path) -> Result<()> {
    let known = |name: &str| folder.join(format!("results/check/{name}-parseable.json")).is_file();
    let list: Value = serde_json::from_slice(&fs::read(folder.join("bench/contestants.json"))?)?;
    let names = list["ids"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let waiting: Vec<&str> = names.filter(|name| *name == "ours" || !known(name)).collect();
    command::succeed(node(folder).arg("bench/node-check.mjs").args(waiting))?;
    let mut check = Command::new("venv/bin/python");
    let said = command::output(check.current_dir(folder).args(["bench/check.py", "ours"]))?;
    println!("{}", said.trim());
    if said.lines().any(|line| line.starts_with("FAIL")) || said.trim().is_empty() {
        bail!("another program does not read what we wrote");
    }
    Ok(())
}

fn clear_results(folder: &Path) -> Result<()> {
    for path in folder::listed(&folder.join("results"))? {
        if bars::is_result(&path, TAG) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn node(folder: &Path) -> Command {
    let mut node = Command::new("node");
    node.current_dir(folder);
    node
}

/// Writes a file that may not be there, or may not be written to as the copy of a read-only one.
fn put(path: &Path, contents: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|present| present == contents) {
        return Ok(());
    }
    if path.exists() {
        fs::remove_file(path)?;
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, contents).with_context(|| format!("could not write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::without_empty_sections;

    #[test]
    fn a_table_without_rows_is_left_out() {
        let report = "\n### Full\n\n| | a |\n|---|---|\n| x | 1 |\n\n### Empty\n\n| | a |\n|---|---|\n\n### Words\n\nNoise: none\n";
        let kept = without_empty_sections(report);
        assert!(kept.contains("### Full") && kept.contains("### Words"), "{kept}");
        assert!(!kept.contains("Empty"), "{kept}");
    }
}
