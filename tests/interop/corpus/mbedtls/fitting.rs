//! Whether what is said of a damaged input fits the error that Mbed TLS gives: by the part that is at fault.
//!
//! Where its error names no part, any place in the input does.

use crate::look::Look;

/// A part of the name of an error, and the words of which one has to be in what is said.
const FITTING: [(&str, &[&str]); 23] = [
    ("INVALID_VERSION", &["version"]),
    ("UNKNOWN_VERSION", &["version"]),
    ("INVALID_SERIAL", &["serial number"]),
    ("INVALID_ALG", &["algorithm"]),
    ("UNKNOWN_SIG_ALG", &["algorithm"]),
    ("SIG_MISMATCH", &["algorithm"]),
    ("UNKNOWN_PK_ALG", &["algorithm", "key"]),
    ("INVALID_NAME", &["name", "issuer", "subject"]),
    ("INVALID_DATE", &["time", "validity", "not before", "not after", "date"]),
    ("INVALID_SIGNATURE", &["signature"]),
    (
        "INVALID_EXTENSIONS",
        &[
            "extension",
            "identifier",
            "name",
            "constraints",
            "usage",
            "purpose",
            "polic",
            "attribute",
            "certificate type",
        ],
    ),
    ("INVALID_PUBKEY", &["key"]),
    ("PK_KEY_INVALID_FORMAT", &["key", "empty"]),
    ("INVALID_FORMAT", &["malformed", "announced", "follow", "belong to no object", "empty"]),
    ("ECP_", &["key", "point", "curve"]),
    ("RSA_", &["key"]),
    ("INVALID_SIGNER_INFO", &["signer", "issuer and serial number"]),
    ("PKCS7_INVALID_CERT", &["certificate"]),
    ("PKCS5_", &["encrypt", "password", "scheme", "derivation"]),
    ("PEM_", &["base64", "begin ", "end "]),
    ("OUT_OF_DATA", &[""]),
    ("ASN1", &[""]),
    ("any error", &[""]),
];

/// Whether there is a remark that fits.
pub(super) fn fits(look: &Look, result: &str) -> bool {
    let locked = |state: &str| look.objects.iter().any(|seen| seen.lock == Some(state));
    if result.contains("PASSWORD_MISMATCH") {
        return locked("wrong-password");
    }
    // The cipher is not what is at fault in what it is to decrypt.
    if result.contains("INVALID_INPUT_LENGTH") || result.contains("BASE64") && locked("damaged") {
        return locked("damaged");
    }
    let words = FITTING.iter().find(|(part, _)| result.contains(part)).map_or(&[][..], |(_, words)| words);
    let says = |text: &str| words.iter().any(|word| text.to_lowercase().contains(word));
    look.remarks().iter().any(|remark| remark.placed && says(&remark.text))
}
