//! SHA-256 in the spellings that a page needs: file names, integrity attributes, policy sources.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// All 64 hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value for the `integrity` attribute; quoted, the same text is a CSP source.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// `stem-0123456789abcdef.extension`: a name that changes with the contents.
pub fn named(stem: &str, extension: &str, bytes: &[u8]) -> String {
    format!("{stem}-{}.{extension}", &hexadecimal(bytes)[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_agree_with_the_published_digest_of_abc() {
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hexadecimal(b"abc"), published);
        assert_eq!(integrity(b"abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(named("app", "css", b"abc"), "app-ba7816bf8f01cfea.css");
    }
}
