//! Which content encodings a client accepts (RFC 9110 section 12.5.3), of those that files are kept in. Compresses nothing.

/// Encoding and file name ending, the better one first.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// The accepted encodings in our order of preference, with their file name endings.
pub(super) fn accepted<'h>(
    headers: impl Iterator<Item = &'h str>,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let items: Vec<(String, bool)> = headers
        .flat_map(|header| header.split(','))
        .map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            (name, !parts.any(is_weight_zero))
        })
        .collect();
    ENCODINGS.into_iter().filter(move |(name, _)| items.iter().any(|(item, wanted)| item == name && *wanted))
}

/// Says whether a parameter is a weight of zero, which means "not acceptable".
fn is_weight_zero(parameter: &str) -> bool {
    let weight = parameter.strip_prefix("q=").or(parameter.strip_prefix("Q="));
    weight.and_then(|weight| weight.trim().parse::<f32>().ok()) == Some(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_encodings_come_in_our_order() {
        for (header, expect) in [
            ("gzip, deflate, br, zstd", &["br", "gzip"][..]),
            ("GZIP", &["gzip"]),
            ("br;q=0, gzip;q=0.5", &["gzip"]),
            ("br; q=0.000", &[]),
            ("identity", &[]),
            ("*", &[]),
            ("", &[]),
        ] {
            let got: Vec<&str> = accepted([header].into_iter()).map(|(name, _)| name).collect();
            assert_eq!(got, expect, "{header}");
        }
    }
}
