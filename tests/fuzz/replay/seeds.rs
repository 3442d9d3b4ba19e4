//! The seeds of every target, and everything that ever went wrong.

use certwright_fuzz::{TARGETS, Target, findings, good, of_archive};
use std::time::{Duration, Instant};

/// Longer than any input of this size takes.
const HANGING: Duration = Duration::from_secs(20);

pub fn run(target: &Target, name: &str, input: &[u8]) {
    let started = Instant::now();
    let calm = std::panic::catch_unwind(|| (target.run)(input)).is_ok();
    assert!(calm, "{}: {name}", target.name);
    assert!(started.elapsed() < HANGING, "{}: {name}: {:?}", target.name, started.elapsed());
}

#[test]
fn past_findings_stay_found() {
    for target in TARGETS {
        for (name, input) in findings(&target).unwrap() {
            run(&target, &name, &input);
        }
    }
}

#[test]
fn good_files_are_read_by_every_target() {
    let files = good().unwrap();
    assert!(files.len() > 40, "{}", files.len());
    for target in TARGETS {
        for (name, input) in &files {
            run(&target, name, input);
        }
    }
}

#[test]
fn seeds_of_others_are_read_by_their_targets() {
    let Some(folder) = certwright_interop::corpus("fuzz-seeds") else { return };
    let archives = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let archives = archives.filter(|path| path.extension().is_some_and(|extension| extension == "gz"));
    let mut count = 0;
    for (path, input) in archives.flat_map(|archive| of_archive(&archive).unwrap()) {
        let folder = path.split('/').next().unwrap();
        let mut targets = TARGETS.iter().filter(|target| target.folders.contains(&folder)).peekable();
        if targets.peek().is_none() {
            // What has no target of its own is read as anything.
            run(TARGETS.iter().find(|target| target.name == "anything").unwrap(), &path, &input);
        }
        targets.for_each(|target| run(target, &path, &input));
        count += 1;
    }
    println!("seeds replayed: {count}");
    assert!(count > 1_000, "{count}");
}
