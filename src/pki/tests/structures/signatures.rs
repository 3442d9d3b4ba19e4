//! Signatures made by OpenSSL in each kind of object, verified here: signed keys, OCSP, messages.
//!
//! Time stamps and what is encrypted are in `made`.

use crate::openssl::OpenSsl;
use certwright_pki::input::{self, Item, Repair};
use certwright_pki::ocsp::{CertificateStatus, OcspRequest, OcspResponse, Signer};
use certwright_pki::spkac::SignedPublicKey;
use certwright_pki::{Certificate, ErrorKind, Kind, SoftwareEngine, cms::SignedData};
use pollster::block_on;

/// The engine, with randomness that nothing here needs.
pub fn engine() -> SoftwareEngine<fn(&mut [u8])> {
    SoftwareEngine::new(|out| out.fill(7))
}

/// Makes a key and a certificate, `NAME.key` and `NAME.crt`, signed by another pair or by itself.
pub fn pair(
    openssl: &OpenSsl,
    name: &str,
    new_key: &[&str],
    issuer: Option<&str>,
    extensions: &str,
) -> Certificate {
    let (key, request, certificate) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.crt"));
    let subject = format!("/CN={name}");
    let mut arguments = vec!["req", "-new", "-nodes", "-subj", &subject, "-keyout", &key, "-out", &request];
    arguments.extend(new_key);
    openssl.must(&arguments);
    openssl.scratch.write("extensions.cnf", extensions.as_bytes());
    let mut arguments = vec!["x509", "-req", "-in", &request, "-out", &certificate, "-days", "30"];
    arguments.extend(["-extfile", "extensions.cnf"]);
    let (ca, ca_key) = (format!("{}.crt", issuer.unwrap_or(name)), format!("{}.key", issuer.unwrap_or(name)));
    match issuer {
        Some(_) => arguments.extend(["-CA", &ca, "-CAkey", &ca_key, "-CAcreateserial"]),
        None => arguments.extend(["-signkey", &key]),
    }
    openssl.must(&arguments);
    match input::read(&openssl.scratch.read(&certificate)).found.remove(0).item {
        Item::Certificate(certificate) => certificate,
        other => panic!("{other:?}"),
    }
}

pub const P256: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
pub const RSA: [&str; 2] = ["-newkey", "rsa:2048"];
const AUTHORITY: &str = "basicConstraints=critical,CA:TRUE\n";

#[test]
fn signed_public_keys_of_openssl_verify() {
    let Some(openssl) = OpenSsl::find() else { return };
    for (name, new_key) in [("rsa", &RSA[..]), ("ec", &P256)] {
        pair(&openssl, name, new_key, None, AUTHORITY);
        let key = format!("{name}.key");
        openssl.must(&["spkac", "-key", &key, "-challenge", "hello", "-digest", "sha256", "-out", "s.spkac"]);
        let text = openssl.scratch.read("s.spkac");
        assert!(text.starts_with(b"SPKAC="));
        let mut reading = input::read(&text);
        assert_eq!((reading.found.len(), reading.problems.len()), (1, 0), "{reading:?}");
        let found = reading.found.remove(0);
        assert_eq!(found.item.kind(), Kind::SignedPublicKey);
        assert!(!found.repairs.contains(&Repair::ProseAround), "{:?}", found.repairs);
        let der = found.item.bytes().to_vec();
        let signed = SignedPublicKey::parse(&der).unwrap();
        assert_eq!(signed.challenge, "hello");
        assert_eq!(block_on(signed.verify(&engine())), Ok(()));
        let mut changed = der.clone();
        let place = der.windows(5).position(|octets| octets == b"hello").unwrap();
        changed[place] = b'j';
        let error = block_on(SignedPublicKey::parse(&changed).unwrap().verify(&engine())).unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadSignature);
    }
}

#[test]
fn ocsp_answers_of_openssl_verify_with_the_issuer_or_its_delegate() {
    let Some(openssl) = OpenSsl::find() else { return };
    let authority = pair(&openssl, "authority", &P256, None, AUTHORITY);
    let leaf = pair(&openssl, "leaf", &P256, Some("authority"), "keyUsage=digitalSignature\n");
    let revoked = pair(&openssl, "revoked", &P256, Some("authority"), "keyUsage=digitalSignature\n");
    pair(&openssl, "delegate", &RSA, Some("authority"), "extendedKeyUsage=OCSPSigning\n");
    pair(&openssl, "stranger", &RSA, Some("authority"), "extendedKeyUsage=serverAuth\n");
    let other = pair(&openssl, "other", &P256, None, AUTHORITY);
    let line = |one: &Certificate, status: &str, date: &str| {
        format!("{status}\t490101000000Z\t{date}\t{}\tunknown\t/CN=x\n", one.serial().hex().to_uppercase())
    };
    let index = line(&leaf, "V", "") + &line(&revoked, "R", "240102030405Z,keyCompromise");
    openssl.scratch.write("index.txt", index.as_bytes());
    for certificate in ["leaf.crt", "revoked.crt"] {
        openssl.must(&["ocsp", "-issuer", "authority.crt", "-cert", certificate, "-reqout", "q.der"]);
        let request = OcspRequest::parse(&openssl.scratch.read("q.der")).unwrap();
        let subject = if certificate == "leaf.crt" { &leaf } else { &revoked };
        assert_eq!(request.questions[0].id.is(subject, &authority), Some(true));
        assert_eq!(request.questions[0].id.is(subject, &other), Some(false));
        for signer in ["authority", "delegate", "stranger"] {
            let (crt, key) = (format!("{signer}.crt"), format!("{signer}.key"));
            let arguments =
                ["ocsp", "-index", "index.txt", "-CA", "authority.crt", "-rsigner", &crt, "-rkey", &key];
            openssl
                .must(&[&arguments[..], &["-reqin", "q.der", "-respout", "r.der", "-ndays", "1"]].concat());
            let der = openssl.scratch.read("r.der");
            let response = OcspResponse::parse(&der).unwrap().basic.unwrap();
            assert_eq!(response.nonce(), request.nonce());
            let answer = response.find(subject.serial()).unwrap();
            assert_eq!(answer.status == CertificateStatus::Good, certificate == "leaf.crt");
            let verified = block_on(response.verify(&engine(), &authority));
            match signer {
                "authority" => assert_eq!(verified, Ok(Signer::Issuer)),
                "delegate" => assert!(matches!(verified, Ok(Signer::Delegate(_))), "{verified:?}"),
                _ => assert_eq!(verified.unwrap_err().kind, ErrorKind::KeyMismatch),
            }
            assert!(block_on(response.verify(&engine(), &other)).is_err());
            let mut changed = der.clone();
            let place = der
                .windows(14)
                .position(|octets| octets == b"0Z\x80\x00" || octets.starts_with(b"20"))
                .unwrap();
            changed[place + 3] ^= 1;
            if let Ok(OcspResponse { basic: Some(changed), .. }) = OcspResponse::parse(&changed) {
                assert!(block_on(changed.verify(&engine(), &authority)).is_err());
            }
        }
    }
}

#[test]
fn signed_messages_of_openssl_verify() {
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.scratch.write("text", b"the content");
    for (name, new_key) in [("rsa", &RSA[..]), ("ec", &P256)] {
        let signer = pair(&openssl, name, new_key, None, AUTHORITY);
        let (crt, key) = (format!("{name}.crt"), format!("{name}.key"));
        let common = [
            "cms", "-sign", "-binary", "-in", "text", "-signer", &crt, "-inkey", &key, "-outform", "DER",
            "-out", "m.der",
        ];
        for (more, detached) in [
            (&["-nodetach"][..], false),
            (&["-nodetach", "-noattr"], false),
            (&["-nodetach", "-keyid"], false),
            (&["-nodetach", "-stream"], false),
            (&["-nodetach", "-md", "sha512"], false),
            (&[], true),
        ] {
            openssl.must(&[&common[..], more].concat());
            let message = SignedData::parse(&openssl.scratch.read("m.der")).unwrap();
            let one = message.signers[0].as_ref().unwrap();
            let content = detached.then_some(&b"the content"[..]);
            let key = signer.public_key();
            assert_eq!(message.certificate_of(one), Some(signer.clone()), "{more:?}");
            assert_eq!(block_on(message.verify(&engine(), one, key, content)), Ok(()), "{name} {more:?}");
            let wrong = block_on(one.verify(&engine(), key, b"another content"));
            assert_eq!(wrong.unwrap_err().kind, ErrorKind::BadSignature, "{name} {more:?}");
            assert_eq!(one.signing_time().is_some(), !more.contains(&"-noattr"));
        }
    }
}
