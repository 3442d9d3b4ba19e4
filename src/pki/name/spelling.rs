//! A whole name on one line, in the orders and quotations that people copy.
//!
//! Leaves out reading such a line back.

use super::{Attribute, text};

/// Last first, `CN=x,O=y,C=DE` ([RFC 4514](https://datatracker.ietf.org/doc/html/rfc4514)).
pub(crate) fn rfc4514(attributes: &[Attribute]) -> String {
    let mut out = String::new();
    for rdn in attributes.chunk_by(|a, b| a.rdn == b.rdn).rev() {
        if !out.is_empty() {
            out.push(',');
        }
        push_joined(&mut out, rdn, "+", "=", text::escaped);
    }
    out
}

/// In order, `C = DE, O = x, CN = y`, as OpenSSL prints it.
pub(crate) fn openssl(attributes: &[Attribute]) -> String {
    let mut out = String::new();
    for rdn in attributes.chunk_by(|a, b| a.rdn == b.rdn) {
        if !out.is_empty() {
            out.push_str(", ");
        }
        push_joined(&mut out, rdn, " + ", " = ", text::quoted);
    }
    out
}

/// In order, `/C=DE/O=x/CN=y`, as OpenSSL's option `-subj` reads it.
pub(crate) fn slashes(attributes: &[Attribute]) -> String {
    let mut out = String::new();
    for rdn in attributes.chunk_by(|a, b| a.rdn == b.rdn) {
        out.push('/');
        push_joined(&mut out, rdn, "+", "=", text::slashed);
    }
    out
}

fn push_joined(out: &mut String, rdn: &[Attribute], plus: &str, equals: &str, write: fn(&str) -> String) {
    for (index, attribute) in rdn.iter().enumerate() {
        if index > 0 {
            out.push_str(plus);
        }
        out.push_str(attribute.kind.short_name());
        out.push_str(equals);
        // A value that is no string is already `#` and hexadecimal digits.
        if text::is_hex(attribute) {
            out.push_str(&attribute.value);
        } else {
            out.push_str(&write(&attribute.value));
        }
    }
}
