//! Certificates cut out of files without the reader that is under test: PEM by its lines, NSS's list by its octal digits.
//!
//! Nothing is repaired and nothing is judged; what stands between BEGIN and END is taken for a certificate.

/// What stands between BEGIN and END of all labels that end with CERTIFICATE, decoded; the end of the text is an END.
///
/// # Panics
/// Something other than base64 and white space stands there.
pub fn pem_certificates(content: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(content);
    let blocks = text.split("-----BEGIN ").skip(1).filter_map(|rest| rest.split_once("-----"));
    let named = blocks.filter(|(label, _)| label.ends_with("CERTIFICATE"));
    named.map(|(_, rest)| base64(rest.split("-----END ").next().unwrap_or_default())).collect()
}

/// The first element of a binary file, as long as its header says; what follows it is not part of the certificate.
///
/// # Panics
/// The file does not begin with a SEQUENCE of 256 to 65,535 octets.
pub fn der_certificate(content: &[u8]) -> Vec<u8> {
    let [0x30, 0x82, high, low, rest @ ..] = content else {
        panic!("no SEQUENCE: {:02x?}", content.get(..4))
    };
    let size = usize::from(u16::from_be_bytes([*high, *low]));
    assert!(size <= rest.len(), "{size} octets announced, {} present", rest.len());
    content[..4 + size].to_vec()
}

/// The values in NSS's `certdata.txt` that are certificates.
///
/// # Panics
/// Something other than octal numbers stands there.
pub fn octal_certificates(content: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(content);
    let values = text.split("CKA_VALUE MULTILINE_OCTAL\n").skip(1);
    let digits = values.map(|rest| rest.split("END").next().unwrap_or_default());
    let octets = |digits: &str| {
        let numbers = digits.split(['\\', '\n']).filter(|digits| !digits.is_empty());
        numbers.map(|digits| u8::from_str_radix(digits, 8)).collect::<Result<Vec<u8>, _>>()
    };
    digits.map(|digits| octets(digits).unwrap_or_else(|error| panic!("{error} in {digits:.40}"))).collect()
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_usize);
    for digit in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = ALPHABET.iter().position(|one| *one == digit);
        let value = value.unwrap_or_else(|| panic!("{:?} is not base64", char::from(digit)));
        bits = bits << 6 | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}
