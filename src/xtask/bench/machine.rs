//! The machine that was measured on, in one paragraph. Reads what Linux tells; elsewhere it says less.

use std::fs;
use std::process::Command;

use crate::command;

/// Processor, cores, browser and how busy the machine was before and after.
pub fn conditions(load_before: Option<&str>) -> String {
    let mut words = vec![format!("{}, {} cores", processor(), cores())];
    words.extend(browser());
    let loads: Vec<String> = [load_before.map(str::to_owned), load()].into_iter().flatten().collect();
    if !loads.is_empty() {
        words.push(format!("load average before and after {}", loads.join(" and ")));
    }
    format!("Machine: {}.\n", words.join("; "))
}

/// The load average of the last minute.
pub fn load() -> Option<String> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next().map(str::to_owned)
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.and_then(|rest| rest.split_once(':')).map(|(_, name)| name.trim().to_owned());
    model.unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn browser() -> Option<String> {
    let program = std::env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
    let version = command::output(Command::new(program).arg("--version")).ok()?;
    let mut words = version.split_whitespace();
    Some(format!("{} {}", words.next()?, words.next()?))
}
