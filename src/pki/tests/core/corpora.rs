//! Every certificate, request and revocation list of the collected samples, read without a panic.
//!
//! Leaves out judging them. `CERTWRIGHT_CORPORA` names the folder; without it, `../shared/corpora`
//! beside the repository; when that is absent too, nothing is read and the test says so.

use std::io::Read;
use std::path::{Path, PathBuf};

pub use certwright_interop::corpora;
use certwright_pki::signature::verify;
use certwright_pki::usage::usable_for;
use certwright_pki::{
    Certificate, Crl, DistinguishedName, Engine, Error, ErrorKind, PrivateKey, PublicKey, Request,
    SignatureAlgorithm, UnixTime,
};

/// How many private keys of the samples are of a supported kind and not encrypted.
const KEYS_TAKEN: usize = 165;
/// How many fuzzing seeds are whole enough to be read as something.
const SEEDS_READ: usize = 500;

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.file_name().is_some_and(|name| name != "index.json") {
            out.push(path);
        }
    }
}

/// The DER of every block with one of the labels, or the file itself when it is DER.
fn objects(path: &Path, labels: &[&str]) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(path).unwrap();
    if bytes.first() == Some(&0x30) {
        return vec![bytes];
    }
    let mut out = Vec::new();
    let text = String::from_utf8_lossy(&bytes);
    for label in labels {
        let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
        let mut rest = &*text;
        while let Some(at) = rest.find(&begin) {
            rest = &rest[at..];
            let stop = rest.find(&end).map_or(rest.len(), |stop| stop + end.len());
            out.extend(pem::parse(&rest[..stop]).map(pem::Pem::into_contents));
            rest = &rest[stop..];
        }
    }
    out
}

/// Reads every object under the folders; returns how many were read, and the refusals.
fn read_all<T>(
    folders: &[&str],
    labels: &[&str],
    parse: fn(&[u8]) -> Result<T, Error>,
    look: fn(&T, &[u8]),
) -> Option<(usize, Vec<String>)> {
    let root = corpora()?;
    let mut paths = Vec::new();
    for folder in folders {
        let folder = root.join(folder);
        if folder.is_file() {
            paths.push(folder);
        } else {
            files(&folder, &mut paths);
        }
    }
    let (mut read, mut refused) = (0, Vec::new());
    for path in paths {
        for der in objects(&path, labels) {
            match parse(&der) {
                Ok(object) => {
                    look(&object, &der);
                    read += 1;
                }
                Err(error) => {
                    let place = error.position.clone();
                    assert!(place.is_none_or(|place| place.end <= der.len() && place.start <= place.end));
                    let short = path.strip_prefix(&root).unwrap().display();
                    refused.push(format!("{short}: {error}"));
                }
            }
        }
    }
    println!("read {read}, refused {}", refused.len());
    for line in &refused {
        println!("  {line}");
    }
    Some((read, refused))
}

fn look_at_certificate(certificate: &Certificate, der: &[u8]) {
    assert_eq!(certificate.der(), der);
    let shown = format!(
        "{} {} {} {} {} {certificate:?}",
        certificate.subject().rfc4514(),
        certificate.issuer().openssl(),
        certificate.serial().decimal(),
        certificate.validity().not_after,
        certificate.public_key().label(),
    );
    assert!(!shown.is_empty() && usable_for(certificate).len() == 7);
    for name in certificate.subject_alt_names() {
        assert!(!name.to_string().is_empty());
    }
    agrees_with_second_reader(certificate);
}

/// The fields are those that x509-parser finds, where it can read the certificate too.
fn agrees_with_second_reader(ours: &Certificate) {
    let Ok((_, theirs)) = x509_parser::parse_x509_certificate(ours.der()) else {
        return;
    };
    // It loses an empty relative distinguished name at the end.
    assert!(ours.subject().as_der().starts_with(theirs.subject().as_raw()));
    assert!(ours.issuer().as_der().starts_with(theirs.issuer().as_raw()));
    assert_eq!(ours.public_key().as_der(), theirs.public_key().raw);
    assert_eq!(ours.serial().octets(), theirs.raw_serial());
    assert_eq!(ours.tbs(), theirs.tbs_certificate.as_ref());
    assert_eq!(ours.signature(), &*theirs.signature_value.data);
    // The old identifier of RSA with SHA-1 is read as the usual one.
    let identifier = &theirs.signature_algorithm.algorithm;
    let algorithm = identifier.to_id_string();
    let algorithm = algorithm.replace("1.3.14.3.2.29", "1.2.840.113549.1.1.5");
    assert!(splits_wrongly(identifier.as_bytes()) || ours.signature_algorithm().oid() == algorithm);
    assert_eq!(ours.validity().not_before.0, theirs.validity().not_before.timestamp());
    assert_eq!(ours.validity().not_after.0, theirs.validity().not_after.timestamp());
    assert_eq!(ours.extensions().len(), theirs.extensions().len());
    for (ours, theirs) in ours.extensions().iter().zip(theirs.extensions()) {
        assert!(splits_wrongly(theirs.oid.as_bytes()) || ours.oid == theirs.oid.to_id_string());
        assert_eq!((ours.critical, ours.value.as_slice()), (theirs.critical, theirs.value));
    }
}

/// The second reader splits the first two arcs wrongly when they share more than one octet.
fn splits_wrongly(identifier: &[u8]) -> bool {
    identifier.first().is_some_and(|octet| *octet >= 0x80)
}

#[test]
fn every_sample_certificate_is_read_or_refused_with_its_place() {
    let folders = ["certificates", "pkits/certs", "strictness", "zlint/testdata", "pqc"];
    let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
    let Some((read, refused)) = read_all(&folders, &labels, Certificate::parse, look_at_certificate) else {
        return;
    };
    assert!(read >= 2_200 && refused.len() < 20, "{read} read, {} refused", refused.len());
}

#[test]
fn every_real_root_is_read() {
    let folders = ["roots"];
    let Some((read, refused)) = read_all(&folders, &["CERTIFICATE"], Certificate::parse, look_at_certificate)
    else {
        return;
    };
    assert_eq!(refused, Vec::<String>::new());
    assert!(read > 2_000, "{read}");
}

#[test]
fn every_sample_request_is_read_or_refused_with_its_place() {
    let labels = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
    let look = |request: &Request, der: &[u8]| {
        assert_eq!(request.der(), der);
        let _ = (request.challenge_password(), request.subject().label());
        let _ = pollster::block_on(request.verify(&super::engine()));
    };
    let Some((read, refused)) = read_all(&["csr"], &labels, Request::parse, look) else {
        return;
    };
    // Fourteen requests are broken on purpose, each in another place.
    assert!(read >= 73 && refused.len() <= 14, "{read} read, {} refused", refused.len());
}

#[test]
fn every_sample_revocation_list_is_read_or_refused_with_its_place() {
    let look = |crl: &Crl, der: &[u8]| {
        assert_eq!(crl.der(), der);
        let _ = (crl.number(), crl.issuer().label(), crl.is_delta());
    };
    let Some((read, refused)) = read_all(&["crl", "pkits/crls"], &["X509 CRL"], Crl::parse, look) else {
        return;
    };
    assert!(read >= 305 && refused.len() <= 1, "{read} read, {} refused", refused.len());
}

#[test]
fn every_sample_key_that_is_taken_signs() {
    let parse = |der: &[u8]| {
        PrivateKey::from_pkcs1(der)
            .or_else(|_| PrivateKey::from_sec1(der))
            .or_else(|_| PrivateKey::from_pkcs8(der))
    };
    let look = |key: &PrivateKey, _: &[u8]| {
        let again = PrivateKey::from_pkcs8(key.pkcs8()).unwrap();
        assert_eq!(again.public(), key.public());
        let algorithm = super::usual(key);
        match pollster::block_on(super::engine().sign(key, &algorithm, b"x")) {
            Ok(mark) => verify(key.public(), &algorithm, b"x", &mark).unwrap(),
            // A modulus too small for the padding.
            Err(error) => assert!(matches!(error.kind, ErrorKind::EngineFailed { .. })),
        }
    };
    let labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];
    let Some((read, _)) = read_all(&["keys"], &labels, parse, look) else {
        return;
    };
    assert!(read >= KEYS_TAKEN, "{read}");
}

/// Feeds an octet string to everything that reads.
fn feed(octets: &[u8]) -> bool {
    let name = DistinguishedName::from_der(octets);
    if let Ok(name) = &name {
        assert!(!name.label().is_empty() && name.matches(name));
        assert!(name.openssl().len() >= name.attributes().len());
    }
    let certificate = Certificate::parse(octets);
    if let Ok(certificate) = &certificate {
        look_at_certificate(certificate, octets);
    }
    let key = PublicKey::from_spki(octets);
    if let Ok(key) = &key {
        let algorithm = SignatureAlgorithm::default_for(key);
        assert!(verify(key, &algorithm, b"x", octets).is_err());
    }
    let _ = SignatureAlgorithm::from_der(octets).map(|algorithm| algorithm.to_der());
    let private = PrivateKey::from_pkcs8(octets)
        .or_else(|_| PrivateKey::from_pkcs1(octets))
        .or_else(|_| PrivateKey::from_sec1(octets));
    name.is_ok()
        || certificate.is_ok()
        || key.is_ok()
        || private.is_ok()
        || Crl::parse(octets).is_ok()
        || Request::parse(octets).is_ok()
        || UnixTime::from_der(octets).is_ok()
}

#[test]
fn no_fuzzing_seed_makes_a_reader_panic() {
    let Some(folder) = corpora() else {
        return;
    };
    let mut paths = Vec::new();
    files(&folder.join("fuzz-seeds"), &mut paths);
    let archive = paths.iter().find(|path| path.extension().is_some_and(|end| end == "gz")).unwrap();
    let mut tar = Vec::new();
    let bytes = std::fs::read(archive).unwrap();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut tar).unwrap();
    let (mut fed, mut read, mut at) = (0, 0, 0);
    // A tar archive: a header of 512 octets with the length in octal at 124, then the octets, padded.
    while let Some(header) = tar.get(at..at + 512) {
        let digits = String::from_utf8_lossy(&header[124..135]);
        let Ok(length) = usize::from_str_radix(digits.trim_matches(['\0', ' ']), 8) else {
            break;
        };
        if header[156] == b'0' {
            read += usize::from(feed(&tar[at + 512..at + 512 + length]));
            fed += 1;
        }
        at += 512 + length.next_multiple_of(512);
    }
    println!("fed {fed}, read {read}");
    assert!(fed >= 1_100 && read >= SEEDS_READ, "{fed} {read}");
}
