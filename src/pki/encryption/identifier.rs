//! Reads and writes the AlgorithmIdentifier of an encryption.
//!
//! Limits are not checked here.

use super::block::Cipher;
use super::kdf::Hash;
use super::{Derivation, Encryption, Pbkdf2, Scrypt, unsupported};
use crate::error::{Error, ErrorKind};
use crate::tlv::{self, Cursor, encode};
use const_oid::ObjectIdentifier;

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const SCRYPT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11591.4.11");
/// The arc of RFC 8018 appendix A.3; the last number names the scheme.
const PBES1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5");
/// The arc of RFC 7292 appendix C; the last number names the scheme.
const PKCS12_PBE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1");

/// Scheme, cipher.
const PKCS12_SCHEMES: [(u8, Cipher); 6] = [
    (1, Cipher::Rc4 { key: 16 }),
    (2, Cipher::Rc4 { key: 5 }),
    (3, Cipher::TripleDes),
    (4, Cipher::TripleDes2),
    (5, Cipher::Rc2 { key: 16, bits: 128 }),
    (6, Cipher::Rc2 { key: 5, bits: 40 }),
];

/// Scheme, hash, cipher. Those with MD2 (1 and 4) are not known.
const PBES1_SCHEMES: [(u8, Hash, Cipher); 4] = [
    (3, Hash::Md5, Cipher::Des),
    (6, Hash::Md5, Cipher::Rc2 { key: 8, bits: 64 }),
    (10, Hash::Sha1, Cipher::Des),
    (11, Hash::Sha1, Cipher::Rc2 { key: 8, bits: 64 }),
];

/// The last number of an OID that lies in an arc.
fn last_arc(oid: ObjectIdentifier, arc: ObjectIdentifier) -> Option<u8> {
    match oid.as_bytes().strip_prefix(arc.as_bytes()) {
        Some([last @ ..=0x7f]) => Some(*last),
        _ => None,
    }
}

impl Pbkdf2 {
    /// Reads an AlgorithmIdentifier that must be PBKDF2.
    pub(crate) fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut algorithm = cursor.sequence("key derivation")?;
        match algorithm.oid("key derivation")? {
            PBKDF2 => Self::parameters(&mut algorithm),
            oid => Err(unsupported(oid)),
        }
    }

    fn parameters(algorithm: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut fields = algorithm.sequence("PBKDF2 parameters")?;
        let salt = fields.octets("PBKDF2 salt")?.to_vec();
        let iterations = fields.integer("PBKDF2 iterations")?;
        let key_size = optional_integer(&mut fields, "PBKDF2 key length")?;
        let prf = match fields.optional(tlv::SEQUENCE, "PBKDF2 PRF")? {
            Some(prf) => {
                let oid = prf.inside().oid("PBKDF2 PRF")?;
                Hash::from_hmac_oid(oid).ok_or_else(|| unsupported(oid))?
            }
            None => Hash::Sha1,
        };
        Ok(Pbkdf2 { salt, iterations, key_size, prf })
    }
}

impl Scrypt {
    /// ```text
    /// scrypt-params ::= SEQUENCE { salt OCTET STRING, costParameter, blockSize, parallelizationParameter INTEGER,
    ///     keyLength INTEGER OPTIONAL }
    /// ```
    fn parameters(algorithm: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut fields = algorithm.sequence("scrypt parameters")?;
        Ok(Scrypt {
            salt: fields.octets("scrypt salt")?.to_vec(),
            cost: fields.integer("scrypt cost")?,
            block_size: fields.integer("scrypt block size")?,
            parallelism: fields.integer("scrypt parallelism")?,
            key_size: optional_integer(&mut fields, "scrypt key length")?,
        })
    }
}

fn optional_integer(fields: &mut Cursor<'_>, what: &'static str) -> Result<Option<u64>, Error> {
    match fields.peek() {
        Some(2) => fields.integer(what).map(Some),
        _ => Ok(None),
    }
}

impl Encryption {
    /// Reads the AlgorithmIdentifier at the cursor.
    ///
    /// # Errors
    /// `UnsupportedContainer` names the first algorithm that is not known.
    pub(crate) fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut algorithm = cursor.sequence("encryption algorithm")?;
        let oid = algorithm.oid("encryption algorithm")?;
        if oid == PBES2 {
            return Self::parse_pbes2(&mut algorithm);
        }
        let (pkcs12, pbes1) = (last_arc(oid, PKCS12_PBE), last_arc(oid, PBES1));
        let pkcs12 = PKCS12_SCHEMES.iter().find(|row| Some(row.0) == pkcs12);
        let pbes1 = PBES1_SCHEMES.iter().find(|row| Some(row.0) == pbes1);
        if pkcs12.is_none() && pbes1.is_none() {
            return Err(unsupported(oid));
        }
        let mut fields = algorithm.sequence("PBE parameters")?;
        let salt = fields.octets("PBE salt")?.to_vec();
        let iterations = fields.integer("PBE iterations")?;
        let (cipher, derivation) = match (pkcs12, pbes1) {
            (Some((scheme, cipher)), _) => {
                (*cipher, Derivation::Pkcs12 { scheme: *scheme, salt, iterations })
            }
            (None, Some((scheme, hash, cipher))) => {
                (*cipher, Derivation::Pbkdf1 { scheme: *scheme, hash: *hash, salt, iterations })
            }
            (None, None) => return Err(unsupported(oid)),
        };
        Ok(Encryption { derivation, cipher, iv: None })
    }

    /// ```text
    /// PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }
    /// ```
    fn parse_pbes2(algorithm: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut fields = algorithm.sequence("PBES2 parameters")?;
        let mut derivation = fields.sequence("key derivation")?;
        let derivation = match derivation.oid("key derivation")? {
            PBKDF2 => Derivation::Pbkdf2(Pbkdf2::parameters(&mut derivation)?),
            SCRYPT => Derivation::Scrypt(Scrypt::parameters(&mut derivation)?),
            oid => return Err(unsupported(oid)),
        };
        let mut scheme = fields.sequence("encryption scheme")?;
        let oid = scheme.oid("encryption scheme")?;
        if oid != Cipher::RC2 {
            let cipher = Cipher::from_oid(oid).ok_or_else(|| unsupported(oid))?;
            let iv = scheme.octets("initialisation vector")?.to_vec();
            return Ok(Encryption { derivation, cipher, iv: Some(iv) });
        }
        // RC2-CBC-Parameter of RFC 8018 appendix B.2.3; without a version there are 32 effective bits.
        let (version, iv) = match scheme.peek() {
            Some(4) => (None, scheme.octets("RC2 vector")?),
            _ => {
                let mut fields = scheme.sequence("RC2 parameters")?;
                (optional_integer(&mut fields, "RC2 version")?, fields.octets("RC2 vector")?)
            }
        };
        let bits = rc2_bits(version).ok_or(ErrorKind::CorruptContainer { what: "RC2 version" })?;
        let mut encryption =
            Encryption { derivation, cipher: Cipher::Rc2 { key: 16, bits }, iv: Some(iv.to_vec()) };
        let key = encryption.stated_key_size().unwrap_or(u64::from(bits / 8));
        let key = u8::try_from(key).ok().filter(|key| (1..=128).contains(key));
        let key = key.ok_or(ErrorKind::CorruptContainer { what: "key length" })?;
        encryption.cipher = Cipher::Rc2 { key, bits };
        Ok(encryption)
    }

    /// The OID of the scheme; under PBES2 that of the cipher.
    pub(super) fn oid(&self) -> ObjectIdentifier {
        let in_arc = |arc: ObjectIdentifier, last: u8| arc.push_arc(last.into()).unwrap_or(arc);
        match self.derivation {
            Derivation::Pbkdf2(_) | Derivation::Scrypt(_) => self.cipher.oid().unwrap_or(PBES2),
            Derivation::Pkcs12 { scheme, .. } => in_arc(PKCS12_PBE, scheme),
            Derivation::Pbkdf1 { scheme, .. } => in_arc(PBES1, scheme),
        }
    }

    /// Writes the AlgorithmIdentifier of what can be made here: PBES2 with PBKDF2, and the schemes without it.
    pub(crate) fn to_der(&self) -> Vec<u8> {
        match &self.derivation {
            Derivation::Pbkdf2(kdf) => {
                let prf = encode::sequence(&[&encode::oid(kdf.prf.hmac_oid()), &encode::NULL]);
                let parameters = encode::sequence(&[
                    &encode::octet_string(&kdf.salt),
                    &encode::integer(kdf.iterations),
                    &prf,
                ]);
                self.pbes2(&encode::sequence(&[&encode::oid(PBKDF2), &parameters]))
            }
            Derivation::Scrypt(kdf) => {
                let parameters = encode::sequence(&[
                    &encode::octet_string(&kdf.salt),
                    &encode::integer(kdf.cost),
                    &encode::integer(kdf.block_size),
                    &encode::integer(kdf.parallelism),
                ]);
                self.pbes2(&encode::sequence(&[&encode::oid(SCRYPT), &parameters]))
            }
            Derivation::Pkcs12 { salt, iterations, .. } | Derivation::Pbkdf1 { salt, iterations, .. } => {
                let parameters =
                    encode::sequence(&[&encode::octet_string(salt), &encode::integer(*iterations)]);
                encode::sequence(&[&encode::oid(self.oid()), &parameters])
            }
        }
    }

    fn pbes2(&self, derivation: &[u8]) -> Vec<u8> {
        let iv = encode::octet_string(self.iv.as_deref().unwrap_or_default());
        let scheme = encode::sequence(&[&encode::oid(self.oid()), &iv]);
        encode::sequence(&[&encode::oid(PBES2), &encode::sequence(&[derivation, &scheme])])
    }
}

/// The effective bits of RC2 by version: RFC 8018 appendix B.2.3 says it with a table for less than 256.
fn rc2_bits(version: Option<u64>) -> Option<u16> {
    Some(match version {
        None => 32,
        Some(160) => 40,
        Some(120) => 64,
        Some(58) => 128,
        Some(version @ 256..=1024) => version as u16,
        Some(_) => return None,
    })
}
