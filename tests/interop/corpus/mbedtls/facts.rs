//! The facts that Mbed TLS prints of certificates, revocation lists and requests, compared with ours.

use std::collections::BTreeMap;

use certwright_pki::name::Attribute;
use certwright_pki::{Certificate, Crl, DistinguishedName, Kind, PublicKey, Request, UnixTime};

use super::{Answer, CERTIFICATE, OK, Row, octets};
use crate::look::Look;

/// The first object of a kind.
fn first<T>(look: &Look, kind: Kind, parse: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    look.objects.iter().find(|seen| seen.kind == kind).and_then(|seen| parse(&seen.bytes))
}

fn certificate_of(look: &Look) -> Option<Certificate> {
    first(look, Kind::Certificate, |der| Certificate::parse(der).ok())
}

/// `label : value` lines; of several with one label, the first.
fn lines(text: &str) -> BTreeMap<&str, &str> {
    let mut out = BTreeMap::new();
    for (label, value) in text.lines().filter_map(|line| line.split_once(" : ").or(line.split_once(": "))) {
        out.entry(label.trim()).or_insert(value);
    }
    out
}

/// Compares what is in both; a label that is not in the text is not compared.
fn differing(expect: &BTreeMap<&str, &str>, ours: &[(&str, String)]) -> Option<String> {
    let differs = |(label, value): &&(&str, String)| expect.get(label).is_some_and(|expect| expect != value);
    ours.iter().find(differs).map(|(label, value)| format!("{label}: {value} instead of {}", expect[label]))
}

fn time(at: UnixTime) -> String {
    at.to_string().trim_end_matches(" UTC").to_owned()
}

fn rsa_bits(key: &PublicKey) -> Option<(&'static str, String)> {
    let bits = key.label().strip_prefix("RSA ")?.to_owned();
    Some(("RSA key size", format!("{bits} bits")))
}

/// A name as Mbed TLS prints it, with its escapes taken back where they are not needed to compare.
fn plain_name(name: &DistinguishedName) -> String {
    let mut out = String::new();
    let mut last = None;
    for Attribute { kind, value, rdn } in name.attributes() {
        if let Some(last) = last {
            out += if last == rdn { " + " } else { ", " };
        }
        out += &format!("{kind}={value}");
        last = Some(rdn);
    }
    out
}

/// Takes back the escapes of RFC 4514.
fn unescaped(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            out.push(*first);
            continue;
        }
        let pair = rest.first_chunk::<2>().and_then(|pair| str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(octet) => {
                out.push(octet);
                rest = &rest[2..];
            }
            None => {
                out.extend(rest.first());
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn name_differs(label: &str, expect: Option<&&str>, ours: &DistinguishedName) -> Option<String> {
    let expect = unescaped(expect?);
    let ours = plain_name(ours);
    // It prints at most so much of a name.
    (ours != expect).then(|| format!("{label}: {ours} instead of {expect}"))
}

pub(super) fn certificate(row: &Row<'_>, bytes: &[u8], result: &str) -> Answer {
    let look = row.look(bytes, &[]);
    let mismatch = row.compare(bytes, &look, CERTIFICATE, result).or_else(|| {
        let certificate = certificate_of(&look).filter(|_| result == OK)?;
        let expect = lines(row.arg(1));
        let serial: Vec<String> =
            octets(&certificate.serial().hex()).iter().map(|o| format!("{o:02X}")).collect();
        let mut ours = vec![
            ("cert. version", certificate.version().to_string()),
            ("serial number", serial.join(":")),
            ("issued  on", time(certificate.validity().not_before)),
            ("expires on", time(certificate.validity().not_after)),
        ];
        ours.extend(rsa_bits(certificate.public_key()));
        differing(&expect, &ours)
            .or_else(|| name_differs("issuer", expect.get("issuer name"), certificate.issuer()))
            .or_else(|| name_differs("subject", expect.get("subject name"), certificate.subject()))
    });
    Answer::Looked(Box::new(look), mismatch)
}

pub(super) fn list(row: &Row<'_>, bytes: &[u8], result: &str) -> Answer {
    let look = row.look(bytes, &[]);
    let mismatch = row.compare(bytes, &look, &[Kind::Crl], result).or_else(|| {
        let crl = first(&look, Kind::Crl, |der| Crl::parse(der).ok()).filter(|_| result == OK)?;
        let expect = lines(row.arg(1));
        let next = crl.next_update().map(|at| ("next update", time(at)));
        let mut ours = vec![("this update", time(crl.this_update()))];
        ours.extend(next);
        let revoked = row.arg(1).matches("serial number:").count();
        differing(&expect, &ours)
            .or_else(|| name_differs("issuer", expect.get("issuer name"), crl.issuer()))
            .or_else(|| {
                (crl.entries().len() != revoked)
                    .then(|| format!("{} revoked, not {revoked}", crl.entries().len()))
            })
    });
    Answer::Looked(Box::new(look), mismatch)
}

pub(super) fn request(row: &Row<'_>, bytes: &[u8], result: &str) -> Answer {
    let look = row.look(bytes, &[]);
    let mismatch = row.compare(bytes, &look, &[Kind::Request], result).or_else(|| {
        let request = first(&look, Kind::Request, |der| Request::parse(der).ok()).filter(|_| result == OK)?;
        let expect = lines(row.arg(1));
        let ours: Vec<(&str, String)> = rsa_bits(request.public_key()).into_iter().collect();
        differing(&expect, &ours)
            .or_else(|| name_differs("subject", expect.get("subject name"), request.subject()))
    });
    Answer::Looked(Box::new(look), mismatch)
}

/// A request that it writes is of the key that it was made with.
pub(super) fn written_request(row: &Row<'_>) -> Answer {
    let (Some(key), Some(file)) = (row.named(0), row.named(1)) else { return Answer::Elsewhere };
    let look = row.look(&file, &[]);
    let request = first(&look, Kind::Request, |der| Request::parse(der).ok());
    let key = first(&row.look(&key, &[]), Kind::PrivateKey, |der| {
        Some(certwright_pki::PrivateKey::from_pkcs8(der).ok()?.public().clone())
    });
    let same = request.is_some_and(|request| Some(request.public_key()) == key.as_ref());
    Answer::Looked(Box::new(look), (!same).then(|| "not of its key".to_owned()))
}

/// A certificate that it writes has the names, the number and the dates that it was told.
pub(super) fn written_certificate(row: &Row<'_>) -> Answer {
    let Some(file) = row.named(17) else { return Answer::Elsewhere };
    let look = row.look(&file, &[]);
    let Some(certificate) = certificate_of(&look) else {
        let summary = look.summary();
        return Answer::Looked(Box::new(look), Some(summary));
    };
    let date = |at: UnixTime| time(at).replace(['-', ':', ' '], "");
    let spaced = |name: &DistinguishedName| plain_name(name).replace(", ", ",");
    let pairs = [
        (spaced(certificate.subject()), unescaped(row.arg(2))),
        (spaced(certificate.issuer()), unescaped(row.arg(5))),
        (certificate.serial().hex(), row.arg(6).to_ascii_lowercase()),
        (date(certificate.validity().not_before), row.arg(7).to_owned()),
        (date(certificate.validity().not_after), row.arg(8).to_owned()),
    ];
    let differs = pairs.iter().find(|(ours, told)| ours != told);
    let mismatch = differs.map(|(ours, told)| format!("{ours} instead of {told}"));
    Answer::Looked(Box::new(look), mismatch)
}

/// Reads the certificate in the row's file and compares one thing.
fn of_certificate(row: &Row<'_>, differs: impl Fn(&Certificate) -> Option<String>) -> Answer {
    let Some(file) = row.file() else { return Answer::Elsewhere };
    let look = row.look(&file, &[]);
    let mismatch = match certificate_of(&look) {
        Some(certificate) => differs(&certificate),
        None => Some(look.summary()),
    };
    Answer::Looked(Box::new(look), mismatch)
}

pub(super) fn name(row: &Row<'_>) -> Answer {
    of_certificate(row, |certificate| {
        let name = if row.arg(1) == "issuer" { certificate.issuer() } else { certificate.subject() };
        name_differs(row.arg(1), Some(&row.arg(2)), name)
    })
}

pub(super) fn subject_key_identifier(row: &Row<'_>) -> Answer {
    if row.last() != OK {
        return row.file().map_or(Answer::Elsewhere, |file| row.object(&file, CERTIFICATE, row.last()));
    }
    of_certificate(row, |certificate| {
        let same = certificate.subject_key_identifier() == Some(&row.octets(1));
        (!same).then(|| format!("{:02x?}", certificate.subject_key_identifier()))
    })
}

/// Whether it is an authority's; without the extension, nothing is said.
pub(super) fn authority(row: &Row<'_>) -> Answer {
    of_certificate(row, |certificate| {
        let ours = match certificate.basic_constraints() {
            None => "nothing",
            Some(constraints) if constraints.ca => "1",
            Some(_) => "0",
        };
        let expect = if row.last().starts_with("MBEDTLS") { "nothing" } else { row.last() };
        (ours != expect).then(|| format!("{ours} instead of {expect}"))
    })
}

/// The names of the bits, as we call them and as it does.
const USAGES: [(&str, &str); 9] = [
    ("digitalSignature", "DIGITAL_SIGNATURE"),
    ("nonRepudiation", "NON_REPUDIATION"),
    ("keyEncipherment", "KEY_ENCIPHERMENT"),
    ("dataEncipherment", "DATA_ENCIPHERMENT"),
    ("keyAgreement", "KEY_AGREEMENT"),
    ("keyCertSign", "KEY_CERT_SIGN"),
    ("cRLSign", "CRL_SIGN"),
    ("encipherOnly", "ENCIPHER_ONLY"),
    ("decipherOnly", "DECIPHER_ONLY"),
];

/// Its rule: without the extension all is allowed; all that is asked must be there; of the two `…Only`, none but those
/// asked for.
pub(super) fn key_usage(row: &Row<'_>) -> Answer {
    of_certificate(row, |certificate| {
        let asked: Vec<&str> =
            row.arg(1).split('|').map(|flag| flag.trim().trim_start_matches("MBEDTLS_X509_KU_")).collect();
        let allowed = certificate.key_usage().is_none_or(|usage| {
            let has: Vec<&str> = usage.names();
            let bit = |(ours, theirs): &(&str, &str)| (has.contains(ours), asked.contains(theirs));
            USAGES
                .iter()
                .map(bit)
                .enumerate()
                .all(|(place, (has, asked))| if place < 7 { has || !asked } else { asked || !has })
        });
        let expect = row.last() == OK;
        (allowed != expect)
            .then(|| format!("{:?} for {}", certificate.key_usage().map(|u| u.names()), row.arg(1)))
    })
}

pub(super) fn extended_key_usage(row: &Row<'_>) -> Answer {
    of_certificate(row, |certificate| {
        const ANY: &str = "2.5.29.37.0";
        let asked = super::inline::dotted(&row.octets(1))?;
        let allowed = certificate
            .extended_key_usage()
            .is_none_or(|purposes| purposes.iter().any(|purpose| *purpose == asked || purpose == ANY));
        (allowed != (row.last() == OK)).then(|| format!("{:?} for {asked}", certificate.extended_key_usage()))
    })
}
