//! A ZIP archive of stored entries, written by the record layout of its specification. Compresses nothing.

/// An archive with these entries.
pub fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, contents) in entries {
        let at = length(&archive);
        let described = described(name, contents);
        archive.extend(b"PK\x03\x04");
        archive.extend(&described);
        archive.extend(name.as_bytes());
        archive.extend(contents);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&described);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, size) = (length(&archive), length(&directory));
    let count = short(entries.len()).to_le_bytes();
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\x00\x00\x00\x00");
    archive.extend([count, count].concat());
    archive.extend(size.to_le_bytes());
    archive.extend(at.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// What stands in both of an entry's headers: version, UTF-8 name, stored, date, checksum, sizes, lengths.
fn described(name: &str, contents: &[u8]) -> Vec<u8> {
    let mut header = vec![0x14, 0, 0, 8, 0, 0, 0, 0, 0x21, 0x5A];
    header.extend(checksum(contents).to_le_bytes());
    header.extend([length(contents).to_le_bytes(), length(contents).to_le_bytes()].concat());
    header.extend(short(name.len()).to_le_bytes());
    header.extend([0, 0]);
    header
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or_else(|_| panic!("too large for a small archive"))
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or_else(|_| panic!("too many for a small archive"))
}

/// CRC-32 as ISO 3309 has it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 })
    })
}
