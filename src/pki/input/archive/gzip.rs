//! One file packed by gzip (RFC 1952), or a tar archive packed as a whole.

use super::super::{ArchiveProblem, Budget, Problem, ProblemKind, Reading};
use super::checksum::crc32;
use super::inflate::inflate;
use super::{FREE_SIZE, MAX_RATIO, grant, name, tar};

/// What the file is called when gzip was not told.
const NAMELESS: &str = "unpacked";

pub(super) fn is(input: &[u8]) -> bool {
    input.starts_with(&[0x1f, 0x8b, 8])
}

/// Reads the file; several streams one behind the other are one file.
pub(super) fn read(input: &[u8], budget: &mut Budget, out: &mut Reading) {
    let mut content = Vec::new();
    let mut file = None;
    let mut rest = input;
    let mut problem = None;
    while is(rest) && problem.is_none() {
        // Streams without end are as good as files without end.
        let Some(left) = budget.entries.checked_sub(1) else {
            let problem = ArchiveProblem::TooManyEntries { limit: super::MAX_ENTRIES };
            out.problems.push(super::refused(problem, input.len()));
            return;
        };
        budget.entries = left;
        let Some((header, named)) = header(rest) else {
            problem = Some(ArchiveProblem::Damaged { what: "header" });
            break;
        };
        file = file.or(named);
        let stream = &rest[header..];
        let allowed = stream.len().saturating_mul(MAX_RATIO).clamp(FREE_SIZE, super::super::MAX_INPUT);
        let allowed = allowed.min(budget.unpacked);
        let inflated = inflate(stream, allowed);
        let refused = match inflated.cut {
            // The size is not announced, so the reason is found when it is too late for any other size.
            true => grant(budget, stream.len(), allowed.saturating_add(1)).err(),
            false => grant(budget, stream.len(), inflated.data.len()).err(),
        };
        if let Some(kind) = refused {
            out.problems.push(Problem::new(kind, 0..input.len(), false));
            return;
        }
        let trailer = stream.get(inflated.taken..inflated.taken + 8);
        let sum = trailer.and_then(|trailer| trailer.first_chunk::<4>()).map(|sum| u32::from_le_bytes(*sum));
        problem = match sum {
            _ if !inflated.ended => Some(ArchiveProblem::Damaged { what: "compressed data" }),
            None => Some(ArchiveProblem::Damaged { what: "end" }),
            Some(sum) if sum != crc32(&inflated.data) => Some(ArchiveProblem::Checksum),
            Some(_) => None,
        };
        content.extend(inflated.data);
        rest = stream.get(inflated.taken + 8..).unwrap_or_default();
        if content.len() > super::super::MAX_INPUT {
            let (limit, got) = (super::super::MAX_INPUT, content.len());
            out.problems.push(Problem::new(ProblemKind::TooLarge { limit, got }, 0..input.len(), false));
            return;
        }
    }
    let is_tar = tar::is(&content);
    let Some(mut reading) = (if is_tar { Some(budget.read(&content)) } else { budget.unwrap_file(&content) })
    else {
        let problem = ArchiveProblem::TooDeep { limit: super::MAX_NESTING };
        out.problems.push(super::refused(problem, input.len()));
        return;
    };
    if let Some(problem) = problem {
        out.problems.push(super::refused(problem, input.len()));
    }
    if is_tar {
        // Places in the archive mean nothing to who has it packed.
        let unnamed = reading.problems.iter_mut().filter(|problem| problem.entry.is_none());
        unnamed.for_each(|problem| problem.at = 0..input.len());
    } else {
        reading.enter(file.as_deref().unwrap_or(NAMELESS));
    }
    out.append(reading, |_, _| {});
}

/// The size of the header and the file's name in it.
fn header(input: &[u8]) -> Option<(usize, Option<String>)> {
    const CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let flags = *input.get(3)?;
    let mut at = 10;
    if flags & EXTRA != 0 {
        let size = input.get(at..at + 2)?;
        at += 2 + usize::from(u16::from_le_bytes([size[0], size[1]]));
    }
    let mut file = None;
    if flags & NAME != 0 {
        let size = input.get(at..)?.iter().position(|octet| *octet == 0)?;
        file = (size > 0).then(|| name(&input[at..at + size]));
        at += size + 1;
    }
    if flags & COMMENT != 0 {
        at += input.get(at..)?.iter().position(|octet| *octet == 0)? + 1;
    }
    if flags & CHECKSUM != 0 {
        at += 2;
    }
    (at <= input.len()).then_some((at, file))
}
