//! Vectors of single structures: lengths, times, algorithm and object identifiers, addresses, keys in hexadecimal.

use std::net::IpAddr;

use certwright_pki::algorithm;
use certwright_pki::ber::{self, Limits};
use certwright_pki::extension::{Extension, oid_name};
use certwright_pki::general_name::GeneralName;
use certwright_pki::{DistinguishedName, Kind, SignatureAlgorithm, UnixTime, unlock};

use super::{Answer, OK, PRIVATE_KEY, Row, compare, short};

/// An element with a short or long definite length.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u16::try_from(content.len()).unwrap() {
        size @ 0..=0x7f => out.push(size as u8),
        size => {
            out.push(0x82);
            out.extend(size.to_be_bytes());
        }
    }
    out.extend(content);
    out
}

const SEQUENCE: u8 = 0x30;

/// The dotted form of an object identifier, by way of an algorithm identifier.
pub(super) fn dotted(content: &[u8]) -> Option<String> {
    let algorithm = element(SEQUENCE, &element(6, content));
    SignatureAlgorithm::from_der(&algorithm).ok().map(|algorithm| algorithm.oid().to_owned())
}

/// A value that is computed here and there.
pub(super) fn value(row: &Row<'_>, function: &str) -> Option<String> {
    match function {
        "parse_prefixes" => prefixes(row),
        "get_len" => length(row),
        "get_sequence_of" => sequence(row),
        // These results are about the kinds of the parts, not about the structure.
        "traverse_sequence_of" if row.last().contains("STOP") || row.last().ends_with("UNEXPECTED_TAG") => {
            None
        }
        "traverse_sequence_of" => sequence(row),
        "oid_get_numeric_string" | "x509_oid_numstr" => {
            // It gives up when its buffer is too small; there is none here.
            let small = row.last().starts_with("MBEDTLS_ERR_OID_BUF");
            let expect = if row.arg(1) == OK { row.arg(2) } else { row.arg(1) };
            same(dotted(&row.octets(0)).as_deref().unwrap_or_default(), expect, small)
        }
        "oid_from_numeric_string" => from_dotted(row),
        "x509_oid_desc"
        | "oid_get_extended_key_usage"
        | "oid_get_x509_extension"
        | "oid_get_md_alg_id"
        | "oid_get_certificate_policies"
        | "mbedtls_oid_get_md_hmac" => named(row),
        "x509_get_time" => time(row),
        "x509_parse_rsassa_pss_params" => pss(row),
        "mbedtls_x509_get_name" => {
            let reads = DistinguishedName::from_der(&element(SEQUENCE, &row.octets(0))).is_ok();
            (reads != (row.last() == OK)).then(|| format!("read: {reads} instead of {}", short(row.last())))
        }
        "x509_crt_parse_cn_inet_pton" => address(row),
        "x509_verify_info" => None,
        other => panic!("{other} is not known"),
    }
}

fn same(ours: &str, expect: &str, excused: bool) -> Option<String> {
    let fits = if expect.starts_with("MBEDTLS") { ours.is_empty() } else { ours == expect };
    (!fits && !excused).then(|| format!("{ours:?} instead of {}", short(expect)))
}

/// A whole element reads without a problem, and no shorter prefix of it does.
fn prefixes(row: &Row<'_>) -> Option<String> {
    let whole = row.octets(0);
    let clean = |der: &[u8]| {
        let tree = ber::parse(der, Limits::default());
        tree.problem.is_none() && tree.nodes.len() == 1
    };
    let short = (1..whole.len()).find(|size| clean(&whole[..*size]));
    match (clean(&whole), row.arg(1) == OK) {
        _ if short.is_some() => Some(format!("{short:?} octets are read")),
        (ours, expect) => {
            (ours != expect).then(|| format!("read: {ours} instead of {}", super::short(row.arg(1))))
        }
    }
}

fn length(row: &Row<'_>) -> Option<String> {
    let header = ber::header(&[&[4][..], &row.octets(0)].concat()).and_then(|header| header.length);
    same(&header.map_or(String::new(), |length| length.to_string()), row.arg(1), false)
}

/// One SEQUENCE with nothing behind it, and its parts.
fn sequence(row: &Row<'_>) -> Option<String> {
    let der = row.octets(0);
    let tree = ber::parse(&der, Limits::default());
    let parts = match tree.nodes.as_slice() {
        [node] if node.tag.is_universal(16) && tree.problem.is_none() => Some(&node.children),
        _ => None,
    };
    // Only the rows that want any kind of part are about the structure.
    let places: Option<Vec<String>> = parts.map(|parts| {
        let place = |node: &ber::Node| format!("{},{}", node.content.start, node.content.len());
        parts.iter().map(place).collect()
    });
    match (places, row.last() == OK) {
        (Some(places), true) => match row.args.len() {
            4 => same(&places.join(","), row.arg(2), false),
            _ => None,
        },
        (None, false) => None,
        (places, _) => Some(format!("{places:?} instead of {}", short(row.last()))),
    }
}

/// Writing the object identifier gives the octets.
fn from_dotted(row: &Row<'_>) -> Option<String> {
    let written = Extension::extended_key_usage(&[row.arg(0)]).ok();
    let content = written.map(|extension| extension.value.get(4..).unwrap_or_default().to_vec());
    let hex = |octets: Vec<u8>| octets.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
    let expect = if row.arg(1) == OK { row.arg(2).to_ascii_uppercase() } else { row.arg(1).to_owned() };
    same(&content.map(hex).unwrap_or_default(), &expect, false)
}

/// What has a name there has one here.
fn named(row: &Row<'_>) -> Option<String> {
    let known = !["", "notfound", "0", "-1"].contains(&row.arg(1));
    let Some(oid) = dotted(&row.octets(0)) else {
        return known.then(|| "no object identifier".to_owned());
    };
    (known && oid_name(&oid).or_else(|| algorithm::name(&oid)).is_none())
        .then(|| format!("{oid} has no name, {} there", row.arg(1)))
}

fn time(row: &Row<'_>) -> Option<String> {
    let tag = match row.arg(0) {
        "MBEDTLS_ASN1_UTC_TIME" => 0x17,
        "MBEDTLS_ASN1_GENERALIZED_TIME" => 0x18,
        _ => 0x02,
    };
    let ours = UnixTime::from_der(&element(tag, row.arg(1).as_bytes())).ok().map(UnixTime::civil);
    let ours = ours.map_or(String::new(), |c| {
        format!("{} {} {} {} {} {}", c.year, c.month, c.day, c.hour, c.minute, c.second)
    });
    let expect = if row.arg(2) == OK { row.args[3..].join(" ") } else { row.arg(2).to_owned() };
    same(&ours, &expect, false)
}

/// The parameters of RSASSA-PSS as part of an algorithm identifier.
fn pss(row: &Row<'_>) -> Option<String> {
    let oid = element(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]);
    let tag = if row.arg(1).contains("CONSTRUCTED") { SEQUENCE } else { 0x10 };
    let parameters = element(tag, &row.octets(0));
    let ours = SignatureAlgorithm::from_der(&element(SEQUENCE, &[oid, parameters].concat()));
    // Two hashes that differ are an algorithm that is named and not computed, as are those that it refuses.
    let computed = matches!(ours, Ok(SignatureAlgorithm::RsaPss { .. }));
    let expect = row.last() == OK;
    (computed != expect).then(|| format!("{ours:?} instead of {}", short(row.last())))
}

fn address(row: &Row<'_>) -> Option<String> {
    let octets = |address: IpAddr| match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let ours = match GeneralName::from_typed(row.arg(0)) {
        Ok(GeneralName::Ip(address)) => octets(address),
        _ => Vec::new(),
    };
    (ours != row.octets(1)).then(|| format!("{ours:02x?} instead of {}", row.arg(1)))
}

/// A file with so many certificates; it also counts those that it left out.
pub(super) fn certificates(row: &Row<'_>) -> Answer {
    let Some(file) = row.file() else { return Answer::Elsewhere };
    let look = row.look(&file, &[]);
    let count: usize = row.last().parse().unwrap();
    let fits = look.count(Kind::Certificate) == count;
    let mismatch =
        (!fits).then(|| format!("{} instead of {count} certificates, {}", look.summary(), short(row.arg(1))));
    Answer::Looked(Box::new(look), mismatch)
}

pub(super) fn signed_data(row: &Row<'_>) -> Answer {
    let Some(file) = row.file() else { return Answer::Elsewhere };
    let result = if row.last() == "MBEDTLS_PKCS7_SIGNED_DATA" { OK } else { row.last() };
    row.object(&file, &[Kind::Cms], result)
}

/// A key in a file, with a password or without.
pub(super) fn key_file(row: &Row<'_>) -> Answer {
    let Some(file) = row.file() else { return Answer::Elsewhere };
    // The empty password is no password to it.
    let password = Some(row.arg(1)).filter(|password| !["NULL", ""].contains(password));
    let look = row.look(&file, &password.into_iter().collect::<Vec<_>>());
    let lock = look.objects.first().and_then(|seen| seen.lock);
    let mismatch = match row.last() {
        "MBEDTLS_ERR_PK_PASSWORD_REQUIRED" => (lock != Some("password-needed")).then(|| look.summary()),
        "MBEDTLS_ERR_PK_PASSWORD_MISMATCH" => (lock != Some("wrong-password")).then(|| look.summary()),
        // Then it reads the encrypted key as if it were plain.
        "MBEDTLS_ERR_PK_KEY_INVALID_FORMAT" if lock.is_some() && row.arg(1).is_empty() => {
            (lock == Some("opened")).then(|| look.summary())
        }
        result => compare(&look, PRIVATE_KEY, result == OK, result),
    };
    let mismatch = mismatch.map(|said| match said.contains("instead") {
        true => said,
        false => format!("{said} instead of {}", short(row.last())),
    });
    Answer::Looked(Box::new(look), mismatch)
}

/// A key between BEGIN and END, with the headers of old encryption.
pub(super) fn armored_key(row: &Row<'_>) -> Answer {
    let text = row.arg(2);
    if text.starts_with('^') {
        return Answer::Elsewhere;
    }
    let look = row.look(text.as_bytes(), &[row.arg(3)]);
    let mismatch = compare(&look, PRIVATE_KEY, row.arg(4) == OK, row.arg(4));
    Answer::Looked(Box::new(look), mismatch)
}

/// Something encrypted, as if it were a key: what is inside is none, so that only the refusals and the decryption itself
/// can be told apart.
pub(super) fn encrypted(row: &Row<'_>) -> Answer {
    let oid = element(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]);
    let tag = if row.arg(0).contains("CONSTRUCTED") { SEQUENCE } else { 0x10 };
    let algorithm = element(SEQUENCE, &[oid, element(tag, &row.octets(1))].concat());
    let whole = element(SEQUENCE, &[algorithm, element(4, &row.octets(3))].concat());
    let Ok(password) = String::from_utf8(row.octets(2)) else { return Answer::Elsewhere };
    let refused =
        unlock::open(Kind::EncryptedPrivateKey, &whole, &password).err().map(|error| error.to_string());
    let refused = refused.unwrap_or_default();
    let wrong = refused.contains("wrong password");
    let fits = match row.arg(5) {
        OK | "MBEDTLS_ERR_ASN1_BUF_TOO_SMALL" => !refused.contains("unsupported"),
        "MBEDTLS_ERR_PKCS5_PASSWORD_MISMATCH" => wrong,
        "MBEDTLS_ERR_PKCS5_FEATURE_UNAVAILABLE" => refused.contains("unsupported"),
        _ => !wrong && !refused.is_empty(),
    };
    Answer::Compared((!fits).then(|| format!("{refused} instead of {}", short(row.arg(5)))))
}
