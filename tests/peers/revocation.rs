//! Revocation lists of many entries, written from flat arrays and read with every entry touched.

use certwright_pki::crl::{CrlPlan, RevocationReason, RevokedEntry};
use certwright_pki::{Crl, SerialNumber, SignatureAlgorithm, UnixTime};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::authority::{Authority, promise};
use crate::platform::crypto::WebEngine;
use crate::{certificate, refusal};

/// Octets of each serial number in the flat array.
const SERIAL: usize = 16;

#[wasm_bindgen]
impl Authority {
    /// Signs a list: serial numbers of 16 octets each, dates in Unix seconds and reason codes, one of each for an entry.
    ///
    /// # Errors
    /// For a date that cannot be written.
    #[wasm_bindgen(js_name = revocationList)]
    pub fn revocation_list(
        &self,
        serials: &[u8],
        dates: &[f64],
        reasons: &[u8],
        this_update: f64,
        next_update: f64,
    ) -> js_sys::Promise {
        let entries = serials.chunks(SERIAL).zip(dates).zip(reasons);
        let entries = entries.map(|((serial, date), reason)| RevokedEntry {
            serial: SerialNumber::from_octets(serial),
            date: UnixTime(*date as i64),
            reason: RevocationReason::from_code(*reason),
        });
        let plan = CrlPlan {
            issuer: self.certificate.subject().clone(),
            algorithm: SignatureAlgorithm::default_for(self.key.public()),
            this_update: UnixTime(this_update as i64),
            next_update: UnixTime(next_update as i64),
            number: 1,
            entries: entries.collect(),
            authority_key_identifier: self
                .certificate
                .subject_key_identifier()
                .map_or_else(|| self.certificate.public_key().key_identifier().to_vec(), <[u8]>::to_vec),
        };
        let key = self.key.clone();
        promise(async move { plan.prepare()?.sign(&WebEngine::new(), &key).await })
    }
}

/// A list that was read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RevocationList {
    list: Crl,
    sum: f64,
}

#[wasm_bindgen]
impl RevocationList {
    /// Reads a list.
    ///
    /// # Errors
    /// Where the list is malformed.
    #[wasm_bindgen(constructor)]
    pub fn new(der: &[u8]) -> Result<RevocationList, JsError> {
        let list = Crl::parse(der).map_err(refusal)?;
        let code = |entry: &RevokedEntry| entry.reason.map_or(0, RevocationReason::code);
        let sum =
            list.entries().iter().map(|entry| entry.date.0 as f64 / 60.0 + f64::from(code(entry))).sum();
        Ok(RevocationList { list, sum })
    }

    /// How many entries there are.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.list.entries().len()
    }

    /// The dates in minutes and the reason codes of all entries, added up.
    #[wasm_bindgen(getter)]
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The serial number of the last entry.
    #[wasm_bindgen(getter)]
    pub fn last(&self) -> String {
        self.list.entries().last().map(|entry| certificate::serial(&entry.serial)).unwrap_or_default()
    }
}
