//! Files of a tar archive (POSIX ustar and pax, and the long names of GNU).
//!
//! Sparse files and links are named, not followed.

use super::{ArchiveProblem, Opened, ProblemKind, name};

const BLOCK: usize = 512;

/// Whether an input begins with a header whose checksum is right.
pub(super) fn is(input: &[u8]) -> bool {
    input.first_chunk::<BLOCK>().is_some_and(|header| header[0] != 0 && is_header(header))
}

fn is_header(header: &[u8; BLOCK]) -> bool {
    let sum: u64 = header.iter().map(|octet| u64::from(*octet)).sum();
    let stated: u64 = header[148..156].iter().map(|octet| u64::from(*octet)).sum();
    number(&header[148..156]) == Some(sum - stated + 8 * u64::from(b' '))
}

/// A number in octal, or in the binary form of GNU for large ones.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        // The first octet is the mark; more than 64 bits are no size.
        let (mark, digits) = field.split_first()?;
        let (head, tail) = digits.split_at(digits.len().saturating_sub(8));
        (*mark == 0x80 && head.iter().all(|octet| *octet == 0)).then_some(())?;
        return Some(tail.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)));
    }
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    u64::from_str_radix(text, 8).ok()
}

/// Reads every file.
pub(super) fn read(input: &[u8], opened: &mut Opened<'_, '_>) {
    let mut rest = input;
    let mut long_name = None;
    while let Some((header, after)) = rest.split_first_chunk::<BLOCK>() {
        let place = input.len() - rest.len()..input.len();
        if header.iter().all(|octet| *octet == 0) {
            return;
        }
        let size = number(&header[124..136]).and_then(|size| usize::try_from(size).ok());
        let Some(size) = size.filter(|_| is_header(header)) else {
            opened.whole(ArchiveProblem::Damaged { what: "header" }, place);
            return;
        };
        let content = &after[..size.min(after.len())];
        rest = after.get(size.checked_next_multiple_of(BLOCK).unwrap_or(usize::MAX)..).unwrap_or_default();
        let kind = header[156];
        match kind {
            b'L' => {
                long_name = Some(name(content.split(|octet| *octet == 0).next().unwrap_or_default()));
                continue;
            }
            b'x' => {
                long_name = path(content).map(name).or(long_name);
                continue;
            }
            // A global header, a volume's name, a directory.
            b'g' | b'V' | b'5' => {
                long_name = None;
                continue;
            }
            _ => {}
        }
        let file = long_name.take().unwrap_or_else(|| short_name(header));
        if !opened.admit(place) {
            return;
        }
        match kind {
            _ if content.len() < size => {
                let kind = ProblemKind::Truncated { expected: size as u64, got: content.len() };
                opened.refuse(&file, content.len(), kind);
                return;
            }
            b'0' | 0 | b'7' => opened.file(&file, content),
            _ => opened.refuse(&file, size, ProblemKind::Archive(ArchiveProblem::Special)),
        }
    }
}

fn short_name(header: &[u8; BLOCK]) -> String {
    let field = |octets: &'_ [u8]| octets.split(|octet| *octet == 0).next().unwrap_or_default().to_vec();
    let last = field(&header[..100]);
    let prefix = if header[257..].starts_with(b"ustar\0") { field(&header[345..500]) } else { Vec::new() };
    match prefix.is_empty() {
        true => name(&last),
        false => name(&[prefix.as_slice(), b"/", &last].concat()),
    }
}

/// The path in the records of a pax header: `30 path=certificates/new.pem`.
fn path(records: &[u8]) -> Option<&[u8]> {
    let mut records = records.split(|octet| *octet == b'\n');
    records.find_map(|record| {
        let blank = record.iter().position(|octet| *octet == b' ')?;
        record[blank + 1..].strip_prefix(b"path=")
    })
}
