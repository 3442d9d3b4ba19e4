//! Password-based encryption as PKCS#8 and PKCS#12 use it: PBES2 (RFC 8018) and the schemes of RFC 7292 appendix C.
//!
//! No PBES1 with DES or MD5, no RC4, no scrypt: they are refused by OID.

pub(crate) mod block;
mod iterate;
pub(crate) mod kdf;
mod password;

pub(crate) use password::Password;

use crate::ber::cursor::Cursor;
use crate::ber::{encode, header};
use crate::error::{Error, ErrorKind};
use block::Cipher;
use const_oid::ObjectIdentifier;
use kdf::Hash;
use zeroize::Zeroizing;

/// Most iterations of one key derivation that are carried out.
pub const MAX_ITERATIONS: u64 = 10_000_000;

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
/// The arc of RFC 7292 appendix C; the last number names the scheme.
const PKCS12_PBE: &str = "1.2.840.113549.1.12.1.";

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
    Pkcs12 { salt: Vec<u8>, iterations: u64 },
}

/// PBKDF2-params of RFC 8018 appendix A.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pbkdf2 {
    pub salt: Vec<u8>,
    pub iterations: u64,
    pub key_size: Option<u64>,
    pub prf: Hash,
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
    /// Reads an AlgorithmIdentifier that must be PBKDF2.
    pub(crate) fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut algorithm = cursor.sequence("key derivation")?;
        let oid = algorithm.oid("key derivation")?;
        if oid != PBKDF2 {
            return Err(unsupported(oid));
        }
        let mut fields = algorithm.sequence("PBKDF2 parameters")?;
        let salt = fields.octets("PBKDF2 salt")?.to_vec();
        let iterations = fields.integer("PBKDF2 iterations")?;
        let key_size = match fields.peek() {
            Some(2) => Some(fields.integer("PBKDF2 key length")?),
            _ => None,
        };
        let prf = match fields.optional(0x30, "PBKDF2 PRF")? {
            Some(prf) => {
                let oid = prf.inside().oid("PBKDF2 PRF")?;
                Hash::from_hmac_oid(oid).ok_or_else(|| unsupported(oid))?
            }
            None => Hash::Sha1,
        };
        Ok(Pbkdf2 { salt, iterations, key_size, prf })
    }

    pub(crate) fn derive(&self, password: &[u8], size: usize) -> Zeroizing<Vec<u8>> {
        kdf::pbkdf2(self.prf, password, &self.salt, self.iterations, size)
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
        Encryption {
            derivation: Derivation::Pkcs12 { salt, iterations: u64::from(iterations) },
            cipher: Cipher::TripleDes3,
            iv: None,
        }
    }

    /// Reads the AlgorithmIdentifier at the cursor.
    ///
    /// # Errors
    /// `UnsupportedContainer` names the first algorithm that is not known.
    pub(crate) fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut algorithm = cursor.sequence("encryption algorithm")?;
        let oid = algorithm.oid("encryption algorithm")?;
        if oid == PBES2 {
            let mut fields = algorithm.sequence("PBES2 parameters")?;
            let derivation = Pbkdf2::parse(&mut fields)?;
            let mut scheme = fields.sequence("encryption scheme")?;
            let oid = scheme.oid("encryption scheme")?;
            let cipher = Cipher::from_oid(oid).ok_or_else(|| unsupported(oid))?;
            let iv = scheme.octets("initialisation vector")?.to_vec();
            return Ok(Encryption { derivation: Derivation::Pbkdf2(derivation), cipher, iv: Some(iv) });
        }
        let text = oid.to_string();
        let cipher = match text.strip_prefix(PKCS12_PBE) {
            Some("3") => Cipher::TripleDes3,
            Some("4") => Cipher::TripleDes2,
            Some("5") => Cipher::Rc2Bits128,
            Some("6") => Cipher::Rc2Bits40,
            _ => return Err(unsupported(oid)),
        };
        let mut fields = algorithm.sequence("PBE parameters")?;
        let salt = fields.octets("PBE salt")?.to_vec();
        let iterations = fields.integer("PBE iterations")?;
        Ok(Encryption { derivation: Derivation::Pkcs12 { salt, iterations }, cipher, iv: None })
    }

    /// Writes the AlgorithmIdentifier.
    pub(crate) fn to_der(&self) -> Vec<u8> {
        match &self.derivation {
            Derivation::Pbkdf2(kdf) => {
                let prf = encode::sequence(&[&encode::oid(kdf.prf.hmac_oid()), &encode::NULL]);
                let parameters = encode::sequence(&[
                    &encode::octet_string(&kdf.salt),
                    &encode::integer(kdf.iterations),
                    &prf,
                ]);
                let iv = self.iv.as_deref().unwrap_or_default();
                let scheme = encode::sequence(&[&encode::oid(self.cipher.oid()), &encode::octet_string(iv)]);
                let kdf = encode::sequence(&[&encode::oid(PBKDF2), &parameters]);
                encode::sequence(&[&encode::oid(PBES2), &encode::sequence(&[&kdf, &scheme])])
            }
            Derivation::Pkcs12 { salt, iterations } => encode::sequence(&[
                &encode::oid(self.cipher.oid()),
                &encode::sequence(&[&encode::octet_string(salt), &encode::integer(*iterations)]),
            ]),
        }
    }

    /// Iterations of the key derivation.
    pub(crate) fn iterations(&self) -> u64 {
        match &self.derivation {
            Derivation::Pbkdf2(kdf) => kdf.iterations,
            Derivation::Pkcs12 { iterations, .. } => *iterations,
        }
    }

    /// The OID of an algorithm that newer software refuses unless told otherwise.
    pub(crate) fn legacy_oid(&self) -> Option<String> {
        let modern = matches!(self.cipher, Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256);
        (!modern).then(|| self.cipher.oid().to_string())
    }

    /// Decrypts one DER or BER element, trying each way in which the password may have been encoded.
    ///
    /// # Errors
    /// `TooManyIterations` before any work; `WrongPassword` when no way yields an element.
    pub(crate) fn open(&self, password: &Password, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        check_iterations(self.iterations())?;
        let size = self.cipher.key_size();
        if let Derivation::Pbkdf2(Pbkdf2 { key_size: Some(stated), .. }) = &self.derivation
            && *stated != size as u64
        {
            return Err(ErrorKind::CorruptContainer { what: "key length" }.into());
        }
        if data.is_empty() || !data.len().is_multiple_of(self.cipher.block_size()) {
            return Err(ErrorKind::CorruptContainer { what: "length of encrypted data" }.into());
        }
        let encodings = match self.derivation {
            Derivation::Pbkdf2(_) => password.octets(),
            Derivation::Pkcs12 { .. } => password.bmp(),
        };
        for encoding in encodings {
            let (key, iv) = self.key_and_iv(&encoding);
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
        let encodings = match self.derivation {
            Derivation::Pbkdf2(_) => password.octets(),
            Derivation::Pkcs12 { .. } => password.bmp(),
        };
        let (key, iv) = self.key_and_iv(encodings.first().map_or(&[], |encoding| encoding.as_slice()));
        let failed = ErrorKind::CorruptContainer { what: "initialisation vector" };
        self.cipher.encrypt(&key, &iv, clear).ok_or_else(|| failed.into())
    }

    fn key_and_iv(&self, password: &[u8]) -> (Zeroizing<Vec<u8>>, Vec<u8>) {
        let size = self.cipher.key_size();
        let iv = self.iv.clone();
        match &self.derivation {
            Derivation::Pbkdf2(kdf) => (kdf.derive(password, size), iv.unwrap_or_default()),
            Derivation::Pkcs12 { salt, iterations } => {
                let derive =
                    |purpose, size| kdf::pkcs12(Hash::Sha1, password, salt, purpose, *iterations, size);
                let key = derive(kdf::Purpose::Key, size);
                let iv = derive(kdf::Purpose::Iv, self.cipher.block_size());
                (key, iv.to_vec())
            }
        }
    }
}

/// Whether the bytes are exactly one SEQUENCE, as everything encrypted here is.
fn is_element(clear: &[u8]) -> bool {
    header(clear).is_some_and(|header| {
        let whole = header
            .length
            .is_none_or(|length| length.checked_add(header.size as u64) == Some(clear.len() as u64));
        header.tag.is_universal(16) && whole
    })
}

#[cfg(test)]
mod tests;
