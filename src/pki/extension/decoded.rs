//! The decoded view of a list of extensions, as far as the rest of the crate needs it.
//!
//! Leaves out name constraints and policies, of which only decodability is noted here.

use x509_parser::extensions::{GeneralName as Parsed, ParsedExtension, X509Extension};
use x509_parser::prelude::FromDer;

use super::{BasicConstraints, Extension, KeyUsage, oids, read_general_names, read_oids};
use crate::general_name::GeneralName;
use crate::tlv::Cursor;

/// What was found in the extensions; of duplicates the first counts.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub subject_alt_names: Vec<GeneralName>,
    pub basic_constraints: Option<BasicConstraints>,
    pub key_usage: Option<KeyUsage>,
    pub extended_key_usage: Option<Vec<String>>,
    pub subject_key_identifier: Option<Vec<u8>>,
    pub authority_key_identifier: Option<Vec<u8>>,
    pub ca_issuers: Vec<String>,
    pub ocsp: Vec<String>,
    pub undecoded: Vec<String>,
}

impl Decoded {
    /// Decodes each extension; one that cannot be decoded is listed and passed over.
    pub fn of(list: &[(Extension, &[u8])]) -> Self {
        let mut out = Self::default();
        for (index, (extension, whole)) in list.iter().enumerate() {
            let seen = list[..index].iter().any(|(other, _)| other.oid == extension.oid);
            if !seen && !out.add(extension, whole) {
                out.undecoded.push(extension.oid.clone());
            }
        }
        out
    }

    fn add(&mut self, extension: &Extension, whole: &[u8]) -> bool {
        let value = extension.value.as_slice();
        // Names and purposes are walked here: their order and exact bytes matter.
        match extension.oid.as_str() {
            oids::SUBJECT_ALT_NAME => {
                let names = read_general_names(value);
                let found = names.is_some();
                self.subject_alt_names = names.unwrap_or_default();
                return found;
            }
            oids::EXTENDED_KEY_USAGE => {
                self.extended_key_usage = read_oids(value);
                return self.extended_key_usage.is_some();
            }
            _ => {}
        }
        let Ok((_, parsed)) = X509Extension::from_der(whole) else {
            return false;
        };
        match parsed.parsed_extension() {
            ParsedExtension::ParseError { .. } => return false,
            ParsedExtension::UnsupportedExtension { .. } => return true,
            _ if !is_one_element(value) => return false,
            ParsedExtension::BasicConstraints(found) => {
                self.basic_constraints =
                    Some(BasicConstraints { ca: found.ca, path_len: found.path_len_constraint });
            }
            ParsedExtension::KeyUsage(found) => self.key_usage = Some(KeyUsage(found.flags)),
            ParsedExtension::SubjectKeyIdentifier(found) => {
                self.subject_key_identifier = Some(found.0.to_vec());
            }
            ParsedExtension::AuthorityKeyIdentifier(found) => {
                let identifier = found.key_identifier.as_ref();
                self.authority_key_identifier = identifier.map(|found| found.0.to_vec());
            }
            ParsedExtension::AuthorityInfoAccess(found) => {
                for access in &found.accessdescs {
                    let Parsed::URI(uri) = access.access_location else {
                        continue;
                    };
                    match access.access_method.as_bytes() {
                        [0x2b, 6, 1, 5, 5, 7, 48, 1] => self.ocsp.push(uri.to_owned()),
                        [0x2b, 6, 1, 5, 5, 7, 48, 2] => self.ca_issuers.push(uri.to_owned()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        true
    }
}

/// The parser passes over what follows the first element, which no writer puts there.
fn is_one_element(value: &[u8]) -> bool {
    let mut cursor = Cursor::new(value);
    cursor.any("extension value").is_ok() && cursor.is_empty()
}
