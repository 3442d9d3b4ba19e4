//! Base64 without BEGIN and END lines: of DER, of text, of archives and of OpenSSH's public keys.
//!
//! Words and lines that only happen to be made of the same characters are told apart by what they decode to.

use super::{Belief, Decoded, Piece, Search, announced, indefinite, naming};
use crate::armor::body::value;
use crate::input::{Reading, Repair, object};
use std::ops::Range;
use zeroize::Zeroizing;

/// The shortest run of characters that is looked at.
const SHORTEST: usize = 16;
/// Fewest characters that are reported as a truncated object.
const NOTABLE: usize = 100;
/// Characters from which is told what a run holds.
const HEAD: usize = 32;

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// So many characters, across any white space.
    Characters(usize),
    /// Over lines that hold nothing else.
    Lines,
    /// To the end of the word.
    Word,
}

#[derive(Default)]
struct Run {
    data: Zeroizing<Vec<u8>>,
    end: usize,
    quoted: bool,
    printable: bool,
    url: bool,
    stray: bool,
}

impl Run {
    fn repairs(&self) -> Vec<Repair> {
        let unusual = [
            (self.quoted, Repair::Quoted),
            (self.url, Repair::Base64Url),
            (self.printable, Repair::QuotedPrintable),
            (self.stray, Repair::StrayCharacters),
        ];
        unusual.into_iter().filter_map(|(happened, repair)| happened.then_some(repair)).collect()
    }
}

impl Search<'_, '_, '_> {
    pub(super) fn base64(&mut self, part: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = part.start;
        while at < part.end {
            let word = self.octets[at..part.end].iter().take_while(|octet| value(**octet).is_some()).count();
            if word < SHORTEST {
                at += word.max(1);
                continue;
            }
            let end = match self.word(at..at + word, part.end) {
                Ok(piece) => {
                    let end = piece.at.end;
                    pieces.push(piece);
                    end
                }
                Err(end) => end,
            };
            at = end.max(at + word);
        }
        pieces
    }

    /// Looks at one word.
    ///
    /// # Errors
    /// Where the search goes on when there was nothing.
    fn word(&mut self, word: Range<usize>, limit: usize) -> Result<Piece, usize> {
        let octets = &self.octets[word.clone()];
        let dashes = octets.iter().take_while(|octet| matches!(octet, b'-' | b'_')).count();
        let start = word.start + dashes;
        let result = self.run(start, limit);
        // In an address, base64 may be the last part of the path.
        let is_path = self.octets[..word.start].ends_with(b"http:")
            || self.octets[..word.start].ends_with(b"https:")
            || self.octets[..word.start].ends_with(b".");
        if let (Err(_), true, Some(slash)) = (&result, is_path, memchr::memmem::find(octets, b"/M"))
            && octets.len() - slash > SHORTEST
        {
            return self.run(word.start + slash + 1, limit);
        }
        result
    }

    fn run(&mut self, start: usize, limit: usize) -> Result<Piece, usize> {
        let head = decode(self.octets, start..limit, Reach::Characters(HEAD)).data;
        match self.octets[start..limit] {
            [b'M', b'A'..=b'P', ..] => self.sequence(start, limit, &head),
            _ if head.starts_with(&[0, 0, 0]) => self.open_ssh(start, limit),
            _ if is_text(&head) || is_archive(&head) || object::is_key_store(&head) => {
                let run = decode(self.octets, start..limit, Reach::Lines);
                let end = padded(self.octets, run.end);
                let decoded = Decoded { data: &run.data, at: start..end, repairs: run.repairs() };
                let repair = if is_text(&head) { Repair::Base64Twice } else { Repair::NoArmor };
                self.wrapped(&decoded, repair).ok_or(end)
            }
            _ => Err(start),
        }
    }

    /// A SEQUENCE, and no character more than it needs.
    fn sequence(&mut self, start: usize, limit: usize, head: &[u8]) -> Result<Piece, usize> {
        let is_long = self.octets[start..].starts_with(b"MII");
        let Some(announced) = announced(head) else {
            return Err(start);
        };
        let Ok(expected) = announced else {
            let run = decode(self.octets, start..limit, Reach::Lines);
            let size = indefinite(&run.data).ok_or(run.end)?;
            return self.believe(&run, size, start, Belief::Known).ok_or(run.end);
        };
        let wanted = usize::try_from(expected).unwrap_or(usize::MAX);
        let characters = wanted.saturating_mul(4).div_ceil(3).min(limit - start);
        let run = decode(self.octets, start..limit, Reach::Characters(characters));
        if run.data.len() >= wanted {
            let belief = if is_long { Belief::Any } else { Belief::Known };
            // A short one that is none was a word, and what follows may be something else.
            return self.believe(&run, wanted, start, belief).ok_or(if is_long { run.end } else { start });
        }
        if is_long && run.end - start >= NOTABLE && !self.is_number(start) {
            return Ok(Search::truncated(start..run.end, expected, run.data.len()));
        }
        Err(if is_long { run.end } else { start })
    }

    fn believe(&mut self, run: &Run, size: usize, start: usize, belief: Belief) -> Option<Piece> {
        let mut repairs = vec![Repair::NoArmor];
        repairs.extend(run.repairs());
        let at = start..padded(self.octets, run.end);
        let mut piece = self.object(&Decoded { data: &run.data[..size], at, repairs }, belief)?;
        let name = naming::of(self.octets, start);
        super::name_all(&mut piece.reading, name);
        Some(piece)
    }

    /// The one-line form of OpenSSH: `ssh-ed25519 AAAA… comment`.
    fn open_ssh(&mut self, start: usize, limit: usize) -> Result<Piece, usize> {
        let run = decode(self.octets, start..limit, Reach::Word);
        let named = run.data.get(3).and_then(|size| run.data.get(4..4 + usize::from(*size)));
        let known = [&b"ssh-"[..], b"ecdsa-sha2-", b"sk-ssh-", b"sk-ecdsa-", b"webauthn-sk-"];
        let Some(name) = named.filter(|name| known.iter().any(|prefix| name.starts_with(prefix))) else {
            return Err(run.end);
        };
        let before = self.octets[..start].trim_ascii_end();
        let start = if before.ends_with(name) { before.len() - name.len() } else { start };
        let end = padded(self.octets, run.end);
        let line = self.octets[end..limit].iter().take(200).take_while(|octet| **octet >= b' ').count();
        let comment = String::from_utf8_lossy(&self.octets[end..end + line]).trim().to_owned();
        let end = if comment.is_empty() { end } else { end + line };
        let comment = (!comment.is_empty()).then_some(comment);
        let mut reading = Reading::default();
        object::openssh_public(&run.data, start..end, comment, &[], &mut reading);
        Ok(Piece { at: start..end, reading })
    }
}

/// Where the padding behind a run ends.
fn padded(text: &[u8], end: usize) -> usize {
    end + text[end..].iter().take(2).take_while(|octet| **octet == b'=').count()
}

/// Whether octets are the beginning of a text, in one octet a character or in two.
fn is_text(head: &[u8]) -> bool {
    let printable = |octet: &u8| matches!(octet, b'\t' | b'\r' | b'\n' | b' '..=b'~');
    match head {
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.iter().all(printable),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        _ => {
            let side = |side: usize| head.iter().skip(side).step_by(2).all(|octet| *octet == 0);
            let wide = side(0) != side(1);
            head.len() >= HEAD / 4 * 3 && (wide || head.iter().all(printable))
        }
    }
}

fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(&[0x1f, 0x8b, 8])
}

/// Decodes a run of base64 from the start of `range`.
fn decode(text: &[u8], range: Range<usize>, reach: Reach) -> Run {
    let mut run = Run { end: range.start, ..Run::default() };
    let most = match reach {
        Reach::Characters(most) => most,
        Reach::Lines | Reach::Word => usize::MAX,
    };
    if let Reach::Characters(most) = reach {
        run.data.reserve(most / 4 * 3 + 3);
    }
    let (mut bits, mut count, mut at) = (0u32, 0usize, range.start);
    while count < most && at < range.end {
        let octet = text[at];
        if let Some(value) = value(octet) {
            run.url |= matches!(octet, b'-' | b'_');
            bits = bits << 6 | u32::from(value);
            count += 1;
            at += 1;
            run.end = at;
            if count % 4 != 1 {
                run.data.push((bits >> ((4 - count % 4) % 4 * 2)) as u8);
            }
            continue;
        }
        let next = match octet {
            _ if reach == Reach::Word => None,
            0x80.. => {
                run.stray = true;
                Some(at + 1)
            }
            b' ' | b'\t' if reach != Reach::Lines => Some(at + 1),
            _ => line_break(text, at..range.end, reach, &mut run),
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    run
}

/// Where the base64 goes on behind a line's end and the quoting around it.
fn line_break(text: &[u8], range: Range<usize>, reach: Reach, run: &mut Run) -> Option<usize> {
    let mut at = range.start;
    let here = |at: usize| (at < range.end).then(|| text[at]);
    let soft = here(at) == Some(b'=') && matches!(here(at + 1), Some(b'\r' | b'\n'));
    at += usize::from(soft);
    let mut quoted = false;
    while let Some(octet) = here(at) {
        match octet {
            b' ' | b'\t' | b',' | b';' | b'|' | b'*' | b'\\' => {}
            b'"' | b'\'' => quoted = true,
            b'+' | b'.' | b'&' | b'_' if quoted => {}
            _ => break,
        }
        at += 1;
    }
    matches!(here(at), Some(b'\r' | b'\n')).then_some(())?;
    while let Some(octet) = here(at) {
        match octet {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'>' | b'#' | b'*' | b'|' | b'!' | b'"' | b'\'' => quoted = true,
            _ => break,
        }
        at += 1;
    }
    value(here(at)?)?;
    if reach == Reach::Lines {
        let line = &text[at..range.end];
        let size = memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len());
        let core = line[..size].trim_ascii();
        let core = core.strip_suffix(b"\"").unwrap_or(core);
        let only = core.iter().all(|octet| value(*octet).is_some() || matches!(octet, b'=' | b','));
        // The boundary of a mail's parts begins with two dashes.
        (only && !core.starts_with(b"--")).then_some(())?;
    }
    run.quoted |= quoted;
    run.printable |= soft;
    Some(at)
}
