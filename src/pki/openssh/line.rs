//! Lines of `id_ed25519.pub`, `authorized_keys` and `known_hosts`: a type, base64, and often a comment.
//!
//! What stands before the type (options, host names) is skipped.

use super::wire::Wire;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::ops::Range;

/// Forgives missing padding.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Longest line that is looked at.
const MAX_LINE: usize = 65_536;

/// A key or certificate of one line.
pub(crate) struct Line {
    pub at: Range<usize>,
    pub bytes: Vec<u8>,
    pub comment: String,
}

/// The keys of a text, line by line; the time is linear in its size.
pub(crate) fn lines(text: &[u8]) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split(|octet| matches!(octet, b'\n' | b'\r')) {
        let at = start..start + line.len();
        start += line.len() + 1;
        if (16..MAX_LINE).contains(&line.len())
            && let Some(found) = key(line, at)
        {
            out.push(found);
        }
    }
    out
}

fn key(line: &[u8], at: Range<usize>) -> Option<Line> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let begins = ["ssh-", "ecdsa-sha2-", "sk-"].iter().any(|start| word.starts_with(start));
        if !begins {
            continue;
        }
        let encoded = words.clone().next()?;
        let bytes = STANDARD.decode(encoded).or_else(|_| FORGIVING.decode(encoded)).ok();
        let bytes = bytes.filter(|bytes| Wire::new(bytes).text().is_ok_and(|name| name == word));
        if let Some(bytes) = bytes {
            let comment = words.skip(1).collect::<Vec<_>>().join(" ");
            return Some(Line { at, bytes, comment });
        }
    }
    None
}
