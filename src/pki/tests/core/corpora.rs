//! Every certificate, request and revocation list of the collected samples, read without a panic.
//!
//! Leaves out judging them. `CERTWRIGHT_CORPORA` names the folder; without it, `../shared/corpora`
//! beside the repository; when that is absent too, nothing is read and the test says so.

use std::path::{Path, PathBuf};

use certwright_pki::usage::usable_for;
use certwright_pki::{Certificate, Crl, Error, Request};

/// The folder of samples, if it is there.
pub fn corpora() -> Option<PathBuf> {
    let folder = std::env::var_os("CERTWRIGHT_CORPORA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    println!("left out: corpora");
    None
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
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
        let (begin, end) = (
            format!("-----BEGIN {label}-----"),
            format!("-----END {label}-----"),
        );
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
                    assert!(
                        place
                            .is_none_or(|place| place.end <= der.len() && place.start <= place.end)
                    );
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
    assert!(
        ours.subject()
            .as_der()
            .starts_with(theirs.subject().as_raw())
    );
    assert!(ours.issuer().as_der().starts_with(theirs.issuer().as_raw()));
    assert_eq!(ours.public_key().as_der(), theirs.public_key().raw);
    assert_eq!(ours.serial().octets(), theirs.raw_serial());
    assert_eq!(ours.tbs(), theirs.tbs_certificate.as_ref());
    assert_eq!(ours.signature(), &*theirs.signature_value.data);
    // The old identifier of RSA with SHA-1 is read as the usual one.
    let algorithm = theirs.signature_algorithm.algorithm.to_id_string();
    let algorithm = algorithm.replace("1.3.14.3.2.29", "1.2.840.113549.1.1.5");
    assert_eq!(ours.signature_algorithm().oid(), algorithm);
    assert_eq!(
        ours.validity().not_before.0,
        theirs.validity().not_before.timestamp()
    );
    assert_eq!(
        ours.validity().not_after.0,
        theirs.validity().not_after.timestamp()
    );
    assert_eq!(ours.extensions().len(), theirs.extensions().len());
    for (ours, theirs) in ours.extensions().iter().zip(theirs.extensions()) {
        assert_eq!(ours.oid, theirs.oid.to_id_string());
        assert_eq!(
            (ours.critical, ours.value.as_slice()),
            (theirs.critical, theirs.value)
        );
    }
}

#[test]
fn every_sample_certificate_is_read_or_refused_with_its_place() {
    let folders = [
        "certificates",
        "pkits/certs",
        "strictness",
        "zlint/testdata",
        "pqc",
    ];
    let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
    let Some((read, refused)) =
        read_all(&folders, &labels, Certificate::parse, look_at_certificate)
    else {
        return;
    };
    assert!(
        read >= 2_200 && refused.len() < 20,
        "{read} read, {} refused",
        refused.len()
    );
}

#[test]
fn every_real_root_is_read() {
    let folders = ["roots"];
    let Some((read, refused)) = read_all(
        &folders,
        &["CERTIFICATE"],
        Certificate::parse,
        look_at_certificate,
    ) else {
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
    assert!(
        read >= 73 && refused.len() <= 14,
        "{read} read, {} refused",
        refused.len()
    );
}

#[test]
fn every_sample_revocation_list_is_read_or_refused_with_its_place() {
    let look = |crl: &Crl, der: &[u8]| {
        assert_eq!(crl.der(), der);
        let _ = (crl.number(), crl.issuer().label(), crl.is_delta());
    };
    let Some((read, refused)) = read_all(&["crl", "pkits/crls"], &["X509 CRL"], Crl::parse, look)
    else {
        return;
    };
    assert!(
        read >= 305 && refused.len() <= 1,
        "{read} read, {} refused",
        refused.len()
    );
}
