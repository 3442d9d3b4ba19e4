//! A certificate that a server sent, in a few lines for a terminal. Checks nothing, and lets nothing in a name move the cursor.

use certwright_pki::{Certificate, DistinguishedName};

/// Names, dates, key and digest of a certificate in DER; of what cannot be read, only size and digest.
pub(super) fn describe(der: &[u8]) -> Vec<String> {
    let mut lines = match Certificate::parse(der) {
        Ok(certificate) => facts(&certificate),
        Err(_) => vec!["not readable as a certificate".to_owned()],
    };
    lines.push(format!("{} bytes, SHA-256 {}", der.len(), sha_256(der)));
    lines.iter().map(|line| printable(line)).collect()
}

/// A distinguished name in DER, in RFC 4514's notation.
pub(super) fn name(der: &[u8]) -> String {
    match DistinguishedName::from_der(der) {
        Ok(name) => printable(&name.rfc4514()),
        Err(_) => "a name that cannot be read".to_owned(),
    }
}

/// What a certificate says about itself.
fn facts(certificate: &Certificate) -> Vec<String> {
    let validity = certificate.validity();
    let mut lines = vec![
        format!("subject {}", certificate.subject().rfc4514()),
        format!("issuer  {}", certificate.issuer().rfc4514()),
    ];
    let names: Vec<String> = certificate.subject_alt_names().iter().map(|n| n.to_string()).collect();
    if !names.is_empty() {
        lines.push(format!("names   {}", names.join(", ")));
    }
    lines.push(format!("valid   {} to {}", validity.not_before, validity.not_after));
    lines.push(format!("key     {}", certificate.public_key().label()));
    lines
}

/// The text with every character that a terminal might obey, or that reverses the direction of
/// reading, replaced.
pub(super) fn printable(text: &str) -> String {
    let obeyed = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if obeyed(c) { '\u{fffd}' } else { c }).collect()
}

/// The digest in the notation that certificate viewers use.
pub(super) fn sha_256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    let pairs: Vec<String> = digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_reaches_the_terminal_as_a_command() {
        for (text, expect) in [
            ("CN=Büro", "CN=Büro"),
            ("CN=a\x1b[2Jb", "CN=a\u{fffd}[2Jb"),
            ("CN=a\r\nb\u{9b}c", "CN=a\u{fffd}\u{fffd}b\u{fffd}c"),
            ("CN=a\u{202e}b", "CN=a\u{fffd}b"),
        ] {
            assert_eq!(printable(text), expect);
        }
    }
}
