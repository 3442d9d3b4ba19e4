//! Certificates and a revocation list, made natively: all different, of the kinds and sizes that servers have.

use certwright_pki::certificate::{SerialNumber, Validity};
use certwright_pki::crl::{CrlPlan, RevocationReason, RevokedEntry};
use certwright_pki::extension::Extension;
use certwright_pki::general_name::GeneralName;
use certwright_pki::issue::CertificatePlan;
use certwright_pki::name::AttributeKind;
use certwright_pki::profile::Profile;
use certwright_pki::{
    DistinguishedName, Engine, Error, KeyKind, PrivateKey, PublicKey, SignatureAlgorithm, SoftwareEngine,
    UnixTime,
};

/// 20 November 2026.
const NOW: i64 = 1_795_132_800;
const DAY: i64 = 86_400;
/// Octets of an entry of the revocation list, with its reason.
const ENTRY: usize = 48;

/// Who issues; kept to sign with.
struct Authority {
    name: DistinguishedName,
    key: PrivateKey,
    algorithm: SignatureAlgorithm,
}

/// So many certificates of servers: three of five have a P-256 key, the others an RSA key of 2048 bits; half are signed
/// with P-256, half with RSA.
pub fn servers(count: usize) -> Vec<Vec<u8>> {
    let engine = engine();
    let authorities = ["ECDSA CA 1", "RSA CA 2"].map(|name| {
        let kind = if name.starts_with("RSA") { KeyKind::Rsa2048 } else { KeyKind::P256 };
        made(pollster::block_on(authority(&engine, name, kind)))
    });
    (0..count)
        .map(|number| made(pollster::block_on(server(&engine, number, &authorities[number % 2]))))
        .collect()
}

/// A revocation list of about so many octets.
pub fn revocation_list(octets: usize) -> Vec<u8> {
    let engine = engine();
    let by = made(pollster::block_on(authority(&engine, "ECDSA CA 1", KeyKind::P256)));
    let entry = |number: usize| RevokedEntry {
        serial: SerialNumber::from_octets(&serial(number)),
        date: UnixTime(NOW - (number as i64 % 300) * DAY),
        reason: Some(RevocationReason::CessationOfOperation),
    };
    let plan = CrlPlan {
        issuer: by.name.clone(),
        algorithm: by.algorithm.clone(),
        this_update: UnixTime(NOW),
        next_update: UnixTime(NOW + 7 * DAY),
        number: 42,
        entries: (0..octets / ENTRY).map(entry).collect(),
        authority_key_identifier: by.key.public().key_identifier().to_vec(),
    };
    made(plan.prepare().and_then(|prepared| pollster::block_on(prepared.sign(&engine, &by.key))))
}

fn engine() -> impl Engine {
    SoftwareEngine::new(|out: &mut [u8]| {
        assert!(getrandom::fill(out).is_ok(), "the system gives no random numbers");
    })
}

fn made<T>(result: Result<T, Error>) -> T {
    result.unwrap_or_else(|error| panic!("the bench's own material could not be made: {error}"))
}

async fn authority(engine: &impl Engine, name: &str, kind: KeyKind) -> Result<Authority, Error> {
    let key = engine.generate(kind).await?;
    let name = DistinguishedName::build(&[
        (AttributeKind::Country, "DE"),
        (AttributeKind::Organization, "Example Trust Services Ltd"),
        (AttributeKind::CommonName, name),
    ])?;
    Ok(Authority { name, algorithm: SignatureAlgorithm::default_for(key.public()), key })
}

async fn server(engine: &impl Engine, number: usize, by: &Authority) -> Result<Vec<u8>, Error> {
    let public_key = match number % 5 {
        0..3 => engine.generate(KeyKind::P256).await?.public().clone(),
        _ => rsa_key(number)?,
    };
    let host = format!("host{number:05}.example.org");
    let names = [GeneralName::Dns(host.clone()), GeneralName::Dns(format!("www.{host}"))];
    let mut subject = vec![(AttributeKind::CommonName, host.as_str())];
    if number.is_multiple_of(3) {
        subject.insert(0, (AttributeKind::Organization, "Example Ltd"));
        subject.insert(0, (AttributeKind::Country, "DE"));
    }
    let mut extensions = Profile::web_server_and_client().extensions(&public_key)?;
    extensions.push(Extension::subject_alt_name(&names, false));
    extensions.push(Extension::subject_key_identifier(&public_key));
    extensions.push(Extension::authority_key_identifier(&by.key.public().key_identifier()));
    extensions.extend(as_public_authorities_add());
    let begin = NOW - (number as i64 % 90) * DAY;
    let plan = CertificatePlan {
        serial: SerialNumber::from_octets(&serial(number)),
        algorithm: by.algorithm.clone(),
        issuer: by.name.clone(),
        validity: Validity { not_before: UnixTime(begin), not_after: UnixTime(begin + 398 * DAY) },
        subject: DistinguishedName::build(&subject)?,
        public_key,
        extensions,
    };
    plan.prepare()?.sign(engine, &by.key).await
}

/// Sixteen octets that differ with the number.
fn serial(number: usize) -> [u8; 16] {
    let mut octets = [0x4d; 16];
    octets[8..].copy_from_slice(&(number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    octets
}

/// An RSA key with nobody's modulus: reading it takes no other time than reading a real one.
fn rsa_key(number: usize) -> Result<PublicKey, Error> {
    let mut modulus = [0; 257];
    assert!(getrandom::fill(&mut modulus[1..]).is_ok(), "the system gives no random numbers");
    modulus[1] |= 0x80;
    modulus[256] |= 1;
    modulus[2..10].copy_from_slice(&(number as u64).to_be_bytes());
    let numbers = element(0x30, &[element(0x02, &modulus), element(0x02, &[1, 0, 1])].concat());
    let algorithm =
        [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let bits = element(0x03, &[&[0], numbers.as_slice()].concat());
    PublicKey::from_spki(&element(0x30, &[&algorithm[..], &bits].concat()))
}

/// Where the issuer and its list are to be found, its policy, and certificate timestamps.
fn as_public_authorities_add() -> Vec<Extension> {
    let uri = |text: &str| element(0x86, text.as_bytes());
    let method = |last: u8, text: &str| {
        let oid = [0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, last];
        element(0x30, &[&oid[..], &uri(text)].concat())
    };
    let access =
        [method(1, "http://ocsp.example.org"), method(2, "http://ca.example.org/issuer.cer")].concat();
    let point = element(0xa0, &element(0xa0, &uri("http://ca.example.org/list.crl")));
    let policy = element(0x30, &[0x06, 0x06, 0x67, 0x81, 0x0c, 0x01, 0x02, 0x01]);
    let extension = |oid: &str, value: Vec<u8>| Extension { oid: oid.to_owned(), critical: false, value };
    vec![
        extension("1.3.6.1.5.5.7.1.1", element(0x30, &access)),
        extension("2.5.29.31", element(0x30, &element(0x30, &point))),
        extension("2.5.29.32", element(0x30, &policy)),
        extension("1.3.6.1.4.1.11129.2.4.2", element(0x04, &timestamps(2))),
    ]
}

/// A list of certificate timestamps (RFC 6962 section 3.3) with nobody's signatures.
fn timestamps(count: usize) -> Vec<u8> {
    let signature = element(0x30, &[element(0x02, &[0x5a; 32]), element(0x02, &[0x5a; 32])].concat());
    let mut one = vec![0];
    one.extend([0xc0; 32]);
    one.extend((NOW as u64 * 1_000).to_be_bytes());
    // No extensions; SHA-256 and ECDSA.
    one.extend([0, 0, 4, 3]);
    one.extend((signature.len() as u16).to_be_bytes());
    one.extend(signature);
    let one = [&(one.len() as u16).to_be_bytes(), one.as_slice()].concat();
    [&((one.len() * count) as u16).to_be_bytes(), one.repeat(count).as_slice()].concat()
}

/// One element of DER.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..=0x7f => out.push(length as u8),
        0x80..=0xff => out.extend([0x81, length as u8]),
        _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend_from_slice(content);
    out
}
