//! The unit vectors of Mbed TLS for requests, revocation lists and PKCS#7: what must parse parses and says the same,
//! what must fail is refused or noted.
//!
//! Differences are listed row by row, each with its reason.

use certwright_interop::corpora;
use certwright_pki::describe::describe;
use certwright_pki::input::{self, Item, Reading};
use certwright_pki::{Certificate, Crl, Kind, Request, cms::SignedData};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::path::{Path, PathBuf};

struct Row {
    name: String,
    function: String,
    arguments: Vec<String>,
}

fn rows(file: &str) -> Option<(PathBuf, Vec<Row>)> {
    let root = corpora()?;
    let packed = std::fs::File::open(root.join("vectors/mbedtls").join(file)).unwrap();
    let rows: Vec<Value> = serde_json::from_reader(GzDecoder::new(packed)).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = |row: &Value| Row {
        name: text(&row["name"]),
        function: text(&row["fn"]),
        arguments: row["args"].as_array().unwrap().iter().map(text).collect(),
    };
    Some((root, rows.iter().map(row).collect()))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let octet = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.as_bytes().chunks(2).map(octet).collect()
}

/// The input of a row: hexadecimal digits or a file.
fn input(root: &Path, argument: &str) -> Option<Vec<u8>> {
    match unhex(argument) {
        Some(bytes) => Some(bytes),
        None => std::fs::read(root.join(argument)).ok(),
    }
}

/// A difference: words of the row's name, and its reason.
type Difference = (&'static str, &'static str);

/// Holds each row's outcome against what Mbed TLS expects of it.
#[track_caller]
fn judge(
    title: &str,
    fewest: usize,
    outcomes: Vec<(String, Result<(), String>)>,
    differences: &[Difference],
) {
    let (mut agreeing, mut met, mut wrong) = (0, vec![0; differences.len()], Vec::new());
    for (name, outcome) in outcomes {
        let listed = differences.iter().position(|row| name.contains(row.0));
        match (outcome, listed) {
            (Ok(()), None) => agreeing += 1,
            (Ok(()), Some(row)) => wrong.push(format!("{name}: agrees now, though {}", differences[row].1)),
            (Err(_), Some(row)) => met[row] += 1,
            (Err(difference), None) => wrong.push(format!("{name}: {difference}")),
        }
    }
    println!(
        "{title}: {agreeing} as Mbed TLS says, {} otherwise, {} wrong",
        met.iter().sum::<i32>(),
        wrong.len()
    );
    for line in &wrong {
        println!("  {line}");
    }
    for (row, count) in differences.iter().zip(&met) {
        println!("  {count} × {}: {}", row.0, row.1);
        assert!(*count > 0, "{title}: no row differs by {:?}", row.0);
    }
    assert_eq!(wrong, [""; 0], "{title}");
    assert!(agreeing >= fewest, "{title}: {agreeing} of {fewest}");
}

/// Whether it should parse, and did.
fn compare<T, E: std::fmt::Display>(expected: &str, outcome: &Result<T, E>) -> Result<(), String> {
    match (expected == "0", outcome) {
        (true, Ok(_)) | (false, Err(_)) => Ok(()),
        (true, Err(error)) => Err(format!("refused: {error}")),
        (false, Ok(_)) => Err(format!("read, though Mbed TLS says {expected}")),
    }
}

const SHOWN: &str = "a reader shows what a verifier must refuse";
const NOTED: &str = "an extension that cannot be decoded does not hide the request, and is noted";

const TIME: &str = "the times have no Z, which RFC 5280 section 5.1.2.4 requires";

const CRL_DIFFERENCES: [Difference; 4] = [
    ("Unsupported critical extension", SHOWN),
    ("(TBSCertList, sig present)", TIME),
    ("(TBSCertList, no entries)", TIME),
    ("trailing spaces", "white space behind the lines is no damage"),
];

#[test]
fn revocation_lists_of_the_unit_vectors_parse_or_fail_as_stated() {
    let Some((root, rows)) = rows("x509parse.json.gz") else { return };
    let wanted = |row: &&Row| matches!(row.function.as_str(), "x509parse_crl" | "mbedtls_x509_crl_parse");
    let outcome = |row: &Row| {
        let expected = row.arguments.last().unwrap();
        let bytes = input(&root, &row.arguments[0])?;
        let outcome = match row.function.as_str() {
            "x509parse_crl" => compare(expected, &Crl::parse(&bytes)),
            _ => compare(expected, &only(&input::read(&bytes), Kind::Crl)),
        };
        Some((row.name.clone(), outcome))
    };
    let outcomes = rows.iter().filter(wanted).filter_map(outcome).collect();
    judge("revocation lists", 20, outcomes, &CRL_DIFFERENCES);
}

/// An error unless such an object was found, and nothing to complain of.
fn only(reading: &Reading, kind: Kind) -> Result<(), String> {
    match reading.problems.first() {
        Some(problem) => Err(problem.kind.to_string()),
        None if reading.found.iter().any(|found| found.item.kind() == kind) => Ok(()),
        None => Err("nothing".to_owned()),
    }
}

const REQUEST_DIFFERENCES: [Difference; 7] = [
    ("Unsupported critical extension, critical=true", SHOWN),
    ("rejected by callback", SHOWN),
    ("invalid extension key usage bitstream tag", NOTED),
    ("invalid extension subject alt name sequence tag", NOTED),
    ("invalid extension ns cert bitstream tag", NOTED),
    ("duplicated extension", NOTED),
    (
        "invalid extension type data",
        "an identifier that breaks off in the middle is none (X.690 section 8.19)",
    ),
];

#[test]
fn requests_of_the_unit_vectors_parse_or_fail_as_stated() {
    let Some((root, rows)) = rows("x509parse.json.gz") else { return };
    let wanted = |row: &&Row| row.function.starts_with("mbedtls_x509_csr_parse");
    let outcome = |row: &Row| {
        let expected = row.arguments.get(2).unwrap();
        let bytes = input(&root, &row.arguments[0])?;
        if REQUEST_DIFFERENCES.iter().any(|known| known.1 == NOTED && row.name.contains(known.0)) {
            assert!(!describe(Kind::Request, &bytes).unwrap().notes.is_empty(), "{}", row.name);
        }
        let outcome = match row.function.ends_with("file") {
            true => compare(expected, &only(&input::read(&bytes), Kind::Request)),
            false => compare(expected, &Request::parse(&bytes)),
        };
        Some((row.name.clone(), outcome))
    };
    let outcomes = rows.iter().filter(wanted).filter_map(outcome).collect();
    judge("requests", 45, outcomes, &REQUEST_DIFFERENCES);
}

/// Whether anything at all is said to be wrong with a message.
fn is_complained_of(bytes: &[u8]) -> bool {
    let reading = input::read(bytes);
    let noted = |item: &Item| describe(item.kind(), item.bytes()).is_ok_and(|one| !one.notes.is_empty());
    let unread = SignedData::parse(bytes).map_or(true, |data| data.signers.iter().any(Result::is_err));
    unread
        || !reading.problems.is_empty()
        || !reading.found.iter().any(|found| found.item.kind() == Kind::Cms)
        || reading.found.iter().any(|found| !found.repairs.is_empty() || noted(&found.item))
}

const NAME: &str = "a name may hold a value of any type, and a number is shown as such";
const PARAMETERS: &str = "parameters of an algorithm that takes none are shown, not judged";

const DAMAGE_DIFFERENCES: [Difference; 17] = [
    ("Change tag 13 to 02 ", NAME),
    ("Change tag 0c to 02 ", NAME),
    ("05 to 02 #50.0", PARAMETERS),
    ("05 to 02 #294.0", PARAMETERS),
    ("05 to 02 #303.0", PARAMETERS),
    ("05 to 02 #338.0", PARAMETERS),
    ("05 to 02 #418.0", PARAMETERS),
    ("05 to 02 #427.0", PARAMETERS),
    ("05 to 02 #498.0", PARAMETERS),
    ("05 to 02 #507.0", PARAMETERS),
    ("05 to 02 #542.0", PARAMETERS),
    ("05 to 02 #622.0", PARAMETERS),
    ("05 to 02 #631.0", PARAMETERS),
    ("05 to 02 #702.0", PARAMETERS),
    ("05 to 02 #711.0", PARAMETERS),
    ("05 to 02 #782.0", PARAMETERS),
    ("05 to 02 #791.0", PARAMETERS),
];

#[test]
fn damage_of_the_unit_vectors_is_said() {
    let Some((_, rows)) = rows("pkcs7.json.gz") else { return };
    let wanted = rows.iter().filter(|row| row.function == "pkcs7_asn1_fail");
    let outcome = |row: &Row| {
        let bytes = unhex(&row.arguments[0]).unwrap();
        let said = if is_complained_of(&bytes) { Ok(()) } else { Err("nothing is said".to_owned()) };
        (row.name.clone(), said)
    };
    judge("damaged PKCS#7", 700, wanted.map(outcome).collect(), &DAMAGE_DIFFERENCES);
}

const PARSE_DIFFERENCES: [Difference; 5] = [
    ("Fail with multiple certs #4", "several certificates are no reason to stop"),
    ("disabled alg #5.1", "nothing is disabled here"),
    ("Inlined Content Info #5.2", "content inside of the message is what most have"),
    ("with no RSA #5.3", "nothing is disabled here"),
    ("Version other than 1 #7", "the other versions differ only in what they carry"),
];

#[test]
fn messages_of_the_unit_vectors_parse_or_fail_as_stated() {
    let Some((root, rows)) = rows("pkcs7.json.gz") else { return };
    let wanted = rows.iter().filter(|row| row.function == "pkcs7_parse");
    let outcome = |row: &Row| {
        let bytes = std::fs::read(root.join(&row.arguments[0])).unwrap();
        let expected = if row.arguments[1] == "MBEDTLS_PKCS7_SIGNED_DATA" { "0" } else { &row.arguments[1] };
        let complaint = if is_damaged(&bytes) { Err("something is said") } else { Ok(()) };
        (row.name.clone(), compare(expected, &complaint))
    };
    judge("PKCS#7", 15, wanted.map(outcome).collect(), &PARSE_DIFFERENCES);
}

/// Whether a part of a message cannot be read.
fn is_damaged(bytes: &[u8]) -> bool {
    let unread = SignedData::parse(bytes).map_or(true, |data| data.signers.iter().any(Result::is_err));
    unread || input::read(bytes).problems.iter().any(|problem| problem.kind.to_string().contains("malformed"))
}

const VERIFY_DIFFERENCES: [Difference; 4] = [
    ("Verification Fail SHA1 #10", "nothing is disabled here"),
    ("Pass MD5 #10.1", "MD5 is not computed here"),
    ("Pass RIPEMD160 #10.2", "RIPEMD-160 is not computed here"),
    ("Hash Verify Fail with multiple signers #18", "the digest is not an argument here"),
];

#[test]
fn signatures_of_the_unit_vectors_verify_or_fail_as_stated() {
    let Some((root, rows)) = rows("pkcs7.json.gz") else { return };
    let wanted = rows.iter().filter(|row| row.function == "pkcs7_verify");
    let outcome = |row: &Row| {
        let read = |name: &str| std::fs::read(root.join(name)).unwrap_or_default();
        let message = SignedData::parse(&read(&row.arguments[0])).unwrap();
        let certificates = row.arguments[1].split(' ').map(|name| certificate(&read(name)));
        let content = read(&row.arguments[2]);
        // One good signature is enough, as for Mbed TLS.
        let mut outcome = Err("no signer".to_owned());
        for certificate in certificates {
            for signer in message.signers.iter().flatten() {
                let key = certificate.public_key();
                let detached = Some(content.as_slice());
                let verified =
                    pollster::block_on(message.verify(&crate::signatures::engine(), signer, key, detached));
                outcome = outcome.or(verified.map_err(|error| error.to_string()));
            }
        }
        (row.name.clone(), compare(&row.arguments[4], &outcome))
    };
    judge("signatures", 15, wanted.map(outcome).collect(), &VERIFY_DIFFERENCES);
}

fn certificate(bytes: &[u8]) -> Certificate {
    let reading = input::read(bytes);
    match reading.found.into_iter().next().unwrap().item {
        Item::Certificate(certificate) => certificate,
        other => panic!("{other:?}"),
    }
}
