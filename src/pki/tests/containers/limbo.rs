//! The x509-limbo cases: path and name together, counted against the expected results.
//!
//! Revocation and the rules that only the Web's root programs have are not judged.

use crate::corpora;
use certwright_pki::extension::oids;
use certwright_pki::input::{self, Item};
use certwright_pki::path::{self, PathQuestion};
use certwright_pki::peer_name::{self, NameRule};
use certwright_pki::{Certificate, SoftwareEngine, UnixTime};
use serde_json::Value;
use std::io::Read;

/// Fewest cases judged as expected, of the 104 core cases and of the 1,010 of bettertls.
const FLOOR: [usize; 2] = [78, 1_010];

#[derive(Default, Debug)]
struct Count {
    ok: usize,
    wrongly_accepted: Vec<String>,
    wrongly_refused: Vec<String>,
}

#[test]
fn paths_are_judged_as_the_suite_expects() {
    let Some(folder) = corpora::folder() else {
        return;
    };
    let file = std::fs::File::open(folder.join("limbo/limbo.dev.json.gz")).unwrap();
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut text).unwrap();
    let suite: Value = serde_json::from_slice(&text).unwrap();
    let cases = suite["testcases"].as_array().unwrap();
    let mut counts = [Count::default(), Count::default()];
    for case in cases {
        let id = case["id"].as_str().unwrap();
        let count = &mut counts[usize::from(id.starts_with("bettertls::"))];
        match (accepts(case), case["expected_result"] == "SUCCESS") {
            (true, false) => count.wrongly_accepted.push(id.to_owned()),
            (false, true) => count.wrongly_refused.push(id.to_owned()),
            _ => count.ok += 1,
        }
    }
    for (name, count) in ["core", "bettertls"].iter().zip(&counts) {
        let (accepted, refused) = (&count.wrongly_accepted, &count.wrongly_refused);
        println!(
            "{name}: {} ok, {} wrongly accepted, {} wrongly refused",
            count.ok,
            accepted.len(),
            refused.len()
        );
        println!("  accepted: {}", accepted[..accepted.len().min(40)].join(" "));
        println!("  refused: {}", refused[..refused.len().min(40)].join(" "));
    }
    assert_eq!(cases.len(), 1_114);
    for (count, floor) in counts.iter().zip(FLOOR) {
        assert!(count.ok >= floor, "{} is less than {floor}", count.ok);
    }
}

fn certificates(text: &Value) -> Vec<Certificate> {
    let texts = text.as_array().cloned().unwrap_or_else(|| vec![text.clone()]);
    let readings = texts.iter().map(|text| input::read(text.as_str().unwrap().as_bytes()));
    let items = readings.flat_map(|reading| reading.found).map(|found| found.item);
    items
        .filter_map(|item| match item {
            Item::Certificate(certificate) => Some(certificate),
            _ => None,
        })
        .collect()
}

fn accepts(case: &Value) -> bool {
    let leaf = certificates(&case["peer_certificate"]);
    let sent = certificates(&case["untrusted_intermediates"]);
    let anchors = certificates(&case["trusted_certs"]);
    let Some(leaf) = leaf.first() else {
        return false;
    };
    let question = PathQuestion {
        leaf,
        sent: &sent,
        pool: &[],
        anchors: &anchors,
        at: time(case["validation_time"].as_str()),
    };
    let engine = SoftwareEngine::new(|_: &mut [u8]| {});
    let judgement = pollster::block_on(path::judge(&engine, &question));
    let purpose = match case["validation_kind"].as_str() {
        Some("SERVER") => oids::SERVER_AUTH,
        _ => oids::CLIENT_AUTH,
    };
    judgement.is_trusted() && judgement.against_purpose(purpose).is_none() && fits_name(case, leaf)
}

fn fits_name(case: &Value, leaf: &Certificate) -> bool {
    let expected = &case["expected_peer_name"];
    match (expected["kind"].as_str(), expected["value"].as_str()) {
        (Some("DNS" | "IP"), Some(name)) => peer_name::matches(leaf, name, NameRule::SanOnly).is_match(),
        _ => true,
    }
}

/// Whole seconds of an RFC 3339 time in UTC, without its fraction; without a time, one within the suite's validity.
fn time(text: Option<&str>) -> UnixTime {
    let Some(text) = text else {
        return UnixTime::from_civil(2026, 3, 1, 0, 0, 0).unwrap();
    };
    let year = text[0..4].parse().unwrap();
    let [month, day, hour, minute, second] =
        [5..7, 8..10, 11..13, 14..16, 17..19].map(|range| text[range].parse().unwrap());
    UnixTime::from_civil(year, month, day, hour, minute, second).unwrap()
}
