//! The private half, once it is in the clear.
//!
//! Keys become PKCS#8 where that form exists.

use super::public;
use super::wire::Wire;
use super::{MAGIC, OpenSshKey, PublicBlob, corrupt};
use crate::error::{Error, ErrorKind};
use crate::input::Item;
use crate::tlv::encode;
use crate::{Kind, PrivateKey};
use const_oid::ObjectIdentifier;
use zeroize::Zeroizing;

const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

/// Reads the keys; `mismatch` is the error when the two check numbers differ.
pub(super) fn keys(blobs: &[&[u8]], clear: &[u8], mismatch: Error) -> Result<Vec<OpenSshKey>, Error> {
    let mut wire = Wire::new(clear);
    match (wire.u32(), wire.u32()) {
        (Ok(one), Ok(other)) if one == other => {}
        _ => return Err(mismatch),
    }
    let mut out = Vec::with_capacity(blobs.len());
    for blob in blobs {
        let before = wire.rest();
        let item = item(&mut wire, blob)?;
        let comment = String::from_utf8_lossy(wire.string()?).into_owned();
        let item = match item {
            Some(item) => item,
            None => bare(blob, &before[..before.len() - wire.rest().len()]),
        };
        out.push(OpenSshKey { item, comment });
    }
    let padding = wire.rest();
    let counted = padding.iter().zip(1..).all(|(octet, count): (&u8, u8)| *octet == count);
    if padding.len() > 255 || !counted {
        return Err(corrupt("padding of the private key"));
    }
    Ok(out)
}

/// One key, which has to belong to its public half; `None` for one that only OpenSSH's own form can hold.
fn item(wire: &mut Wire<'_>, blob: &[u8]) -> Result<Option<Item>, Error> {
    let algorithm = wire.text()?;
    let expect = PublicBlob::parse(blob)?;
    if expect.algorithm != algorithm {
        return Err(corrupt("type of the private key"));
    }
    let key = match algorithm {
        "ssh-rsa" => {
            let [n, e, d, _inverse, p, q] = numbers(wire)?;
            PrivateKey::from_rsa_numbers(n, e, d, &[p, q])?
        }
        "ssh-ed25519" => {
            let (point, pair) = (wire.string()?, wire.string()?);
            let seed = pair.get(..32).filter(|_| pair.get(32..) == Some(point));
            PrivateKey::from_ed25519_seed(seed.ok_or(ErrorKind::BadKey)?)?
        }
        "ssh-dss" => {
            let [p, q, g, y, x] = numbers(wire)?;
            return dsa(blob, [p, q, g, y, x]).map(Some);
        }
        "ecdsa-sha2-nistp256" | "ecdsa-sha2-nistp384" | "ecdsa-sha2-nistp521" => {
            let (curve, _) = public::curve(wire.text()?).ok_or_else(|| corrupt("name of the curve"))?;
            let (point, number) = (wire.string()?, wire.number()?);
            PrivateKey::from_ec_number(&curve.to_string(), number, Some(point))?
        }
        _ => {
            // A security key: public half, flags, the handle by which the device knows it, and something reserved.
            public::fields(algorithm, wire)?;
            wire.take(1)?;
            wire.string()?;
            wire.string()?;
            return Ok(None);
        }
    };
    match expect.key.as_ref() == Some(key.public()) {
        true => Ok(Some(Item::PrivateKey(key))),
        false => Err(ErrorKind::BadKey.into()),
    }
}

fn numbers<'a, const N: usize>(wire: &mut Wire<'a>) -> Result<[&'a [u8]; N], Error> {
    let mut out = [&[][..]; N];
    for number in &mut out {
        *number = wire.number()?;
    }
    Ok(out)
}

/// A DSA key as PKCS#8 (RFC 5912 appendix); only that its numbers are those of the public half is checked.
fn dsa(blob: &[u8], [p, q, g, y, x]: [&[u8]; 5]) -> Result<Item, Error> {
    let mut wire = Wire::new(blob);
    wire.text()?;
    if numbers(&mut wire)? != [p, q, g, y] {
        return Err(ErrorKind::BadKey.into());
    }
    let parameters = encode::sequence(&[&encode::unsigned(p), &encode::unsigned(q), &encode::unsigned(g)]);
    let algorithm = encode::sequence(&[&encode::oid(DSA), &parameters]);
    let octets = Zeroizing::new(encode::octet_string(&encode::unsigned(x)));
    let bytes = encode::sequence(&[&encode::integer(0), &algorithm, &octets]);
    Ok(Item::Other { kind: Kind::PrivateKey, label: "PRIVATE KEY".to_owned(), bytes })
}

/// The unencrypted file of one key.
fn bare(blob: &[u8], fields: &[u8]) -> Item {
    let string = |octets: &[u8]| [&(octets.len() as u32).to_be_bytes()[..], octets].concat();
    let mut clear = Zeroizing::new([&[0; 8][..], fields].concat());
    let padding = (8 - clear.len() % 8) % 8;
    clear.extend((1..).take(padding).map(|count: u8| count));
    let parts = [
        MAGIC.to_vec(),
        string(b"none"),
        string(b"none"),
        string(b""),
        1u32.to_be_bytes().to_vec(),
        string(blob),
        string(&clear),
    ];
    Item::Other { kind: Kind::PrivateKey, label: "OPENSSH PRIVATE KEY".to_owned(), bytes: parts.concat() }
}
