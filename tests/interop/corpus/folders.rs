//! How each folder of the corpus is judged.

use std::collections::BTreeSet;
use std::path::Path;

use certwright_interop::{octal_certificates, pem_certificates};
use certwright_pki::Kind;
use serde_json::Value;

use crate::index;
use crate::look::look;
use crate::section::Section;

/// The passwords of a row; the empty one is always tried.
fn passwords(row: &Value) -> Vec<&str> {
    let entries = row["entries"].as_object().into_iter().flatten();
    let own = entries.filter_map(|(_, entry)| entry["entry_password"].as_str());
    row["password"].as_str().into_iter().chain(own).collect()
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|number| usize::try_from(number).ok())
}

/// Certificates: as many as OpenSSL reads, and the private keys beside them.
pub fn certificates(corpora: &Path) -> Section {
    let mut section = Section::new("certificates");
    for (name, bytes, row) in index::rows(&corpora.join("certificates")) {
        let look = look(&name, &bytes, &[]);
        let keys = ["PRIVATE KEY", "RSA PRIVATE KEY"].iter().filter_map(|label| number(&row["holds"][label]));
        let mut expect = vec![(Kind::PrivateKey, keys.sum())];
        expect.extend(number(&row["ref"]["openssl"]).map(|count| (Kind::Certificate, count)));
        section.judge_counts(&name, &look, &expect);
    }
    section
}

pub fn crl(corpora: &Path) -> Section {
    let mut section = Section::new("crl");
    for (name, bytes, row) in index::rows(&corpora.join("crl")) {
        let look = look(&name, &bytes, &[]);
        section.judge_counts(&name, &look, &[(Kind::Crl, number(&row["ref"]["openssl_3_0"]).unwrap())]);
    }
    section
}

pub fn csr(corpora: &Path) -> Section {
    let mut section = Section::new("csr");
    for (name, bytes, row) in index::rows(&corpora.join("csr")) {
        let look = look(&name, &bytes, &[]);
        section.judge_counts(&name, &look, &[(Kind::Request, number(&row["ref"]["openssl_3_0"]).unwrap())]);
    }
    section
}

pub fn ocsp(corpora: &Path) -> Section {
    let mut section = Section::new("ocsp");
    for (name, bytes, row) in index::rows(&corpora.join("ocsp")) {
        let look = look(&name, &bytes, &[]);
        let kind = if row["is"] == "request" { Kind::OcspRequest } else { Kind::OcspResponse };
        let count = usize::from(row["ref"]["pyca"] == true);
        section.judge_counts(&name, &look, &[(kind, count)]);
    }
    section
}

pub fn pkcs7(corpora: &Path) -> Section {
    let mut section = Section::new("pkcs7");
    for (name, bytes, row) in index::rows(&corpora.join("pkcs7")) {
        let look = look(&name, &bytes, &[]);
        let mut expect: Vec<(Kind, usize)> =
            number(&row["ref"]["pyca_certs"]).map(|count| (Kind::Certificate, count)).into_iter().collect();
        let refused = row["ref"]["openssl_3_0"] == false;
        if row["ref"]["content_type"].is_string() {
            expect.push((Kind::Cms, usize::from(!refused)));
        }
        section.judge_counts(&name, &look, &expect);
    }
    section
}

pub fn pkcs12(corpora: &Path) -> Section {
    let mut section = Section::new("pkcs12");
    for (name, bytes, row) in index::rows(&corpora.join("pkcs12")) {
        let look = look(&name, &bytes, &passwords(&row));
        let expect = [
            (Kind::Pkcs12, 1),
            (Kind::Certificate, number(&row["certs"]).unwrap()),
            (Kind::PrivateKey, number(&row["keys"]).unwrap()),
        ];
        let opened = look.objects.first().is_some_and(|seen| seen.lock == Some("opened"));
        match opened == (row["good"] == true) {
            true => section.judge_counts(&name, &look, &expect),
            false => section.judge(&name, &look, Some(look.summary())),
        }
    }
    section
}

/// Key stores: every entry is there under its alias.
pub fn jks(corpora: &Path) -> Section {
    let mut section = Section::new("jks");
    for (name, bytes, row) in index::rows(&corpora.join("jks")) {
        let look = look(&name, &bytes, &passwords(&row));
        let aliases: BTreeSet<&str> =
            row["entries"].as_object().into_iter().flatten().map(|(alias, _)| alias.as_str()).collect();
        let shown: BTreeSet<&str> = look.objects.iter().filter_map(|seen| seen.name.as_deref()).collect();
        let opened = look.objects.first().is_some_and(|seen| seen.lock == Some("opened"));
        let told = |alias: &str| look.problems.iter().any(|(_, text)| text.contains(alias));
        let missing: Vec<&&str> = aliases.difference(&shown).filter(|alias| !told(alias)).collect();
        // Where the index knows no password, nobody has one.
        let readable = opened || row["password"].is_null();
        let same = readable && missing.is_empty() && (row["good"] == true || !look.problems.is_empty());
        section.judge(&name, &look, (!same).then(|| format!("{}; missing: {missing:?}", look.summary())));
    }
    section
}

/// The kind that a key's name among pyca's classes stands for.
fn kind_of_key(class: &str) -> Kind {
    match class.split(' ').next().unwrap_or_default() {
        "DHParameters" | "DSAParameters" => Kind::Parameters,
        "SSHCertificate" => Kind::OpenSshPublicKey,
        class if class.ends_with("PublicKey") => Kind::PublicKey,
        class if class.ends_with("PrivateKey") => Kind::PrivateKey,
        class => panic!("{class} is not known"),
    }
}

/// Keys and parameters: of the kind that others read, or refused when nobody reads them.
pub fn keys(corpora: &Path) -> Section {
    let mut section = Section::new("keys");
    let key_kinds =
        [Kind::PrivateKey, Kind::PublicKey, Kind::Parameters, Kind::OpenSshPublicKey, Kind::Certificate];
    for (name, bytes, row) in index::rows(&corpora.join("keys")) {
        let look = look(&name, &bytes, &passwords(&row));
        let others = &row["ref"];
        let shown = || key_kinds.iter().filter(|kind| look.count(**kind) > 0);
        let said = |wanted: &str| Some(format!("{} instead of {wanted}", look.summary()));
        let mismatch = if let Some(class) = others["pyca"]["as"].as_str() {
            let kind = kind_of_key(class);
            let public = kind == Kind::PublicKey && look.count(Kind::OpenSshPublicKey) > 0;
            if look.count(kind) > 0 || public { None } else { said(kind.id()) }
        } else if others["openssl_3_0"] == true || others["ssh_keygen"] == true {
            if shown().count() > 0 { None } else { said("a key") }
        } else if shown().count() > 0 && !look.is_remarked() {
            said("a refusal or a remark")
        } else {
            None
        };
        section.judge(&name, &look, mismatch);
    }
    section
}

/// Post-quantum keys and certificates: the good ones are shown, the inconsistent ones refused or remarked upon.
pub fn pqc(corpora: &Path) -> Section {
    let mut section = Section::new("pqc");
    for (name, bytes, row) in index::rows(&corpora.join("pqc")) {
        let look = look(&name, &bytes, &passwords(&row));
        let expect = row["expect"].as_str().unwrap();
        let text = row["encoding"] == "text";
        let mismatch = match expect {
            // A text about a certificate is not one.
            _ if text => None,
            // Signatures are judged elsewhere.
            "bad: signature does not verify" => None,
            bad if bad.starts_with("bad") => {
                (!look.is_remarked()).then(|| format!("{} without a remark", look.summary()))
            }
            _ => {
                let known = look.objects.iter().all(|seen| seen.kind != Kind::Unknown);
                (!known || !look.problems.is_empty() || look.objects.is_empty()).then(|| look.summary())
            }
        };
        section.judge(&name, &look, mismatch);
    }
    section
}

/// Neighbours: each recognised as what its name says, or answered politely.
pub fn other(corpora: &Path) -> Section {
    let mut section = Section::new("other");
    for (name, bytes, _) in index::rows(&corpora.join("other")) {
        let look = look(&name, &bytes, &[]);
        let kind = [
            ("cmpv2/", Kind::CmpMessage),
            ("crmf/", Kind::CertificateRequestMessages),
            ("tbs-precert", Kind::TbsCertificate),
            ("trust", Kind::TrustAnchor),
        ];
        let expect = kind.iter().find(|(part, _)| name.contains(part)).map(|(_, kind)| *kind);
        // Parts of a message alone are structures without a name.
        let expect = expect.filter(|_| !name.contains("_body_") && !name.contains("_header_"));
        let mismatch = expect.filter(|kind| look.count(*kind) == 0);
        section.judge(
            &name,
            &look,
            mismatch.map(|kind| format!("{} instead of {}", look.summary(), kind.id())),
        );
    }
    section
}

/// Every certificate and revocation list of the path suite, and its PKCS#12 files.
pub fn pkits(corpora: &Path) -> Section {
    let mut section = Section::new("pkits");
    for (folder, expect) in [
        ("certs", &[(Kind::Certificate, 1)][..]),
        ("crls", &[(Kind::Crl, 1)]),
        ("p12", &[(Kind::Pkcs12, 1), (Kind::Certificate, 1), (Kind::PrivateKey, 1)]),
    ] {
        for (name, path) in index::files(&corpora.join("pkits").join(folder)) {
            let look = look(&name, &index::bytes(&path), &["password"]);
            section.judge_counts(&format!("{folder}/{name}"), &look, expect);
        }
    }
    section
}

/// Certificates with one fault each: all are shown; which rule they break is the linter's and the path's business.
pub fn strictness(corpora: &Path) -> Section {
    let mut section = Section::new("strictness");
    for (name, path) in index::files(&corpora.join("strictness/x509test")) {
        if name.ends_with(".der") {
            section.judge_counts(&name, &look(&name, &index::bytes(&path), &[]), &[(Kind::Certificate, 1)]);
        }
    }
    section
}

/// Certificates and revocation lists of the linter's tests.
pub fn zlint(corpora: &Path) -> Section {
    let mut section = Section::new("zlint");
    for (name, path) in index::files(&corpora.join("zlint/testdata")) {
        let bytes = index::bytes(&path);
        let blocks = |label: &str| {
            let line = format!("-----BEGIN {label}-----");
            bytes.windows(line.len()).filter(|window| *window == line.as_bytes()).count()
        };
        let expect = [(Kind::Certificate, blocks("CERTIFICATE")), (Kind::Crl, blocks("X509 CRL"))];
        section.judge_counts(&name, &look(&name, &bytes, &[]), &expect);
    }
    section
}

/// Bundles of roots: each certificate of each, octet by octet as it was cut out without the reader; that of Microsoft's
/// programme also by the SHA-256 of its table.
pub fn roots(corpora: &Path) -> Section {
    let mut section = Section::new("roots");
    let folder = corpora.join("roots");
    for (name, path) in index::files(&folder) {
        let bytes = index::bytes(&path);
        let look = look(&name, &bytes, &[]);
        let mut expect = pem_certificates(&bytes);
        expect.extend(octal_certificates(&bytes));
        let shown = look.objects.iter().filter(|seen| seen.kind == Kind::Certificate);
        let shown: Vec<&[u8]> = shown.map(|seen| seen.bytes.as_slice()).collect();
        if name == "ccadb-microsoft.pem" {
            let table = index::json(&folder.join("ccadb-microsoft.json"));
            let listed: BTreeSet<&str> =
                table.as_array().unwrap().iter().map(|row| row["sha256"].as_str().unwrap()).collect();
            let digests: BTreeSet<String> = shown.iter().map(|der| index::sha256(der)).collect();
            let differing = digests.iter().map(String::as_str).filter(|digest| !listed.contains(digest));
            let lost = listed.iter().copied().filter(|digest| !digests.contains(*digest));
            let differing: Vec<&str> = differing.chain(lost).collect();
            section.compare(
                "ccadb-microsoft.json",
                (!differing.is_empty() || listed.len() != 457)
                    .then(|| format!("{differing:?} of {}", listed.len())),
            );
        }
        let same = shown.iter().copied().eq(expect.iter().map(Vec::as_slice));
        let mismatch = (!same).then(|| format!("{} instead of {} certificate", look.summary(), expect.len()));
        section.judge(&name, &look, mismatch);
    }
    section
}

/// The certificates of the path suite, one input a case.
pub fn limbo(corpora: &Path) -> Section {
    let mut section = Section::new("limbo");
    let suite = index::json(&corpora.join("limbo/limbo.dev.json.gz"));
    for case in suite["testcases"].as_array().unwrap() {
        let name = case["id"].as_str().unwrap();
        let lists = ["trusted_certs", "untrusted_intermediates"].map(|list| case[list].as_array().unwrap());
        let peer = case["peer_certificate"].as_str();
        let all = lists.into_iter().flatten().filter_map(Value::as_str).chain(peer);
        let bundle: Vec<&str> = all.collect();
        let look = look(name, bundle.concat().as_bytes(), &[]);
        section.judge_counts(name, &look, &[(Kind::Certificate, bundle.len())]);
    }
    section
}

/// Seeds of other people's fuzzers: an answer each.
pub fn fuzz_seeds(corpora: &Path) -> Section {
    let mut section = Section::new("fuzz-seeds");
    for (name, bytes) in index::members(&corpora.join("fuzz-seeds/boringssl-fuzz.tar.gz")) {
        section.judge(&name, &look(&name, &bytes, &[]), None);
    }
    section
}

/// Public keys of the signature and key agreement suites, in DER and in PEM.
pub fn wycheproof(corpora: &Path) -> Section {
    let mut section = Section::new("wycheproof");
    for (file, path) in index::files(&corpora.join("wycheproof")) {
        let suite = index::json(&path);
        for (place, group) in suite["testGroups"].as_array().unwrap().iter().enumerate() {
            for form in ["publicKeyDer", "publicKeyPem"] {
                if let Some(key) = group[form].as_str() {
                    let look = look(&file, &octets(key), &[]);
                    section.judge_counts(&format!("{file} {form} {place}"), &look, &[(Kind::PublicKey, 1)]);
                }
            }
            if ["asn", "pem"].iter().any(|form| group["encoding"] == *form) || group["type"] == "XdhAsnComp" {
                agreement(&mut section, &file, group);
            }
        }
    }
    section
}

/// The peer's keys of a key agreement: those whose encoding is at fault must not be taken for good ones.
fn agreement(section: &mut Section, file: &str, group: &Value) {
    for test in group["tests"].as_array().unwrap() {
        let name = format!("{file} {} {}", test["tcId"], test["comment"].as_str().unwrap());
        let look = look(&name, &octets(test["public"].as_str().unwrap()), &[]);
        let shown = look.count(Kind::PublicKey) == 1 && look.problems.is_empty();
        let mismatch = match test["result"].as_str().unwrap() {
            "valid" => (!shown).then(|| format!("valid, {}", look.summary())),
            // A good key of another curve than the agreement's, and the other party's key, are not at issue here.
            "invalid" if is_other_curve(test) => None,
            "invalid" => (shown && !look.is_remarked()).then(|| format!("invalid, {}", look.summary())),
            _ => None,
        };
        section.judge(&name, &look, mismatch);
    }
}

fn is_other_curve(test: &Value) -> bool {
    let comment = test["comment"].as_str().unwrap();
    let about = ["Public key uses wrong curve", "uses public key for", "private key "];
    about.iter().any(|start| comment.starts_with(start))
}

/// Hexadecimal, or the text itself.
fn octets(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().as_chunks::<2>();
    let octet = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    match digits.0.iter().map(octet).collect::<Option<Vec<u8>>>() {
        Some(octets) if digits.1.is_empty() => octets,
        _ => text.as_bytes().to_vec(),
    }
}
