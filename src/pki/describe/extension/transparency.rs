//! Certificate transparency: lists of signed certificate timestamps (RFC 6962).
//!
//! Leaves out the names of logs, which come and go, and checking the signatures.

use std::ops::Range;

use super::Known;
use crate::certificate::hex;
use crate::describe::margin::Margin;
use crate::describe::{Field, value};
use crate::error::{Error, Result};
use crate::extension::oids;
use crate::time::UnixTime;
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: oids::SCT_LIST, name: "sct-list", decode: in_octets },
    Known { oid: "1.3.6.1.4.1.11129.2.4.5", name: "sct-list", decode: in_octets },
];

fn in_octets(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let octets = element.expect(tlv::OCTET_STRING, "timestamps")?;
    list(octets.content, octets.content_start(), field, margin)
}

/// Reads a `SignedCertificateTimestampList` (RFC 6962 section 3.3) that begins at this place.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] where it breaks off; what came before is kept.
pub(crate) fn list(octets: &[u8], at: usize, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut outer = Octets { rest: octets, at };
    let mut inner = outer.vector(2)?;
    outer.end()?;
    while !inner.rest.is_empty() {
        let start = inner.at;
        let one = inner.vector(2)?;
        if !margin.has_room() {
            field.left_out += 1;
            continue;
        }
        field.fields.push(timestamp(one, start)?);
    }
    Ok(())
}

/// Reads a `SignedCertificateTimestamp`; of another version than 1 only the octets are shown.
fn timestamp(mut octets: Octets<'_>, start: usize) -> Result<Field> {
    let at = start..octets.at + octets.rest.len();
    let field = Field::group("sct", "Timestamp", Vec::new()).at(at);
    let whole = (octets.rest, octets.range());
    let version = octets.take(1)?;
    if version.0 != [0] {
        let rest = value::octets("value", "Octets of another version", whole.0, whole.1);
        return Ok(Field { fields: vec![rest], ..field });
    }
    let (log, log_at) = octets.take(32)?;
    let (time, time_at) = octets.take(8)?;
    let millis = time.iter().fold(0u64, |sum, octet| sum << 8 | u64::from(*octet));
    let extensions = octets.vector(2)?;
    let (algorithms, algorithms_at) = octets.take(2)?;
    let signature = octets.vector(2)?;
    octets.end()?;
    let moment = UnixTime((millis / 1000) as i64).to_string();
    let moment = moment.replacen(" UTC", &format!(".{:03} UTC", millis % 1000), 1);
    let mut fields = vec![
        Field::new("version", "Version", "1").at(version.1),
        Field::new("log-id", "Log", value::base64(log)).at(log_at).form("hex", hex(log)),
        Field::new("time", "Time", moment).at(time_at).form("Unix milliseconds", millis.to_string()),
        Field::new("signature-algorithm", "Signature algorithm", algorithm_words(algorithms))
            .at(algorithms_at),
        value::octets("signature", "Signature", signature.rest, signature.range()),
    ];
    if !extensions.rest.is_empty() {
        fields.push(value::octets("extensions", "Extensions", extensions.rest, extensions.range()));
    }
    Ok(Field { fields, ..field })
}

/// A TLS 1.2 `SignatureAndHashAlgorithm` (RFC 5246 section 7.4.1.4.1).
fn algorithm_words(pair: &[u8]) -> String {
    let [hash, signature] = pair else {
        return String::new();
    };
    let hash =
        ["no hash", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"].get(usize::from(*hash));
    let signature = ["anonymous", "RSA", "DSA", "ECDSA"].get(usize::from(*signature));
    match (hash, signature) {
        (Some(hash), Some(signature)) => format!("{signature} with {hash}"),
        _ => format!("number {:02x}{:02x}", pair[0], pair[1]),
    }
}

/// Octets in TLS presentation language, with their place.
struct Octets<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Octets<'a> {
    fn range(&self) -> Range<usize> {
        self.at..self.at + self.rest.len()
    }

    fn take(&mut self, count: usize) -> Result<(&'a [u8], Range<usize>)> {
        let broken = || Error::der("timestamp list", self.range());
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(broken)?;
        let at = self.at..self.at + count;
        (self.rest, self.at) = (rest, at.end);
        Ok((taken, at))
    }

    /// A vector whose length is written in so many octets before it.
    fn vector(&mut self, prefix: usize) -> Result<Self> {
        let (length, _) = self.take(prefix)?;
        let length = length.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
        let (rest, at) = self.take(length)?;
        Ok(Self { rest, at: at.start })
    }

    fn end(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(Error::der("timestamp list", self.range())) }
    }
}
