//! Finds JSON Web Keys (RFC 7517) in a text, wherever they stand in it.
//!
//! Only the extent of each key is found here; its members are read elsewhere.

use super::Item;
use crate::Kind;
use memchr::memmem;
use std::ops::Range;

/// The member that every JSON Web Key has.
const KEY_TYPE: &[u8] = b"\"kty\"";
/// Deepest nesting of objects.
const MAX_DEPTH: usize = 64;
/// Most keys of one text.
const MAX_KEYS: usize = 100_000;

/// One JSON Web Key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonKey {
    /// From its brace to its brace.
    pub at: Range<usize>,
    /// Whether it has a private or secret part.
    pub private: bool,
}

impl JsonKey {
    /// The key as it is.
    pub fn item(&self, text: &[u8]) -> Item {
        let (kind, label) = match self.private {
            true => (Kind::PrivateKey, "JWK PRIVATE KEY"),
            false => (Kind::PublicKey, "JWK"),
        };
        Item::Other { kind, label: label.to_owned(), bytes: text[self.at.clone()].to_vec() }
    }
}

/// An object that was opened and not closed yet.
struct Open {
    start: usize,
    is_key: bool,
    private: bool,
}

/// The keys of a text in the order in which they end.
pub(super) fn keys(text: &[u8]) -> Vec<JsonKey> {
    let mut found = Vec::new();
    if memmem::find(text, KEY_TYPE).is_none() {
        return found;
    }
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(step) = memchr::memchr3(b'{', b'}', b'"', &text[at..]) {
        at += step;
        match text[at] {
            b'{' => {
                // In a text that is no JSON, what was left open is forgotten from the outside.
                if open.len() == MAX_DEPTH {
                    open.remove(0);
                }
                open.push(Open { start: at, is_key: false, private: false });
                at += 1;
            }
            b'}' => {
                at += 1;
                if let Some(key) = open.pop().filter(|object| object.is_key && found.len() < MAX_KEYS) {
                    found.push(JsonKey { at: key.start..at, private: key.private });
                }
            }
            _ => {
                let end = string_end(text, at);
                let is_member = text[end..].trim_ascii_start().first() == Some(&b':');
                if let Some(object) = open.last_mut().filter(|_| is_member) {
                    object.is_key |= &text[at..end] == KEY_TYPE;
                    object.private |= matches!(&text[at..end], b"\"d\"" | b"\"k\"" | b"\"priv\"");
                }
                at = end;
            }
        }
    }
    found
}

/// Where a string ends that begins at `start`; strings do not go over the end of a line.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(step) = memchr::memchr3(b'"', b'\\', b'\n', &text[at.min(text.len())..]) {
        at += step;
        match text[at] {
            b'"' => return at + 1,
            b'\n' => return at,
            _ => at += 2,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_wherever_they_stand() {
        let rows = [
            ("{\"kty\":\"OKP\",\"x\":\"abc\"}", vec![("{\"kty\":\"OKP\",\"x\":\"abc\"}", false)]),
            (
                "{\"keys\":[{\"a\":1,\"kty\":\"EC\",\"d\":\"x\"},{\"kty\" : \"RSA\"}]}",
                vec![("{\"a\":1,\"kty\":\"EC\",\"d\":\"x\"}", true), ("{\"kty\" : \"RSA\"}", false)],
            ),
            ("set it to {\"kty\":\"oct\",\"k\":\"}\"} and", vec![("{\"kty\":\"oct\",\"k\":\"}\"}", true)]),
            ("{\"d\":{\"kty\":\"EC\",\"y\":\"\\\"}\"}}", vec![("{\"kty\":\"EC\",\"y\":\"\\\"}\"}", false)]),
            ("{\"a\":\"\\\"kty\\\"\"}", vec![]),
            ("[\"kty\"]", vec![]),
            ("{\"kty\":", vec![]),
        ];
        for (text, expect) in rows {
            let found = keys(text.as_bytes());
            let found: Vec<_> = found.iter().map(|key| (&text[key.at.clone()], key.private)).collect();
            assert_eq!(found, expect, "{text}");
        }
    }

    #[test]
    fn open_braces_without_end_are_answered() {
        let text = [b"\"kty\":".as_slice(), &b"{\"".repeat(100_000)].concat();
        assert_eq!(keys(&text), []);
    }
}
