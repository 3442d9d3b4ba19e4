//! What certificates, requests and revocation lists are on the outside: signed bytes, an algorithm, a signature.
//!
//! Leaves out what the signed bytes say, and checking the signature (`signature`).

use std::ops::Range;

use crate::error::{Error, Result};
use crate::signature::SignatureAlgorithm;
use crate::tlv::{self, Tlv};

/// ```text
/// SIGNED{ToBeSigned} ::= SEQUENCE {
///     toBeSigned  ToBeSigned,
///     algorithm   AlgorithmIdentifier,
///     signature   BIT STRING }
/// ```
///
/// See X.509 (10/2019) section 6.2.1.
pub(crate) struct Signed {
    der: Box<[u8]>,
    to_be_signed: Range<usize>,
    algorithm_place: Range<usize>,
    algorithm: SignatureAlgorithm,
    signature: Range<usize>,
}

impl Signed {
    /// Takes exactly one structure apart, and gives the signed part to read on; it must be a SEQUENCE.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] and [`crate::ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse<'a>(der: &'a [u8], what: &'static str, inner: &'static str) -> Result<(Self, Tlv<'a>)> {
        let mut fields = tlv::only(der, tlv::SEQUENCE, what)?.inside();
        let to_be_signed = fields.take(tlv::SEQUENCE, inner)?;
        let algorithm = fields.take(tlv::SEQUENCE, "signature algorithm")?;
        let signature = fields.take(tlv::BIT_STRING, "signature")?;
        fields.end()?;
        let place = signature.range();
        if signature.content.is_empty() {
            return Err(Error::der("signature", place));
        }
        let signed = Self {
            to_be_signed: to_be_signed.range(),
            algorithm_place: algorithm.range(),
            algorithm: SignatureAlgorithm::from_tlv(&algorithm)?,
            signature: signature.content_start() + 1..place.end,
            der: der.into(),
        };
        Ok((signed, to_be_signed))
    }

    /// The exact bytes of the whole.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes that the signature covers.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.der[self.to_be_signed.clone()]
    }

    /// The algorithm of the signature, from outside the signed part.
    pub fn algorithm(&self) -> &SignatureAlgorithm {
        &self.algorithm
    }

    /// The algorithm's exact bytes.
    pub fn algorithm_der(&self) -> &[u8] {
        &self.der[self.algorithm_place.clone()]
    }

    /// The signature, without the count of unused bits.
    pub fn signature(&self) -> &[u8] {
        &self.der[self.signature.clone()]
    }
}
