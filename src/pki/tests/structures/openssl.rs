//! What OpenSSL says of an object, taken apart: names as dumps of their values, extensions by name, times.
//!
//! Leaves out running it for signatures and conversions.

use certwright_interop::{Program, Scratch};
use certwright_pki::UnixTime;
use std::collections::HashMap;

/// OpenSSL, with the names that it has for object identifiers.
pub struct OpenSsl {
    program: Program,
    pub scratch: Scratch,
    names: HashMap<String, String>,
}

/// Values of names in full, so that nothing depends on escaping.
pub const DUMPED: [&str; 2] = ["-nameopt", "oid,dump_all,dump_der,sep_comma_plus"];

impl OpenSsl {
    pub fn find() -> Option<Self> {
        let program = Program::find("openssl")?;
        Some(Self { program, scratch: Scratch::new(), names: HashMap::new() })
    }

    /// The output of a run, or nothing when it fails.
    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Option<String> {
        let verdict = self.program.run(self.scratch.folder(), arguments, input);
        verdict.accepted.then(|| verdict.text())
    }

    /// A run that must succeed.
    #[track_caller]
    pub fn must(&self, arguments: &[&str]) -> String {
        let verdict = self.program.run(self.scratch.folder(), arguments, b"");
        String::from_utf8_lossy(&verdict.accepted()).into_owned()
    }

    /// What it calls an object identifier.
    pub fn name(&mut self, oid: &str) -> String {
        if let Some(name) = self.names.get(oid) {
            return name.clone();
        }
        let printed = self.run(&["asn1parse", "-inform", "DER"], &encoded(oid)).unwrap();
        let name = printed.trim_end().rsplit_once("OBJECT").unwrap().1;
        let name = name.trim_start().trim_start_matches(':').to_owned();
        self.names.insert(oid.to_owned(), name.clone());
        name
    }

    /// The names of these extensions, as it prints them.
    pub fn called(&mut self, extensions: &[(String, bool)]) -> Vec<(String, bool)> {
        extensions.iter().map(|(oid, critical)| (self.name(oid), *critical)).collect()
    }
}

/// The DER of an OBJECT IDENTIFIER.
fn encoded(oid: &str) -> Vec<u8> {
    let arcs: Vec<u128> = oid.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content: Vec<u8> = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let mut octets = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            octets.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        content.extend(octets.iter().rev());
    }
    let mut out = vec![6, content.len() as u8];
    out.extend(content);
    out
}

/// The extensions in a part of its text: those whose heading is indented by so many spaces.
pub fn extensions(text: &str, indent: usize) -> Vec<(String, bool)> {
    let heading = |line: &str| {
        let body = line.get(indent..).filter(|_| line[..indent].trim().is_empty())?;
        if body.starts_with(' ') {
            return None;
        }
        match body.strip_suffix(": critical") {
            Some(name) => Some((name.to_owned(), true)),
            None => Some((body.strip_suffix(": ")?.to_owned(), false)),
        }
    };
    text.lines().filter(|line| line.len() > indent).filter_map(heading).collect()
}

/// The part of a text between two lines.
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let Some(start) = text.find(from) else { return "" };
    let rest = &text[start + from.len()..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

/// What follows a word to the end of its line.
pub fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.find(word)? + word.len();
    Some(text[start..].lines().next().unwrap_or_default().trim())
}

/// A time as it prints it: `Oct 28 13:54:48 2018 GMT`.
pub fn time(text: &str) -> Option<UnixTime> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let words: Vec<&str> = text.split_whitespace().collect();
    let [month, day, clock, year, "GMT"] = words[..] else { return None };
    let month = MONTHS.find(month)? / 3 + 1;
    let clock: Vec<u8> =
        clock.split(':').map(|part| part.split('.').next().unwrap().parse().unwrap()).collect();
    UnixTime::from_civil(year.parse().ok()?, month as u8, day.parse().ok()?, clock[0], clock[1], clock[2])
}
