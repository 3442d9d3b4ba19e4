//! The post-quantum collection: requests and a revocation list with algorithms that OpenSSL 3.0 has no names for.

use crate::openssl::OpenSsl;
use crate::table::{self, Table};
use crate::{crls, requests};
use certwright_pki::Kind;
use certwright_pki::describe::Field;

/// An algorithm has a name of its own, not only numbers.
pub fn is_named(field: &Field) -> Result<(), String> {
    match field.text.starts_with(|first: char| first.is_ascii_digit()) {
        true => Err(format!("{} has no name", field.text)),
        false => Ok(()),
    }
}

#[test]
fn post_quantum_requests_and_lists_are_read_and_named() {
    let (Some(files), Some(mut openssl)) = (table::files("pqc"), OpenSsl::find()) else {
        return;
    };
    let mut table = Table::default();
    for file in files {
        let (reading, _) = table::read(&file);
        for (der, described) in table::described(&reading, Kind::Request) {
            table.note(&file.name, requests::compare(&der, &described, &mut openssl));
            assert!(described.find("public-key").unwrap().text.starts_with("ML-"), "{}", file.name);
        }
        for (der, described) in table::described(&reading, Kind::Crl) {
            table.note(&file.name, crls::compare(&der, &described, &mut openssl));
        }
    }
    table.judge("post-quantum requests and lists", 4, &[]);
}
