//! Finds objects in text without BEGIN and END lines: bare base64, base64 of PEM, hexadecimal.
//!
//! Only SEQUENCEs whose length fits are believed.

use super::{Problem, ProblemKind, Reading, Repair, object, read_within};
use crate::armor::body;
use crate::ber::header;
use memchr::memmem;
use zeroize::Zeroizing;

/// Base64 of `-----BEGIN`, as in the secrets of container platforms.
const WRAPPED_PEM: &[u8] = b"LS0tLS1CRUdJTi";
/// Base64 of a SEQUENCE with a length of two octets.
const LONG_SEQUENCE: &[u8] = b"MII";
/// Fewest characters that are reported as a truncated object.
const NOTABLE: usize = 100;

pub(super) fn read(text: &[u8], wrapping: usize, out: &mut Reading) {
    if hexadecimal(text, out) || leading(text, out) {
        return;
    }
    let mut done = 0;
    for start in memmem::find_iter(text, LONG_SEQUENCE) {
        if start < done || (start > 0 && body::value(text[start - 1]).is_some()) {
            continue;
        }
        done = match sequence(text, start) {
            Run::Whole { data, end } => {
                let mut repairs = vec![Repair::NoArmor];
                if text[..start].iter().chain(&text[end..]).any(u8::is_ascii_alphanumeric) {
                    repairs.push(Repair::ProseAround);
                }
                push(&data, start..end, &repairs, out);
                end
            }
            Run::Short { expected, got, end } if end - start >= NOTABLE => {
                let kind = ProblemKind::Truncated { expected, got };
                out.problems.push(Problem::new(kind, start..end, false));
                end
            }
            Run::Short { end, .. } => end,
            Run::Nothing => start + LONG_SEQUENCE.len(),
        };
    }
    wrapped(text, wrapping, out);
}

/// Reads the objects in `data`, all of which lie at the same place of the text.
fn push(data: &[u8], at: std::ops::Range<usize>, repairs: &[Repair], out: &mut Reading) {
    let mut inner = Reading::default();
    object::read(data, 0..data.len(), "", repairs, &mut inner);
    let before = out.found.len();
    for mut found in inner.found {
        found.at = at.clone();
        found.within = found.within.map(|place| before + place);
        out.found.push(found);
    }
    for mut problem in inner.problems {
        problem.at = at.clone();
        out.problems.push(problem);
    }
}

enum Run {
    Whole { data: Zeroizing<Vec<u8>>, end: usize },
    Short { expected: u64, got: usize, end: usize },
    Nothing,
}

/// Decodes the SEQUENCE whose base64 begins at `start`, and no character more than it needs.
fn sequence(text: &[u8], start: usize) -> Run {
    let (head, _) = decode(text, start, 8);
    let Some(expected) = header(&head)
        .filter(|_| head[0] == 0x30)
        .and_then(|header| header.length?.checked_add(header.size as u64))
    else {
        return Run::Nothing;
    };
    let wanted = usize::try_from(expected).unwrap_or(usize::MAX);
    let characters = wanted.saturating_mul(4).div_ceil(3).min(text.len() - start);
    let (mut data, end) = decode(text, start, characters);
    if data.len() < wanted {
        let got = data.len();
        return Run::Short { expected, got, end };
    }
    data.truncate(wanted);
    let padding = text[end..].iter().take(2).take_while(|octet| **octet == b'=').count();
    Run::Whole { data, end: end + padding }
}

/// Decodes up to `most` characters, across white space, quoting and escaped line ends.
fn decode(text: &[u8], start: usize, most: usize) -> (Zeroizing<Vec<u8>>, usize) {
    let mut data = Zeroizing::new(Vec::with_capacity(most / 4 * 3 + 3));
    let (mut bits, mut count, mut at, mut end) = (0u32, 0usize, start, start);
    while count < most && at < text.len() {
        let octet = text[at];
        let Some(value) = body::value(octet) else {
            match octet {
                b' ' | b'\t' | b'\r' | b'\n' | b'>' => at += 1,
                b'\\' if matches!(text.get(at + 1), Some(b'n' | b'r')) => at += 2,
                _ => break,
            }
            continue;
        };
        bits = bits << 6 | u32::from(value);
        count += 1;
        at += 1;
        end = at;
        if count % 4 != 1 {
            data.push((bits >> ((4 - count % 4) % 4 * 2)) as u8);
        }
    }
    (data, end)
}

/// A text that begins with base64 of a SEQUENCE of any size.
fn leading(text: &[u8], out: &mut Reading) -> bool {
    let Some(start) = text.iter().position(|octet| !octet.is_ascii_whitespace() && *octet != b'"') else {
        return false;
    };
    let Run::Whole { data, end } = sequence(text, start) else {
        return false;
    };
    let rest = &text[end..];
    if data.len() < 16 || rest.iter().any(u8::is_ascii_alphanumeric) {
        return false;
    }
    let before = out.found.len() + out.problems.len();
    push(&data, start..end, &[Repair::NoArmor], out);
    out.found.len() + out.problems.len() > before
}

/// A text that is nothing but hexadecimal digits and separators, beginning with a SEQUENCE.
fn hexadecimal(text: &[u8], out: &mut Reading) -> bool {
    let Some(start) = text.iter().position(u8::is_ascii_alphanumeric) else {
        return false;
    };
    let body = text[start..].strip_prefix(b"0x").unwrap_or(&text[start..]);
    if !body.starts_with(b"30") {
        return false;
    }
    let mut data = Zeroizing::new(Vec::with_capacity(body.len() / 2));
    let mut high = None;
    for octet in body {
        match char::from(*octet).to_digit(16) {
            Some(digit) => match high.take() {
                Some(upper) => data.push((upper << 4 | digit) as u8),
                None => high = Some(digit),
            },
            None if octet.is_ascii_whitespace() || matches!(octet, b':' | b'-' | b',') => {}
            None => return false,
        }
    }
    let complete = header(&data).is_some_and(|header| {
        header.length.and_then(|length| length.checked_add(header.size as u64)) == Some(data.len() as u64)
    });
    if complete && high.is_none() {
        push(&data, start..text.len(), &[Repair::Hex], out);
    }
    complete && high.is_none()
}

/// PEM that was encoded once more in base64.
fn wrapped(text: &[u8], wrapping: usize, out: &mut Reading) {
    let mut done = 0;
    for start in memmem::find_iter(text, WRAPPED_PEM) {
        if start < done {
            continue;
        }
        let size = text[start..]
            .iter()
            .position(|octet| body::value(*octet).is_none() && !octet.is_ascii_whitespace())
            .unwrap_or(text.len() - start);
        let (data, end) = decode(text, start, size);
        done = end;
        let inner = read_within(&data, wrapping + 1);
        let before = out.found.len();
        for mut found in inner.found {
            found.at = start..end;
            found.within = found.within.map(|place| before + place);
            found.repairs.insert(0, Repair::Base64Twice);
            out.found.push(found);
        }
        for mut problem in inner.problems {
            problem.at = start..end;
            out.problems.push(problem);
        }
    }
}
