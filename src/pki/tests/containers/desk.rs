//! A folder that goes away, random bytes, and other people's programs.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Bytes without a pattern; good enough for salts of test files.
pub fn random(out: &mut [u8]) {
    use std::hash::{BuildHasher, Hasher};
    for octet in out {
        let state = std::hash::RandomState::new();
        *octet = state.build_hasher().finish() as u8;
    }
}

/// A new folder under the system's temporary one.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let mut name = [0; 8];
        random(&mut name);
        let name: String = name.iter().map(|octet| format!("{octet:02x}")).collect();
        let path = std::env::temp_dir().join(format!("certwright-{name}"));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a program in a folder; `None` with a line when it is not installed.
pub fn run(folder: &Folder, program: &str, arguments: &[&str]) -> Option<Outcome> {
    let result =
        Command::new(program).args(arguments).current_dir(folder.path("")).stdin(Stdio::null()).output();
    match result {
        Ok(output) => Some(Outcome {
            success: output.status.success(),
            text: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        }),
        Err(_) => {
            println!("left out: {program}");
            None
        }
    }
}

/// What a program said.
pub struct Outcome {
    pub success: bool,
    pub text: String,
}

/// A key and certificate made by `openssl`, as PKCS#8 and certificate in DER.
pub fn openssl_pair(folder: &Folder, name: &str, new_key: &[&str]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (key, certificate) = (format!("{name}.key"), format!("{name}.crt"));
    let subject = format!("/CN={name}");
    let mut arguments = vec!["req", "-x509", "-nodes", "-days", "30", "-subj", &subject, "-keyout", &key];
    arguments.extend(["-outform", "DER", "-out", &certificate]);
    arguments.extend(new_key);
    let made = run(folder, "openssl", &arguments)?;
    assert!(made.success, "{}", made.text);
    let pkcs8 = format!("{name}.p8");
    let converted = run(
        folder,
        "openssl",
        &["pkcs8", "-topk8", "-nocrypt", "-in", &key, "-outform", "DER", "-out", &pkcs8],
    )?;
    assert!(converted.success, "{}", converted.text);
    let read = |name: &str| std::fs::read(folder.path(name)).unwrap();
    Some((read(&pkcs8), read(&certificate)))
}
