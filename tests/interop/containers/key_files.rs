//! Our files of one key before everybody who reads them: PEM and DER, plain and encrypted, both line ends, JSON.

use crate::material::{Chain, KINDS, Kind, PASSWORD, agrees, key, random, says};
use certwright_interop::{Program, Scratch};
use certwright_pki::export::{self, ExportPlan, Format, KeyForm, LineEnding, Object};
use certwright_pki::{KeyKind, PrivateKey};

/// The files of a key in a folder: name, form, DER or not.
fn files(key: &PrivateKey, scratch: &Scratch) -> Vec<(String, KeyForm, bool)> {
    let objects = [Object::PrivateKey(key)];
    let mut out = Vec::new();
    for form in KeyForm::ALL.into_iter().filter(|form| form.fits(key)) {
        for (name, format, line_ending) in [
            ("lf", Format::Pem, LineEnding::Lf),
            ("crlf", Format::Pem, LineEnding::CrLf),
            ("bytes", Format::Der, LineEnding::Lf),
        ] {
            let name = format!("{name}-{}", form.id());
            let plan = ExportPlan {
                key_form: form,
                line_ending,
                password: PASSWORD,
                ..ExportPlan::new(&name, &objects, format)
            };
            let file = export::write(&plan, &random).unwrap().remove(0);
            scratch.write(&file.name, &file.bytes);
            out.push((file.name, form, format == Format::Der));
        }
    }
    out
}

fn check(key: &PrivateKey) {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let pass = format!("pass:{PASSWORD}");
    let hash: String = key.public().sha256().iter().map(|octet| format!("{octet:02x}")).collect();
    for (file, form, der) in files(key, &scratch) {
        let coding = if der { "DER" } else { "PEM" };
        let arguments =
            ["pkey", "-in", &file, "-inform", coding, "-passin", &pass, "-pubout", "-outform", "DER"];
        if let Some(public) = agrees("openssl", folder, &arguments) {
            assert_eq!(public, key.public().as_der(), "{file}");
        }
        // GnuTLS wants to be told which form DER has, and takes a password for the encrypted one only.
        let mut arguments = vec!["--pubkey-info", "--load-privkey", &file];
        arguments.extend(der.then_some("--inder"));
        match form {
            KeyForm::EncryptedPkcs8 => arguments.extend(["--pkcs8", "--password", PASSWORD]),
            KeyForm::Pkcs8 => arguments.push("--pkcs8"),
            KeyForm::Traditional => {}
        }
        if let Some(said) = says("certtool", folder, &arguments) {
            assert!(said.contains(&hash), "{file}: {said}");
        }
    }
}

#[test]
fn openssl_and_gnutls_read_every_form_of_every_kind() {
    for kind in KINDS {
        let Some(key) = key(kind) else { return };
        check(&key);
    }
}

#[test]
fn a_wrong_password_opens_none_of_them() {
    let key = key(Kind::Own(KeyKind::P256)).unwrap();
    let scratch = Scratch::new();
    let Some(openssl) = Program::find("openssl") else { return };
    for (file, form, der) in files(&key, &scratch) {
        let coding = if der { "DER" } else { "PEM" };
        let arguments = ["pkey", "-in", &file, "-inform", coding, "-passin", "pass:guess", "-noout"];
        let verdict = openssl.run(scratch.folder(), &arguments, b"");
        assert_eq!(verdict.accepted, form != KeyForm::EncryptedPkcs8, "{file}: {}", verdict.complaints);
    }
}

#[test]
fn openssh_reads_the_pem_forms() {
    for kind in KINDS {
        let Some(key) = key(kind) else { return };
        let scratch = Scratch::new();
        for (file, form, der) in files(&key, &scratch) {
            // It reads no DER, no RSA that is for PSS alone, and Ed25519 in no form but its own.
            if der || matches!(kind, Kind::Own(KeyKind::Ed25519) | Kind::RsaPss) {
                continue;
            }
            restrict(&scratch.folder().join(&file));
            let password = if form == KeyForm::EncryptedPkcs8 { PASSWORD } else { "" };
            let line = agrees("ssh-keygen", scratch.folder(), &["-y", "-P", password, "-f", &file]);
            let Some(line) = line else { return };
            let reading = certwright_pki::input::read(&line);
            let [_, public] = reading.found.as_slice() else { panic!("{reading:?}") };
            assert_eq!(public.item.bytes(), key.public().as_der(), "{file}");
        }
    }
}

/// Makes a file its owner's own.
fn restrict(path: &std::path::Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Imports the key of a JSON file and writes it as PKCS#8, then as JSON again.
const NODE: &str = "const fs=require('fs'),c=require('crypto');\
    const j=JSON.parse(fs.readFileSync('out.jwk.json'));\
    const k=c.createPrivateKey({key:j,format:'jwk'});\
    fs.writeFileSync('node.p8',k.export({type:'pkcs8',format:'der'}));\
    fs.writeFileSync('node.json',JSON.stringify(k.export({format:'jwk'})));\
    const p=c.createPublicKey(k);fs.writeFileSync('node.pub.json',JSON.stringify(p.export({format:'jwk'})));\
    if(j.x5c&&!new c.X509Certificate(Buffer.from(j.x5c[0],'base64')).checkPrivateKey(k))process.exit(1);";

#[test]
fn node_reads_and_writes_the_same_json_web_keys() {
    for kind in KINDS {
        let Some(chain) = Chain::new(kind) else { return };
        // RFC 7518 has no keys that are for PSS alone.
        if kind == Kind::RsaPss {
            assert!(!export::formats(&chain.all()).contains(&Format::Jwk));
            continue;
        }
        chain.write(&chain.all(), |plan| plan.format = Format::Jwk);
        if agrees("node", chain.folder(), &["-e", NODE]).is_none() {
            return;
        }
        let written = PrivateKey::from_pkcs8(&chain.scratch.read("node.p8")).unwrap();
        assert_eq!(written.pkcs8(), chain.key.pkcs8(), "{kind:?}");
        for (file, expect) in
            [("node.json", chain.key.pkcs8()), ("node.pub.json", chain.key.public().as_der())]
        {
            let reading = certwright_pki::input::read(&chain.scratch.read(file));
            assert_eq!(reading.found[0].item.bytes(), expect, "{kind:?} {file}: {reading:?}");
        }
    }
}
