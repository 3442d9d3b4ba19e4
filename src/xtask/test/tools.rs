//! The programs that the tests need beside Cargo: where they are, which Debian package brings them, and installing those.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{command, place};

struct Tool {
    /// A program's name, or the absolute path of a file.
    name: &'static str,
    package: &'static str,
    why: &'static str,
}

const fn tool(name: &'static str, package: &'static str, why: &'static str) -> Tool {
    Tool { name, package, why }
}

const TOOLS: [Tool; 12] = [
    tool("chromium", "chromium", "the browser of the journeys"),
    tool("chromedriver", "chromium-driver", "drives the browser"),
    tool(
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "fonts-dejavu-core",
        "letters in the screenshots",
    ),
    tool("npm", "npm", "brings axe-core for the journeys"),
    tool("openssl", "openssl", "reads and writes what we do"),
    tool("keytool", "default-jre-headless", "Java's key stores"),
    tool("certutil", "libnss3-tools", "NSS trust stores"),
    tool("pk12util", "libnss3-tools", "NSS and PKCS#12"),
    tool("certtool", "gnutls-bin", "GnuTLS reads what we write"),
    tool("nginx", "nginx-light", "a server with our certificate"),
    tool("curl", "curl", "a client that trusts our root"),
    tool("git", "git", "says which files belong here"),
];

/// The version of axe-core that `tests/e2e/package.json` asks for is brought by npm.
const AXE: &str = "node_modules/axe-core/axe.min.js";

/// Makes sure that every tool is there; names what is missing and cannot be installed.
///
/// # Errors
/// A tool is missing and `strict` is set, or an installation failed.
pub fn set_up(strict: bool) -> Result<()> {
    let mut missing = missing();
    if !missing.is_empty() && may_install() {
        install(&missing)?;
        missing = self::missing();
    }
    for tool in &missing {
        println!("missing: {} ({}); Debian package {}", tool.name, tool.why, tool.package);
    }
    bring_axe(strict)?;
    if missing.is_empty() {
        println!("{} tools and axe-core are there", TOOLS.len());
    } else if strict {
        bail!("{} tools are missing", missing.len());
    }
    Ok(())
}

/// Whether journeys can run at all.
pub fn has_browser() -> bool {
    found("chromium") && found("chromedriver") && e2e().join(AXE).is_file()
}

/// The search path with the folders that hold servers, which a user's own path may lack.
pub fn search_path() -> OsString {
    let own = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&own).collect();
    for extra in ["/usr/sbin", "/sbin"].map(PathBuf::from) {
        if extra.is_dir() && !folders.contains(&extra) {
            folders.push(extra);
        }
    }
    env::join_paths(folders).unwrap_or(own)
}

fn missing() -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| !found(tool.name)).collect()
}

fn found(name: &str) -> bool {
    if Path::new(name).is_absolute() {
        // A font elsewhere serves as well, but only Debian's place is known here.
        return Path::new(name).is_file() || !cfg!(target_os = "linux");
    }
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search_path()).any(|folder| folder.join(&file).is_file())
}

/// Only a root user of a Debian system is served without being asked.
fn may_install() -> bool {
    let owner = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let root = owner
        .lines()
        .find_map(|line| line.strip_prefix("Uid:"))
        .and_then(|users| users.split_whitespace().nth(1).map(|user| user == "0"));
    root == Some(true) && found("apt-get")
}

fn install(missing: &[&Tool]) -> Result<()> {
    let mut packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    packages.sort_unstable();
    packages.dedup();
    println!("installing {}", packages.join(" "));
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
        apt
    };
    command::succeed(apt().arg("update"))?;
    command::succeed(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn e2e() -> PathBuf {
    place::root().join("tests/e2e")
}

fn bring_axe(strict: bool) -> Result<()> {
    if e2e().join(AXE).is_file() && installed_axe_is_the_locked_one() {
        return Ok(());
    }
    if !found("npm") {
        println!("missing: axe-core, because npm is");
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.current_dir(e2e()).args(["ci", "--ignore-scripts"]);
    match command::succeed(&mut npm) {
        Err(error) if !strict => {
            println!("missing: axe-core ({error:#})");
            Ok(())
        }
        result => result,
    }
}

fn installed_axe_is_the_locked_one() -> bool {
    let version = |path: &str, pointer: &str| {
        let text = fs::read_to_string(e2e().join(path)).ok()?;
        let value: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some(value.pointer(pointer)?.as_str()?.to_owned())
    };
    let locked = version("package-lock.json", "/packages/node_modules~1axe-core/version");
    locked.is_some() && locked == version("node_modules/axe-core/package.json", "/version")
}
