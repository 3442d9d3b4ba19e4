//! Internationalised host names in the letters that people read: the decoder of Punycode (RFC 3492).
//!
//! Leaves out whether the letters are allowed in a name (RFC 5892), and encoding.

/// Longest label of a host name (RFC 1035 section 2.3.4).
const LONGEST: usize = 63;

/// A host name with its `xn--` labels decoded; none when it has none, or one of them cannot be decoded.
pub(crate) fn unicode(host: &str) -> Option<String> {
    let encoded = |label: &str| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    if !host.split('.').any(encoded) {
        return None;
    }
    let labels: Option<Vec<String>> = host
        .split('.')
        .map(|label| if encoded(label) { decode(&label[4..]) } else { Some(label.to_owned()) })
        .collect();
    labels.map(|labels| labels.join("."))
}

fn decode(label: &str) -> Option<String> {
    if label.len() > LONGEST || !label.is_ascii() {
        return None;
    }
    let (basic, digits) = label.rsplit_once('-').unwrap_or(("", label));
    let mut out: Vec<char> = basic.chars().collect();
    let mut digits = digits.bytes();
    let (mut code, mut bias, mut at) = (128u32, 72u32, 0u32);
    while digits.len() > 0 {
        let before = at;
        let mut weight = 1u32;
        for k in (36..).step_by(36) {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => letter - b'a',
                letter @ b'A'..=b'Z' => letter - b'A',
                figure @ b'0'..=b'9' => figure - b'0' + 26,
                _ => return None,
            };
            let digit = u32::from(digit);
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.clamp(bias + 1, bias + 26) - bias;
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let count = u32::try_from(out.len()).ok()? + 1;
        bias = adapted(at - before, count, before == 0);
        code = code.checked_add(at / count)?;
        at %= count;
        out.insert(at as usize, char::from_u32(code)?);
        at += 1;
    }
    Some(out.into_iter().collect())
}

/// RFC 3492 section 6.1.
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_as_the_standard_shows() {
        for (host, expected) in [
            ("xn--bcher-kva.example", Some("bücher.example")),
            ("*.XN--MNCHEN-3YA.de", Some("*.MüNCHEN.de")),
            ("xn--lv8haa.scotthelme.co.uk", Some("🔒🔒🔒.scotthelme.co.uk")),
            // RFC 3492 section 7.1 (A) and (L).
            ("xn--egbpdaj6bu4bxfgehfvwxn", Some("ليهمابتكلموشعربي؟")),
            ("xn--3B-ww4c5e180e575a65lsy2b", Some("3年B組金八先生")),
            ("example.com", None),
            ("xn--a b", None),
            ("xn--99999999", None),
            ("xn--\u{e9}", None),
        ] {
            assert_eq!(unicode(host).as_deref(), expected, "{host}");
        }
    }
}
