//! PKCS#12 files, written and opened in software: the password never leaves the module.

use certwright_pki::PrivateKey;
use certwright_pki::pkcs12::{self, Pkcs12Plan, Scheme};
use js_sys::Uint8Array;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::platform::crypto::fill;
use crate::refusal;

/// Writes a key and its certificates, leaf first.
///
/// # Errors
/// When the key and the first certificate do not belong together.
#[wasm_bindgen(js_name = writePkcs12)]
pub fn write_pkcs12(
    pkcs8: &[u8],
    certificates: Vec<Uint8Array>,
    password: &str,
    iterations: u32,
) -> Result<Vec<u8>, JsError> {
    let key = PrivateKey::from_pkcs8(pkcs8).map_err(refusal)?;
    let certificates: Vec<Vec<u8>> = certificates.iter().map(Uint8Array::to_vec).collect();
    let certificates: Vec<&[u8]> = certificates.iter().map(Vec::as_slice).collect();
    let plan = Pkcs12Plan {
        friendly_name: "leaf",
        key: &key,
        certificates: &certificates,
        password,
        iterations,
        scheme: Scheme::Modern,
    };
    pkcs12::write(&plan, &fill).map_err(refusal)
}

/// Opens a file; gives the number of its keys and of its certificates.
///
/// # Errors
/// For a wrong password and for a damaged file.
#[wasm_bindgen(js_name = readPkcs12)]
pub fn read_pkcs12(der: &[u8], password: &str) -> Result<Vec<u32>, JsError> {
    let found = pkcs12::read(der, password).map_err(refusal)?;
    Ok(vec![found.keys.len() as u32, found.certificates.len() as u32])
}
