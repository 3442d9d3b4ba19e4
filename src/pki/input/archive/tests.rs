//! Tests of opening archives, with archives made on the spot, honest and not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::input::{ArchiveProblem, Reading, read};
use std::time::Instant;

const SPKI: [u8; 44] = [
    0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
];

/// One file for an archive; what is said of it may be untrue.
#[derive(Clone)]
struct File {
    name: String,
    content: Vec<u8>,
    method: u16,
    flags: u16,
    crc: u32,
    size: usize,
}

fn stored(name: &str, content: &[u8]) -> File {
    let (name, crc, size) = (name.to_owned(), checksum::crc32(content), content.len());
    File { name, content: content.to_vec(), method: 0, flags: 0, crc, size }
}

fn deflated(name: &str, content: &[u8]) -> File {
    let packed = miniz_oxide::deflate::compress_to_vec(content, 9);
    File { content: packed, method: 8, ..stored(name, content) }.with_size(content.len())
}

impl File {
    fn with_size(mut self, size: usize) -> Self {
        self.size = size;
        self
    }

    /// The fields that both headers share, from the flags to the length of the name.
    fn fields(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.crc.to_le_bytes());
        out.extend((self.content.len() as u32).to_le_bytes());
        out.extend((self.size as u32).to_le_bytes());
        out.extend((self.name.len() as u16).to_le_bytes());
        out
    }
}

/// A ZIP archive; every file's local header lies where `place` says, counted from the header before.
fn zip(files: &[File]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        let offset = out.len() as u32;
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(file.fields());
        out.extend([0, 0]);
        out.extend(file.name.as_bytes());
        out.extend(&file.content);
        record(&mut directory, file, offset);
    }
    finish(out, &directory, files.len())
}

fn record(directory: &mut Vec<u8>, file: &File, offset: u32) {
    directory.extend(b"PK\x01\x02\x14\0\x14\0");
    directory.extend(file.fields());
    directory.extend([0; 12]);
    directory.extend(offset.to_le_bytes());
    directory.extend(file.name.as_bytes());
}

fn finish(mut out: Vec<u8>, directory: &[u8], count: usize) -> Vec<u8> {
    let offset = out.len() as u32;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((count as u16).to_le_bytes());
    out.extend((count as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn tar(files: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, kind, content) in files {
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = *kind;
        header[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = header.iter().map(|octet| u32::from(*octet)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(header);
        out.extend(*content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.extend([0; 1024]);
    out
}

fn gzip(name: Option<&str>, content: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, if name.is_some() { 8 } else { 0 }, 0, 0, 0, 0, 0, 3];
    out.extend(name.into_iter().flat_map(|name| name.bytes().chain([0])));
    out.extend(miniz_oxide::deflate::compress_to_vec(content, 6));
    out.extend(checksum::crc32(content).to_le_bytes());
    out.extend((content.len() as u32).to_le_bytes());
    out
}

fn entries(reading: &Reading) -> Vec<&str> {
    reading.found.iter().map(|found| found.entry.as_deref().unwrap_or("-")).collect()
}

fn problems(reading: &Reading) -> Vec<(&str, ProblemKind)> {
    let problem = |problem: &'_ Problem| problem.kind.clone();
    reading.problems.iter().map(|one| (one.entry.as_deref().unwrap_or("-"), problem(one))).collect()
}

fn archive(problem: ArchiveProblem) -> ProblemKind {
    ProblemKind::Archive(problem)
}

#[test]
fn every_file_is_read_as_an_input_of_its_own() {
    let pem = crate::armor::encode("PUBLIC KEY", &SPKI);
    let input = zip(&[
        stored("keys/", b""),
        stored("keys/a.der", &SPKI),
        deflated("keys/b.pem", pem.repeat(2).as_bytes()),
        deflated("readme.txt", b"nothing to see"),
        stored("empty", b""),
    ]);
    let reading = read(&input);
    assert_eq!(entries(&reading), ["keys/a.der", "keys/b.pem", "keys/b.pem"]);
    assert_eq!(reading.found[2].at, pem.len()..2 * pem.len() - 1);
    let expect = [("readme.txt", ProblemKind::NothingRecognised), ("empty", ProblemKind::Empty)];
    assert_eq!(problems(&reading), expect);
}

#[test]
fn tar_and_gzip_are_opened_as_well() {
    let long = "l".repeat(150);
    let pax = format!("{} path={long}\n", long.len() + 10);
    let files: Vec<(&str, u8, &[u8])> = vec![
        ("d/", b'5', b""),
        ("d/a.der", b'0', &SPKI),
        ("pax", b'x', pax.as_bytes()),
        ("cut", b'0', &SPKI),
        ("link", b'2', b""),
        ("old", 0, &SPKI),
    ];
    let input = tar(&files);
    for (input, name) in [(input.clone(), "tar"), (gzip(Some("x.tar"), &input), "tar.gz")] {
        let reading = read(&input);
        assert_eq!(entries(&reading), ["d/a.der", &long, "old"], "{name}");
        assert_eq!(problems(&reading), [("link", archive(ArchiveProblem::Special))], "{name}");
    }
    assert_eq!(entries(&read(&gzip(Some("a.der"), &SPKI))), ["a.der"]);
    assert_eq!(entries(&read(&gzip(None, &SPKI))), ["unpacked"]);
    let (head, tail) = SPKI.split_at(20);
    assert_eq!(entries(&read(&[gzip(None, head), gzip(None, tail)].concat())), ["unpacked"]);
}

#[test]
fn archives_within_archives_are_opened_once() {
    let inner = zip(&[deflated("a.der", &SPKI)]);
    let middle = zip(&[stored("inner.zip", &inner), stored("b.der", &SPKI)]);
    let reading = read(&zip(&[stored("middle.zip", &middle), stored("c.der", &SPKI)]));
    assert_eq!(entries(&reading), ["middle.zip/b.der", "c.der"]);
    let expect = [("middle.zip/inner.zip", archive(ArchiveProblem::TooDeep { limit: 2 }))];
    assert_eq!(problems(&reading), expect);
    let packed = gzip(None, &gzip(None, &gzip(None, &SPKI)));
    assert_eq!(problems(&read(&packed))[0].1, archive(ArchiveProblem::TooDeep { limit: 2 }));
}

#[test]
fn what_is_not_opened_is_said_file_by_file() {
    let good = || stored("good", &SPKI);
    let changed = |change: fn(&mut File)| {
        let mut file = deflated("bad", &SPKI);
        change(&mut file);
        file
    };
    let rows: Vec<(File, ArchiveProblem)> = vec![
        (changed(|file| file.flags = 1), ArchiveProblem::Encrypted),
        (changed(|file| file.method = 14), ArchiveProblem::Method { method: 14 }),
        (changed(|file| file.size = u32::MAX as usize), ArchiveProblem::Zip64),
        (changed(|file| file.size += 1), ArchiveProblem::Damaged { what: "compressed data" }),
        (changed(|file| file.size -= 1), ArchiveProblem::Damaged { what: "compressed data" }),
        (changed(|file| file.content.truncate(9)), ArchiveProblem::Damaged { what: "compressed data" }),
        (changed(|file| file.content[0] = 0xff), ArchiveProblem::Damaged { what: "compressed data" }),
        (changed(|file| file.method = 0), ArchiveProblem::Damaged { what: "the size of a file" }),
    ];
    for (file, problem) in rows {
        let reading = read(&zip(&[file, good()]));
        assert_eq!(problems(&reading), [("bad", archive(problem))]);
        assert_eq!(entries(&reading), ["good"]);
    }
    let reading = read(&zip(&[changed(|file| file.crc ^= 1), good()]));
    assert_eq!(problems(&reading), [("bad", archive(ArchiveProblem::Checksum))]);
    assert_eq!(entries(&reading), ["bad", "good"]);
    for (start, name) in
        [(&b"7z\xbc\xaf\x27\x1c"[..], "7-Zip"), (b"Rar!\x1a\x07\0", "RAR"), (b"BZh91AY", "bzip2")]
    {
        assert_eq!(problems(&read(start)), [("-", archive(ArchiveProblem::Format { name }))]);
    }
}

#[test]
fn an_archive_that_was_cut_off_gives_what_is_left() {
    let whole = zip(&[deflated("a.der", &SPKI), stored("b.der", &SPKI), stored("c.der", &SPKI)]);
    for size in 0..whole.len() {
        let reading = read(&whole[..size]);
        assert!(!reading.problems.is_empty(), "{size}");
    }
    let reading = read(&whole[..whole.len() - 100]);
    assert_eq!(entries(&reading), ["a.der", "b.der", "c.der"]);
    let what = "its directory is missing";
    assert_eq!(problems(&reading), [("-", archive(ArchiveProblem::Damaged { what }))]);
    let whole = tar(&[("a.der", b'0', &SPKI), ("b.der", b'0', &SPKI)]);
    let reading = read(&whole[..1500 + 50]);
    let (expected, got) = (44, 14);
    assert_eq!(problems(&reading), [("b.der", ProblemKind::Truncated { expected, got })]);
}

#[test]
fn names_are_shown_without_tricks() {
    let rows = [("a\u{202e}rcs.exe", "arcs.exe"), ("a\nb\0c", "abc"), ("..\\a\\b", "../a/b"), ("", "?")];
    for (name, expect) in rows {
        assert_eq!(entries(&read(&zip(&[stored(name, &SPKI)]))), [expect]);
    }
}

/// What reading an archive took from the budget: the same on every machine, other than the time.
#[derive(Debug, PartialEq, Eq)]
struct Work {
    entries: usize,
    unpacked: usize,
}

/// Reads an archive that was made to exhaust, with the work that it may take.
fn exhausting(input: &[u8], expect: Work) -> Reading {
    let started = Instant::now();
    let mut budget = Budget::default();
    let reading = budget.read(input);
    let taken = started.elapsed();
    let work = Work { entries: MAX_ENTRIES - budget.entries, unpacked: MAX_UNPACKED - budget.unpacked };
    println!("{} bytes: {work:?} in {taken:?}", input.len());
    assert_eq!(work, expect);
    // Only what hangs exceeds this, also without optimisation on a busy machine.
    assert!(taken.as_secs() < 10, "{taken:?}");
    assert_eq!(reading.found.len(), 0);
    reading
}

#[test]
fn nothing_is_unpacked_beyond_what_was_granted() {
    let packed = deflated("bomb", &vec![0; 8 * 1024 * 1024]).content;
    for limit in [0, 1, 1_000, 100_000] {
        let inflated = inflate::inflate(&packed, limit);
        assert_eq!((inflated.data.len(), inflated.cut, inflated.ended), (limit, true, false));
        assert!(inflated.data.capacity() <= 2 * limit + 8 * 1024, "{}", inflated.data.capacity());
        // A thousand octets come out of one; what was not asked for is not gone through.
        assert!(inflated.taken <= 100 + limit / 500, "{} for {limit}", inflated.taken);
    }
}

#[test]
fn archives_that_would_fill_the_memory_are_refused() {
    let zeros = vec![0; 24 * 1024 * 1024];
    let bomb = deflated("bomb", &zeros);
    let refused = |reading: &Reading| problems(reading)[0].1.clone();
    assert_eq!(
        refused(&exhausting(&zip(std::slice::from_ref(&bomb)), Work { entries: 1, unpacked: 0 })),
        archive(ArchiveProblem::Ratio { limit: MAX_RATIO })
    );
    assert_eq!(
        refused(&exhausting(&gzip(None, &zeros), Work { entries: 1, unpacked: 0 })),
        archive(ArchiveProblem::Ratio { limit: MAX_RATIO })
    );
    // Files below the size from which the ratio counts, until the sum is reached.
    let foreign = [b"BZh9", &zeros[..FREE_SIZE - 4]].concat();
    let many: Vec<File> = (0..70).map(|index| deflated(&index.to_string(), &foreign)).collect();
    let reading = exhausting(&zip(&many), Work { entries: 70, unpacked: MAX_UNPACKED });
    assert_eq!(problems(&reading)[63].1, archive(ArchiveProblem::Format { name: "bzip2" }));
    assert_eq!(problems(&reading)[64].1, archive(ArchiveProblem::TooMuch { limit: MAX_UNPACKED }));
    // The announced size is a lie.
    let reading = exhausting(&zip(&[bomb.clone().with_size(1000)]), Work { entries: 1, unpacked: 1_000 });
    assert_eq!(refused(&reading), archive(ArchiveProblem::Damaged { what: "compressed data" }));
    let reading = exhausting(&zip(&[bomb.with_size(40 * 1024 * 1024)]), Work { entries: 1, unpacked: 0 });
    assert_eq!(
        refused(&reading),
        ProblemKind::TooLarge { limit: crate::input::MAX_INPUT, got: 40 * 1024 * 1024 }
    );
}

#[test]
fn files_that_share_their_bytes_are_refused() {
    let zeros = vec![0; FREE_SIZE];
    let file = deflated("0", &zeros);
    let mut out = b"PK\x03\x04\x14\0".to_vec();
    out.extend(file.fields());
    out.extend([0, 0]);
    out.extend(file.name.as_bytes());
    out.extend(&file.content);
    let mut directory = Vec::new();
    for _ in 0..10_000 {
        record(&mut directory, &file, 0);
    }
    let reading = exhausting(&finish(out, &directory, 10_000), Work { entries: 10_000, unpacked: FREE_SIZE });
    assert_eq!(problems(&reading)[1].1, archive(ArchiveProblem::Overlapping));
    // Each local header is quoted by the file before it. What is stored takes nothing from what may be unpacked; the
    // first file holds the headers of the others, of which one more is opened.
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for index in 0..1_000u32 {
        let quoting = File { content: vec![0; (1_000 - index as usize) * 31], ..stored("q", b"") };
        record(&mut directory, &quoting.clone().with_size((1_000 - index as usize) * 31), out.len() as u32);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(quoting.fields());
        out.extend([0, 0, b'q']);
    }
    out.extend([0; 31]);
    let reading = exhausting(&finish(out, &directory, 1_000), Work { entries: 1_001, unpacked: 0 });
    let overlapping = archive(ArchiveProblem::Overlapping);
    assert_eq!(problems(&reading).iter().filter(|(_, kind)| *kind == overlapping).count(), 999);
}

#[test]
fn more_files_than_are_opened_are_counted_out() {
    let mut directory = Vec::new();
    let mut out = Vec::new();
    let file = stored("n", b"");
    for _ in 0..=MAX_ENTRIES {
        record(&mut directory, &file, out.len() as u32);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(file.fields());
        out.extend([0, 0, b'n']);
    }
    let reading =
        exhausting(&finish(out, &directory, MAX_ENTRIES + 1), Work { entries: MAX_ENTRIES, unpacked: 0 });
    assert_eq!(reading.problems.len(), MAX_ENTRIES + 1);
    let last = problems(&reading).pop().unwrap().1;
    assert_eq!(last, archive(ArchiveProblem::TooManyEntries { limit: MAX_ENTRIES }));
}
