//! The targets: how each kind of input is read in every way that the program would read it.

mod workshop;

use crate::truths;
use certwright_pki::ber::{self, Limits};
use certwright_pki::peer_name::{self, NameRule};
use certwright_pki::{
    Certificate, Crl, DistinguishedName, Kind, PrivateKey, PublicKey, Request, armor, cmc, describe,
    encrypted_key, general_name::GeneralName, input, jwk, key_store, legacy_key, ocsp, openssh, pkcs7,
    pkcs12, sct, spkac, unlock,
};

/// One kind of input.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// The folders of other people's seeds that it begins with.
    pub folders: &'static [&'static str],
    /// Whether inputs are elements of ASN.1, so that damage keeps their lengths in order.
    pub is_asn1: bool,
    /// The longest input that is tried, in octets.
    pub longest: usize,
    /// Reads an input. It panics when an answer cannot be true.
    pub run: fn(&[u8]),
}

const fn asn1(name: &'static str, folders: &'static [&'static str], run: fn(&[u8])) -> Target {
    Target { name, folders, is_asn1: true, longest: 16 * 1024, run }
}

const fn text(name: &'static str, folders: &'static [&'static str], run: fn(&[u8])) -> Target {
    Target { name, folders, is_asn1: false, longest: 8 * 1024, run }
}

/// All targets.
pub const TARGETS: [Target; 17] = [
    asn1("certificate", &["cert_corpus", "parse_certificate_fuzzer_corpus"], certificate),
    asn1("request", &["spki_corpus", "der_roundtrip_corpus"], request),
    asn1(
        "crl",
        &["crl_parse_crl_certificatelist_fuzzer_corpus", "crl_getcrlstatusforcert_fuzzer_corpus"],
        crl,
    ),
    asn1(
        "ocsp",
        &["ocsp_parse_ocsp_response_fuzzer_corpus", "ocsp_parse_ocsp_response_data_fuzzer_corpus"],
        ocsp,
    ),
    asn1("pkcs7", &["der_roundtrip_corpus"], cms),
    asn1("pkcs12", &["pkcs8_corpus", "der_roundtrip_corpus"], container),
    asn1("pkcs8", &["pkcs8_corpus", "privkey_corpus", "spki_corpus"], key),
    asn1("encrypted-key", &["pkcs8_corpus", "privkey_corpus"], locked_key),
    text("text", &["read_pem_corpus"], any),
    asn1(
        "name",
        &[
            "verify_name_match_fuzzer_corpus",
            "verify_name_match_normalizename_fuzzer_corpus",
            "verify_name_match_verifynameinsubtree_fuzzer_corpus",
        ],
        name,
    ),
    text("zip", &[], archive),
    text("keys-of-others", &["privkey_corpus", "read_pem_corpus"], foreign_key),
    asn1("anything", &["cert_corpus", "der_roundtrip_corpus", "parse_crldp_fuzzer_corpus"], any),
    asn1(
        "describe",
        &["parse_authority_key_identifier_fuzzer_corpus", "ocsp_parse_ocsp_cert_id_fuzzer_corpus"],
        all_kinds,
    ),
    asn1("outline", &["der_roundtrip_corpus", "cert_corpus"], workshop::outline),
    asn1("compare", &["cert_corpus", "der_roundtrip_corpus"], workshop::comparison),
    asn1("export", &["cert_corpus", "pkcs8_corpus", "spki_corpus"], workshop::export_and_read_back),
];

/// Rounds of key derivation that are worth a run.
const CHEAP: u64 = 2_048;

fn certificate(data: &[u8]) {
    truths::describe(Kind::Certificate, data);
    let Ok(certificate) = Certificate::parse(data) else { return };
    assert_eq!(certificate.der(), data);
    for rule in [NameRule::SanOnly, NameRule::CommonNameOrSan, NameRule::ExactCommonName] {
        for name in ["example.com", "192.0.2.1", "2001:db8::1", "*.example.com", "bücher.example", ""] {
            drop(peer_name::matches(&certificate, name, rule));
        }
    }
    assert!(!certificate.is_self_issued() || certificate.subject().matches(certificate.issuer()));
    drop((certificate.ca_issuers(), certificate.ocsp_responders(), certificate.id()));
    names(certificate.subject());
    names(certificate.issuer());
}

fn names(name: &DistinguishedName) {
    drop((name.rfc4514(), name.openssl(), name.slashes(), name.label(), name.common_name()));
    assert_eq!(name.comparable(), name.comparable());
    assert!(name.matches(name));
}

fn request(data: &[u8]) {
    truths::describe(Kind::Request, data);
    if let Ok(request) = Request::parse(data) {
        assert_eq!(request.der(), data);
        drop((request.challenge_password(), request.requested_extensions().len(), request.id()));
    }
    drop(spkac::SignedPublicKey::parse(data));
    truths::describe(Kind::SignedPublicKey, data);
    truths::describe(Kind::CertificateRequestMessages, data);
}

fn crl(data: &[u8]) {
    truths::describe(Kind::Crl, data);
    let Ok(crl) = Crl::parse(data) else { return };
    for (index, entry) in crl.entries().iter().take(64).enumerate() {
        assert!(crl.find(&entry.serial).is_some());
        assert!(crl.entry_place(index).is_none_or(|place| place.end <= data.len()));
        drop(crl.extensions_of(index));
    }
    drop((crl.number(), crl.is_delta(), crl.id()));
}

fn ocsp(data: &[u8]) {
    truths::describe(Kind::OcspRequest, data);
    truths::describe(Kind::OcspResponse, data);
    drop(ocsp::OcspRequest::parse(data));
    drop(ocsp::OcspResponse::parse(data));
}

fn cms(data: &[u8]) {
    truths::describe(Kind::Cms, data);
    drop(pkcs7::read(data));
    drop(cmc::Body::request(data));
    drop(cmc::Body::response(data));
    any(data);
}

fn container(data: &[u8]) {
    if pkcs12::cost(data).is_ok_and(|rounds| rounds <= CHEAP) {
        for password in ["", "password"] {
            drop(pkcs12::read(data, password));
        }
    }
    truths::describe(Kind::Pkcs12, data);
}

fn key(data: &[u8]) {
    for parse in [PrivateKey::from_pkcs8, PrivateKey::from_pkcs1, PrivateKey::from_sec1] {
        if let Ok(key) = parse(data) {
            let again = PrivateKey::from_pkcs8(key.pkcs8()).map(|key| key.public().clone());
            assert_eq!(again.as_ref().ok(), Some(key.public()));
        }
    }
    if let Ok(key) = PublicKey::from_spki(data) {
        drop((key.label(), key.key_identifier()));
    }
    truths::describe(Kind::PrivateKey, data);
    truths::describe(Kind::PublicKey, data);
}

fn locked_key(data: &[u8]) {
    if encrypted_key::cost(data).is_ok_and(|rounds| rounds <= CHEAP) {
        drop(encrypted_key::open(data, "password"));
    }
    truths::describe(Kind::EncryptedPrivateKey, data);
    any(data);
}

fn name(data: &[u8]) {
    if let Ok(name) = DistinguishedName::from_der(data) {
        assert_eq!(name.as_der(), data);
        names(&name);
        drop(name.attributes());
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(name) = GeneralName::from_typed(text)
    {
        drop(name.to_der());
    }
}

/// Any input at all, as it is dropped on the page.
fn any(data: &[u8]) {
    let reading = input::read(data);
    truths::reading(&reading, data.len());
    for found in &reading.found {
        let (kind, bytes) = (found.item.kind(), found.item.bytes());
        truths::describe(kind, bytes);
        let cheap = || unlock::cost(kind, bytes).is_ok_and(|rounds| rounds <= CHEAP);
        if kind.needs_password()
            && cheap()
            && let Ok(opened) = unlock::open(kind, bytes, "password")
        {
            truths::reading(&opened, bytes.len());
        }
    }
    for block in armor::decode(data).blocks {
        assert!(block.at.start <= block.at.end && block.at.end <= data.len());
    }
}

fn archive(data: &[u8]) {
    any(data);
    // The engine finds a magic number soon, but not three.
    for start in [&b"PK\x03\x04"[..], &[0x1f, 0x8b, 8, 0]] {
        any(&[start, data].concat());
    }
}

fn foreign_key(data: &[u8]) {
    if openssh::cost(data).is_ok_and(|rounds| rounds <= CHEAP) {
        drop(openssh::open(data, "password"));
    }
    if key_store::cost(data).is_ok_and(|rounds| rounds <= CHEAP) {
        drop(key_store::open(data, "password"));
    }
    if legacy_key::cost(data).is_ok_and(|rounds| rounds <= CHEAP) {
        drop(legacy_key::open(data, "password"));
    }
    drop(openssh::PublicBlob::parse(data));
    drop(jwk::read(data));
    drop(sct::read(data));
    any(data);
}

/// Every description of every input: what is one kind may be shown as another.
fn all_kinds(data: &[u8]) {
    for kind in Kind::ALL {
        truths::describe(kind, data);
    }
    for encapsulated in [false, true] {
        let tree = ber::parse(data, Limits { encapsulated, ..Limits::default() });
        truths::tree(&tree, data.len());
    }
    drop(ber::normalise(data));
    drop(describe::describe(Kind::Unknown, data));
}
