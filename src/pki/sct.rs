//! Signed certificate timestamps in their TLS encoding (RFC 6962 section 3.2 and 3.3).
//!
//! Their signatures are not checked: the logs' keys are not known here.

use crate::error::{Error, Result};
use crate::time::UnixTime;
use std::ops::Range;

/// One `SignedCertificateTimestamp`.
///
/// ```text
/// struct { Version sct_version; LogID id; uint64 timestamp; CtExtensions extensions;
///          digitally-signed struct { ... } } SignedCertificateTimestamp;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedTimestamp {
    /// Its octets within the list, without the length before it.
    pub at: Range<usize>,
    /// The version; 0 stands for 1.
    pub version: u8,
    /// The SHA-256 of the log's key.
    pub log: [u8; 32],
    /// When the log took the certificate in, in milliseconds since 1970.
    pub milliseconds: u64,
    /// Extensions of the log, mostly empty.
    pub extensions: Vec<u8>,
    /// The TLS number of the hash.
    pub hash: u8,
    /// The TLS number of the signature algorithm.
    pub algorithm: u8,
    /// Where the signature lies within the list.
    pub signature: Range<usize>,
}

impl SignedTimestamp {
    /// The time in whole seconds.
    #[must_use]
    pub fn time(&self) -> UnixTime {
        UnixTime(i64::try_from(self.milliseconds / 1000).unwrap_or(i64::MAX))
    }

    /// The name of hash and signature algorithm (RFC 5246 section 7.4.1.4.1).
    #[must_use]
    pub fn algorithm_name(&self) -> String {
        let hash = match self.hash {
            1 => "MD5",
            2 => "SHA-1",
            3 => "SHA-224",
            4 => "SHA-256",
            5 => "SHA-384",
            6 => "SHA-512",
            other => return format!("hash {other}, signature {}", self.algorithm),
        };
        match self.algorithm {
            1 => format!("RSA with {hash}"),
            2 => format!("DSA with {hash}"),
            3 => format!("ECDSA with {hash}"),
            other => format!("signature {other} with {hash}"),
        }
    }
}

/// Reads a `SignedCertificateTimestampList`: a length of two octets, then each timestamp with its own.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] with the place when a length does not fit, or something follows the list.
pub fn read(list: &[u8]) -> Result<Vec<SignedTimestamp>> {
    let mut outer = Octets { input: list, at: 0, end: list.len() };
    let inner = outer.vector("list of timestamps")?;
    outer.finish("list of timestamps")?;
    let mut rest = Octets { input: list, at: inner.start, end: inner.end };
    let mut out = Vec::new();
    while rest.at < rest.end {
        let at = rest.vector("timestamp")?;
        out.push(one(list, at)?);
    }
    Ok(out)
}

fn one(list: &[u8], at: Range<usize>) -> Result<SignedTimestamp> {
    let mut fields = Octets { input: list, at: at.start, end: at.end };
    let version = fields.take(1, "version")?[0];
    if version != 0 {
        return Err(Error::der("version of a timestamp", at));
    }
    let mut log = [0; 32];
    log.copy_from_slice(fields.take(32, "log")?);
    let milliseconds = fields.take(8, "time")?.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet));
    let extensions = fields.vector("extensions")?;
    let [hash, algorithm] = *fields.take(2, "algorithm")? else {
        return Err(Error::der("algorithm", at));
    };
    let signature = fields.vector("signature")?;
    fields.finish("timestamp")?;
    let extensions = list[extensions].to_vec();
    Ok(SignedTimestamp { at, version, log, milliseconds, extensions, hash, algorithm, signature })
}

/// A place in a run of octets.
struct Octets<'a> {
    input: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Octets<'a> {
    fn take(&mut self, count: usize, what: &'static str) -> Result<&'a [u8]> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.end);
        let end = end.ok_or_else(|| Error::der(what, self.at..self.end))?;
        let taken = &self.input[self.at..end];
        self.at = end;
        Ok(taken)
    }

    /// The place of a vector with a length of two octets.
    fn vector(&mut self, what: &'static str) -> Result<Range<usize>> {
        let size = self.take(2, what)?;
        let size = usize::from(size[0]) << 8 | usize::from(size[1]);
        let start = self.at;
        self.take(size, what)?;
        Ok(start..self.at)
    }

    fn finish(&self, what: &'static str) -> Result<()> {
        match self.at == self.end {
            true => Ok(()),
            false => Err(Error::der(what, self.at..self.end)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sample() -> Vec<u8> {
        let mut one = vec![0];
        one.extend([7; 32]);
        one.extend(1_700_000_000_123u64.to_be_bytes());
        one.extend([0, 0, 4, 3, 0, 2, 0xaa, 0xbb]);
        let mut list = vec![0, one.len() as u8];
        list.extend(&one);
        list.extend(list.clone());
        let mut out = vec![0, list.len() as u8];
        out.extend(list);
        out
    }

    #[test]
    fn a_list_gives_its_timestamps_with_their_places() {
        let list = sample();
        let read = read(&list).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].at, 4..4 + read[1].at.len());
        assert_eq!(
            (read[0].time().to_string(), read[0].algorithm_name()),
            ("2023-11-14 22:13:20 UTC".into(), "ECDSA with SHA-256".into())
        );
        assert_eq!(list[read[1].signature.clone()], [0xaa, 0xbb]);
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused_with_their_place() {
        let list = sample();
        for size in 0..list.len() {
            let error = read(&list[..size]).unwrap_err();
            assert!(error.position.unwrap().end <= list.len());
        }
        assert!(read(&[list.clone(), vec![0]].concat()).is_err());
        assert!(read(&[0, 0]).unwrap().is_empty());
    }
}
