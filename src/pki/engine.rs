//! The one interface to cryptography, and its engine in software.
//!
//! Leaves out the browser's engine, which belongs to the application.

use std::convert::Infallible;
use std::fmt;

use rand_core::{TryCryptoRng, TryRng};

use crate::error::Result;
use crate::key::{KeyKind, PrivateKey, PublicKey};
use crate::signature::{self, SignatureAlgorithm};

/// Makes keys, signs, verifies and gives randomness. The futures stay on one thread.
#[expect(async_fn_in_trait, reason = "the browser's futures are not Send, and no caller needs them to be")]
pub trait Engine {
    /// Makes a key.
    ///
    /// # Errors
    /// [`crate::ErrorKind::EngineFailed`] when the engine gives up.
    async fn generate(&self, kind: KeyKind) -> Result<PrivateKey>;

    /// Signs a message; an ECDSA signature is a DER `Ecdsa-Sig-Value`.
    ///
    /// # Errors
    /// See [`PrivateKey::sign`].
    async fn sign(&self, key: &PrivateKey, algorithm: &SignatureAlgorithm, message: &[u8])
    -> Result<Vec<u8>>;

    /// Verifies a signature in the form that certificates carry.
    ///
    /// # Errors
    /// See [`signature::verify`].
    async fn verify(
        &self,
        key: &PublicKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<()>;

    /// Fills a buffer with randomness fit for keys.
    fn random(&self, out: &mut [u8]);
}

impl<E: Engine> Engine for &E {
    async fn generate(&self, kind: KeyKind) -> Result<PrivateKey> {
        (**self).generate(kind).await
    }

    async fn sign(
        &self,
        key: &PrivateKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>> {
        (**self).sign(key, algorithm, message).await
    }

    async fn verify(
        &self,
        key: &PublicKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<()> {
        (**self).verify(key, algorithm, message, signature).await
    }

    fn random(&self, out: &mut [u8]) {
        (**self).random(out);
    }
}

/// The engine that computes everything here, with randomness from a closure.
#[derive(Clone)]
pub struct SoftwareEngine<F: Fn(&mut [u8])> {
    fill: F,
}

impl<F: Fn(&mut [u8])> SoftwareEngine<F> {
    /// Makes an engine. The closure must fill the buffer with cryptographically secure randomness.
    pub const fn new(fill: F) -> Self {
        Self { fill }
    }
}

impl<F: Fn(&mut [u8])> Engine for SoftwareEngine<F> {
    async fn generate(&self, kind: KeyKind) -> Result<PrivateKey> {
        PrivateKey::generate(kind, &mut FillRng(&self.fill))
    }

    async fn sign(
        &self,
        key: &PrivateKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>> {
        key.sign(algorithm, message, &mut FillRng(&self.fill))
    }

    async fn verify(
        &self,
        key: &PublicKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<()> {
        signature::verify(key, algorithm, message, signature)
    }

    fn random(&self, out: &mut [u8]) {
        (self.fill)(out);
    }
}

impl<F: Fn(&mut [u8])> fmt::Debug for SoftwareEngine<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SoftwareEngine")
    }
}

/// The closure as the random number generator that the crates ask for.
struct FillRng<'a, F>(&'a F);

impl<F: Fn(&mut [u8])> TryRng for FillRng<'_, F> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut octets = [0; 4];
        (self.0)(&mut octets);
        Ok(u32::from_le_bytes(octets))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut octets = [0; 8];
        (self.0)(&mut octets);
        Ok(u64::from_le_bytes(octets))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(out);
        Ok(())
    }
}

impl<F: Fn(&mut [u8])> TryCryptoRng for FillRng<'_, F> {}
