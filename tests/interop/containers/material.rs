//! Keys of every kind with a chain above them, and how the others are asked about them.

use certwright_interop::{Program, Scratch, Verdict};
use certwright_pki::certificate::Validity;
use certwright_pki::export::{ExportPlan, Format, Object, Written, write};
use certwright_pki::extension::{Extension, oids};
use certwright_pki::general_name::GeneralName;
use certwright_pki::input::{self, Item, Reading};
use certwright_pki::issue::CertificatePlan;
use certwright_pki::name::AttributeKind;
use certwright_pki::profile::Profile;
use certwright_pki::request::RequestPlan;
use certwright_pki::{
    Certificate, DistinguishedName, Engine, KeyKind, PrivateKey, PublicKey, Request, SerialNumber,
    SignatureAlgorithm, SoftwareEngine, UnixTime,
};
use pollster::block_on;
use std::path::Path;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// The password of everything; long enough for Java.
pub const PASSWORD: &str = "pass word";

pub fn random(out: &mut [u8]) {
    getrandom::fill(out).unwrap();
}

pub fn now() -> UnixTime {
    UnixTime(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64 - 300)
}

/// A kind of key; those that are not made here are made by OpenSSL and imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Own(KeyKind),
    P521,
    RsaPss,
}

/// Every kind whose keys are written.
pub const KINDS: [Kind; 8] = [
    Kind::Own(KeyKind::Rsa2048),
    Kind::Own(KeyKind::Rsa3072),
    Kind::Own(KeyKind::Rsa4096),
    Kind::RsaPss,
    Kind::Own(KeyKind::P256),
    Kind::Own(KeyKind::P384),
    Kind::P521,
    Kind::Own(KeyKind::Ed25519),
];

/// A key of a kind; those of RSA are made once and then shared, since they take long.
pub fn key(kind: Kind) -> Option<PrivateKey> {
    static MADE: Mutex<Vec<(Kind, Zeroizing<Vec<u8>>)>> = Mutex::new(Vec::new());
    let lasting =
        matches!(kind, Kind::Own(KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096) | Kind::RsaPss);
    if !lasting {
        return make(kind);
    }
    let mut made = MADE.lock().unwrap();
    if !made.iter().any(|(own, _)| *own == kind) {
        let key = make(kind)?;
        made.push((kind, Zeroizing::new(key.pkcs8().to_vec())));
    }
    let (_, pkcs8) = made.iter().find(|(own, _)| *own == kind)?;
    Some(PrivateKey::from_pkcs8(pkcs8).unwrap())
}

fn make(kind: Kind) -> Option<PrivateKey> {
    let engine = SoftwareEngine::new(random);
    let arguments = match kind {
        Kind::Own(kind) => return Some(block_on(engine.generate(kind)).unwrap()),
        Kind::P521 => ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
        Kind::RsaPss => ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"],
    };
    let scratch = Scratch::new();
    let whole = [&["genpkey", "-outform", "DER"][..], &arguments].concat();
    let made = Program::find("openssl")?.run(scratch.folder(), &whole, b"").accepted();
    // OpenSSL writes DER of a key on a curve in SEC 1.
    let parse = if kind == Kind::P521 { PrivateKey::from_sec1 } else { PrivateKey::from_pkcs8 };
    Some(parse(&made).unwrap())
}

/// A key, its certificate, and two authorities above it.
pub struct Chain {
    pub scratch: Scratch,
    pub key: PrivateKey,
    pub leaf: Certificate,
    pub middle: Certificate,
    pub root: Certificate,
}

impl Chain {
    pub fn new(kind: Kind) -> Option<Self> {
        let engine = SoftwareEngine::new(random);
        let serial = || SerialNumber::random(random);
        let validity = Validity { not_before: now(), not_after: now().plus_days(365) };
        let name = |text| DistinguishedName::build(&[(AttributeKind::CommonName, text)]).unwrap();
        // What is above is of one kind: only the key at the end matters here.
        let root_key = block_on(engine.generate(KeyKind::P256)).unwrap();
        let algorithm = SignatureAlgorithm::default_for(root_key.public());
        let root = |subject, key: &PrivateKey| {
            let public = key.public().clone();
            CertificatePlan::root(subject, public, algorithm.clone(), serial(), validity, None)
        };
        let sign = |plan: CertificatePlan| {
            let der = block_on(plan.prepare().unwrap().sign(&engine, &root_key)).unwrap();
            Certificate::parse(&der).unwrap()
        };
        let top = sign(root(name("Interop Root"), &root_key));
        let middle_key = block_on(engine.generate(KeyKind::P256)).unwrap();
        let mut plan = root(name("Interop Authority"), &middle_key);
        plan.issuer = top.subject().clone();
        plan.extensions.retain(|extension| extension.oid != oids::AUTHORITY_KEY_IDENTIFIER);
        let above = top.subject_key_identifier().unwrap();
        plan.extensions.push(Extension::authority_key_identifier(above));
        let middle = sign(plan);
        let key = key(kind)?;
        let names = vec![GeneralName::Dns("www.example.test".into())];
        let request = RequestPlan {
            subject: name("www.example.test"),
            names: names.clone(),
            public_key: key.public().clone(),
            algorithm: SignatureAlgorithm::default_for(key.public()),
        };
        let request = block_on(request.prepare().unwrap().sign(&engine, &key)).unwrap();
        let plan = CertificatePlan::from_request(
            &middle,
            &Request::parse(&request).unwrap(),
            &Profile::web_server(),
            &names,
            serial(),
            validity,
            algorithm.clone(),
        );
        let der = block_on(plan.unwrap().prepare().unwrap().sign(&engine, &middle_key)).unwrap();
        let leaf = Certificate::parse(&der).unwrap();
        Some(Self { scratch: Scratch::new(), key, leaf, middle, root: top })
    }

    pub fn folder(&self) -> &Path {
        self.scratch.folder()
    }

    /// The key and its chain, in an order that nobody wants.
    pub fn all(&self) -> [Object<'_>; 4] {
        [
            Object::Certificate(&self.root),
            Object::Certificate(&self.leaf),
            Object::PrivateKey(&self.key),
            Object::Certificate(&self.middle),
        ]
    }

    /// The same without the key.
    pub fn certificates(&self) -> [Object<'_>; 3] {
        [&self.root, &self.leaf, &self.middle].map(Object::Certificate)
    }

    /// The certificates in DER, leaf first.
    pub fn ders(&self) -> [&[u8]; 3] {
        [self.leaf.der(), self.middle.der(), self.root.der()]
    }

    /// Writes some of it into the folder, with the usual password.
    pub fn write(&self, objects: &[Object<'_>], plan: impl Fn(&mut ExportPlan<'_>)) -> Vec<Written> {
        let mut order = ExportPlan::new("out", objects, Format::Pem);
        order.password = PASSWORD;
        order.at = now();
        plan(&mut order);
        let files = write(&order, &random).unwrap_or_else(|error| panic!("{order:?}: {error}"));
        for file in &files {
            self.scratch.write(&file.name, &file.bytes);
        }
        files
    }
}

/// Asks a program that may be absent.
pub fn ask(program: &str, folder: &Path, arguments: &[&str]) -> Option<Verdict> {
    Some(Program::find(program)?.run(folder, arguments, b""))
}

/// Asks a program that must agree, and gives what it wrote.
#[track_caller]
pub fn agrees(program: &str, folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    Some(ask(program, folder, arguments)?.accepted())
}

/// As [`agrees`], as text.
#[track_caller]
pub fn says(program: &str, folder: &Path, arguments: &[&str]) -> Option<String> {
    agrees(program, folder, arguments).map(|octets| String::from_utf8_lossy(&octets).into_owned())
}

/// What a file holds once its password is given, everything opened.
pub fn opened(bytes: &[u8], password: &str) -> Reading {
    let mut out = input::read(bytes);
    let mut index = 0;
    while index < out.found.len() {
        if let Item::Locked { kind, bytes } = &out.found[index].item {
            let inner = certwright_pki::unlock::open(*kind, bytes, password)
                .unwrap_or_else(|error| panic!("{kind}: {error}"));
            out.found.remove(index);
            out.found.extend(inner.found);
            out.problems.extend(inner.problems);
        } else {
            index += 1;
        }
    }
    out
}

/// The public halves of the keys in a reading: of those that can be used, and of those that can only be shown.
pub fn public_halves(reading: &Reading) -> Vec<PublicKey> {
    let halves = reading.found.iter().filter_map(|found| match &found.item {
        Item::PrivateKey(key) => Some(key.public().clone()),
        Item::Other { kind: certwright_pki::Kind::PrivateKey, bytes, .. } => {
            certwright_pki::key::outline(bytes).unwrap().public
        }
        _ => None,
    });
    halves.collect()
}

/// The certificates in a reading, in its order.
pub fn certificates(reading: &Reading) -> Vec<&Certificate> {
    let certificates = reading.found.iter().filter_map(|found| match &found.item {
        Item::Certificate(one) => Some(one),
        _ => None,
    });
    certificates.collect()
}
