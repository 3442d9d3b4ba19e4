//! What a text calls the value at a place: the key before it, or the file name of a mail's part.
//!
//! Only a few lines before the value are looked at, and nothing depends on the name.

use memchr::memmem;

/// What something is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// The key of a mapping, such as `tls.crt` or `TLS_KEY`.
    Key(String),
    /// The name of an attached file.
    File(String),
}

/// How far back names are looked for.
const REACH: usize = 2_048;
/// The longest name.
const LONGEST: usize = 100;

/// The name of the value that begins at `start`.
pub(super) fn of(text: &[u8], start: usize) -> Option<Name> {
    let before = &text[start.saturating_sub(REACH)..start];
    let line = &before[before.iter().rposition(|octet| *octet == b'\n').map_or(0, |at| at + 1)..];
    let lead = line.trim_ascii_start();
    if lead.is_empty() || lead.iter().all(|octet| matches!(octet, b'"' | b'\'' | b'>' | b' ')) {
        let above = &before[..before.len() - line.len()];
        return match above.ends_with(b"\n\n") || above.ends_with(b"\r\n\r\n") {
            true => file_name(above.trim_ascii_end()).map(Name::File),
            false => block_key(above.trim_ascii_end()).map(Name::Key),
        };
    }
    key(line).map(Name::Key)
}

/// The key at the end of `key: "`, `"key": "`, `key=`, `key:: `.
fn key(line: &[u8]) -> Option<String> {
    let around = |octet: &u8| matches!(octet, b' ' | b'\t' | b'"' | b'\'');
    let end = line.iter().rposition(|octet| !around(octet))? + 1;
    let signs = line[..end].iter().rev().take_while(|octet| matches!(octet, b':' | b'=')).count();
    if signs == 0 {
        return None;
    }
    let line = &line[..end - signs];
    let end = line.iter().rposition(|octet| !around(octet))? + 1;
    let is_name = |octet: &u8| octet.is_ascii_alphanumeric() || b"._-/;".contains(octet);
    let start = line[..end].iter().rposition(|octet| !is_name(octet)).map_or(0, |at| at + 1);
    let name = std::str::from_utf8(&line[start..end]).ok()?;
    (!name.is_empty() && name.len() <= LONGEST).then(|| name.to_owned())
}

/// The key of a block of YAML: `key: |` at the end of the line above.
fn block_key(above: &[u8]) -> Option<String> {
    let line = &above[above.iter().rposition(|octet| *octet == b'\n').map_or(0, |at| at + 1)..];
    let mark = line.iter().rposition(|octet| matches!(octet, b'|' | b'>'))?;
    line[mark + 1..].iter().all(|octet| b"+-0123456789".contains(octet)).then_some(())?;
    key(&line[..mark])
}

/// The file name in the header lines of a mail's part (RFC 2183 section 2.3).
fn file_name(above: &[u8]) -> Option<String> {
    let blank = memmem::rfind(above, b"\n\n").max(memmem::rfind(above, b"\n\r\n"));
    let headers = &above[blank.unwrap_or(0)..];
    let lower = headers.to_ascii_lowercase();
    memmem::find(&lower, b"content-")?;
    let (at, encoded) = [(&b"filename="[..], false), (b"filename*=", true), (b"name=", false)]
        .into_iter()
        .find_map(|(mark, encoded)| Some((memmem::find(&lower, mark)? + mark.len(), encoded)))?;
    let value = &headers[at..];
    let value = match value {
        [b'"', rest @ ..] => rest.split(|octet| matches!(octet, b'"' | b'\n')).next()?,
        _ => value.split(|octet| matches!(octet, b';' | b'\r' | b'\n' | b' ')).next()?,
    };
    // The character set and language of RFC 8187; percent signs are undone already.
    let value = if encoded { value.rsplit(|octet| *octet == b'\'').next()? } else { value };
    let name = String::from_utf8_lossy(value).trim().to_owned();
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}

/// The friendly name that `openssl pkcs12` writes above a block: `friendlyName: the name`.
pub(in crate::input) fn friendly_name(before: &[u8]) -> Option<String> {
    const MARK: &[u8] = b"friendlyName: ";
    let before = &before[before.len().saturating_sub(REACH)..];
    let at = memmem::rfind(before, MARK)? + MARK.len();
    let name = before[at..].split(|octet| matches!(octet, b'\n' | b'\r')).next()?;
    let name = String::from_utf8_lossy(name).trim().to_owned();
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_before_their_values() {
        let key = |name: &str| Some(Name::Key(name.to_owned()));
        let file = |name: &str| Some(Name::File(name.to_owned()));
        let rows = [
            ("data:\n  tls.crt: ", key("tls.crt")),
            ("{\"data\":{\"tls.key\": \"", key("tls.key")),
            ("export TLS_CERT='", key("TLS_CERT")),
            ("dn: cn=x\nuserCertificate;binary:: ", key("userCertificate;binary")),
            ("  ca.crt: |-\n    ", key("ca.crt")),
            ("a word ", None),
            ("", None),
            ("\n\n", None),
            (
                "Content-Type: application/x-pkcs12; name=\"a.p12\"\nContent-Transfer-Encoding: base64\n\n",
                file("a.p12"),
            ),
            ("X: 1\r\n\r\nContent-Disposition: attachment; filename=b.pem\r\n\r\n", file("b.pem")),
            ("Content-Disposition: attachment;\n filename*=utf-8''c.cer\n\n", file("c.cer")),
            ("Hello\n\nfilename=x\n\n", None),
        ];
        for (before, expect) in rows {
            assert_eq!(of(before.as_bytes(), before.len()), expect, "{before}");
        }
    }

    #[test]
    fn the_last_friendly_name_counts() {
        let text = b"friendlyName: one\n\nBag Attributes\n    friendlyName: my key\r\n    localKeyID: 01\n";
        assert_eq!(friendly_name(text).as_deref(), Some("my key"));
        assert_eq!(friendly_name(b"no name"), None);
    }
}
