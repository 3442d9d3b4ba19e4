//! Named bits of a BIT STRING in words.
//!
//! Leaves out which names belong to which string.

use crate::describe::margin::Margin;
use crate::error::{Error, Result};
use crate::tlv::Tlv;

/// The names of bits, bit 0 first.
pub(crate) type Bits = &'static [&'static str];

/// The names of the bits that are set; the content begins with the count of unused bits.
///
/// # Errors
/// The count of unused bits is missing or impossible.
pub(crate) fn words(element: &Tlv<'_>, names: Bits, margin: &mut Margin) -> Result<String> {
    let Some((&unused, octets)) = element.content.split_first() else {
        return Err(Error::der("bits", element.range()));
    };
    if unused > 7 || (octets.is_empty() && unused > 0) {
        return Err(Error::der("bits", element.range()));
    }
    let count = octets.len() * 8 - usize::from(unused);
    let is_set = |bit: usize| octets[bit / 8] & (0x80 >> (bit % 8)) != 0;
    let mut out: Vec<String> = Vec::new();
    for bit in (0..count).filter(|bit| is_set(*bit)).take(64) {
        match names.get(bit) {
            Some(name) => out.push((*name).to_owned()),
            None => out.push(format!("bit {bit}")),
        }
    }
    if out.is_empty() {
        margin.note("no bit is set", element.range());
        return Ok("none".to_owned());
    }
    // X.690 section 11.2.2: trailing zero bits of named bits are dropped.
    if !is_set(count - 1) || octets.last().is_some_and(|last| last.trailing_zeros() < u32::from(unused)) {
        margin.note("named bits that are not in their shortest form, which DER forbids", element.range());
    }
    Ok(out.join(", "))
}
