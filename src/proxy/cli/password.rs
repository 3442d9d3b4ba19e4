//! Passwords from files: the first line of each. They never come from the command line, where other users could see them.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use zeroize::Zeroizing;

use super::BAD_USAGE;
use super::inspect::NO_ACCESS;

/// A password; wiped when it goes.
pub type Password = Zeroizing<String>;

/// Longest password file that is read, in bytes.
const MAX_FILE: u64 = 64 * 1024;

/// Why there is no password.
#[derive(Debug)]
pub(super) struct Refusal {
    words: String,
    code: u8,
}

impl Refusal {
    /// Says it, and with what code to end.
    pub(super) fn exit(&self) -> ExitCode {
        eprintln!("certwright-proxy: {}", self.words);
        ExitCode::from(self.code)
    }
}

/// The passwords of all files, in order.
pub(super) fn read_all(files: &[PathBuf]) -> Result<Vec<Password>, Refusal> {
    files.iter().map(|file| read(file)).collect()
}

/// The first line of a file, without its line end; a byte order mark is not part of it.
pub(super) fn read(file: &Path) -> Result<Password, Refusal> {
    let refusal = |words: String, code| Refusal { words: format!("{}: {words}", file.display()), code };
    let mut bytes = Zeroizing::new(Vec::with_capacity(4096));
    fs::File::open(file)
        .and_then(|opened| opened.take(MAX_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| refusal(format!("cannot read the password: {error}"), NO_ACCESS))?;
    first_line(&bytes).map_err(|words| refusal(words.to_owned(), BAD_USAGE))
}

fn first_line(bytes: &[u8]) -> Result<Password, &'static str> {
    if bytes.len() as u64 > MAX_FILE {
        return Err("too large for a password file");
    }
    let line = bytes.split(|octet| *octet == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let text = str::from_utf8(line).map_err(|_| "the password is not UTF-8")?;
    Ok(Zeroizing::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_the_first_line_without_its_end() {
        for (bytes, expect) in [
            (&b"secret"[..], Some("secret")),
            (b"secret\n", Some("secret")),
            (b"secret\r\nsecond\n", Some("secret")),
            (b" spaces stay \n", Some(" spaces stay ")),
            ("\u{feff}größer\n".as_bytes(), Some("größer")),
            (b"", Some("")),
            (b"\n", Some("")),
            (b"\xff\xfe", None),
        ] {
            let got = first_line(bytes).ok();
            assert_eq!(got.as_ref().map(|line| line.as_str()), expect, "{bytes:?}");
        }
        assert!(first_line(&vec![b'a'; MAX_FILE as usize + 1]).is_err());
    }
}
