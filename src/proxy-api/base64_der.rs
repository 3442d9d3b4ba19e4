//! DER bytes that travel as a base64 string (RFC 4648 section 4, padded). The bytes are not looked at.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// DER bytes; a base64 string in JSON.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64Der(pub Vec<u8>);

impl Base64Der {
    /// The DER bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads standard base64 with padding. Line breaks and spare bits are refused, so that every
    /// byte string has one spelling. Returns `None` for anything else.
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !bytes.len().is_multiple_of(4) {
            return None;
        }
        let padding = bytes.iter().rev().take_while(|b| **b == b'=').count();
        if padding > 2 {
            return None;
        }
        let mut der = Vec::with_capacity(bytes.len() / 4 * 3);
        let mut bits: u32 = 0;
        let mut count = 0;
        for byte in &bytes[..bytes.len() - padding] {
            bits = bits << 6 | sextet(*byte)?;
            count += 6;
            if count >= 8 {
                count -= 8;
                der.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        (bits == 0).then_some(Self(der))
    }

    /// Writes standard base64 with padding, without line breaks.
    pub fn to_base64(&self) -> String {
        let mut text = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for chunk in self.0.chunks(3) {
            let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for position in 0..4 {
                if position <= chunk.len() {
                    let index = bits >> (18 - 6 * position) & 0x3f;
                    text.push(char::from(ALPHABET[index as usize]));
                } else {
                    text.push('=');
                }
            }
        }
        text
    }
}

/// The value of one base64 character.
fn sextet(character: u8) -> Option<u32> {
    let value = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

impl From<Vec<u8>> for Base64Der {
    fn from(der: Vec<u8>) -> Self {
        Self(der)
    }
}

impl fmt::Debug for Base64Der {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64Der({} bytes)", self.0.len())
    }
}

impl Serialize for Base64Der {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for Base64Der {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Base64Der;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a base64 string with padding")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Base64Der, E> {
                Base64Der::from_base64(text)
                    .ok_or_else(|| E::invalid_value(Unexpected::Other("other text"), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::Base64Der;

    #[test]
    fn the_vectors_of_rfc_4648_agree() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(Base64Der(bytes.into()).to_base64(), text);
            assert_eq!(Base64Der::from_base64(text), Some(Base64Der(bytes.into())));
        }
    }

    #[test]
    fn every_byte_comes_back() {
        for length in 0..=256_usize {
            let der = Base64Der((0..length).map(|i| (i * 7 + length) as u8).collect());
            assert_eq!(Base64Der::from_base64(&der.to_base64()), Some(der));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in
            ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==\n", "Zm 9", "Zm-_", "=Zm9", "Zg==Zg=="]
        {
            assert_eq!(Base64Der::from_base64(text), None, "{text:?}");
        }
    }
}
