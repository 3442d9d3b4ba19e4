//! Password-based encryption as PKCS#8 and PKCS#12 use it: PBES2 and PBES1 (RFC 8018), scrypt (RFC 7914), and the
//! schemes of RFC 7292 appendix C.
//!
//! No MD2, no GOST, no Camellia: they are refused by OID. The forms without ASN.1 (`legacy_key`, `openssh`) are elsewhere.

pub(crate) mod block;
mod identifier;
mod iterate;
pub(crate) mod kdf;
mod password;

pub(crate) use password::Password;

use crate::ber::header;
use crate::error::{Error, ErrorKind};
use block::Cipher;
use const_oid::ObjectIdentifier;
use kdf::Hash;
use zeroize::Zeroizing;

/// Most iterations of one key derivation that are carried out.
pub const MAX_ITERATIONS: u64 = 10_000_000;

/// Most octets of memory that scrypt may take.
pub const MAX_SCRYPT_MEMORY: u64 = 256 * 1024 * 1024;

/// An EncryptionAlgorithmIdentifier that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encryption {
    derivation: Derivation,
    cipher: Cipher,
    /// Absent where the derivation yields it.
    iv: Option<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Derivation {
    Pbkdf2(Pbkdf2),
    Scrypt(Scrypt),
    /// The derivation of RFC 7292 appendix B; the last number of the scheme's OID.
    Pkcs12 {
        scheme: u8,
        salt: Vec<u8>,
        iterations: u64,
    },
    /// PBKDF1 of RFC 8018 section 5.1; the last number of the scheme's OID.
    Pbkdf1 {
        scheme: u8,
        hash: Hash,
        salt: Vec<u8>,
        iterations: u64,
    },
}

/// PBKDF2-params of RFC 8018 appendix A.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pbkdf2 {
    pub salt: Vec<u8>,
    pub iterations: u64,
    pub key_size: Option<u64>,
    pub prf: Hash,
}

/// scrypt-params of RFC 7914 section 7.1.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Scrypt {
    salt: Vec<u8>,
    cost: u64,
    block_size: u64,
    parallelism: u64,
    key_size: Option<u64>,
}

/// The error for something that this crate cannot open.
pub(crate) fn unsupported(oid: ObjectIdentifier) -> Error {
    ErrorKind::UnsupportedContainer { oid: oid.to_string() }.into()
}

/// Refuses counts above [`MAX_ITERATIONS`].
pub(crate) fn check_iterations(count: u64) -> Result<(), Error> {
    if count > MAX_ITERATIONS {
        let limit = MAX_ITERATIONS;
        return Err(ErrorKind::TooManyIterations { count, limit }.into());
    }
    Ok(())
}

impl Pbkdf2 {
    pub(crate) fn derive(&self, password: &[u8], size: usize) -> Zeroizing<Vec<u8>> {
        kdf::pbkdf2(self.prf, password, &self.salt, self.iterations, size)
    }
}

impl Scrypt {
    /// The rounds of PBKDF2-HMAC-SHA-256 that take as long: each of the N times r times p steps mixes two blocks of 128
    /// octets with Salsa20/8, about what two rounds cost.
    fn rounds(&self) -> u64 {
        let steps = self.cost.saturating_mul(self.block_size).saturating_mul(self.parallelism);
        steps.saturating_mul(2)
    }

    /// Refuses what takes too much memory, and parameters that RFC 7914 section 6 does not allow.
    fn check(&self) -> Result<scrypt::Params, Error> {
        let need = self.block_size.saturating_mul(128).saturating_mul(self.cost.max(self.parallelism));
        if need > MAX_SCRYPT_MEMORY {
            return Err(ErrorKind::TooMuchMemory { need, limit: MAX_SCRYPT_MEMORY }.into());
        }
        let bad = Error::from(ErrorKind::CorruptContainer { what: "scrypt parameters" });
        let number = |value: u64| u32::try_from(value).ok().filter(|value| *value > 0);
        match (self.cost.is_power_of_two(), number(self.block_size), number(self.parallelism)) {
            (true, Some(r), Some(p)) => {
                scrypt::Params::new(self.cost.trailing_zeros() as u8, r, p).map_err(|_| bad)
            }
            _ => Err(bad),
        }
    }

    fn derive(&self, password: &[u8], size: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut out = Zeroizing::new(vec![0; size]);
        scrypt::scrypt(password, &self.salt, &self.check()?, &mut out)
            .map_err(|_| ErrorKind::CorruptContainer { what: "scrypt parameters" })?;
        Ok(out)
    }
}

impl Encryption {
    /// PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA256.
    pub(crate) fn modern(iterations: u32, random: &dyn Fn(&mut [u8])) -> Self {
        let (mut salt, mut iv) = (vec![0; 16], vec![0; 16]);
        random(&mut salt);
        random(&mut iv);
        Encryption {
            derivation: Derivation::Pbkdf2(Pbkdf2 {
                salt,
                iterations: u64::from(iterations),
                key_size: None,
                prf: Hash::Sha256,
            }),
            cipher: Cipher::Aes256,
            iv: Some(iv),
        }
    }

    /// pbeWithSHAAnd3-KeyTripleDES-CBC, for software older than PBES2.
    pub(crate) fn legacy(iterations: u32, random: &dyn Fn(&mut [u8])) -> Self {
        let mut salt = vec![0; 8];
        random(&mut salt);
        let derivation = Derivation::Pkcs12 { scheme: 3, salt, iterations: u64::from(iterations) };
        Encryption { derivation, cipher: Cipher::TripleDes, iv: None }
    }

    /// Rounds of key derivation; those of scrypt as rounds of PBKDF2 that take as long.
    pub(crate) fn iterations(&self) -> u64 {
        match &self.derivation {
            Derivation::Pbkdf2(kdf) => kdf.iterations,
            Derivation::Scrypt(kdf) => kdf.rounds(),
            Derivation::Pkcs12 { iterations, .. } | Derivation::Pbkdf1 { iterations, .. } => *iterations,
        }
    }

    /// Refuses what would take too long, too much memory, or is nonsense.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Derivation::Scrypt(kdf) = &self.derivation {
            kdf.check()?;
        }
        if self.iterations() == 0 {
            return Err(ErrorKind::CorruptContainer { what: "iteration count" }.into());
        }
        check_iterations(self.iterations())
    }

    /// The OID of an algorithm that newer software refuses unless told otherwise.
    pub(crate) fn legacy_oid(&self) -> Option<String> {
        let modern = matches!(self.cipher, Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256);
        (!modern).then(|| self.oid().to_string())
    }

    /// Decrypts one DER or BER element, trying each way in which the password may have been encoded.
    ///
    /// # Errors
    /// Those of [`Encryption::check`] before any work; `WrongPassword` when no way yields an element.
    pub(crate) fn open(&self, password: &Password, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.check()?;
        let size = self.cipher.key_size();
        if self.stated_key_size().is_some_and(|stated| stated != size as u64) {
            return Err(ErrorKind::CorruptContainer { what: "key length" }.into());
        }
        if self.iv.as_ref().is_some_and(|iv| iv.len() != self.cipher.block_size()) {
            return Err(ErrorKind::CorruptContainer { what: "initialisation vector" }.into());
        }
        if data.is_empty() || !data.len().is_multiple_of(self.cipher.block_size()) {
            return Err(ErrorKind::CorruptContainer { what: "length of encrypted data" }.into());
        }
        for encoding in self.encodings(password) {
            let (key, iv) = self.key_and_iv(&encoding)?;
            if let Some(clear) = self.cipher.decrypt(&key, &iv, data)
                && is_element(&clear)
            {
                return Ok(clear);
            }
        }
        Err(ErrorKind::WrongPassword.into())
    }

    /// Encrypts under the first encoding of the password.
    pub(crate) fn seal(&self, password: &Password, clear: &[u8]) -> Result<Vec<u8>, Error> {
        let encodings = self.encodings(password);
        let (key, iv) = self.key_and_iv(encodings.first().map_or(&[], |encoding| encoding.as_slice()))?;
        let failed = ErrorKind::CorruptContainer { what: "initialisation vector" };
        self.cipher.encrypt(&key, &iv, clear).ok_or_else(|| failed.into())
    }

    fn encodings(&self, password: &Password) -> Vec<Zeroizing<Vec<u8>>> {
        match self.derivation {
            Derivation::Pkcs12 { .. } => password.bmp(),
            _ => password.octets(),
        }
    }

    fn stated_key_size(&self) -> Option<u64> {
        match &self.derivation {
            Derivation::Pbkdf2(kdf) => kdf.key_size,
            Derivation::Scrypt(kdf) => kdf.key_size,
            _ => None,
        }
    }

    fn key_and_iv(&self, password: &[u8]) -> Result<(Zeroizing<Vec<u8>>, Vec<u8>), Error> {
        let size = self.cipher.key_size();
        let iv = self.iv.clone();
        Ok(match &self.derivation {
            Derivation::Pbkdf2(kdf) => (kdf.derive(password, size), iv.unwrap_or_default()),
            Derivation::Scrypt(kdf) => (kdf.derive(password, size)?, iv.unwrap_or_default()),
            Derivation::Pkcs12 { salt, iterations, .. } => {
                let derive =
                    |purpose, size| kdf::pkcs12(Hash::Sha1, password, salt, purpose, *iterations, size);
                let key = derive(kdf::Purpose::Key, size);
                let iv = match self.cipher.block_size() {
                    1 => Vec::new(),
                    size => derive(kdf::Purpose::Iv, size).to_vec(),
                };
                (key, iv)
            }
            Derivation::Pbkdf1 { hash, salt, iterations, .. } => {
                let derived = kdf::pbkdf1(*hash, password, salt, *iterations);
                (Zeroizing::new(derived[..8].to_vec()), derived[8..16].to_vec())
            }
        })
    }
}

/// Whether the bytes are exactly one SEQUENCE, as everything encrypted here is.
pub(crate) fn is_element(clear: &[u8]) -> bool {
    header(clear).is_some_and(|header| {
        let whole = header
            .length
            .is_none_or(|length| length.checked_add(header.size as u64) == Some(clear.len() as u64));
        header.tag.is_universal(16) && whole
    })
}

#[cfg(test)]
mod tests;
