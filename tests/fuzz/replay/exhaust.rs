//! Inputs made to exhaust time, memory or the stack: an answer within a second in a built program.
//!
//! A second cannot be measured in a debug build on a busy machine. What is asserted is the work, which is the same on
//! every machine: how many elements, fields and problems an answer has. The times are printed, and guarded by a limit that
//! only what hangs exceeds. That the time is linear is told by comparing one size with four times that size.

use certwright_pki::ber::{self, Limits, Node};
use certwright_pki::describe::Field;
use certwright_pki::input::{self, ProblemKind, Reading};
use certwright_pki::{Kind, describe, unlock};
use std::time::{Duration, Instant};

/// What a debug build on a busy machine stays below.
const GUARD: Duration = Duration::from_secs(5);
/// Most fields of a description, with some of its own that are not counted there.
const MOST_FIELDS: usize = 20_000 + 100;

fn fields(list: &[Field]) -> usize {
    list.iter().map(|field| 1 + fields(&field.fields)).sum()
}

fn elements(list: &[Node]) -> usize {
    list.iter().map(|node| 1 + elements(&node.children)).sum()
}

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
        let start = &bytes[..8];
        let (reading, taken) = timed(|| input::read(&bytes));
        assert!(problems_are_few(&reading), "{start:02x?}: {}", reading.problems.len());
        assert!(taken < GUARD, "{start:02x?}: {taken:?}");
        let limits = Limits::default();
        for encapsulated in [false, true] {
            let tree = ber::parse(&bytes, Limits { encapsulated, ..limits });
            assert!(elements(&tree.nodes) <= limits.nodes, "{start:02x?}");
        }
        let mut longest = taken;
        for kind in Kind::ALL {
            let (described, taken) = timed(|| {
                drop(unlock::cost(kind, &bytes));
                describe::describe(kind, &bytes)
            });
            let count = described.map_or(0, |described| fields(&described.sections));
            assert!(count <= MOST_FIELDS, "{start:02x?} as {kind}: {count} fields");
            assert!(taken < GUARD, "{start:02x?} as {kind}: {taken:?}");
            longest = longest.max(taken);
        }
        println!("{start:02x?} nested 100,000 deep: at most {longest:?} a question");
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
        println!("{kind} with 2,147,483,648 rounds: refused in {taken:?}");
        assert!(taken < GUARD, "{kind}: {taken:?}");
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

/// Octets over and over, most of them the smallest objects of a kind.
const OCTETS: [&[u8]; 9] = [
    &[0],
    &[0xff],
    &[0x30],
    &[0x30, 0],
    &[0x30, 0x80],
    &[0x30, 0x80, 0, 0],
    &[0x30, 3, 6, 1, 0x2a],
    &[0x30, 6, 2, 1, 1, 2, 1, 1],
    &[0xa0, 0x82],
];

fn problems_are_few(reading: &Reading) -> bool {
    reading.problems.len() <= 1_002 && !reading.is_empty()
}

#[test]
fn every_flood_is_answered_in_time_that_is_linear_in_its_size() {
    const SMALL: usize = 64 * 1024;
    let mut longest = Duration::ZERO;
    let texts = PIECES.iter().chain(&MORE_PIECES).map(|piece| piece.as_bytes());
    for piece in texts.chain(OCTETS) {
        let flood = |size: usize| piece.repeat(size / piece.len() + 1);
        let (small, large) = (flood(SMALL), flood(4 * SMALL));
        let (_, once) = timed(|| input::read(&small));
        let (reading, four_times) = timed(|| input::read(&large));
        assert!(problems_are_few(&reading), "{piece:?}: {}", reading.problems.len());
        assert!(reading.found.len() <= input::MAX_FOUND + 1, "{piece:?}: {}", reading.found.len());
        // Quadratic work would take sixteen times as long. Short times are too uncertain to compare.
        let bound = (once * 10).max(Duration::from_millis(1_500));
        assert!(four_times < bound, "{piece:?}: {once:?}, then {four_times:?}");
        longest = longest.max(four_times);
    }
    println!("floods of {} bytes: at most {longest:?}", 4 * SMALL);
}

#[test]
fn inputs_above_the_limit_are_not_looked_at() {
    let input = vec![b'-'; input::MAX_INPUT + 1];
    let (reading, taken) = timed(|| input::read(&input));
    assert!(matches!(reading.problems[0].kind, ProblemKind::TooLarge { .. }));
    println!("{} bytes: refused in {taken:?}", input.len());
    assert!(taken < GUARD, "{taken:?}");
}
