//! The engine that signs and verifies with the browser's WebCrypto, and with [`SoftwareEngine`] where the browser
//! can't: P-521, PSS, SHA-1, keys in unusual encodings, pages without a secure context. Works in page and worker.

mod algorithm;
mod recent;

use super::script;
use algorithm::WebAlgorithm;
use certwright_pki::signature::{ecdsa_der_to_raw, ecdsa_raw_to_der};
use certwright_pki::{
    Engine, Error, ErrorKind, KeyKind, PrivateKey, PublicKey, SignatureAlgorithm, SoftwareEngine,
};
use js_sys::{Array, Uint8Array};
use recent::Recent;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

/// Imported public keys that are kept: more than the roots of a usual trust store.
const PUBLIC_KEYS_KEPT: usize = 256;
/// Imported private keys that are kept, until [`WebEngine::forget`].
const PRIVATE_KEYS_KEPT: usize = 8;

thread_local! {
    /// What this browser turned out not to know.
    static UNKNOWN: RefCell<HashSet<&'static str>> = RefCell::default();
}

/// The browser's cryptography, with software behind it.
pub struct WebEngine {
    subtle: Option<SubtleCrypto>,
    public: RefCell<Recent>,
    private: RefCell<Recent>,
    software: SoftwareEngine<fn(&mut [u8])>,
}

impl fmt::Debug for WebEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebEngine").field("browser", &self.subtle.is_some()).finish_non_exhaustive()
    }
}

impl Default for WebEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl WebEngine {
    /// An engine with nothing imported yet.
    pub fn new() -> Self {
        Self {
            subtle: subtle(),
            public: RefCell::new(Recent::new(PUBLIC_KEYS_KEPT)),
            private: RefCell::new(Recent::new(PRIVATE_KEYS_KEPT)),
            software: SoftwareEngine::new(fill),
        }
    }

    /// Lets go of the imported private keys.
    pub fn forget(&self) {
        self.private.borrow_mut().clear();
    }

    /// The browser's side, if it may be tried.
    fn browser(&self, algorithm: WebAlgorithm) -> Option<&SubtleCrypto> {
        let unknown = UNKNOWN.with_borrow(|unknown| unknown.contains(algorithm.import_name()));
        self.subtle.as_ref().filter(|_| !unknown)
    }

    async fn generate_in_browser(&self, kind: KeyKind) -> Option<Result<PrivateKey, Error>> {
        let algorithm = WebAlgorithm::of_kind(kind);
        let subtle = self.browser(algorithm)?;
        let usages = Array::of2(&"sign".into(), &"verify".into());
        let made = subtle.generate_key_with_object(&algorithm.generation(kind), true, &usages);
        let pair = noted(algorithm, script::settled(made).await)?;
        let private: CryptoKey = script::property(&pair, "privateKey").dyn_into().ok()?;
        let exported = noted(algorithm, script::settled(subtle.export_key("pkcs8", &private)).await)?;
        Some(PrivateKey::from_pkcs8(&Zeroizing::new(script::take_bytes(&exported))))
    }

    async fn sign_in_browser(
        &self,
        key: &PrivateKey,
        algorithm: WebAlgorithm,
        message: &[u8],
    ) -> Option<Result<Vec<u8>, Error>> {
        let subtle = self.browser(algorithm)?;
        let name = (key.public().sha256(), algorithm.import_name());
        let known = self.private.borrow_mut().find(&name);
        let imported = match known {
            Some(imported) => imported,
            None => {
                let der = Uint8Array::from(key.pkcs8());
                let imported = import(subtle, "pkcs8", &der, algorithm, "sign");
                der.fill(0, 0, der.length());
                let imported = noted(algorithm, script::settled(imported).await)?.unchecked_into();
                self.private.borrow_mut().keep(name, imported)
            }
        };
        let signed = subtle.sign_with_object_and_u8_array(&algorithm.signing(), &imported, message);
        let signature = script::bytes(&noted(algorithm, script::settled(signed).await)?);
        Some(if algorithm.is_ecdsa() { ecdsa_raw_to_der(&signature) } else { Ok(signature) })
    }

    async fn verify_in_browser(
        &self,
        key: &PublicKey,
        algorithm: WebAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Option<Result<(), Error>> {
        let subtle = self.browser(algorithm)?;
        let name = (key.sha256(), algorithm.import_name());
        let known = self.public.borrow_mut().find(&name);
        let imported = match known {
            Some(imported) => imported,
            None => {
                let der = Uint8Array::from(key.as_der());
                let imported = script::settled(import(subtle, "spki", &der, algorithm, "verify")).await;
                self.public.borrow_mut().keep(name, noted(algorithm, imported)?.unchecked_into())
            }
        };
        let raw;
        let signature = if algorithm.is_ecdsa() {
            raw = match ecdsa_der_to_raw(key, signature) {
                Ok(raw) => raw,
                Err(error) => return Some(Err(error)),
            };
            &raw
        } else {
            signature
        };
        let parameters = algorithm.signing();
        let verified =
            subtle.verify_with_object_and_u8_array_and_u8_array(&parameters, &imported, signature, message);
        let verified = noted(algorithm, script::settled(verified).await)?;
        Some(if verified.is_truthy() { Ok(()) } else { Err(failed(ErrorKind::BadSignature)) })
    }
}

impl Engine for WebEngine {
    async fn generate(&self, kind: KeyKind) -> Result<PrivateKey, Error> {
        match self.generate_in_browser(kind).await {
            Some(made) => made,
            None => self.software.generate(kind).await,
        }
    }

    async fn sign(
        &self,
        key: &PrivateKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, Error> {
        if let Some(web) = WebAlgorithm::of(key.public(), algorithm)
            && let Some(signed) = self.sign_in_browser(key, web, message).await
        {
            return signed;
        }
        self.software.sign(key, algorithm, message).await
    }

    async fn verify(
        &self,
        key: &PublicKey,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), Error> {
        if let Some(web) = WebAlgorithm::of(key, algorithm)
            && let Some(verified) = self.verify_in_browser(key, web, message, signature).await
        {
            return verified;
        }
        self.software.verify(key, algorithm, message, signature).await
    }

    fn random(&self, out: &mut [u8]) {
        fill(out);
    }
}

/// Fills `out` from `crypto.getRandomValues`.
///
/// # Panics
/// Where the browser has no source of randomness: nothing that needs one may go on.
pub fn fill(out: &mut [u8]) {
    assert!(getrandom::fill(out).is_ok(), "the browser gives no random numbers");
}

/// `N` random octets.
pub fn random<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    fill(&mut octets);
    octets
}

/// `crypto.subtle`, which is there only in a secure context.
pub fn subtle() -> Option<SubtleCrypto> {
    let crypto = script::property(&js_sys::global(), "crypto");
    script::property(&crypto, "subtle").dyn_into().ok()
}

fn import(
    subtle: &SubtleCrypto,
    format: &str,
    der: &Uint8Array,
    algorithm: WebAlgorithm,
    usage: &str,
) -> Result<js_sys::Promise, JsValue> {
    subtle.import_key_with_object(format, der, &algorithm.import(), false, &Array::of1(&usage.into()))
}

/// Takes a result of WebCrypto; software takes over where there is none. If the browser doesn't know the algorithm
/// at all, it isn't asked again.
fn noted(algorithm: WebAlgorithm, result: Result<JsValue, JsValue>) -> Option<JsValue> {
    result
        .inspect_err(|error| {
            if script::error_name(error) == "NotSupportedError" {
                UNKNOWN.with_borrow_mut(|unknown| unknown.insert(algorithm.import_name()));
            }
        })
        .ok()
}

fn failed(kind: ErrorKind) -> Error {
    Error { kind, position: None }
}
