//! The unit vectors of Mbed TLS: what it reads must be shown with the same facts, what it refuses be refused or
//! remarked upon, for a reason that fits.
//!
//! Rows about verifying, writing and its own interfaces are not for here; each such function is named with the reason.

mod facts;
mod fitting;
mod inline;

use std::collections::BTreeMap;
use std::path::Path;

use certwright_pki::{Kind, armor};
use serde_json::Value;

use crate::index;
use crate::look::{Look, look};
use crate::section::Section;

/// Success among its results.
const OK: &str = "0";

/// What came of a row.
enum Answer {
    /// An input was inspected; with what differs from the expectation.
    Looked(Box<Look>, Option<String>),
    /// A value was compared; with what differs.
    Compared(Option<String>),
    /// Not about reading.
    Elsewhere,
}

/// Functions that do not read, with the reason why their rows are not for here.
const ELSEWHERE: [(&str, &str); 36] = [
    ("empty_integer", "values of integers are kept as octets"),
    ("find_named_data", "an interface of its own"),
    ("free_named_data", "an interface of its own"),
    ("free_named_data_list", "an interface of its own"),
    ("free_named_data_null", "an interface of its own"),
    ("get_alg", "an interface of its own, with object identifiers that are none"),
    ("get_bitstring", "values of bit strings are kept as octets"),
    ("get_boolean", "values of truth are read by the fields that have them"),
    ("get_enum", "values of integers are kept as octets"),
    ("get_integer", "values of integers are kept as octets"),
    ("get_mpi_too_large", "an interface of its own"),
    ("mbedtls_pem_write_buffer", "writing"),
    ("mbedtls_pem_write_buffer_lengths", "writing"),
    ("mbedtls_x509_crt_parse_path", "the folders are not delivered"),
    ("mbedtls_x509_crt_verify_chain", "paths are judged elsewhere"),
    ("mbedtls_x509_crt_verify_max", "paths are judged elsewhere"),
    ("mbedtls_x509_dn_get_next", "writing"),
    ("mbedtls_x509_dn_gets_subject_replace", "writing"),
    ("mbedtls_x509_string_to_names", "names are not typed as one text here"),
    ("mbedtls_x509_time_is_future", "comparing with the clock"),
    ("mbedtls_x509_time_is_past", "comparing with the clock"),
    ("pbes2_encrypt", "writing"),
    ("pbkdf2_hmac", "the derivation has no public face; its own tests have these vectors"),
    ("pkcs12_derive_key", "the derivation has no public face; opening files is the test"),
    ("pkcs12_pbe_decrypt", "passwords that are no text"),
    ("pkcs12_pbe_encrypt", "writing"),
    ("pkcs5_selftest", "an interface of its own"),
    ("pkcs7_verify", "signatures are judged elsewhere"),
    ("x509_accessor_ext_types", "an interface of its own"),
    ("x509_csr_check_opaque", "writing"),
    ("x509_set_extension_length_check", "writing"),
    ("x509_set_serial_check", "writing"),
    ("x509_verify", "paths are judged elsewhere"),
    ("x509_verify_ca_cb_failure", "paths are judged elsewhere"),
    ("x509_verify_callback", "paths are judged elsewhere"),
    ("x509_verify_restart", "paths are judged elsewhere"),
];

/// One row.
struct Row<'a> {
    corpora: &'a Path,
    name: &'a str,
    args: Vec<&'a str>,
}

impl Row<'_> {
    fn arg(&self, place: usize) -> &str {
        self.args.get(place).copied().unwrap_or_default()
    }

    fn last(&self) -> &str {
        self.args.last().copied().unwrap_or_default()
    }

    /// The octets of an argument in hexadecimal.
    fn octets(&self, place: usize) -> Vec<u8> {
        octets(self.arg(place))
    }

    /// The file that the first argument names, if it is delivered.
    fn file(&self) -> Option<Vec<u8>> {
        self.named(0)
    }

    fn named(&self, place: usize) -> Option<Vec<u8>> {
        let name = self.arg(place);
        let delivered = !name.is_empty() && !name.starts_with("absent:");
        delivered.then(|| index::bytes(&self.corpora.join(name)))
    }

    fn look(&self, bytes: &[u8], passwords: &[&str]) -> Look {
        look(self.name, bytes, passwords)
    }

    /// What it reads must be shown without a problem; of what it refuses, what is wrong must be said, and where.
    fn object(&self, bytes: &[u8], kinds: &[Kind], result: &str) -> Answer {
        let look = self.look(bytes, &[]);
        let mismatch = self.compare(bytes, &look, kinds, result);
        Answer::Looked(Box::new(look), mismatch)
    }

    /// Octets that are so damaged that nothing tells what they should have been are looked at once more between BEGIN and
    /// END, where the label does: then the reason has to fit.
    fn compare(&self, bytes: &[u8], look: &Look, kinds: &[Kind], result: &str) -> Option<String> {
        let named = bytes.windows(5).any(|window| window == b"BEGIN") || bytes.is_empty();
        let shown = kinds.iter().any(|kind| look.count(*kind) > 0);
        if result == OK || shown || named {
            return compare(look, kinds, result == OK, result);
        }
        let text = armor::encode(label(kinds[0]), bytes);
        compare(&self.look(text.as_bytes(), &[]), kinds, false, result)
    }
}

/// The octets of a text in hexadecimal.
fn octets(text: &str) -> Vec<u8> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    assert!(rest.is_empty(), "{text}");
    let octet = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.iter().map(octet).collect()
}

/// What is read must be shown without a problem; of what is refused, what is wrong must be said, and where.
fn compare(look: &Look, kinds: &[Kind], reads: bool, result: &str) -> Option<String> {
    let shown = kinds.iter().any(|kind| look.count(*kind) > 0);
    match reads {
        true if shown && look.problems.is_empty() => None,
        true => Some(format!("{} instead of {}", look.summary(), kinds[0].id())),
        false if fitting::fits(look, result) => None,
        false => {
            let said = if look.is_remarked() { "with other remarks" } else { "without a remark" };
            Some(format!("{} {said} instead of {}", look.summary(), short(result)))
        }
    }
}

/// The PEM label under which octets are taken for nothing but this kind.
fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Certificate => "CERTIFICATE",
        Kind::Crl => "X509 CRL",
        Kind::Request => "CERTIFICATE REQUEST",
        Kind::Cms => "PKCS7",
        Kind::PublicKey => "PUBLIC KEY",
        _ => "PRIVATE KEY",
    }
}

/// An error's name without what all have in common.
fn short(result: &str) -> String {
    result.replace("MBEDTLS_ERR_", "").replace("MBEDTLS_ERROR_ADD", "").replace(' ', "")
}

const CERTIFICATE: &[Kind] = &[Kind::Certificate];
const PRIVATE_KEY: &[Kind] = &[Kind::PrivateKey];
const PUBLIC_KEY: &[Kind] = &[Kind::PublicKey];

fn answer(row: &Row<'_>, function: &str) -> Answer {
    if ELSEWHERE.iter().any(|(name, _)| *name == function) {
        return Answer::Elsewhere;
    }
    match function {
        "x509parse_crt" | "x509parse_crt_cb" => facts::certificate(row, &row.octets(0), row.last()),
        "x509_cert_info" => row.file().map_or(Answer::Elsewhere, |file| facts::certificate(row, &file, OK)),
        "mbedtls_x509_crt_parse_file" => inline::certificates(row),
        "x509parse_crt_file" | "x509_parse_san" | "x509_crt_parse_authoritykeyid" => {
            row.file().map_or(Answer::Elsewhere, |file| row.object(&file, CERTIFICATE, row.last()))
        }
        "x509_crt_parse_subjectkeyid" => facts::subject_key_identifier(row),
        "mbedtls_x509_get_ca_istrue" => facts::authority(row),
        "x509_check_key_usage" => facts::key_usage(row),
        "x509_check_extended_key_usage" => facts::extended_key_usage(row),
        "mbedtls_x509_dn_gets" => facts::name(row),
        "x509_crt_check" => facts::written_certificate(row),
        "x509parse_crl" => facts::list(row, &row.octets(0), row.last()),
        "mbedtls_x509_crl_info" => row.file().map_or(Answer::Elsewhere, |file| facts::list(row, &file, OK)),
        "mbedtls_x509_crl_parse" => {
            row.file().map_or(Answer::Elsewhere, |file| row.object(&file, &[Kind::Crl], row.last()))
        }
        "mbedtls_x509_csr_parse" => facts::request(row, &row.octets(0), row.last()),
        "mbedtls_x509_csr_parse_with_ext_cb" => facts::request(row, &row.octets(0), row.arg(2)),
        "mbedtls_x509_csr_info" => {
            row.file().map_or(Answer::Elsewhere, |file| facts::request(row, &file, OK))
        }
        "mbedtls_x509_csr_parse_file" => {
            row.file().map_or(Answer::Elsewhere, |file| facts::request(row, &file, row.last()))
        }
        "x509_csr_check" => facts::written_request(row),
        "pkcs7_parse" | "pkcs7_parse_reuse" => inline::signed_data(row),
        "pkcs7_asn1_fail" => row.object(&row.octets(0), &[Kind::Cms], "any error"),
        "pk_parse_keyfile_rsa" | "pk_parse_keyfile_ec" => inline::key_file(row),
        "pk_parse_public_keyfile_rsa" | "pk_parse_public_keyfile_ec" => {
            row.file().map_or(Answer::Elsewhere, |file| row.object(&file, PUBLIC_KEY, row.last()))
        }
        "pk_parse_public_key_ec" => row.object(&row.octets(0), PUBLIC_KEY, row.last()),
        "pk_parse_key" | "pk_parse_key_encrypted" => row.object(&row.octets(0), PRIVATE_KEY, row.last()),
        "pk_parse_fix_montgomery" => row.object(&row.octets(0), PRIVATE_KEY, OK),
        "mbedtls_pem_read_buffer" => inline::armored_key(row),
        "pbes2_decrypt" => inline::encrypted(row),
        other => Answer::Compared(inline::value(row, other)),
    }
}

/// Judges one file of vectors.
pub fn judge(corpora: &Path, section: &'static str, file: &str) -> Section {
    let mut out = Section::new(section);
    let Value::Array(rows) = index::json(&corpora.join("vectors/mbedtls").join(file)) else {
        panic!("no rows")
    };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        let name = row["name"].as_str().unwrap();
        let args = row["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect();
        let times = seen.entry(name).or_default();
        *times += 1;
        let unique = if *times == 1 { name.to_owned() } else { format!("{name} ({times})") };
        match answer(&Row { corpora, name, args }, row["fn"].as_str().unwrap()) {
            Answer::Looked(look, mismatch) => out.judge(&unique, &look, mismatch),
            Answer::Compared(mismatch) => out.compare(&unique, mismatch),
            Answer::Elsewhere => out.leave(),
        }
    }
    out
}
