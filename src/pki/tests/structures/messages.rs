//! Every PKCS#7 and CMS file of the collections: what type it is and what comes out of it, against OpenSSL.

use crate::openssl::{self, OpenSsl};
use crate::placed;
use crate::requests::agree;
use crate::table::{self, File, Table};
use certwright_pki::describe::Description;
use certwright_pki::input::Reading;
use certwright_pki::{Certificate, Kind};

const REFUSED: [(&str, &str); 7] = [
    ("mbedtls/pkcs7_data.bin", "it is the text that others sign"),
    ("mbedtls/pkcs7_data_1.bin", "it is the text that others sign"),
    ("pyca/ascii-san.pem", "it is a certificate alone"),
    ("pyca/non-ascii-san.pem", "it is a certificate alone"),
    ("rustcrypto/cms/examples_notes.txt", "it is a text about the others"),
    (
        "rustcrypto/cms/signer_info_explicit_attrs.bin",
        "it is a part of a message, written wrongly on purpose",
    ),
    (
        "rustcrypto/cms/signer_info_sequence_not_set.bin",
        "it is a part of a message, written wrongly on purpose",
    ),
];

#[test]
fn messages_of_the_collections_give_what_openssl_finds_in_them() {
    let (Some(files), Some(mut openssl)) = (table::files("pkcs7"), OpenSsl::find()) else {
        return;
    };
    let mut table = Table::default();
    for file in files {
        let (reading, problem) = table::read(&file);
        let messages = table::described(&reading, Kind::Cms);
        match messages.as_slice() {
            [(der, described)] => {
                table.note(&file.name, compare(&file, &reading, der, described, &mut openssl));
            }
            [] => {
                let kinds = reading.found.iter().map(|found| found.item.kind().label().to_owned());
                let kinds: Vec<String> = kinds.chain(problem).collect();
                table.refused(&file.name, kinds.join(", "));
            }
            several => table.wrong(&file.name, format!("{} messages", several.len())),
        }
    }
    table.judge("messages", 68, &REFUSED);
}

fn compare(
    file: &File,
    reading: &Reading,
    der: &[u8],
    described: &Description,
    openssl: &mut OpenSsl,
) -> Result<(), String> {
    placed::check(described, der)?;
    let members: Vec<&Certificate> = reading
        .found
        .iter()
        .filter(|found| found.within == Some(0))
        .filter_map(|found| match &found.item {
            certwright_pki::input::Item::Certificate(one) => Some(one),
            _ => None,
        })
        .collect();
    if let Some(expected) = file.row["ref"]["pyca_certs"].as_u64() {
        agree("certificates", members.len() as u64, expected)?;
    }
    let printed = openssl.run(&["pkcs7", "-inform", "DER", "-print_certs", "-noout"], der);
    let printed = printed.map(|printed| printed.matches("subject=").count());
    let field = described.find("content-type").ok_or("no content type")?;
    let row = DIFFERENT.iter().find(|row| file.name.ends_with(row.0));
    let text = openssl.run(&["cms", "-cmsout", "-print", "-inform", "DER", "-noout"], der);
    let text = match (text, row) {
        (Some(text), None) => text,
        (Some(_), Some(row)) => return Err(format!("OpenSSL reads it now, though {}", row.1)),
        (None, None) => return Err("OpenSSL refuses it".to_owned()),
        (None, Some(row)) => {
            agree("is noted", !described.notes.is_empty() || row.1 != DAMAGED, true)?;
            agree("certificates", members.len(), row.2)?;
            return agree("printed certificates", printed, printed.map(|_| members.len()));
        }
    };
    let oid = field.oid.clone().unwrap_or_default();
    agree(
        "content type",
        Some(openssl.name(&oid).as_str()),
        openssl::after(&text, "contentType: ").map(first),
    )?;
    if oid == "1.2.840.113549.1.7.2" {
        let inner = described.find("encapsulated-content").and_then(|part| part.find("content-type"));
        let inner =
            openssl.name(inner.and_then(|field| field.oid.as_deref()).ok_or("no type of the content")?);
        agree("inner type", Some(inner.as_str()), openssl::after(&text, "eContentType: ").map(first))?;
        let signers = described.find("signers").map_or(0, |list| list.fields.len());
        agree("signers", signers, text.matches("digestAlgorithm:").count())?;
        agree("printed certificates", Some(members.len()), printed)?;
    }
    let recipients = described.find("recipients").map_or(0, |list| list.fields.len());
    let kinds = ["d.ktri:", "d.kari:", "d.kekri:", "d.pwri:", "d.ori:"];
    agree("recipients", recipients, kinds.iter().map(|kind| text.matches(kind).count()).sum::<usize>())
}

/// The name before the identifier in parentheses.
fn first(text: &str) -> &str {
    text.rsplit_once(" (").map_or(text, |parts| parts.0)
}

const DAMAGED: &str = "a part of it is damaged on purpose; the rest is shown, with a note";
const BARE: &str = "OpenSSL wants a ContentInfo around signed data";
const OLD: &str =
    "the content stands without an OCTET STRING, as in PKCS#7 version 1.5, which `openssl pkcs7` reads";

/// Messages that `openssl cms` does not read, why, and how many certificates are in them.
const DIFFERENT: [(&str, &str, usize); 17] = [
    ("pkcs7_data_cert_signeddata_sha256.der", BARE, 1),
    ("authroot.stl.sd", BARE, 2),
    ("authroot.stl", OLD, 2),
    ("authenticode.der", OLD, 1),
    ("apple_mdm_signature_der.bin", "the content is a certificate, without an OCTET STRING", 1),
    ("pkcs7_data_signed_badcert.der", DAMAGED, 0),
    ("pkcs7_data_signed_badsigner.der", DAMAGED, 1),
    ("pkcs7_data_signed_badsigner1_badsize.der", DAMAGED, 0),
    ("pkcs7_data_signed_badsigner1_badtag.der", DAMAGED, 0),
    ("pkcs7_data_signed_badsigner1_fuzzbad.der", DAMAGED, 0),
    ("pkcs7_data_signed_badsigner2_badsize.der", DAMAGED, 0),
    ("pkcs7_data_signed_badsigner2_badtag.der", DAMAGED, 0),
    ("pkcs7_data_signed_badsigner2_fuzzbad.der", DAMAGED, 0),
    ("pkcs7_signerInfo_1_serial_invalid_tag_after_long_name.der", DAMAGED, 0),
    ("pkcs7_signerInfo_2_invalid_tag.der", DAMAGED, 0),
    ("pkcs7_signerInfo_issuer_invalid_size.der", DAMAGED, 1),
    ("pkcs7_signerInfo_serial_invalid_size.der", DAMAGED, 1),
];
