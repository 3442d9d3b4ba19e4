//! Our rates beside the best of the others, each held against its bar. The whole tables are the harness's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use crate::page::folder;

/// What is to be reached.
enum Bar {
    /// So many in a second.
    Rate(f64),
    /// So many times what the best JavaScript library does in the same run.
    Times(f64),
    /// More than the best JavaScript library does in the same run.
    Ahead,
}

const ROWS: [(&str, Bar); 12] = [
    ("parse-all", Bar::Rate(25_000.0)),
    ("parse-common", Bar::Rate(25_000.0)),
    ("issue-p256", Bar::Times(3.0)),
    ("issue-rsa2048", Bar::Ahead),
    ("chain-p256", Bar::Times(3.0)),
    ("chain-rsa2048", Bar::Ahead),
    ("csr-p256", Bar::Ahead),
    ("csr-rsa2048", Bar::Ahead),
    ("p12-2048 export", Bar::Ahead),
    ("p12-2048 import", Bar::Ahead),
    ("crlParse", Bar::Ahead),
    ("crlCreate-10k", Bar::Ahead),
];

/// Rates by test and library, one for each round.
type Rates = BTreeMap<(String, String), Vec<f64>>;

/// Whether this is a file of results with this tag.
pub fn is_result(path: &Path, tag: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".jsonl") && name.starts_with(&format!("{tag}-"))
}

/// The table, from the records of the runs with this tag.
pub fn table(folder: &Path, tag: &str) -> Result<String> {
    let mut text = String::new();
    for path in folder::listed(&folder.join("results"))? {
        if is_result(&path, tag) {
            text.push_str(&fs::read_to_string(path)?);
        }
    }
    Ok(written(&rates(&text)))
}

fn rates(records: &str) -> Rates {
    let mut rates = Rates::new();
    for record in records.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let word = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        let result = &record["r"];
        let mut push = |part: &str, rate: Option<f64>| {
            if let Some(rate) = rate {
                let test = [&word("test"), part].concat();
                rates.entry((test, word("lib"))).or_default().push(rate);
            }
        };
        // Of some tests the harness tells how long one takes.
        let rate = |milliseconds: &Value| milliseconds.as_f64().map(|one| 1_000.0 / one);
        push("", result["perSec"].as_f64().or_else(|| rate(&result["ms"])));
        push(" export", rate(&result["export"]["median"]));
        push(" import", rate(&result["import"]["median"]));
    }
    rates
}

fn written(rates: &Rates) -> String {
    let mut lines = vec![
        "| Per second, median of the rounds | Certwright | best JavaScript library | ratio | bar | |"
            .to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    for (test, bar) in &ROWS {
        let of_test = rates.iter().filter(|((of, _), _)| of == test);
        let (ours, others): (Vec<_>, Vec<_>) = of_test.partition(|((_, library), _)| library == "ours");
        let Some(ours) = ours.first().map(|(_, rates)| median(rates)) else { continue };
        let best = others
            .iter()
            .map(|((_, library), rates)| (median(rates), library.as_str()))
            .max_by(|one, other| one.0.total_cmp(&other.0));
        let (best, library) = best.unwrap_or((f64::NAN, "none"));
        let ratio = ours / best;
        let (bar, reached) = match bar {
            Bar::Rate(rate) => (format!("{rate:.0}"), ours >= *rate),
            Bar::Times(times) => (format!("{times} times"), ratio >= *times),
            // Where no other library can do it, there is nobody to be ahead of.
            Bar::Ahead => ("ahead".to_owned(), ratio > 1.0 || best.is_nan()),
        };
        let word = if reached { "reached" } else { "**missed**" };
        let (ours, best) = (short(ours), short(best));
        lines.push(format!("| {test} | {ours} | {best} ({library}) | {ratio:.1} | {bar} | {word} |"));
    }
    lines.join("\n") + "\n"
}

/// A rate with what matters of it.
fn short(rate: f64) -> String {
    if rate < 100.0 { format!("{rate:.2}") } else { format!("{rate:.0}") }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count.is_multiple_of(2) => f64::midpoint(values[count / 2 - 1], values[count / 2]),
        count => values[count / 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_reached_or_said_to_be_missed() {
        let record = |test: &str, library: &str, rate: f64| {
            format!("{{\"test\":\"{test}\",\"lib\":\"{library}\",\"r\":{{\"perSec\":{rate}}}}}\n")
        };
        let records = [
            record("parse-all", "ours", 30_000.0),
            record("parse-all", "ours", 10_000.0),
            record("parse-all", "ours", 26_000.0),
            record("parse-all", "forge", 13_000.0),
            record("issue-p256", "ours", 1_000.0),
            record("issue-p256", "pkijs", 500.0),
            record("issue-p256", "jsrsasign", 20.0),
        ];
        let table = written(&rates(&records.concat()));
        assert!(table.contains("| parse-all | 26000 | 13000 (forge) | 2.0 | 25000 | reached |"), "{table}");
        assert!(
            table.contains("| issue-p256 | 1000 | 500 (pkijs) | 2.0 | 3 times | **missed** |"),
            "{table}"
        );
        let took = |library: &str, export: f64, import: f64| {
            format!(
                "{{\"test\":\"p12-2048\",\"lib\":\"{library}\",\"r\":{{\"export\":{{\"median\":{export}}},\
                 \"import\":{{\"median\":{import}}}}}}}\n"
            )
        };
        let table = written(&rates(&[took("ours", 4.0, 20.0), took("pkijs", 8.0, 10.0)].concat()));
        assert!(table.contains("| p12-2048 export | 250 | 125 (pkijs) | 2.0 | ahead | reached |"), "{table}");
        assert!(
            table.contains("| p12-2048 import | 50.00 | 100 (pkijs) | 0.5 | ahead | **missed** |"),
            "{table}"
        );
    }
}
