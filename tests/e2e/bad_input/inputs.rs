//! Files that are wrong in one way each, made with OpenSSL.

use std::fs;
use std::path::PathBuf;

use certwright_interop::{Program, Scratch};

pub const PFX_PASSWORD: &str = "right";

/// A folder of files.
pub struct Inputs {
    openssl: Program,
    folder: Scratch,
}

impl Inputs {
    /// Finds OpenSSL.
    pub fn begin() -> Option<Self> {
        Some(Inputs { openssl: Program::find("openssl")?, folder: Scratch::new() })
    }

    #[track_caller]
    pub fn openssl(&self, arguments: &[&str]) -> String {
        let output = self.openssl.run(self.folder.folder(), arguments, b"").accepted();
        String::from_utf8_lossy(&output).into_owned()
    }

    pub fn write(&self, name: &str, contents: &[u8]) -> PathBuf {
        self.folder.write(name, contents)
    }

    /// A key and a request for a common name, which is its SAN as well; gives the request as text.
    pub fn request(&self, common_name: &str) -> String {
        let subject = format!("/CN={common_name}");
        let san = format!("subjectAltName=DNS:{}", common_name.to_lowercase().replace(' ', "-"));
        let kind = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        let rest = ["-keyout", "key.pem", "-subj", &subject, "-addext", &san];
        self.openssl(&[kind.as_slice(), &rest].concat())
    }

    /// The key of the last request.
    pub fn key(&self) -> String {
        String::from_utf8_lossy(&self.folder.read("key.pem")).into_owned()
    }

    /// A certificate that was signed with its own key.
    pub fn certificate(&self) -> String {
        self.request("other.example.org");
        self.openssl(&["req", "-x509", "-key", "key.pem", "-subj", "/CN=other.example.org", "-days", "30"])
    }

    /// A request in DER with one bit of its signature changed.
    pub fn broken_request(&self) -> PathBuf {
        let pem = self.write("whole.pem", self.request("broken.example.org").as_bytes());
        self.openssl(&["req", "-in", &pem.to_string_lossy(), "-outform", "DER", "-out", "broken.der"]);
        let mut der = self.folder.read("broken.der");
        if let Some(last) = der.last_mut() {
            *last ^= 1;
        }
        self.write("broken.der", &der)
    }

    /// As old Windows programs write it: UTF-16 with a byte order mark, and another label.
    pub fn windows_request(&self, common_name: &str) -> PathBuf {
        let text = self.request(common_name).replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
        let text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.write("certreq", &bytes)
    }

    /// A PKCS#12 file with a key and its certificate.
    pub fn pfx(&self) -> PathBuf {
        self.write("other.pem", self.certificate().as_bytes());
        let password = format!("pass:{PFX_PASSWORD}");
        let files = ["pkcs12", "-export", "-inkey", "key.pem", "-in", "other.pem", "-out", "other.pfx"];
        self.openssl(&[files.as_slice(), &["-passout", &password]].concat());
        self.folder.folder().join("other.pfx")
    }

    /// Bytes that mean nothing, the same in every run.
    pub fn noise(&self, megabytes: usize) -> PathBuf {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let words = (0..megabytes * 1024 * 1024 / 8).flat_map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        });
        let path = self.folder.folder().join(format!("noise-{megabytes}.bin"));
        if let Err(error) = fs::write(&path, words.collect::<Vec<u8>>()) {
            panic!("{}: {error}", path.display());
        }
        path
    }
}
