//! Long lists: five megabytes of revocations are described at once, and one entry is found among them.
//!
//! The bounds are for builds without optimisation on a busy machine; release builds take a twentieth of it.

use certwright_pki::crl::{CrlPlan, RevocationReason, RevokedEntry};
use certwright_pki::describe::{self, describe};
use certwright_pki::name::AttributeKind;
use certwright_pki::{
    Crl, DistinguishedName, Engine, KeyKind, Kind, SerialNumber, SignatureAlgorithm, UnixTime,
};
use std::time::Instant;

/// A signed list with so many entries.
pub fn long_list(entries: u32) -> Vec<u8> {
    let engine = crate::signatures::engine();
    let key = pollster::block_on(engine.generate(KeyKind::Ed25519)).unwrap();
    let time = UnixTime(1_700_000_000);
    let entry = |number: u32| RevokedEntry {
        serial: SerialNumber::from_octets(&[&[0x40; 12][..], &number.to_be_bytes()].concat()),
        date: time,
        reason: number.is_multiple_of(2).then_some(RevocationReason::KeyCompromise),
    };
    let plan = CrlPlan {
        issuer: DistinguishedName::build(&[(AttributeKind::CommonName, "Long list")]).unwrap(),
        algorithm: SignatureAlgorithm::Ed25519,
        this_update: time,
        next_update: time.plus_days(7),
        number: 1,
        entries: (0..entries).map(entry).collect(),
        authority_key_identifier: vec![1; 20],
    };
    let prepared = plan.prepare().unwrap();
    pollster::block_on(prepared.sign(&engine, &key)).unwrap()
}

#[test]
fn a_list_of_five_megabytes_is_described_at_once() {
    let der = long_list(120_000);
    assert!(der.len() > 5_000_000, "{}", der.len());
    let started = Instant::now();
    let crl = Crl::parse(&der).unwrap();
    let parsed = started.elapsed();
    let described = describe(Kind::Crl, &der).unwrap();
    println!("{} bytes: read in {parsed:?}, described in {:?}", der.len(), started.elapsed() - parsed);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    let list = described.find("revoked-certificates").unwrap();
    assert_eq!((list.fields.len(), list.left_out), (1_000, 119_000));

    let wanted = &crl.entries()[119_999].serial;
    let started = Instant::now();
    assert_eq!(crl.position(wanted), Some(119_999));
    println!("found in {:?}", started.elapsed());
    let started = Instant::now();
    let absent = certwright_pki::SerialNumber::from_octets(&[1, 2, 3]);
    let (found, passed) = certwright_pki::crl::look_up(&der, &[wanted.clone(), absent]).unwrap();
    println!("looked up without reading it in {:?}", started.elapsed());
    assert_eq!((found, passed), (vec![Some(crl.entries()[119_999].clone()), None], 120_000));
    let shown = describe::revoked_certificate(&crl, 119_998).unwrap();
    assert_eq!(shown.find("reason-code").map(|field| field.critical), Some(Some(false)));
    assert!(describe::revoked_certificate(&crl, 120_000).is_none());
    let place = crl.entry_place(119_999).unwrap();
    assert!(der[place].windows(16).any(|octets| octets == wanted.octets()));
    assert_eq!(crl.extensions_of(0).unwrap().len(), 1);
    assert_eq!(crl.extensions_of(119_999).unwrap().len(), 0);
    assert_eq!((crl.entry_place(120_000), crl.extensions_of(120_000).unwrap().len()), (None, 0));
}
