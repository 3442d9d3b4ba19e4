//! Object identifiers as people write them.
//!
//! Names are `extension::oids`' business.

/// The dotted form of an object identifier's content octets; `None` when they are malformed.
pub(crate) fn dotted(content: &[u8]) -> Option<String> {
    if content.last()? & 0x80 != 0 {
        return None;
    }
    let mut out = String::with_capacity(content.len() * 3);
    let mut arc: u128 = 0;
    for octet in content {
        arc = arc.checked_mul(128)? | u128::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        if out.is_empty() {
            let top = (arc / 40).min(2);
            push_decimal(&mut out, top);
            arc -= top * 40;
        }
        out.push('.');
        push_decimal(&mut out, arc);
        arc = 0;
    }
    Some(out)
}

/// Small numbers without the machinery of formatting: a certificate has some thirty identifiers.
fn push_decimal(out: &mut String, number: u128) {
    match u8::try_from(number) {
        Ok(small @ 0..=9) => out.push(char::from(b'0' + small)),
        Ok(small @ 10..=99) => out.extend([small / 10, small % 10].map(|digit| char::from(b'0' + digit))),
        _ => {
            let mut digits = [0; 20];
            let mut start = digits.len();
            let Ok(mut rest) = u64::try_from(number) else {
                return out.push_str(&number.to_string());
            };
            while rest > 0 {
                start -= 1;
                digits[start] = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            out.extend(digits[start..].iter().copied().map(char::from));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers_are_written_with_dots() {
        for (octets, text) in [
            (&[0x55, 0x1d, 0x11][..], Some("2.5.29.17")),
            (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d], Some("1.2.840.113549")),
            (&[0x88, 0x37], Some("2.999")),
            (&[0x2a, 0x7f, 0x82, 0xd6, 0xdc, 0x07], Some("1.2.127.5615111")),
            (&[0x00, 0x00], Some("0.0.0")),
            (&[0x55, 0x9d], None),
            (&[], None),
        ] {
            assert_eq!(dotted(octets).as_deref(), text);
        }
    }
}
