//! Processes below a process of ours, found in `/proc`, and ending them by number.

use std::fs;
use std::process::{Command, Stdio};

/// The processes that `parent` started and that still run. Not their own children.
pub fn children(parent: u32) -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|&process| running_parent(process) == Some(parent)).collect()
}

/// All processes below `ancestor`, nearest first.
pub fn descendants(ancestor: u32) -> Vec<u32> {
    let mut found = children(ancestor);
    let mut next = 0;
    while next < found.len() {
        let below = children(found[next]);
        found.extend(below);
        next += 1;
    }
    found
}

/// Whether a process exists and has not ended.
pub fn runs(process: u32) -> bool {
    running_parent(process).is_some()
}

/// Ends processes at once, without asking them (SIGKILL).
pub fn kill(processes: &[u32]) {
    if processes.is_empty() {
        return;
    }
    // Some may have ended by themselves meanwhile; `kill` then complains in vain.
    let _ = Command::new("kill")
        .arg("-KILL")
        .args(processes.iter().map(u32::to_string))
        .stderr(Stdio::null())
        .status();
}

fn running_parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    parent_in(&stat)
}

/// Reads `number (name) state parent …`; a name may hold spaces and brackets.
fn parent_in(stat: &str) -> Option<u32> {
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ');
    match fields.next()? {
        "Z" | "X" => None,
        _ => fields.next()?.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_are_read_past_odd_names_and_the_dead_are_left_out() {
        for (stat, parent) in [
            ("12 (cat) S 7 12 12 0", Some(7)),
            ("12 (a) b) R) R 8 12", Some(8)),
            ("12 (cat) Z 7 12", None),
            ("12", None),
        ] {
            assert_eq!(parent_in(stat), parent, "{stat}");
        }
    }
}
