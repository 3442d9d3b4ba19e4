//! What the exchange writes, for each kind of key, before OpenSSL, GnuTLS, NSS and Java; and requests and containers
//! of theirs before us.

use certwright_interop::{Program, Scratch};
use certwright_pki::certificate::Validity;
use certwright_pki::crl::CrlPlan;
use certwright_pki::general_name::GeneralName;
use certwright_pki::input::{self, Item};
use certwright_pki::issue::CertificatePlan;
use certwright_pki::name::AttributeKind;
use certwright_pki::profile::Profile;
use certwright_pki::request::RequestPlan;
use certwright_pki::{
    Certificate, DistinguishedName, Engine, KeyKind, PrivateKey, Request, SerialNumber, SignatureAlgorithm,
    SoftwareEngine, UnixTime, armor, pkcs7, pkcs12,
};
use pollster::block_on;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

fn engine() -> impl Engine {
    SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap())
}

fn serial() -> SerialNumber {
    SerialNumber::random(|out| getrandom::fill(out).unwrap())
}

/// What an authority and a server end up with.
struct Exchange {
    scratch: Scratch,
    key: PrivateKey,
    root: Vec<u8>,
    leaf: Vec<u8>,
}

impl Exchange {
    /// Makes it, and writes `root.pem`, `leaf.pem`, `request.pem`, `list.crl`, `chain.p7b`.
    fn new(kind: KeyKind) -> Self {
        let engine = engine();
        let now = UnixTime(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64 - 300);
        let validity = |days| Validity { not_before: now, not_after: now.plus_days(days) };
        let name = |text| {
            DistinguishedName::build(&[(AttributeKind::Country, "US"), (AttributeKind::CommonName, text)])
        };
        let root_key = block_on(engine.generate(kind)).unwrap();
        let algorithm = SignatureAlgorithm::default_for(root_key.public());
        let subject = name("Interop Root").unwrap();
        let plan = CertificatePlan::root(
            subject,
            root_key.public().clone(),
            algorithm.clone(),
            serial(),
            validity(3650),
            None,
        );
        let root = block_on(plan.prepare().unwrap().sign(&engine, &root_key)).unwrap();
        let authority = Certificate::parse(&root).unwrap();

        let key = block_on(engine.generate(kind)).unwrap();
        let names = vec![GeneralName::Dns("www.example.test".into()), GeneralName::Ip([192, 0, 2, 1].into())];
        let plan = RequestPlan {
            subject: name("www.example.test").unwrap(),
            names: names.clone(),
            public_key: key.public().clone(),
            algorithm: SignatureAlgorithm::default_for(key.public()),
        };
        let request = block_on(plan.prepare().unwrap().sign(&engine, &key)).unwrap();
        let asked = Request::parse(&request).unwrap();
        let profile = Profile::web_server();
        let plan = CertificatePlan::from_request(
            &authority,
            &asked,
            &profile,
            &names,
            serial(),
            validity(397),
            algorithm.clone(),
        );
        let leaf = block_on(plan.unwrap().prepare().unwrap().sign(&engine, &root_key)).unwrap();
        let plan = CrlPlan {
            issuer: authority.subject().clone(),
            algorithm,
            this_update: now,
            next_update: now.plus_days(30),
            number: 1,
            entries: Vec::new(),
            authority_key_identifier: authority.subject_key_identifier().unwrap().to_vec(),
        };
        let list = block_on(plan.prepare().unwrap().sign(&engine, &root_key)).unwrap();

        let scratch = Scratch::new();
        scratch.write("root.pem", armor::encode("CERTIFICATE", &root).as_bytes());
        scratch.write("leaf.pem", armor::encode("CERTIFICATE", &leaf).as_bytes());
        scratch.write("request.pem", armor::encode("CERTIFICATE REQUEST", &request).as_bytes());
        scratch.write("list.crl", armor::encode("X509 CRL", &list).as_bytes());
        scratch.write("chain.p7b", &pkcs7::certs_only(&[&leaf, &root], &[]));
        Self { scratch, key, root, leaf }
    }

    fn folder(&self) -> &Path {
        self.scratch.folder()
    }
}

/// Runs a program that must agree, and gives what it printed.
fn agrees(program: &str, folder: &Path, arguments: &[&str]) -> Option<String> {
    let program = Program::find(program)?;
    Some(String::from_utf8_lossy(&program.run(folder, arguments, b"").accepted()).into_owned())
}

const KINDS: [KeyKind; 4] = [KeyKind::Rsa2048, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519];

#[test]
fn openssl_verifies_the_chain_the_request_and_the_list() {
    for kind in KINDS {
        let made = Exchange::new(kind);
        let run = |arguments: &[&str]| agrees("openssl", made.folder(), arguments);
        let verify =
            ["verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "www.example.test"];
        run(&[&verify[..], &["-CAfile", "root.pem", "leaf.pem"]].concat());
        run(&["verify", "-x509_strict", "-verify_ip", "192.0.2.1", "-CAfile", "root.pem", "leaf.pem"]);
        run(&["verify", "-crl_check", "-CRLfile", "list.crl", "-CAfile", "root.pem", "leaf.pem"]);
        run(&["req", "-in", "request.pem", "-verify", "-noout"]);
        run(&["crl", "-in", "list.crl", "-CAfile", "root.pem", "-noout"]);
        let printed = run(&["pkcs7", "-inform", "DER", "-in", "chain.p7b", "-print_certs", "-noout"]);
        assert!(printed.is_none_or(|text| text.matches("subject").count() == 2), "{kind:?}");
    }
}

#[test]
fn gnutls_verifies_the_chain_and_reads_the_request_and_the_list() {
    for kind in KINDS {
        let made = Exchange::new(kind);
        let run = |arguments: &[&str]| agrees("certtool", made.folder(), arguments);
        let name = "--verify-hostname=www.example.test";
        run(&["--verify", "--load-ca-certificate", "root.pem", "--infile", "leaf.pem", name]);
        let request = run(&["--crq-info", "--infile", "request.pem"]);
        assert!(request.is_none_or(|text| text.contains("Self signature: verified")), "{kind:?}");
        run(&["--crl-info", "--infile", "list.crl"]);
        let chain = run(&["--p7-info", "--inder", "--infile", "chain.p7b"]);
        assert!(chain.is_none_or(|text| text.contains("Number of certificates: 2")), "{kind:?}");
    }
}

#[test]
fn nss_verifies_the_chain() {
    for kind in KINDS {
        let made = Exchange::new(kind);
        let run = |arguments: &[&str]| agrees("certutil", made.folder(), arguments);
        if run(&["-N", "-d", ".", "--empty-password"]).is_none() {
            return;
        }
        let Some(certutil) = Program::find("certutil") else { return };
        let add_root = ["-A", "-d", ".", "-n", "root", "-t", "C,,", "-i", "root.pem"];
        if kind == KeyKind::Ed25519 {
            // NSS takes no Ed25519 certificate; should a later one do so, this says so.
            certutil.run(made.folder(), &add_root, b"").refused();
            continue;
        }
        run(&add_root);
        run(&["-A", "-d", ".", "-n", "leaf", "-t", ",,", "-i", "leaf.pem"]);
        run(&["-V", "-d", ".", "-n", "leaf", "-u", "V"]);
    }
}

#[test]
fn java_reads_the_certificate_the_request_and_the_list() {
    for kind in KINDS {
        let made = Exchange::new(kind);
        let run = |arguments: &[&str]| agrees("keytool", made.folder(), arguments);
        let printed = run(&["-printcert", "-file", "leaf.pem"]);
        assert!(printed.is_none_or(|text| text.contains("www.example.test")), "{kind:?}");
        run(&["-printcertreq", "-file", "request.pem"]);
        let list = run(&["-printcrl", "-file", "list.crl"]);
        assert!(list.is_none_or(|text| text.contains("Interop Root")), "{kind:?}");
    }
}

#[test]
fn every_program_opens_the_pkcs12_file_in_both_forms() {
    for (kind, scheme) in [
        (KeyKind::Rsa2048, pkcs12::Scheme::Modern),
        (KeyKind::Rsa2048, pkcs12::Scheme::Legacy),
        (KeyKind::P256, pkcs12::Scheme::Modern),
    ] {
        let made = Exchange::new(kind);
        let plan = pkcs12::Pkcs12Plan {
            friendly_name: "www",
            key: &made.key,
            certificates: &[&made.leaf, &made.root],
            password: "pass word",
            iterations: 2048,
            scheme,
        };
        let bytes = pkcs12::write(&plan, &|out| getrandom::fill(out).unwrap()).unwrap();
        made.scratch.write("server.pfx", &bytes);
        let folder = made.folder();
        let legacy: &[&str] = if scheme == pkcs12::Scheme::Legacy { &["-legacy"] } else { &[] };
        let openssl = ["pkcs12", "-in", "server.pfx", "-passin", "pass:pass word", "-nodes", "-info"];
        agrees("openssl", folder, &[&openssl[..], legacy].concat());
        let java = ["-importkeystore", "-noprompt", "-srckeystore", "server.pfx", "-srcstoretype", "PKCS12"];
        let more =
            ["-srcstorepass", "pass word", "-destkeystore", "server.jks", "-deststorepass", "changeit"];
        agrees("keytool", folder, &[&java[..], &more, &["-destkeypass", "changeit"]].concat());
        agrees(
            "certtool",
            folder,
            &["--p12-info", "--inder", "--infile", "server.pfx", "--password", "pass word"],
        );
        if agrees("certutil", folder, &["-N", "-d", ".", "--empty-password"]).is_some() {
            agrees("pk12util", folder, &["-i", "server.pfx", "-d", ".", "-W", "pass word", "-K", ""]);
        }
    }
}

#[test]
fn requests_of_other_programs_are_read_and_verify_also_as_exchange_saves_them() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let made = agrees(
        "openssl",
        folder,
        &[
            "req",
            "-new",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "k.pem",
            "-out",
            "a.csr",
            "-subj",
            "/C=US/CN=a.example.test",
        ],
    );
    let mut files = Vec::new();
    if made.is_some() {
        files.push(scratch.read("a.csr"));
        // As Exchange 2019 saves it: UTF-16LE with a byte order mark, CRLF, and the word NEW.
        let text = String::from_utf8(scratch.read("a.csr")).unwrap();
        let text = text.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST").replace('\n', "\r\n");
        files.push([0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect());
    }
    let store = ["-keystore", "k.p12", "-storetype", "PKCS12", "-storepass", "changeit", "-alias", "a"];
    let key = ["-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=j.example.test"];
    if agrees("keytool", folder, &[&key[..], &store].concat()).is_some() {
        agrees("keytool", folder, &[&["-certreq", "-file", "j.csr"][..], &store].concat());
        files.push(scratch.read("j.csr"));
        let opened = pkcs12::read(&scratch.read("k.p12"), "changeit").unwrap();
        assert_eq!((opened.keys.len(), opened.certificates.len()), (1, 1));
    }
    for bytes in files {
        let reading = input::read(&bytes);
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let [found] = reading.found.as_slice() else { panic!("{} objects", reading.found.len()) };
        let Item::Request(request) = &found.item else { panic!("no request") };
        block_on(request.verify(&engine())).unwrap();
    }
}
