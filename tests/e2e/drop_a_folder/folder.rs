//! The folder: three hundred files and a zip, of every kind that people have lying about, made with OpenSSL.

use base64::{Engine, prelude::BASE64_STANDARD};
use certwright_e2e::Workshop;

use super::zip;

/// Servers, each with a key, a request and a certificate.
pub const SERVERS: usize = 60;
/// Files that are the same certificate once more.
pub const COPIES: usize = 41;
/// Certificates in the zip, and in the zip within it.
pub const ZIPPED: usize = 8;
pub const NESTED: usize = 2;
pub const LISTS: usize = 5;
pub const PUBLIC_KEYS: usize = 10;
/// What the common password opens: keys of which nothing else is there, and PKCS#12 files of servers.
pub const LOCKED_KEYS: usize = 8;
pub const OLD_LOCKED_KEYS: usize = 3;
pub const CONTAINERS: usize = 4;
pub const PASSWORD: &str = "one for all of them";

/// What nobody can read, by the reason that the page gives, and how many of each there are.
const NOISE: usize = 20;
const PROSE: usize = 10;
const EMPTY: usize = 3;
const CUT: usize = 11;

/// The folder and what is in it.
pub struct Folder {
    pub shop: Workshop,
    /// The files by the names that the page gives them, and what it says of those that it can't read.
    pub files: Vec<(String, Option<&'static str>)>,
}

impl Folder {
    /// Makes it; `None` without OpenSSL.
    pub fn make() -> Option<Self> {
        let mut folder = Folder { shop: Workshop::begin()?, files: Vec::new() };
        folder.shop.authority("root.key", "root.pem", "/O=Mixed/CN=Mixed Root");
        (0..SERVERS).for_each(|number| folder.put_server(number));
        for number in 0..COPIES {
            let der = folder.der(&format!("host{number:02}.pem"));
            folder.put(&format!("copies/host{number:02}.crt"), &der);
        }
        let chain = [folder.shop.read("host00.pem"), folder.shop.read("root.pem")].concat();
        folder.put("chain.pem", &chain);
        folder.put_locked();
        folder.put_odd_ones();
        folder.put_unreadable();
        folder.put_zip();
        Some(folder)
    }

    fn put(&mut self, name: &str, contents: &[u8]) {
        let name = format!("mixed/{name}");
        self.shop.write(&name, contents);
        self.files.push((name, None));
    }

    fn put_bad(&mut self, name: &str, contents: &[u8], says: &'static str) {
        self.put(name, contents);
        if let Some(last) = self.files.last_mut() {
            last.1 = Some(says);
        }
    }

    fn put_server(&mut self, number: usize) {
        let host = format!("host{number:02}");
        let [key, request, certificate] = ["key", "csr", "pem"].map(|kind| format!("{host}.{kind}"));
        let (shop, name) = (&self.shop, format!("{host}.example.org"));
        shop.key(&key);
        shop.request(&key, &request, &format!("/O=Mixed/CN={name}"), &format!("DNS:{name}"));
        let extensions = format!("subjectAltName=DNS:{name}\nextendedKeyUsage=serverAuth\n");
        shop.issue(("root.key", "root.pem"), &request, &certificate, &extensions, &[]);
        let (key, request) = (shop.read(&key), shop.read(&request));
        let certificate = spelled(number, &shop.read(&certificate), &self.der(&certificate));
        self.put(&format!("servers/{host}/key.pem"), &key);
        self.put(&format!("servers/{host}/request.csr"), &request);
        self.put(&format!("servers/{host}/certificate"), &certificate);
    }

    fn put_locked(&mut self) {
        let password = format!("pass:{PASSWORD}");
        for number in 0..LOCKED_KEYS {
            self.shop.key("new.key");
            self.shop
                .openssl(&["pkcs8", "-topk8", "-in", "new.key", "-out", "locked", "-passout", &password]);
            let locked = self.shop.read("locked");
            self.put(&format!("locked/key{number}.pem"), &locked);
        }
        for number in 0..OLD_LOCKED_KEYS {
            self.shop.key("new.key");
            self.shop.openssl(&["ec", "-in", "new.key", "-aes128", "-out", "locked", "-passout", &password]);
            let locked = self.shop.read("locked");
            self.put(&format!("locked/old{number}.pem"), &locked);
        }
        for number in 0..CONTAINERS {
            let container = self.container(number, &password);
            self.put(&format!("locked/host{number:02}.pfx"), &container);
        }
        let container = self.container(CONTAINERS, "pass:another one");
        self.put("locked/another.pfx", &container);
    }

    fn container(&self, number: usize, password: &str) -> Vec<u8> {
        let [key, certificate] = ["key", "pem"].map(|kind| format!("host{number:02}.{kind}"));
        let files = ["pkcs12", "-export", "-inkey", &key, "-in", &certificate, "-out", "container"];
        self.shop.openssl(&[files.as_slice(), &["-passout", password]].concat());
        self.shop.read("container")
    }

    fn put_odd_ones(&mut self) {
        for number in 0..LISTS {
            self.shop.revocation_list(("root.key", "root.pem"), "list.der", number);
            let list = self.shop.read("list.der");
            self.put(&format!("lists/{number}.crl"), &list);
        }
        for number in 20..20 + PUBLIC_KEYS {
            let key = format!("host{number}.key");
            let public = self.shop.openssl(&["pkey", "-in", &key, "-pubout"]);
            self.put(&format!("public/host{number}.pub"), public.as_bytes());
        }
        self.shop.key("windows.key");
        self.shop.request("windows.key", "windows.csr", "/CN=windows.example.org", "DNS:windows.example.org");
        let text = self.text("windows.csr").replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
        let text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.put("certreq.req", &wide);
        self.shop.authority("mail.key", "mail.pem", "/CN=By mail");
        let quoted: String = self.text("mail.pem").lines().map(|line| format!("> {line}\r\n")).collect();
        let mail = format!("Subject: Re: the certificate\r\n\r\nHere it is:\r\n{quoted}\r\nRegards\r\n");
        self.put("from the authority.eml", mail.as_bytes());
    }

    fn put_unreadable(&mut self) {
        const NOTHING: &str = "Nothing in it looks like a certificate, a request or a key.";
        for number in 0..NOISE {
            self.put_bad(&format!("noise/{number:02}.bin"), &noise(number as u64 + 1, 3_000), NOTHING);
        }
        for number in 0..PROSE {
            let text = format!("Minutes of meeting {number}. Nothing was decided.\n");
            self.put_bad(&format!("minutes {number}.txt"), text.as_bytes(), NOTHING);
        }
        for number in 0..EMPTY {
            self.put_bad(&format!("empty{number}.crt"), b"", "There is nothing in it.");
        }
        for number in 0..CUT {
            let whole = self.text(&format!("host{number:02}.pem"));
            let cut = &whole[..whole.len() / 2];
            self.put_bad(&format!("cut/host{number:02}.pem"), cut.as_bytes(), "Part of it is missing.");
        }
        self.put_bad("disk image.iso", &vec![0xA5; 40 << 20], "mixed/disk image.iso is too large: 40 MB.");
    }

    /// With another zip in it, and one entry that is nothing.
    fn put_zip(&mut self) {
        let made = |number: usize| {
            self.shop.authority("zip.key", "zip.pem", &format!("/CN=Zipped {number}"));
            (format!("certs/zipped{number}.pem"), self.shop.read("zip.pem"))
        };
        let all: Vec<(String, Vec<u8>)> = (0..ZIPPED + NESTED).map(made).collect();
        let mut entries: Vec<(&str, Vec<u8>)> =
            all.iter().map(|(name, contents)| (name.as_str(), contents.clone())).collect();
        let inner = zip::archive(&entries.split_off(ZIPPED));
        entries.push(("inner.zip", inner));
        entries.push(("thumbs.db", noise(99, 2_000)));
        self.put("bundle.zip", &zip::archive(&entries));
        self.files.push((
            "mixed/bundle.zip › thumbs.db".into(),
            Some("Nothing in it looks like a certificate, a request or a key."),
        ));
    }

    fn der(&self, pem: &str) -> Vec<u8> {
        let text = self.text(pem);
        let packed: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
        BASE64_STANDARD.decode(packed).unwrap_or_else(|error| panic!("{pem}: {error}"))
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(&self.shop.read(name)).into_owned()
    }
}

/// A certificate in one of the spellings that people send.
fn spelled(number: usize, pem: &[u8], der: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(pem);
    match number % 6 {
        0 => pem.to_vec(),
        1 => der.to_vec(),
        2 => BASE64_STANDARD.encode(der).into_bytes(),
        3 => der.iter().map(|octet| format!("{octet:02X}:")).collect::<String>().into_bytes(),
        4 => text.lines().map(|line| format!("    {line}\r\n")).collect::<String>().into_bytes(),
        _ => format!("{{\"certificate\": \"{}\"}}\n", text.replace('\n', "\\n")).into_bytes(),
    }
}

/// Bytes that mean nothing, the same in every run.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed);
    let words = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.flatten().take(length).collect()
}
