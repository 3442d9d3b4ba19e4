//! Every request of the collections, field by field against `openssl req -text`.

use crate::openssl::{self, DUMPED, OpenSsl};
use crate::table::{self, Table};
use crate::{placed, post_quantum};
use certwright_pki::describe::{Description, Field};
use certwright_pki::{Kind, Request};

const BROKEN: &str = "mbedtls/parse_input/test_csr_v3_all_malformed_";
const FRAME: &str = "the list of attributes cannot be walked, and OpenSSL and Mbed TLS refuse it too";
const VALUE: &str =
    "the requested extensions cannot be walked, as Mbed TLS says; OpenSSL does not look into them";

/// The end of the file's name, and why the request is refused.
const REFUSED: [(&str, &str); 14] = [
    ("attributes_extension_request_sequence_len1", FRAME),
    ("attributes_extension_request_sequence_len2", FRAME),
    ("attributes_extension_request_sequence_tag", VALUE),
    ("attributes_extension_request_set_tag", FRAME),
    ("attributes_id_tag", FRAME),
    ("attributes_len1", FRAME),
    ("attributes_len2", FRAME),
    ("attributes_sequence_tag", FRAME),
    ("extension_data_len1", VALUE),
    ("extension_data_len2", VALUE),
    ("extension_data_tag", VALUE),
    ("extension_id_tag", VALUE),
    ("extension_type_oid", VALUE),
    ("extensions_sequence_tag", VALUE),
];

#[test]
fn requests_of_the_collections_say_what_openssl_says() {
    let (Some(files), Some(mut openssl)) = (table::files("csr"), OpenSsl::find()) else {
        return;
    };
    let mut table = Table::default();
    for file in files {
        let (reading, problem) = table::read(&file);
        let requests = table::described(&reading, Kind::Request);
        match (requests.as_slice(), problem) {
            (shown, Some(problem)) if shown.iter().all(|(_, described)| !described.notes.is_empty()) => {
                table.refused(&file.name, problem);
            }
            ([], None) => table.wrong(&file.name, "neither a request nor a problem"),
            (requests, _) => {
                for (der, described) in requests {
                    table.note(&file.name, compare(der, described, &mut openssl));
                }
            }
        }
    }
    let refused: Vec<(String, &str)> =
        REFUSED.iter().map(|(end, reason)| (format!("{BROKEN}{end}.csr.der"), *reason)).collect();
    let refused: Vec<(&str, &str)> = refused.iter().map(|(name, reason)| (name.as_str(), *reason)).collect();
    table.judge("requests", 74, &refused);
}

/// Holds the description against OpenSSL's text of the same bytes.
pub fn compare(der: &[u8], described: &Description, openssl: &mut OpenSsl) -> Result<(), String> {
    placed::check(described, der)?;
    let arguments = ["req", "-inform", "DER", "-noout", "-text", "-subject", DUMPED[0], DUMPED[1]];
    let Some(text) = openssl.run(&arguments, der) else {
        return Err("OpenSSL refuses it".to_owned());
    };
    let subject = described.find("subject").ok_or("no subject")?;
    agree("subject", placed::dump(subject, der), openssl::after(&text, "subject=").unwrap_or_default())?;
    let version = described.find("version").map(|field| field.text.clone()).unwrap_or_default();
    let shown = openssl::after(&text, "Version: ").unwrap_or_default();
    // It prints nothing but the number of a version that it does not know.
    if !shown.starts_with("Unknown") {
        agree("version", version.as_str(), shown.split(' ').next().unwrap_or_default())?;
    }
    let asked = described.sections.iter().filter(|section| section.name == "requested-extensions");
    let ours = openssl.called(&placed::extensions(asked.flat_map(|section| &section.fields)));
    let block = openssl::between(&text, "Requested Extensions:\n", "    Signature Algorithm:");
    agree("extensions", &ours, &openssl::extensions(block, 16))?;
    algorithm(described, &text, openssl)?;
    attributes(described, &text, openssl)?;
    let request = Request::parse(der).map_err(|error| error.to_string())?;
    agree("title", request.subject().is_empty() || !described.title.is_empty(), true)
}

fn algorithm(described: &Description, text: &str, openssl: &mut OpenSsl) -> Result<(), String> {
    let field = described.find("signature-algorithm").ok_or("no algorithm")?;
    let oid = field.oid.as_deref().ok_or("no identifier")?;
    let shown = openssl::after(text, "\n    Signature Algorithm: ").unwrap_or_default();
    agree("algorithm", openssl.name(oid).as_str(), shown)?;
    post_quantum::is_named(field)
}

/// The attributes other than the requested extensions: their names, and the values of plain ones.
fn attributes(described: &Description, text: &str, openssl: &mut OpenSsl) -> Result<(), String> {
    let section = described.sections.iter().find(|section| section.name == "attributes");
    let ours: Vec<&Field> = section.map(|section| section.fields.iter().collect()).unwrap_or_default();
    let block = openssl::between(text, "        Attributes:", "    Signature Algorithm:");
    let block = &block[..block.find("            Requested Extensions:").unwrap_or(block.len())];
    // `name   :value`, one line for each value, or `name   :unable to print attribute`.
    let mut shown: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        let line = line.strip_prefix("            ").unwrap_or_default();
        if let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.starts_with(' ')) {
            shown.push((name.trim_end().to_owned(), value.to_owned()));
        }
    }
    for field in ours {
        let name = openssl.name(field.oid.as_deref().ok_or("an attribute without its identifier")?);
        let values: Vec<&str> = match field.fields.is_empty() {
            true => vec![field.text.as_str()],
            false => field.fields.iter().map(|value| value.text.as_str()).collect(),
        };
        let theirs: Vec<&(String, String)> = shown.iter().filter(|row| row.0 == name).collect();
        if theirs.is_empty() && field.text != "none" {
            return Err(format!("attribute {name} is not in OpenSSL's text"));
        }
        let printable = theirs.iter().filter(|row| !row.1.contains("unable to print"));
        for row in printable {
            if !values.contains(&row.1.as_str()) {
                return Err(format!("attribute {name}: {values:?}, OpenSSL says {:?}", row.1));
            }
        }
    }
    Ok(())
}

/// Says where two differ.
pub fn agree<A: std::fmt::Debug + PartialEq<B>, B: std::fmt::Debug>(
    what: &str,
    ours: A,
    theirs: B,
) -> Result<(), String> {
    if ours == theirs { Ok(()) } else { Err(format!("{what}: {ours:?}, elsewhere {theirs:?}")) }
}
