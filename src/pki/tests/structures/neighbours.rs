//! What lies beside certificates: CMP, CRMF, trust anchors, algorithm identifiers, parameters. Each is recognised for
//! what it is, or refused politely.

use crate::placed;
use crate::table::{self, Table};
use certwright_pki::Kind;
use certwright_pki::describe::describe;

/// The start or end of a file's name, its kind, and words of its title.
const EXPECTED: [(&str, Kind, &str); 30] = [
    ("cryptography-scts-tbs-precert.der", Kind::TbsCertificate, "Certificate without its signature"),
    ("cmpv2/cr_req_01.bin", Kind::CmpMessage, "certification request"),
    ("cmpv2/cr_rsp_01.bin", Kind::CmpMessage, "certification response"),
    ("cmpv2/failed_kur_rsp_01.bin", Kind::CmpMessage, "error"),
    ("cmpv2/genm_req_01.bin", Kind::CmpMessage, "general message"),
    ("cmpv2/genm_rsp_01.bin", Kind::CmpMessage, "general response"),
    ("cmpv2/ir_req_01.bin", Kind::CmpMessage, "initialisation request"),
    ("cmpv2/ir_rsp_01.bin", Kind::CmpMessage, "initialisation response"),
    ("cmpv2/kur_req_01.bin", Kind::CmpMessage, "key update request"),
    ("cmpv2/kur_rsp_01.bin", Kind::CmpMessage, "key update response"),
    ("cmpv2/p10cr_req_01.bin", Kind::CmpMessage, "PKCS#10 request"),
    ("cmpv2/p10cr_rsp_01.bin", Kind::CmpMessage, "certification response"),
    ("cmpv2/rr_req_01.bin", Kind::CmpMessage, "revocation request"),
    ("cmpv2/rr_rsp_01.bin", Kind::CmpMessage, "revocation response"),
    ("_body_01.bin", Kind::Unknown, "Body of a CMP message"),
    ("_header_01.bin", Kind::Unknown, "Header of a CMP message"),
    ("crmf/certreqmsg.bin", Kind::CertificateRequestMessages, "MyName"),
    ("crmf/certreqmsgs.bin", Kind::CertificateRequestMessages, "MyName"),
    ("crmf/certrequest.bin", Kind::CertificateRequestMessages, "MyName"),
    ("crmf/certtemplate.bin", Kind::CertificateRequestMessages, "MyName"),
    ("algid.der", Kind::Unknown, "Algorithm identifier: PBES2"),
    ("algid-no-param.der", Kind::Unknown, "Algorithm identifier: PBES2"),
    ("eca_policies.ta", Kind::TrustAnchor, "ECA Root CA 4"),
    ("entrust_dnConstraint.ta", Kind::TrustAnchor, "Entrust"),
    ("exostar_policyFlags.ta", Kind::TrustAnchor, "Exostar"),
    ("raytheon_pathLenConstraint.ta", Kind::TrustAnchor, "CAs"),
    ("spki.der", Kind::PublicKey, ""),
    ("good_signature.sig.bin", Kind::Unknown, "ECDSA or DSA signature"),
    ("bad_signature.sig.bin", Kind::Unknown, "ECDSA or DSA signature"),
    ("ed25519_id.pem", Kind::Unknown, "Unknown bytes"),
];

/// Words of the names of files in which nothing is to be found, and why.
const NOTHING: [(&str, &str); 3] = [
    ("ciphertext.bin", "it is encrypted, and nothing says how"),
    ("signatures/alg-", "it is the inside of an algorithm identifier without the SEQUENCE around it"),
    ("message.bin", "it is the text that was signed"),
];

#[test]
fn neighbours_are_recognised_or_refused_politely() {
    let Some(files) = table::files("other") else {
        return;
    };
    let mut table = Table::default();
    let mut refused = Vec::new();
    for file in files {
        let (reading, problem) = table::read(&file);
        if let Some(row) = NOTHING.iter().find(|row| file.name.contains(row.0)) {
            match (reading.found.is_empty(), problem) {
                (true, Some(problem)) => table.refused(&file.name, problem),
                _ => table.wrong(&file.name, format!("read, though {}", row.1)),
            }
            refused.push((file.name, row.1));
            continue;
        }
        let row = EXPECTED.iter().find(|row| file.name.ends_with(row.0));
        let Some((_, kind, title)) = row else {
            table.wrong(&file.name, format!("not expected: {:?}, {problem:?}", reading.found));
            continue;
        };
        let found = reading.found.iter().map(|found| (found.item.kind(), found.item.bytes().to_vec()));
        let found: Vec<(Kind, Vec<u8>)> = found.collect();
        table.note(
            &file.name,
            match found.as_slice() {
                [(found, bytes)] if found == kind => check(*kind, bytes, title),
                other => Err(format!("{:?}", other.iter().map(|one| one.0).collect::<Vec<_>>())),
            },
        );
    }
    let refused: Vec<(&str, &str)> = refused.iter().map(|row| (row.0.as_str(), row.1)).collect();
    table.judge("neighbours", 60, &refused);
}

fn check(kind: Kind, bytes: &[u8], title: &str) -> Result<(), String> {
    let described = describe(kind, bytes).map_err(|error| error.to_string())?;
    placed::check(&described, bytes)?;
    match described.title.contains(title) && described.notes.is_empty() {
        true => Ok(()),
        false => Err(format!("{}, {:?}", described.title, described.notes)),
    }
}
