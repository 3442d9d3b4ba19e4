//! Inputs made to exhaust time, memory or the stack: an answer within a second in a built program.
//!
//! The limit here is a guard against hanging in a debug build. That the time is linear is told by comparing one size
//! with four times that size.

use certwright_pki::input::{self, ProblemKind, Reading};
use certwright_pki::{Kind, describe, unlock};
use std::time::{Duration, Instant};

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = work();
    (result, started.elapsed())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        size @ 0..=0x7f => out.push(size as u8),
        size => out.extend([&[0x84][..], &(size as u32).to_be_bytes()].concat()),
    }
    out.extend(content);
    out
}

/// 100,000 elements within each other; made from the inside without copying each time.
fn nested(tag: u8) -> Vec<u8> {
    let mut headers = Vec::new();
    let mut size = 0_usize;
    for _ in 0..100_000 {
        let mut header = vec![tag, 0x84];
        header.extend((size as u32).to_be_bytes());
        size += header.len();
        headers.push(header);
    }
    headers.reverse();
    headers.concat()
}

#[test]
fn nesting_without_end_is_answered() {
    let inputs = [
        nested(0x30),
        nested(0xa0),
        nested(0x31),
        [0x30, 0x80].repeat(100_000),
        [0x24, 0x80].repeat(100_000),
        nested(0x24),
        b"{\"kty\":".repeat(100_000),
        b"[".repeat(100_000),
        b"<a>".repeat(100_000),
    ];
    for bytes in inputs {
        let ((), taken) = timed(|| {
            assert!(!input::read(&bytes).is_empty());
            for kind in Kind::ALL {
                drop(describe::describe(kind, &bytes));
                drop(unlock::cost(kind, &bytes));
            }
        });
        assert!(taken.as_secs() < 20, "{:02x?}: {taken:?}", &bytes[..8]);
    }
}

#[test]
fn key_derivation_without_end_is_refused_before_it_starts() {
    let oid = |octets: &[u8]| element(6, octets);
    let count = element(2, &[0, 0x80, 0, 0, 0]);
    let kdf = element(0x30, &[element(4, b"saltsalt"), count.clone()].concat());
    let pbkdf2 = element(0x30, &[oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0c]), kdf].concat());
    let iv = element(4, &[0; 16]);
    let aes = element(0x30, &[oid(&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2a]), iv].concat());
    let parameters = element(0x30, &[pbkdf2, aes].concat());
    let pbes2 = element(0x30, &[oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0d]), parameters].concat());
    let key = element(0x30, &[pbes2, element(4, &[0; 64])].concat());
    assert_eq!(input::read(&key).found[0].item.kind(), Kind::EncryptedPrivateKey);
    let digest = element(0x30, &[oid(&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]), vec![5, 0]].concat());
    let mac = element(
        0x30,
        &[element(0x30, &[digest, element(4, &[0; 32])].concat()), element(4, b"salt"), count].concat(),
    );
    let data = oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1]);
    let safe = element(0x30, &[data, element(0xa0, &element(4, &[0x30, 0]))].concat());
    let container = element(0x30, &[vec![2, 1, 3], safe, mac].concat());
    assert_eq!(input::read(&container).found[0].item.kind(), Kind::Pkcs12);
    for (kind, bytes) in [(Kind::EncryptedPrivateKey, key), (Kind::Pkcs12, container)] {
        let (refused, taken) =
            timed(|| unlock::cost(kind, &bytes).is_err() && unlock::open(kind, &bytes, "x").is_err());
        assert!(refused, "{kind}");
        assert!(taken.as_secs() < 5, "{kind}: {taken:?}");
    }
}

/// Texts made of one piece over and over, each a way to make a careless reader look at everything again and again.
const PIECES: [&str; 40] = [
    "-",
    "-----",
    "\n",
    " ",
    "\t\r\n",
    "A",
    "AAAA\n",
    "M",
    "MII",
    "MIIB",
    "MIIBAAAAAAAAAAAAAAAA\n",
    "MIIw",
    "MEUCIQ \n",
    "MIAG",
    "MIAGCSqGSIb3DQEHAqCA\n",
    "-----BEGIN A-----\n",
    "-BEGIN ",
    "-----END A-----\n",
    "-----BEGIN ",
    "BEGIN END ",
    "-----BEGIN A-----\nAAAA",
    "> > > ",
    "\\n",
    "\\\\",
    "\\u000a",
    "%0A",
    "%25",
    "%",
    "=3D",
    "=\n",
    "&#",
    "&#10;",
    "<a",
    "<",
    "30",
    "30 82 ",
    "0x30,0x82,0x40,0x00,",
    "00000000: 3082 \n",
    "48,130,",
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\n",
];
const MORE_PIECES: [&str; 16] = [
    "AAAAB3NzaC1yc2EAAAAD ",
    "ssh-rsa AAAAB3NzaC1yc2E",
    "{\"kty\":\"",
    "{\"kty\":1}",
    "{",
    "\"",
    "\"MIIB\",",
    "'",
    "`n",
    "\u{200b}",
    "\u{2014}",
    "PK\u{3}\u{4}",
    "friendlyName: ",
    "Content-Transfer-Encoding: base64\n\n",
    "key: |\n",
    "1 MIIB\n",
];

fn problems_are_few(reading: &Reading) -> bool {
    reading.problems.len() <= 1_002 && !reading.is_empty()
}

#[test]
fn every_flood_is_answered_in_time_that_is_linear_in_its_size() {
    const SMALL: usize = 64 * 1024;
    for piece in PIECES.iter().chain(&MORE_PIECES) {
        let flood = |size: usize| piece.repeat(size / piece.len() + 1);
        let (small, large) = (flood(SMALL), flood(4 * SMALL));
        let (_, once) = timed(|| input::read(small.as_bytes()));
        let (reading, four_times) = timed(|| input::read(large.as_bytes()));
        assert!(problems_are_few(&reading), "{piece:?}: {}", reading.problems.len());
        // Quadratic work would take sixteen times as long. Short times are too uncertain to compare.
        let bound = (once * 10).max(Duration::from_millis(1_500));
        assert!(four_times < bound, "{piece:?}: {once:?}, then {four_times:?}");
    }
}

#[test]
fn inputs_above_the_limit_are_not_looked_at() {
    let input = vec![b'-'; input::MAX_INPUT + 1];
    let (reading, taken) = timed(|| input::read(&input));
    assert!(matches!(reading.problems[0].kind, ProblemKind::TooLarge { .. }));
    assert!(taken.as_secs() < 5, "{taken:?}");
}
