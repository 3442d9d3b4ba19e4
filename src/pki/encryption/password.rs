//! The ways in which producers turned a typed password into bytes.
//!
//! The first way is the one the standard asks for; the others are tried when reading.

use zeroize::Zeroizing;

/// A password and its encodings.
#[derive(Clone)]
pub(crate) struct Password {
    text: Zeroizing<String>,
    /// The encoding that the integrity check accepted.
    preferred: Option<Zeroizing<Vec<u8>>>,
}

type Octets = Zeroizing<Vec<u8>>;

impl Password {
    pub(crate) fn new(text: &str) -> Self {
        Password { text: Zeroizing::new(text.to_owned()), preferred: None }
    }

    /// Puts the BMPString form that is known to work first.
    pub(crate) fn prefer(&mut self, encoding: &[u8]) {
        self.preferred = Some(Zeroizing::new(encoding.to_vec()));
    }

    /// For the derivation of RFC 7292 appendix B: UTF-16BE with two zero octets at the end.
    ///
    /// An empty password also stands for no password at all. OpenSSL before 1.1 widened each octet.
    pub(crate) fn bmp(&self) -> Vec<Octets> {
        let mut all = vec![bmp(self.text.encode_utf16())];
        if self.text.is_empty() {
            all.push(Octets::default());
        } else if !self.text.is_ascii() {
            all.push(bmp(self.text.bytes().map(u16::from)));
        }
        if let Some(preferred) = &self.preferred
            && let Some(index) = all.iter().position(|encoding| encoding == preferred)
        {
            all.swap(0, index);
        }
        all
    }

    /// For PBKDF2: UTF-8; beyond ASCII some producers used Latin-1 or the BMPString form.
    pub(crate) fn octets(&self) -> Vec<Octets> {
        let mut all = vec![Zeroizing::new(self.text.as_bytes().to_vec())];
        if !self.text.is_ascii() {
            let latin: Option<Vec<u8>> =
                self.text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
            all.extend(latin.map(Zeroizing::new));
            all.push(bmp(self.text.encode_utf16()));
        }
        all
    }
}

fn bmp(units: impl Iterator<Item = u16>) -> Octets {
    let octets = units.chain([0]).flat_map(u16::to_be_bytes);
    Zeroizing::new(octets.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_begin_with_the_standard_one() {
        let password = Password::new("é😀");
        assert_eq!(*password.bmp()[0], [0, 0xe9, 0xd8, 0x3d, 0xde, 0, 0, 0]);
        assert_eq!(*password.octets()[0], "é😀".as_bytes());
        assert_eq!(Password::new("").bmp().len(), 2);
        assert_eq!(Password::new("a").bmp().len(), 1);
    }

    #[test]
    fn the_encoding_that_worked_comes_first() {
        let mut password = Password::new("");
        password.prefer(&[]);
        assert!(password.bmp()[0].is_empty());
    }
}
