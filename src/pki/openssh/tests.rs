//! Tests of what needs no other program: one stream cipher against its published values, and damage.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;

#[test]
fn damaged_frames_are_refused_at_every_length() {
    let string = |text: &[u8]| [&(text.len() as u32).to_be_bytes()[..], text].concat();
    let file = [
        MAGIC.to_vec(),
        string(b"aes256-ctr"),
        string(b"bcrypt"),
        string(&[&string(&[7; 16])[..], &[0x80, 0, 0, 0]].concat()),
        vec![0, 0, 0, 1],
        string(b"public"),
        string(&[0; 32]),
    ]
    .concat();
    let error = cost(&file).unwrap_err().kind;
    let limit = crate::encryption::MAX_ITERATIONS;
    assert_eq!(error, ErrorKind::TooManyIterations { count: ROUND << 31, limit });
    for size in 0..file.len() {
        assert!(open(&file[..size], "x").is_err());
    }
}
