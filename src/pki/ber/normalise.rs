//! Rewrites BER as DER: definite minimal lengths and primitive strings.
//!
//! The members of a SET keep their order and primitive contents stay untouched, so what was signed stays signed.

use super::{BerProblemKind, Class, Limits, Node, parse};
use crate::error::{Error, ErrorKind};
use crate::tlv::encode;

/// Universal types whose value may be split into segments (X.690 section 8.7 and 8.21).
const STRINGS: [u32; 15] = [3, 4, 12, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30];

/// Rewrites the one BER element in `input` as DER.
///
/// Constructed strings under an implicit context tag stay as they are: only the schema knows them.
///
/// # Errors
/// `BadDer` with the place of the damage, also for trailing bytes; `TooDeep` and `TooLarge` at the default [`Limits`].
pub fn normalise(input: &[u8]) -> Result<Vec<u8>, Error> {
    let tree = parse(input, Limits::default());
    if let Some(problem) = tree.problem {
        let kind = match problem.kind {
            BerProblemKind::TooDeep { limit } => ErrorKind::TooDeep { limit },
            BerProblemKind::TooManyNodes { limit } => ErrorKind::TooLarge { limit, got: limit + 1 },
            BerProblemKind::BadHeader => ErrorKind::BadDer { what: "tag or length" },
            BerProblemKind::Overrun { .. } => ErrorKind::BadDer { what: "length beyond the end" },
            BerProblemKind::MissingEndOfContents => ErrorKind::BadDer { what: "end of contents" },
        };
        return Err(Error { kind, position: Some(problem.at) });
    }
    let [node] = tree.nodes.as_slice() else {
        return Err(Error {
            kind: ErrorKind::BadDer { what: "exactly one element" },
            position: Some(0..input.len()),
        });
    };
    let mut out = Vec::with_capacity(input.len());
    write(input, node, &mut out)?;
    Ok(out)
}

fn write(input: &[u8], node: &Node, out: &mut Vec<u8>) -> Result<(), Error> {
    let identifier = node.header.start..node.header.start + identifier_size(&input[node.header.clone()]);
    if !node.tag.constructed {
        out.extend(&input[identifier]);
        encode::length(out, node.content.len());
        out.extend(&input[node.content.clone()]);
        return Ok(());
    }
    let mut content = Vec::with_capacity(node.content.len());
    if node.tag.class == Class::Universal && STRINGS.contains(&node.tag.number) {
        let bits = node.tag.number == 3;
        if bits {
            content.push(0);
        }
        segments(input, node, bits, &mut content)?;
        out.push(input[node.header.start] & !0x20);
    } else {
        for child in &node.children {
            write(input, child, &mut content)?;
        }
        out.extend(&input[identifier]);
    }
    encode::length(out, content.len());
    out.extend(content);
    Ok(())
}

/// Octets of the identifier at the start of `header`.
fn identifier_size(header: &[u8]) -> usize {
    match header.first() {
        Some(first) if first & 0x1f == 0x1f => {
            2 + header[1..].iter().take_while(|octet| *octet & 0x80 != 0).count()
        }
        _ => 1,
    }
}

/// Appends the segments of a constructed string; for bits, `out[0]` becomes the last count of unused bits.
fn segments(input: &[u8], node: &Node, bits: bool, out: &mut Vec<u8>) -> Result<(), Error> {
    for child in &node.children {
        let number = if bits { 3 } else { 4 };
        let same = child.tag.number == node.tag.number || child.tag.number == number;
        let segment = &input[child.content.clone()];
        match segment {
            _ if child.tag.class != Class::Universal || !same => {}
            _ if child.tag.constructed => {
                segments(input, child, bits, out)?;
                continue;
            }
            [unused @ 0..=7, rest @ ..] if bits && out[0] == 0 => {
                out[0] = *unused;
                out.extend(rest);
                continue;
            }
            _ if !bits => {
                out.extend(segment);
                continue;
            }
            _ => {}
        }
        return Err(Error {
            kind: ErrorKind::BadDer { what: "segment of a string" },
            position: Some(child.whole.clone()),
        });
    }
    Ok(())
}
