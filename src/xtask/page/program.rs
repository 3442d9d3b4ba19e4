//! The page's program: Cargo's wasm and the JavaScript glue that wasm-bindgen makes for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::digest;
use crate::{command, place};

const TARGET: &str = "wasm32-unknown-unknown";

/// How the glue is loaded.
#[derive(Clone, Copy, PartialEq)]
pub enum Glue {
    /// An ECMAScript module, for the hosted page.
    Module,
    /// A classic script that defines `wasm_bindgen`, for the single file.
    Classic,
}

/// The program, ready for a page.
pub struct Program {
    /// The JavaScript that starts it.
    pub glue: String,
    /// The WebAssembly module, without names.
    pub wasm: Vec<u8>,
}

/// Which of the app's programs.
#[derive(Clone, Copy, PartialEq)]
pub enum Role {
    /// What draws the page.
    Page,
    /// What computes beside it.
    Worker,
    /// Both in one.
    Both,
}

impl Role {
    /// The name of Cargo's binary.
    const fn binary(self) -> &'static str {
        match self {
            Role::Page => "certwright-page",
            Role::Worker => "certwright-worker",
            Role::Both => "certwright",
        }
    }
}

/// Compiles programs of the app in release mode and makes the glue for each, or takes that from the last run when
/// nothing changed.
pub fn build<const N: usize>(roles: [Role; N], kind: Glue) -> Result<[Program; N]> {
    add_target()?;
    let mut cargo = command::cargo();
    cargo.args(["build", "--release", "--locked", "--package", "certwright-app", "--target", TARGET]);
    for role in roles {
        cargo.args(["--bin", role.binary()]);
    }
    command::succeed(&mut cargo)?;
    let programs = roles.into_iter().map(|role| bind(role, kind)).collect::<Result<Vec<_>>>()?;
    programs.try_into().map_err(|_| anyhow!("as many programs as roles"))
}

/// Compiles a package in release mode; returns the wasm file of this name that Cargo makes of it.
pub fn compile_package(package: &str, name: &str) -> Result<PathBuf> {
    add_target()?;
    let mut cargo = command::cargo();
    cargo.args(["build", "--release", "--locked"]);
    cargo.args(["--package", package, "--target", TARGET]);
    command::succeed(&mut cargo)?;
    Ok(compiled(name))
}

fn compiled(name: &str) -> PathBuf {
    place::target().join(TARGET).join("release").join(format!("{name}.wasm"))
}

fn bind(role: Role, kind: Glue) -> Result<Program> {
    let file = compiled(role.binary());
    let input = fs::read(&file).with_context(|| format!("could not read {}", file.display()))?;
    let kind_name = match kind {
        Glue::Module => "module",
        Glue::Classic => "classic",
    };
    let folder = place::target().join("xtask").join(format!("{}-{kind_name}", role.binary()));
    let stamp = folder.join("stamp");
    let expected = format!("{} {}", digest::hexadecimal(&input), own_version()?);
    if fs::read_to_string(&stamp).is_ok_and(|found| found == expected) {
        return read(&folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    generate(input, "certwright", kind, &folder)?;
    let program = read(&folder)?;
    fs::write(&stamp, expected)?;
    Ok(program)
}

/// Writes the glue `NAME.js` and the module `NAME_bg.wasm` into a folder.
pub fn generate(input: Vec<u8>, name: &str, kind: Glue, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(name, input)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    match kind {
        Glue::Module => bindgen.web(true)?,
        Glue::Classic => bindgen.no_modules(true)?,
    };
    let mut output = bindgen.generate_output()?;
    let snippets = output.snippets().values().any(|texts| !texts.is_empty());
    if snippets || !output.local_modules().is_empty() {
        bail!("a crate brings JavaScript of its own, which the page's policy has no place for");
    }
    output.emit(folder)
}

fn read(folder: &Path) -> Result<Program> {
    Ok(Program {
        glue: fs::read_to_string(folder.join("certwright.js"))?,
        wasm: fs::read(folder.join("certwright_bg.wasm"))?,
    })
}

/// Changes with this task's own program file, hence with the bindgen in it.
fn own_version() -> Result<String> {
    let program = fs::metadata(std::env::current_exe()?)?;
    let age = program.modified()?.duration_since(UNIX_EPOCH)?;
    Ok(format!("{} {}", program.len(), age.as_nanos()))
}

/// Adds the Rust target of the page, if it is missing.
pub fn add_target() -> Result<()> {
    let mut query = std::process::Command::new("rustc");
    query.current_dir(place::root());
    query.args(["--print", "target-libdir", "--target", TARGET]);
    let library = command::output(&mut query)?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    println!("adding the Rust target {TARGET}");
    let mut rustup = std::process::Command::new("rustup");
    rustup.current_dir(place::root());
    rustup.args(["target", "add", TARGET]);
    command::succeed(&mut rustup)
        .with_context(|| format!("the page needs the Rust target {TARGET}; add it and try again"))
}
