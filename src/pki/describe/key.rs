//! Public keys: their algorithm by name, their numbers, and the hashes by which they are known.
//!
//! Leaves out whether a key is strong, or sound at all.

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::margin::Margin;
use super::{Description, Field, algorithm, oid, unknown, value};
use crate::certificate::hex;
use crate::error::{Error, Result};
use crate::tlv::{self, Tlv};
use crate::{Kind, armor};

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const RSA_X500: &str = "2.5.8.1.1";
const EC: &str = "1.2.840.10045.2.1";
const DSA: &str = "1.2.840.10040.4.1";

/// X25519, X448, Ed25519 and Ed448 with the sizes of their public keys (RFC 8410 section 4).
const MONTGOMERY_AND_EDWARDS: [(&str, usize); 4] =
    [("1.3.101.110", 32), ("1.3.101.111", 56), ("1.3.101.112", 32), ("1.3.101.113", 57)];

/// Describes a `SubjectPublicKeyInfo` that stands alone.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] when the bytes are no single SEQUENCE.
pub(super) fn describe(bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    let element = tlv::only(bytes, tlv::SEQUENCE, "public key")?;
    let key = field(&element, &mut margin);
    if is_off_curve(&element) == Some(true) {
        margin.note("the point is not on its curve", element.range());
    }
    Ok(Description {
        kind: Kind::PublicKey,
        title: key.text.clone(),
        sections: vec![key],
        notes: margin.notes,
    })
}

/// Describes a `SubjectPublicKeyInfo`; one that is broken is shown as octets, with a note.
pub(crate) fn field(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    let mut field = Field::group("public-key", "Public key", Vec::new()).at(element.range());
    if let Err(error) = read(element, &mut field, margin) {
        margin.problem("the public key cannot be decoded", &error, element.range());
        field.fields.push(value::octets("key", "Key", element.whole, element.range()));
    }
    let digest = Sha256::digest(element.whole);
    let pin = Field::new("spki-sha256", "SHA-256 of the key (pin)", value::base64(&digest));
    if let Some(digest) = identifier(element) {
        let label = "SHA-1 of its bits (key identifier)";
        field.fields.push(Field::new("key-sha1", label, value::colons(&digest)).form("hex", hex(&digest)));
    }
    field.fields.push(pin.form("hex", hex(&digest)).form("with colons", value::colons(&digest)));
    let field = field.form("PEM", armor::encode("PUBLIC KEY", element.whole));
    if element.whole.len() > 8192 { field } else { field.form("DER in hex", hex(element.whole)) }
}

fn read(element: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "public key")?.inside();
    let identifier = parts.take(tlv::SEQUENCE, "public key algorithm")?;
    let bits = parts.take(tlv::BIT_STRING, "public key bits")?;
    parts.end()?;
    let mut inside = identifier.inside();
    let dotted = value::dotted(&inside.any("public key algorithm")?)?;
    let parameters = if inside.is_empty() { None } else { Some(inside.any("key parameters")?) };
    let named = oid::name(&dotted);
    let text = named.map_or_else(|| dotted.clone(), str::to_owned);
    let kind = Field::new("algorithm", "Algorithm", text.clone()).at(identifier.range()).oid(dotted.clone());
    field.text = text;
    field.fields.push(kind);
    let Some((&unused, octets)) = bits.content.split_first() else {
        return Err(Error::der("public key bits", bits.range()));
    };
    if unused != 0 {
        margin.note(format!("{unused} bits of the public key are unused"), bits.range());
    }
    let start = bits.content_start() + 1;
    let known = match dotted.as_str() {
        RSA | RSA_PSS | RSA_X500 => rsa(octets, start, field),
        EC => return ec(parameters.as_ref(), octets, start, field, margin),
        DSA => dsa(parameters.as_ref(), octets, start, field),
        _ => Err(Error::der("public key", bits.range())),
    };
    if dotted == RSA_PSS && known.is_ok() {
        let restricted = parameters.filter(|found| found.tag == tlv::SEQUENCE).is_some();
        let text = if restricted { "restricted by its parameters" } else { "any hash" };
        let shown = algorithm::field("parameters", "Parameters", &identifier, margin);
        field.fields.push(Field { text: text.to_owned(), ..shown });
    }
    if MONTGOMERY_AND_EDWARDS.iter().any(|(oid, size)| *oid == dotted && *size != octets.len()) {
        margin.note("the key has not the length of one of its kind", bits.range());
    }
    if known.is_err() {
        other(parameters.as_ref(), octets, start, field, margin);
    }
    if named.is_some() && known.is_err() && matches!(dotted.as_str(), RSA | RSA_PSS | RSA_X500 | DSA) {
        margin.note("the numbers of the public key cannot be decoded", bits.range());
    }
    Ok(())
}

/// Reads `RSAPublicKey` of RFC 8017 appendix A.1.1.
fn rsa(octets: &[u8], start: usize, field: &mut Field) -> Result<()> {
    let mut outer = tlv::Cursor::placed(octets, start);
    let mut parts = outer.take(tlv::SEQUENCE, "RSA key")?.inside();
    outer.end()?;
    let modulus = parts.take(tlv::INTEGER, "modulus")?;
    let exponent = parts.take(tlv::INTEGER, "exponent")?;
    parts.end()?;
    let bits = bit_length(modulus.content);
    field.text = format!("RSA {bits}");
    field.fields.push(Field::new("size", "Size", format!("{bits} bits")));
    field.fields.push(value::octets("modulus", "Modulus", unsigned(modulus.content), modulus.range()));
    field.fields.push(value::integer("exponent", "Exponent", &exponent));
    Ok(())
}

/// A point of a curve: RFC 5480 section 2.
fn ec(
    parameters: Option<&Tlv<'_>>,
    octets: &[u8],
    start: usize,
    field: &mut Field,
    margin: &mut Margin,
) -> Result<()> {
    let curve = match parameters {
        Some(oid) if oid.tag == tlv::OID => value::identifier("curve", "Curve", oid)?,
        Some(explicit) if explicit.tag == tlv::SEQUENCE => {
            margin.note("the curve is given by its numbers, which RFC 5480 forbids", explicit.range());
            let shown = unknown::structure(explicit, margin);
            Field {
                name: "curve".into(),
                label: "Curve".into(),
                text: "given by its numbers".into(),
                ..shown
            }
        }
        Some(other) => Field::new("curve", "Curve", "that of the issuer").at(other.range()),
        None => Field::new("curve", "Curve", "not given"),
    };
    let common = matches!(curve.text.as_str(), "P-256" | "P-384" | "P-521");
    let curve_octets = curve.oid.as_deref().and_then(coordinate_octets);
    field.text = format!("{} {}", if common { "ECDSA" } else { "EC" }, curve.text);
    if let Some(bits) = field_bits(octets, curve.oid.as_deref()) {
        field.fields.push(Field::new("size", "Size", format!("{bits} bits")));
    }
    field.fields.push(curve);
    let form = match octets.first() {
        Some(2 | 3) => "compressed",
        Some(4) => "uncompressed",
        Some(6 | 7) => "hybrid",
        Some(0) => "at infinity",
        _ => "unknown",
    };
    if let Some(wanted) = curve_octets
        && !fits_curve(octets, wanted)
    {
        let at = start..start + octets.len();
        margin.note("the point has not the length of one on its curve", at);
    }
    field.fields.push(Field::new("point-form", "Form of the point", form));
    field.fields.push(value::octets("point", "Point", octets, start..start + octets.len()));
    Ok(())
}

/// How many octets a coordinate has on the curves that are in wide use.
fn coordinate_octets(curve: &str) -> Option<usize> {
    Some(match curve {
        "1.2.840.10045.3.1.7" | "1.3.132.0.10" | "1.3.36.3.3.2.8.1.1.7" => 32,
        "1.3.132.0.34" | "1.3.36.3.3.2.8.1.1.11" => 48,
        "1.3.132.0.35" => 66,
        "1.3.132.0.33" => 28,
        "1.3.36.3.3.2.8.1.1.13" => 64,
        _ => return None,
    })
}

/// Whether a point is as long as one on a curve with coordinates of so many octets (SEC 1 section 2.3.3).
fn fits_curve(point: &[u8], octets: usize) -> bool {
    match point {
        [2 | 3, x @ ..] => x.len() == octets,
        [4 | 6 | 7, both @ ..] => both.len() == 2 * octets,
        _ => false,
    }
}

/// Whether the point of a key is none of its curve; `None` for other keys and curves. Costs more than all the rest, so only a
/// key that stands alone is looked at so closely.
fn is_off_curve(element: &Tlv<'_>) -> Option<bool> {
    let mut parts = element.inside();
    let mut identifier = parts.take(tlv::SEQUENCE, "algorithm").ok()?.inside();
    let kind = value::dotted(&identifier.any("algorithm").ok()?).ok()?;
    let curve = value::dotted(&identifier.any("curve").ok()?).ok().filter(|_| kind == EC)?;
    let point = parts.take(tlv::BIT_STRING, "point").ok()?.content.get(1..)?;
    Some(match curve.as_str() {
        "1.2.840.10045.3.1.7" => p256::PublicKey::from_sec1_bytes(point).is_err(),
        "1.3.132.0.34" => p384::PublicKey::from_sec1_bytes(point).is_err(),
        "1.3.132.0.35" => p521::PublicKey::from_sec1_bytes(point).is_err(),
        _ => return None,
    })
}

/// How many bits a coordinate has, by the length of the point; P-521 does not fill its octets.
fn field_bits(point: &[u8], curve: Option<&str>) -> Option<usize> {
    let octets = match point {
        [2 | 3, x @ ..] => x.len(),
        [4 | 6 | 7, both @ ..] => both.len() / 2,
        _ => return None,
    };
    let known = match curve {
        Some("1.3.132.0.35") => 521,
        Some("1.3.132.0.1") => 163,
        Some("1.3.132.0.26" | "1.3.132.0.27") => 233,
        Some("1.3.132.0.16" | "1.3.132.0.17") => 283,
        Some("1.3.132.0.36" | "1.3.132.0.37") => 409,
        Some("1.3.132.0.38" | "1.3.132.0.39") => 571,
        _ => octets * 8,
    };
    (octets > 0 && known.div_ceil(8) == octets).then_some(known)
}

/// Reads a DSA key: RFC 3279 section 2.3.2; the parameters may be those of the issuer.
fn dsa(parameters: Option<&Tlv<'_>>, octets: &[u8], start: usize, field: &mut Field) -> Result<()> {
    let mut cursor = tlv::Cursor::placed(octets, start);
    let public = cursor.take(tlv::INTEGER, "DSA key")?;
    cursor.end()?;
    let mut numbers = Vec::new();
    if let Some(list) = parameters.filter(|list| list.tag == tlv::SEQUENCE) {
        let mut list = list.inside();
        for (name, label) in [("p", "Prime p"), ("q", "Prime q"), ("g", "Generator g")] {
            let number = list.take(tlv::INTEGER, "DSA parameter")?;
            if name == "p" {
                let bits = bit_length(number.content);
                field.text = format!("DSA {bits}");
                numbers.push(Field::new("size", "Size", format!("{bits} bits")));
            }
            numbers.push(value::octets(name, label, unsigned(number.content), number.range()));
        }
    } else {
        numbers.push(Field::new("parameters", "Parameters", "those of the issuer"));
    }
    field.fields.append(&mut numbers);
    field.fields.push(value::octets("y", "Public value y", unsigned(public.content), public.range()));
    Ok(())
}

fn other(parameters: Option<&Tlv<'_>>, octets: &[u8], start: usize, field: &mut Field, margin: &mut Margin) {
    if let Some(parameters) = parameters.filter(|found| found.tag != tlv::NULL) {
        let shown = unknown::structure(parameters, margin);
        let (name, label) = ("parameters".into(), "Parameters".into());
        field.fields.push(Field { name, label, ..shown });
    }
    field.fields.push(Field::new("size", "Size", format!("{} bytes", octets.len())));
    field.fields.push(value::octets("key", "Key", octets, start..start + octets.len()));
}

/// The octets of a positive INTEGER without the one that keeps it positive.
fn unsigned(content: &[u8]) -> &[u8] {
    match content {
        [0, rest @ ..] if !rest.is_empty() => rest,
        whole => whole,
    }
}

fn bit_length(content: &[u8]) -> usize {
    let Some(start) = content.iter().position(|octet| *octet != 0) else {
        return 0;
    };
    (content.len() - start) * 8 - content[start].leading_zeros() as usize
}

/// The SHA-1 of the key's bits, by which extensions name it: method (1) of RFC 5280 section 4.2.1.2.
fn identifier(element: &Tlv<'_>) -> Option<[u8; 20]> {
    let mut parts = element.inside();
    parts.any("algorithm").ok()?;
    let bits = parts.take(tlv::BIT_STRING, "bits").ok()?;
    Some(Sha1::digest(bits.content.get(1..)?).into())
}
