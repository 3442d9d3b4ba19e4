//! Writes the seeds of every target into folders of their own: `plant FOLDER [ARCHIVE…]`.
//!
//! Run by `cargo xtask fuzz`, which gives the folder to the engine.

use certwright_fuzz::{TARGETS, findings, good, of_archive};
use std::fs;
use std::io::{Error, Result};
use std::path::PathBuf;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or_else(|| Error::other("which folder?"))?;
    let mut foreign = Vec::new();
    for archive in arguments {
        foreign.extend(of_archive(&archive)?);
    }
    let own = good()?;
    for target in TARGETS {
        let place = folder.join(target.name);
        fs::create_dir_all(&place)?;
        let theirs = foreign.iter().filter(|(path, _)| {
            let folder = path.split('/').next().unwrap_or_default();
            target.folders.contains(&folder)
        });
        let past = findings(&target)?;
        let all = own.iter().chain(&past).chain(theirs).filter(|(_, seed)| seed.len() <= target.longest);
        let mut count = 0;
        for (name, seed) in all {
            fs::write(place.join(name.replace('/', "-")), seed)?;
            count += 1;
        }
        println!("{}: {count} seeds", target.name);
    }
    Ok(())
}
