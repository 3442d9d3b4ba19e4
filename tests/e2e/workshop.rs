//! A folder in which OpenSSL makes what journeys bring: keys, requests, certificates, revocation lists, containers.
//!
//! The names of its files are the callers'; nothing here knows the page.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use certwright_interop::{Program, Scratch, Verdict};

/// What `openssl ca` has to be told to write a revocation list.
const AUTHORITY: &str = "[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\ncrlnumber = crlnumber\n\
    default_md = sha256\ndefault_crl_days = 30\nunique_subject = no\n";

/// OpenSSL and the folder that it works in.
#[derive(Debug)]
pub struct Workshop {
    openssl: Program,
    folder: Scratch,
}

impl Workshop {
    /// Finds OpenSSL, or notes that its test is left out.
    pub fn begin() -> Option<Self> {
        Some(Workshop { openssl: Program::find("openssl")?, folder: Scratch::new() })
    }

    /// Where everything is.
    pub fn folder(&self) -> &Path {
        self.folder.folder()
    }

    /// A file's place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file, and the folders that it is to be in.
    #[track_caller]
    pub fn write(&self, name: &str, contents: &[u8]) -> PathBuf {
        if let Some(Err(error)) = self.path(name).parent().map(fs::create_dir_all) {
            panic!("no folder for {name}: {error}");
        }
        self.folder.write(name, contents)
    }

    /// What is in a file.
    #[track_caller]
    pub fn read(&self, name: &str) -> Vec<u8> {
        self.folder.read(name)
    }

    /// Runs a program in the folder.
    pub fn run<A: AsRef<OsStr>>(&self, program: &Program, arguments: &[A]) -> Verdict {
        program.run(self.folder(), arguments, b"")
    }

    /// Runs OpenSSL; it must succeed. Gives what it wrote, and behind it what it said.
    #[track_caller]
    pub fn openssl(&self, arguments: &[&str]) -> String {
        let verdict = self.run(&self.openssl, arguments);
        assert!(verdict.accepted, "openssl {arguments:?}: {}\n{}", verdict.complaints, verdict.text());
        format!("{}{}", verdict.text(), verdict.complaints)
    }

    /// Runs OpenSSL; it must fail. Gives its complaint.
    #[track_caller]
    pub fn openssl_refuses(&self, arguments: &[&str]) -> String {
        self.run(&self.openssl, arguments).refused()
    }

    /// Makes a P-256 key in a file, PKCS#8 in PEM.
    #[track_caller]
    pub fn key(&self, key: &str) {
        self.openssl(&["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key]);
    }

    /// Makes a request with a key that is there, with these alternative names as OpenSSL writes them.
    #[track_caller]
    pub fn request(&self, key: &str, request: &str, subject: &str, names: &str) {
        let names = format!("subjectAltName={names}");
        self.openssl(&["req", "-new", "-key", key, "-subj", subject, "-addext", &names, "-out", request]);
    }

    /// Makes a key and a certificate that is signed with it, for an authority.
    #[track_caller]
    pub fn authority(&self, key: &str, certificate: &str, subject: &str) {
        self.key(key);
        let usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
        let files = ["req", "-x509", "-key", key, "-subj", subject, "-days", "3650", "-out", certificate];
        self.openssl(&[files.as_slice(), &usage].concat());
    }

    /// Has an authority make a certificate of a request, with extensions as OpenSSL writes them and further arguments.
    #[track_caller]
    pub fn issue(
        &self,
        (key, authority): (&str, &str),
        request: &str,
        certificate: &str,
        extensions: &str,
        more: &[&str],
    ) {
        self.write("extensions.cnf", extensions.as_bytes());
        let files = ["x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-out", certificate];
        let rest = ["-days", "365", "-extfile", "extensions.cnf"];
        self.openssl(&[files.as_slice(), &rest, more].concat());
    }

    /// Makes a revocation list in DER with so many entries; serial numbers are of 16 octets.
    #[track_caller]
    pub fn revocation_list(&self, (key, authority): (&str, &str), list: &str, entries: usize) {
        let mut index = String::with_capacity(entries * 90);
        for entry in 1..=entries as u128 {
            // An odd factor gives another number each time.
            let serial = entry.wrapping_mul(0x2545_F491_4F6C_DD1D_9E37_79B9_7F4A_7C15) >> 1 | 1 << 124;
            index
                .push_str(&format!("R\t351231235959Z\t250102030405Z\t{serial:032X}\tunknown\t/CN={entry}\n"));
        }
        self.write("index.txt", index.as_bytes());
        if !self.path("crlnumber").exists() {
            self.write("crlnumber", b"01\n");
        }
        self.write("ca.cnf", AUTHORITY.as_bytes());
        let signed = ["ca", "-config", "ca.cnf", "-gencrl", "-keyfile", key, "-cert", authority];
        self.openssl(&[signed.as_slice(), &["-out", "list.pem"]].concat());
        self.openssl(&["crl", "-in", "list.pem", "-outform", "DER", "-out", list]);
    }
}
