//! Tests of judging uses by extensions.
//!
//! Leaves out issued certificates (`tests/core`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::slice::from_ref;

use super::*;
use Reason as R;
use Use as U;

fn purposes(list: &[&str]) -> Extension {
    Extension::extended_key_usage(list).unwrap()
}

/// Judges one use of a list of extensions.
fn check(extensions: &[Extension], wanted: Use, allowed: bool, reason: Reason) {
    let found = planned_for(extensions);
    let row = found.iter().find(|row| row.0 == wanted).unwrap();
    assert_eq!((row.1, row.2), (allowed, reason), "{wanted:?} of {extensions:?}");
}

#[test]
fn without_extensions_only_end_entity_uses_are_unrestricted() {
    check(&[], U::TlsServer, true, R::Unrestricted);
    check(&[], U::Email, true, R::Unrestricted);
    check(&[], U::CodeSigning, false, R::PurposeNotStated(oids::CODE_SIGNING));
    check(&[], U::OcspSigning, false, R::PurposeNotStated(oids::OCSP_SIGNING));
    check(&[], U::CertificateAuthority, false, R::NotACa);
    check(&[], U::CrlSigning, false, R::NotACa);
}

#[test]
fn purposes_decide() {
    let server = purposes(&[oids::SERVER_AUTH]);
    check(from_ref(&server), U::TlsServer, true, R::Stated);
    check(&[server], U::TlsClient, false, R::PurposeMissing(oids::CLIENT_AUTH));
    let any = purposes(&[oids::ANY_EXTENDED_KEY_USAGE]);
    check(from_ref(&any), U::TlsClient, true, R::AnyPurpose);
    check(&[any], U::OcspSigning, false, R::PurposeMissing(oids::OCSP_SIGNING));
    let code = purposes(&[oids::CODE_SIGNING]);
    check(&[code], U::CodeSigning, true, R::Stated);
}

#[test]
fn key_usage_decides() {
    let usage = |bits| [Extension::key_usage(bits)];
    for (bits, wanted, allowed) in [
        (KeyUsage::KEY_ENCIPHERMENT, U::TlsServer, true),
        (KeyUsage::KEY_AGREEMENT, U::TlsServer, true),
        (KeyUsage::DATA_ENCIPHERMENT, U::TlsServer, false),
        (KeyUsage::KEY_ENCIPHERMENT, U::TlsClient, false),
        (KeyUsage::NON_REPUDIATION, U::Email, true),
        (KeyUsage::KEY_CERT_SIGN, U::Email, false),
    ] {
        let reason = if allowed { R::Unrestricted } else { R::KeyUsageMissing(wanted.key_usage()) };
        check(&usage(bits), wanted, allowed, reason);
    }
    check(&usage(KeyUsage::CRL_SIGN), U::CrlSigning, true, R::Stated);
}

#[test]
fn an_authority_needs_both_constraints_and_key_usage() {
    let ca = Extension::basic_constraints(true, None);
    check(from_ref(&ca), U::CertificateAuthority, true, R::Stated);
    let signs = Extension::key_usage(KeyUsage::KEY_CERT_SIGN);
    check(&[ca.clone(), signs.clone()], U::CertificateAuthority, true, R::Stated);
    check(&[signs], U::CertificateAuthority, false, R::NotACa);
    let other = Extension::key_usage(KeyUsage::DIGITAL_SIGNATURE);
    let missing = R::KeyUsageMissing(KeyUsage::KEY_CERT_SIGN);
    check(&[ca, other], U::CertificateAuthority, false, missing);
}

#[test]
fn what_cannot_be_decoded_allows_nothing() {
    let mut broken = purposes(&[oids::SERVER_AUTH]);
    broken.value.pop();
    for wanted in Use::ALL {
        check(from_ref(&broken), wanted, false, R::Undecoded(oids::EXTENDED_KEY_USAGE));
    }
}
