//! One certificate as one string: every field and every extension decoded, so that crossing to JavaScript costs one copy.

use certwright_pki::certificate::SerialNumber;
use certwright_pki::{Certificate, Request};
use std::fmt::Write;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::extension;
use crate::refusal;

/// Between two fields.
const FIELD: char = '\u{1f}';
/// Between two values of one field.
const VALUE: char = '\u{1e}';

/// Decodes a certificate: subject, issuer, serial number, the two ends of the validity in Unix seconds, the key,
/// the alternative names, and for each extension its identifier, `1` if it is critical, and its value as text.
///
/// # Errors
/// Where the certificate is malformed.
#[wasm_bindgen(js_name = parseCertificate)]
pub fn parse_certificate(der: &[u8]) -> Result<String, JsError> {
    let certificate = Certificate::parse(der).map_err(refusal)?;
    let mut text = String::with_capacity(der.len() * 2);
    let mut scratch = String::with_capacity(512);
    push(&mut text, &certificate.subject().rfc4514());
    text.push(FIELD);
    push(&mut text, &certificate.issuer().rfc4514());
    text.push(FIELD);
    text.push_str(&serial(certificate.serial()));
    let validity = certificate.validity();
    // Writing to a string cannot fail.
    let _ = write!(text, "{FIELD}{}{FIELD}{}{FIELD}", validity.not_before.0, validity.not_after.0);
    text.push_str(&certificate.public_key().label());
    text.push(FIELD);
    for (index, name) in certificate.subject_alt_names().iter().enumerate() {
        if index > 0 {
            text.push(VALUE);
        }
        scratch.clear();
        let _ = write!(scratch, "{name}");
        push(&mut text, &scratch);
    }
    for one in certificate.extensions() {
        text.push(FIELD);
        text.push_str(&one.oid);
        text.push(FIELD);
        text.push(if one.critical { '1' } else { '0' });
        text.push(FIELD);
        scratch.clear();
        extension::describe(&mut scratch, &certificate, one);
        push(&mut text, &scratch);
    }
    Ok(text)
}

/// The subject of a request.
///
/// # Errors
/// Where the request is malformed.
#[wasm_bindgen(js_name = parseRequest)]
pub fn parse_request(der: &[u8]) -> Result<String, JsError> {
    Ok(Request::parse(der).map_err(refusal)?.subject().rfc4514())
}

/// A serial number in hexadecimal, without leading zeros.
pub fn serial(number: &SerialNumber) -> String {
    let hex = number.hex();
    match hex.strip_prefix('-') {
        Some(digits) => format!("-{}", digits.trim_start_matches('0')),
        None => hex.trim_start_matches('0').to_owned(),
    }
}

/// A certificate may hold the separators themselves; they must not move its fields.
fn push(text: &mut String, value: &str) {
    if value.bytes().any(|octet| octet < 0x20) {
        text.extend(value.chars().map(|c| if c < ' ' { char::REPLACEMENT_CHARACTER } else { c }));
    } else {
        text.push_str(value);
    }
}
