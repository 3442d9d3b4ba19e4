//! Private keys under a password: EncryptedPrivateKeyInfo of PKCS#8 (RFC 5958 section 3).
//!
//! OpenSSL's older form with `DEK-Info` is `legacy_key`, the form of OpenSSH is `openssh`.

use crate::ber::normalise;
use crate::encryption::{Encryption, Password, check_iterations};
use crate::error::{Error, ErrorKind};
use crate::key::PrivateKey;
use crate::tlv::{Cursor, encode};
use zeroize::Zeroizing;

/// Tells how many iterations opening a key will take.
///
/// # Errors
/// `TooManyIterations` when opening would be refused; `UnsupportedContainer` with the OID of an algorithm that is not
/// known; `BadDer`.
pub fn cost(input: &[u8]) -> Result<u64, Error> {
    let der = normalise(input)?;
    let (encryption, _) = parts(&der)?;
    encryption.check()?;
    Ok(encryption.iterations())
}

/// Decrypts a key: gives the PrivateKeyInfo inside (RFC 5958 section 2), whatever its algorithm.
///
/// # Errors
/// `WrongPassword`, also when what comes out is no PrivateKeyInfo: the form has no integrity check, so damage looks the
/// same. The errors of [`cost`].
pub fn decrypt(input: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let der = normalise(input)?;
    let (encryption, data) = parts(&der)?;
    let clear = encryption.open(&Password::new(password), data)?;
    let mut fields = Cursor::new(&clear).sequence("private key")?;
    let begins_well = fields.integer("version").is_ok()
        && fields.sequence("algorithm").and_then(|mut algorithm| algorithm.oid("algorithm")).is_ok();
    if begins_well { Ok(clear) } else { Err(ErrorKind::WrongPassword.into()) }
}

/// Opens a key with its password.
///
/// # Errors
/// Those of [`decrypt`], and those of [`PrivateKey::from_pkcs8`] for the key inside.
pub fn open(input: &[u8], password: &str) -> Result<PrivateKey, Error> {
    let clear = decrypt(input, password)?;
    // The place of an error inside would mean nothing outside.
    PrivateKey::from_pkcs8(&clear).map_err(|error| error.kind.into())
}

/// Writes a key under a password: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA256.
///
/// # Errors
/// `EmptyPassword`; `TooManyIterations` above the limit for reading.
pub fn seal(
    key: &PrivateKey,
    password: &str,
    iterations: u32,
    random: &dyn Fn(&mut [u8]),
) -> Result<Vec<u8>, Error> {
    if password.is_empty() {
        return Err(ErrorKind::EmptyPassword.into());
    }
    check_iterations(u64::from(iterations))?;
    let encryption = Encryption::modern(iterations.max(1), random);
    let data = encryption.seal(&Password::new(password), key.pkcs8())?;
    Ok(encode::sequence(&[&encryption.to_der(), &encode::octet_string(&data)]))
}

/// ```text
/// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }
/// ```
fn parts(der: &[u8]) -> Result<(Encryption, &[u8]), Error> {
    let mut fields = Cursor::new(der).sequence("EncryptedPrivateKeyInfo")?;
    let encryption = Encryption::parse(&mut fields)?;
    Ok((encryption, fields.octets("encrypted key")?))
}
