//! The lists of files that are answered in another way than their index says, each with the answer and the reason.
//!
//! A line is `file | answer | reason`. A file that is not answered so any more fails as much as one that is not listed.
//! `name* ×12` stands for exactly twelve files whose names begin so and which share answer and reason.

use std::collections::BTreeMap;

/// The list of a section.
fn list(section: &str) -> &'static str {
    match section {
        "certificates" => include_str!("differences/certificates.txt"),
        "crl" => include_str!("differences/crl.txt"),
        "csr" => include_str!("differences/csr.txt"),
        "jks" => include_str!("differences/jks.txt"),
        "keys" => include_str!("differences/keys.txt"),
        "ocsp" => include_str!("differences/ocsp.txt"),
        "other" => include_str!("differences/other.txt"),
        "pkcs12" => include_str!("differences/pkcs12.txt"),
        "pkcs7" => include_str!("differences/pkcs7.txt"),
        "pqc" => include_str!("differences/pqc.txt"),
        "wycheproof" => include_str!("differences/wycheproof.txt"),
        "mbedtls/asn1" => include_str!("differences/mbedtls-asn1.txt"),
        "mbedtls/keys" => include_str!("differences/mbedtls-keys.txt"),
        "mbedtls/oid" => include_str!("differences/mbedtls-oid.txt"),
        "mbedtls/pem" => include_str!("differences/mbedtls-pem.txt"),
        "mbedtls/pkcs5" => include_str!("differences/mbedtls-pkcs5.txt"),
        "mbedtls/pkcs7" => include_str!("differences/mbedtls-pkcs7.txt"),
        "mbedtls/write" => include_str!("differences/mbedtls-write.txt"),
        "mbedtls/x509" => include_str!("differences/mbedtls-x509.txt"),
        "roots" => include_str!("differences/roots.txt"),
        "limbo" => include_str!("differences/limbo.txt"),
        "pkits" => include_str!("differences/pkits.txt"),
        "zlint" => include_str!("differences/zlint.txt"),
        "strictness" => include_str!("differences/strictness.txt"),
        _ => "",
    }
}

/// One line.
struct Listed {
    name: &'static str,
    /// How many files it stands for, when the name is a beginning.
    count: Option<usize>,
    answer: &'static str,
}

impl Listed {
    fn parse(section: &str, line: &'static str) -> Self {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [name, answer, reason] = parts[..] else { panic!("{section}: {line:?} has no three parts") };
        assert!(!reason.trim().is_empty(), "{section}: {name} has no reason");
        match name.split_once("* ×") {
            Some((name, count)) => Listed { name, count: Some(count.parse().unwrap()), answer },
            None => Listed { name, count: None, answer },
        }
    }

    fn covers(&self, file: &str, answer: &str) -> bool {
        let named = if self.count.is_some() { file.starts_with(self.name) } else { file == self.name };
        named && answer == self.answer
    }
}

/// What is found and not listed, listed and not found, or listed otherwise.
pub fn unexpected(section: &str, found: &BTreeMap<String, String>) -> Vec<String> {
    let lines = list(section).lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let listed: Vec<Listed> = lines.map(|line| Listed::parse(section, line)).collect();
    let mut met = vec![0; listed.len()];
    let mut out = Vec::new();
    for (file, answer) in found {
        match listed.iter().position(|line| line.covers(file, answer)) {
            Some(place) => met[place] += 1,
            None => out.push(format!("{section}: {file} | {answer} | (not listed)")),
        }
    }
    for (line, met) in listed.iter().zip(met) {
        let wanted = line.count.unwrap_or(1);
        if met != wanted {
            out.push(format!("{section}: {} is listed for {wanted}, and {met} are answered so", line.name));
        }
    }
    out
}
