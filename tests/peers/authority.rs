//! Keys, requests, issuing and judging chains, with the engine that the page uses in its worker.

use certwright_pki::certificate::Validity;
use certwright_pki::general_name::GeneralName;
use certwright_pki::issue::CertificatePlan;
use certwright_pki::name::AttributeKind;
use certwright_pki::path::{self, PathQuestion};
use certwright_pki::profile::Profile;
use certwright_pki::request::RequestPlan;
use certwright_pki::{
    Certificate, DistinguishedName, Engine, KeyKind, PrivateKey, Request, SerialNumber, SignatureAlgorithm,
    UnixTime,
};
use std::rc::Rc;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::platform::crypto::WebEngine;
use crate::refusal;

thread_local! {
    /// One engine for all, as in the page's worker: it keeps the keys that it imported last.
    static ENGINE: Rc<WebEngine> = Rc::new(WebEngine::new());
}

fn engine() -> Rc<WebEngine> {
    ENGINE.with(Rc::clone)
}

/// A private key.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Key(Rc<PrivateKey>);

/// Makes a key of the kind that is named as `KeyKind` names it.
///
/// # Errors
/// For a kind that there is not.
#[wasm_bindgen(js_name = generateKey)]
pub async fn generate_key(kind: String) -> Result<Key, JsError> {
    let kind = KeyKind::ALL.into_iter().find(|known| known.label() == kind);
    let kind = kind.ok_or_else(|| JsError::new("no such kind of key"))?;
    let key = engine().generate(kind).await.map_err(refusal)?;
    Ok(Key(Rc::new(key)))
}

#[wasm_bindgen]
impl Key {
    /// Makes a signed request with this key.
    ///
    /// # Errors
    /// For a name that cannot be written.
    pub fn request(&self, common_name: String, names: Vec<String>) -> js_sys::Promise {
        let key = self.0.clone();
        promise(async move {
            let subject = DistinguishedName::build(&[
                (AttributeKind::Country, "DE"),
                (AttributeKind::Organization, "Perf Anchors GmbH"),
                (AttributeKind::CommonName, &common_name),
            ])?;
            let plan = RequestPlan {
                subject,
                names: names.into_iter().map(GeneralName::Dns).collect(),
                public_key: key.public().clone(),
                algorithm: SignatureAlgorithm::default_for(key.public()),
            };
            plan.prepare()?.sign(&*engine(), &key).await
        })
    }
}

/// A certification authority: its certificate and its key.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Authority {
    pub(crate) certificate: Certificate,
    pub(crate) key: Rc<PrivateKey>,
    profile: Rc<Profile>,
}

#[wasm_bindgen]
impl Authority {
    /// Reads the certificate and the key.
    ///
    /// # Errors
    /// When one of them is malformed.
    #[wasm_bindgen(constructor)]
    pub fn new(certificate: &[u8], pkcs8: &[u8]) -> Result<Authority, JsError> {
        Ok(Authority {
            certificate: Certificate::parse(certificate).map_err(refusal)?,
            key: Rc::new(PrivateKey::from_pkcs8(pkcs8).map_err(refusal)?),
            profile: Rc::new(Profile::web_server_and_client()),
        })
    }

    /// Verifies a request and issues a certificate for it. The two ends are in Unix seconds.
    ///
    /// # Errors
    /// For a malformed request and for a bad signature.
    pub fn issue(&self, request: Vec<u8>, serial: Vec<u8>, from: f64, to: f64) -> js_sys::Promise {
        let (certificate, key, profile) = (self.certificate.clone(), self.key.clone(), self.profile.clone());
        promise(async move {
            let engine = engine();
            let request = Request::parse(&request)?;
            request.verify(&*engine).await?;
            let plan = CertificatePlan::from_request(
                &certificate,
                &request,
                &profile,
                request.subject_alt_names(),
                SerialNumber::from_octets(&serial),
                Validity { not_before: UnixTime(from as i64), not_after: UnixTime(to as i64) },
                SignatureAlgorithm::default_for(key.public()),
            )?;
            plan.prepare()?.sign(&*engine, &key).await
        })
    }
}

/// Judges a chain against its root, at a time in Unix seconds. Each call has an engine of its own, so that no key is
/// known from the call before.
///
/// # Errors
/// When a certificate is malformed.
#[wasm_bindgen(js_name = verifyChain)]
pub async fn verify_chain(leaf: Vec<u8>, issuer: Vec<u8>, root: Vec<u8>, at: f64) -> Result<bool, JsError> {
    let read = |der: &[u8]| Certificate::parse(der).map_err(refusal);
    let (leaf, sent, anchors) = (read(&leaf)?, [read(&issuer)?], [read(&root)?]);
    let question =
        PathQuestion { leaf: &leaf, sent: &sent, pool: &[], anchors: &anchors, at: UnixTime(at as i64) };
    let judgement = path::judge(&WebEngine::new(), &question).await;
    Ok(judgement.anchored && judgement.problems.is_empty())
}

/// A piece of work as a promise of its octets.
pub fn promise(
    work: impl Future<Output = Result<Vec<u8>, certwright_pki::Error>> + 'static,
) -> js_sys::Promise {
    wasm_bindgen_futures::future_to_promise(async move {
        match work.await {
            Ok(octets) => Ok(js_sys::Uint8Array::from(octets.as_slice()).into()),
            Err(error) => Err(refusal(error).into()),
        }
    })
}
