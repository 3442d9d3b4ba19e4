//! A TLS client's verifier that records what a server shows and never refuses it. It authenticates nobody; no data may be sent over such a connection.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

/// The RSA signatures that the provider can check, in bytes: moduli of 2048 to 8192 bits.
const CHECKED_RSA_SIGNATURES: std::ops::RangeInclusive<usize> = 256..=1024;

/// What a server showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// The certificates as sent, each in DER.
    pub chain: Vec<Vec<u8>>,
    /// The stapled OCSP response.
    pub ocsp_staple: Option<Vec<u8>>,
    /// Whether the first certificate's key signed the handshake; `None` if that could not be told.
    pub key_proven: Option<bool>,
    /// The names of the authorities for a client's certificate, if one was asked for.
    pub asked_names: Option<Vec<Vec<u8>>>,
}

/// Records a [`Capture`] while a handshake runs.
#[derive(Debug)]
pub struct Recorder {
    provider: Arc<CryptoProvider>,
    capture: Mutex<Capture>,
}

impl Recorder {
    /// Records with the signature algorithms of `provider`.
    pub fn new(provider: Arc<CryptoProvider>) -> Self {
        Self { provider, capture: Mutex::default() }
    }

    /// Takes what was recorded so far.
    pub fn take(&self) -> Capture {
        std::mem::take(&mut *self.capture.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says whether the server asked for a client's certificate.
    pub fn was_asked(&self) -> bool {
        let capture = self.capture.lock().unwrap_or_else(PoisonError::into_inner);
        capture.asked_names.is_some()
    }

    /// Changes the record.
    fn record(&self, change: impl FnOnce(&mut Capture)) {
        change(&mut self.capture.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Records whether a handshake's signature was right.
    fn record_signature(
        &self,
        verified: Result<HandshakeSignatureValid, Error>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let proven = match verified {
            Ok(_) => Some(true),
            Err(Error::InvalidCertificate(CertificateError::BadSignature))
                if is_checkable(signed.scheme, signed.signature()) =>
            {
                Some(false)
            }
            Err(_) => None,
        };
        self.record(|capture| capture.key_proven = proven);
        Ok(HandshakeSignatureValid::assertion())
    }
}

/// Says whether the provider really checked the signature: it calls RSA signatures bad when it
/// only does not take the key's size, which is the signature's.
fn is_checkable(scheme: SignatureScheme, signature: &[u8]) -> bool {
    match scheme {
        SignatureScheme::RSA_PKCS1_SHA256
        | SignatureScheme::RSA_PKCS1_SHA384
        | SignatureScheme::RSA_PKCS1_SHA512
        | SignatureScheme::RSA_PSS_SHA256
        | SignatureScheme::RSA_PSS_SHA384
        | SignatureScheme::RSA_PSS_SHA512 => CHECKED_RSA_SIGNATURES.contains(&signature.len()),
        _ => true,
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.record(|capture| {
            let sent = std::iter::once(end_entity).chain(intermediates);
            capture.chain = sent.map(|certificate| certificate.to_vec()).collect();
            capture.ocsp_staple = (!ocsp_response.is_empty()).then(|| ocsp_response.to_vec());
        });
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        let verified = verify_tls12_signature(message, certificate, signed, algorithms);
        self.record_signature(verified, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        let verified = verify_tls13_signature(message, certificate, signed, algorithms);
        self.record_signature(verified, signed)
    }

    /// More than the provider can check, so that a server with an unusual key still shows its chain.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![
            SignatureScheme::ECDSA_NISTP256_SHA256,
            SignatureScheme::ECDSA_NISTP384_SHA384,
            SignatureScheme::ECDSA_NISTP521_SHA512,
            SignatureScheme::ED25519,
            SignatureScheme::ED448,
            SignatureScheme::RSA_PSS_SHA256,
            SignatureScheme::RSA_PSS_SHA384,
            SignatureScheme::RSA_PSS_SHA512,
            SignatureScheme::RSA_PKCS1_SHA256,
            SignatureScheme::RSA_PKCS1_SHA384,
            SignatureScheme::RSA_PKCS1_SHA512,
            SignatureScheme::ECDSA_SHA1_Legacy,
            SignatureScheme::RSA_PKCS1_SHA1,
        ]
    }
}

impl ResolvesClientCert for Recorder {
    fn resolve(
        &self,
        root_hint_subjects: &[&[u8]],
        _schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let names = root_hint_subjects.iter().map(|name| name.to_vec()).collect();
        self.record(|capture| capture.asked_names = Some(names));
        None
    }

    fn has_certs(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_rsa_key_of_unusual_size_is_not_called_bad() {
        for (scheme, bytes, expect) in [
            (SignatureScheme::RSA_PSS_SHA256, 128, false),
            (SignatureScheme::RSA_PKCS1_SHA256, 256, true),
            (SignatureScheme::RSA_PKCS1_SHA512, 1024, true),
            (SignatureScheme::RSA_PKCS1_SHA512, 2048, false),
            (SignatureScheme::ECDSA_NISTP256_SHA256, 70, true),
        ] {
            assert_eq!(is_checkable(scheme, &vec![0; bytes]), expect, "{scheme:?} {bytes}");
        }
    }
}
