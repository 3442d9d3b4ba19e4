//! Files of a ZIP archive, stored or deflated, by its directory; without one, as far as their own headers lead.
//!
//! Files that share bytes are refused but the first: honest archives have none, and archives that unpack to more
//! than a disk holds are made of them.

use super::checksum::crc32;
use super::inflate::inflate;
use super::{ArchiveProblem, Opened, ProblemKind, Refusal, grant, name};
use crate::order;
use std::borrow::Cow;
use std::ops::Range;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";

/// Octets of a header without its name and extra field.
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

/// The flags of a file.
const ENCRYPTED: u16 = 1;
const SIZES_BEHIND: u16 = 8;

/// Stands for a value in the extra field of ZIP64.
const ELSEWHERE: u32 = u32::MAX;

/// One file, as a header describes it.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u32,
    unpacked: u32,
    /// Where its local header begins.
    offset: u64,
    /// Its packed bytes; nothing when they cannot be found.
    data: Option<Range<usize>>,
    overlaps: bool,
}

fn u16_at(input: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(input.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(input: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(input.get(at..at + 4)?.try_into().ok()?))
}

pub(super) fn read(input: &[u8], opened: &mut Opened<'_, '_>) {
    let Some(end) = end_of_directory(input) else {
        opened.whole(ArchiveProblem::Damaged { what: "its directory is missing" }, 0..input.len());
        return in_sequence(input, opened);
    };
    let fields = (u16_at(input, end + 10), u32_at(input, end + 12), u32_at(input, end + 16));
    let (Some(count), Some(size), Some(offset)) = fields else {
        return;
    };
    let locator = end.checked_sub(20).is_some_and(|at| input[at..].starts_with(LOCATOR_64));
    if locator || count == u16::MAX || size == ELSEWHERE || offset == ELSEWHERE {
        return opened.whole(ArchiveProblem::Zip64, 0..input.len());
    }
    // Where something stands before the archive, all offsets are short by its size.
    let shift = (end as u64).saturating_sub(u64::from(size) + u64::from(offset));
    let start = usize::try_from(u64::from(offset) + shift).unwrap_or(usize::MAX);
    let mut entries = directory(input, start.min(end)..end, usize::from(count), opened);
    for entry in &mut entries {
        entry.data = local_data(input, entry.offset + shift, entry.packed, start);
    }
    mark_overlaps(&mut entries, shift);
    for entry in &entries {
        if !opened.admit(0..input.len()) {
            return;
        }
        take_out(input, entry, opened);
    }
}

/// Where the end record begins.
fn end_of_directory(input: &[u8]) -> Option<usize> {
    let floor = input.len().saturating_sub(END_SIZE + usize::from(u16::MAX));
    memchr::memmem::rfind_iter(&input[floor..], END)
        .map(|at| floor + at)
        .find(|at| input.len() - at >= END_SIZE)
}

/// The files that the directory lists, directories left out.
fn directory(input: &[u8], range: Range<usize>, count: usize, opened: &mut Opened<'_, '_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = range.start;
    let mut seen = 0;
    while at < range.end && entries.len() <= super::MAX_ENTRIES {
        let Some((entry, size)) = central(&input[at..range.end]) else {
            break;
        };
        at += size;
        seen += 1;
        if !(entry.name.ends_with('/') && entry.unpacked == 0) {
            entries.push(entry);
        }
    }
    if seen < count && entries.len() <= super::MAX_ENTRIES {
        opened.whole(ArchiveProblem::Damaged { what: "its directory" }, range);
    }
    entries
}

/// One record of the directory and its size.
fn central(input: &[u8]) -> Option<(Entry, usize)> {
    input.starts_with(CENTRAL).then_some(())?;
    let sizes = [28, 30, 32].map(|at| u16_at(input, at).map(usize::from));
    let [Some(named), Some(extra), Some(comment)] = sizes else {
        return None;
    };
    let entry = Entry {
        name: name(input.get(CENTRAL_SIZE..CENTRAL_SIZE + named)?),
        flags: u16_at(input, 8)?,
        method: u16_at(input, 10)?,
        crc: u32_at(input, 16)?,
        packed: u32_at(input, 20)?,
        unpacked: u32_at(input, 24)?,
        offset: u64::from(u32_at(input, 42)?),
        data: None,
        overlaps: false,
    };
    Some((entry, CENTRAL_SIZE + named + extra + comment))
}

/// Where the packed bytes behind a local header lie; they must end before `limit`.
fn local_data(input: &[u8], offset: u64, packed: u32, limit: usize) -> Option<Range<usize>> {
    let header = usize::try_from(offset).ok().filter(|at| *at < limit)?;
    input.get(header..)?.starts_with(LOCAL).then_some(())?;
    let named = usize::from(u16_at(input, header + 26)?);
    let extra = usize::from(u16_at(input, header + 28)?);
    let start = header + LOCAL_SIZE + named + extra;
    let end = start.checked_add(usize::try_from(packed).ok()?)?;
    (end <= limit.min(input.len())).then_some(start..end)
}

fn mark_overlaps(entries: &mut [Entry], shift: u64) {
    let mut places: Vec<usize> = (0..entries.len()).collect();
    order::sort_by_key(&mut places, |index| (entries[*index].offset, *index));
    let mut taken = 0;
    for index in places {
        let entry = &mut entries[index];
        let Some(data) = &entry.data else { continue };
        entry.overlaps = entry.offset + shift < taken;
        if !entry.overlaps {
            taken = data.end as u64;
        }
    }
}

fn take_out(input: &[u8], entry: &Entry, opened: &mut Opened<'_, '_>) {
    let size = usize::try_from(entry.unpacked).unwrap_or(usize::MAX);
    match unpacked(input, entry, opened) {
        Err(kind) => opened.refuse(&entry.name, size, kind),
        Ok(content) => {
            opened.file(&entry.name, &content);
            if crc32(&content) != entry.crc {
                opened.refuse(&entry.name, size, ProblemKind::Archive(ArchiveProblem::Checksum));
            }
        }
    }
}

fn unpacked<'i>(
    input: &'i [u8],
    entry: &Entry,
    opened: &mut Opened<'_, '_>,
) -> Result<Cow<'i, [u8]>, Refusal> {
    let refused = |problem| Err(ProblemKind::Archive(problem));
    if entry.packed == ELSEWHERE || entry.unpacked == ELSEWHERE || entry.offset == u64::from(ELSEWHERE) {
        return refused(ArchiveProblem::Zip64);
    }
    if entry.flags & ENCRYPTED != 0 {
        return refused(ArchiveProblem::Encrypted);
    }
    if entry.overlaps {
        return refused(ArchiveProblem::Overlapping);
    }
    let Some(data) = entry.data.clone() else {
        return refused(ArchiveProblem::Damaged { what: "a header of a file" });
    };
    let packed = &input[data];
    let size = usize::try_from(entry.unpacked).unwrap_or(usize::MAX);
    match entry.method {
        0 if packed.len() == size => Ok(Cow::Borrowed(packed)),
        0 => refused(ArchiveProblem::Damaged { what: "the size of a file" }),
        8 => {
            grant(opened.budget, packed.len(), size)?;
            let inflated = inflate(packed, size);
            match inflated.ended && inflated.data.len() == size {
                true => Ok(Cow::Owned(inflated.data)),
                false => refused(ArchiveProblem::Damaged { what: "compressed data" }),
            }
        }
        method => refused(ArchiveProblem::Method { method }),
    }
}

/// Reads what lies at the start of an archive that was cut off, file by file.
fn in_sequence(input: &[u8], opened: &mut Opened<'_, '_>) {
    let mut at = 0;
    while let Some(mut entry) = input.get(at..).and_then(local) {
        let Some(mut data) = local_data(input, at as u64, 0, input.len()) else {
            return;
        };
        if !opened.admit(at..input.len()) {
            return;
        }
        let rest = &input[data.start..];
        let size = usize::try_from(entry.packed).unwrap_or(usize::MAX);
        if entry.flags & SIZES_BEHIND != 0 && entry.method == 8 && entry.flags & ENCRYPTED == 0 {
            let allowed = rest.len().saturating_mul(super::MAX_RATIO).min(super::FREE_SIZE);
            let inflated = inflate(rest, allowed.min(opened.budget.unpacked));
            if !inflated.ended {
                let kind = ProblemKind::Archive(ArchiveProblem::Damaged { what: "compressed data" });
                return opened.refuse(&entry.name, inflated.data.len(), kind);
            }
            entry.unpacked = u32::try_from(inflated.data.len()).unwrap_or(ELSEWHERE);
            entry.crc = crc32(&inflated.data);
            data.end = data.start + inflated.taken;
        } else if size > rest.len() {
            let kind = ProblemKind::Truncated { expected: u64::from(entry.packed), got: rest.len() };
            return opened.refuse(&entry.name, rest.len(), kind);
        } else {
            data.end = data.start + size;
        }
        at = data.end;
        if entry.flags & SIZES_BEHIND != 0 {
            // The sizes that came too late for the header: with or without a mark of their own.
            let mark = input[at..].starts_with(b"PK\x07\x08");
            at = (at + if mark { 16 } else { 12 }).min(input.len());
        }
        entry.data = Some(data);
        if !(entry.name.ends_with('/') && entry.unpacked == 0) {
            take_out(input, &entry, opened);
        }
    }
}

/// A file as its local header describes it.
fn local(input: &[u8]) -> Option<Entry> {
    input.starts_with(LOCAL).then_some(())?;
    let named = usize::from(u16_at(input, 26)?);
    Some(Entry {
        name: name(input.get(LOCAL_SIZE..LOCAL_SIZE + named)?),
        flags: u16_at(input, 6)?,
        method: u16_at(input, 8)?,
        crc: u32_at(input, 14)?,
        packed: u32_at(input, 18)?,
        unpacked: u32_at(input, 22)?,
        offset: 0,
        data: None,
        overlaps: false,
    })
}
