//! Other people's programs read every file that came out.

use super::{AUTHORITY, Exchange, PFX_PASSWORD, REQUEST_FILE, SERVER};

impl Exchange {
    /// Runs OpenSSL in the folder; it must succeed. Gives what it wrote, complaints included.
    #[track_caller]
    pub fn openssl(&self, arguments: &[&str]) -> String {
        let verdict = self.programs.openssl.run(self.folder.folder(), arguments, b"");
        assert!(verdict.accepted, "openssl {arguments:?}: {}\n{}", verdict.complaints, verdict.text());
        format!("{}{}", verdict.text(), verdict.complaints)
    }

    pub fn ask_the_programs(&self) {
        self.ask_openssl();
        self.ask_openssl_about_containers();
        self.ask_java();
        self.ask_nss();
        self.ask_gnutls();
    }

    fn ask_openssl(&self) {
        let request = self.openssl(&[
            "req",
            "-in",
            REQUEST_FILE,
            "-verify",
            "-noout",
            "-text",
            "-nameopt",
            "utf8,sep_comma_plus",
        ]);
        holds(&request, &["verify OK", "DNS:localhost", "CN=localhost", "Public-Key: (2048 bit)"]);
        self.openssl(&["req", "-inform", "DER", "-in", "request.der", "-verify", "-noout"]);
        let verified = ["verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", SERVER];
        let files = ["-CAfile", "certnew.cer", "cert.cer"];
        holds(&self.openssl(&[verified.as_slice(), &files].concat()), &["cert.cer: OK"]);
        let text =
            self.openssl(&["x509", "-in", "cert.cer", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"]);
        holds(
            &text,
            &[
                "Version: 3",
                "sha256WithRSAEncryption",
                "DNS:localhost",
                "TLS Web Server Authentication",
                "CA:FALSE",
                "Digital Signature, Key Encipherment",
                "X509v3 Authority Key Identifier",
                "L=San José",
                &format!("CN={AUTHORITY}"),
            ],
        );
        let from_der =
            self.openssl(&["x509", "-inform", "DER", "-in", "cert.der", "-noout", "-fingerprint", "-sha256"]);
        let from_pem = self.openssl(&["x509", "-in", "cert.cer", "-noout", "-fingerprint", "-sha256"]);
        assert_eq!(from_der, from_pem);
        for (list, form, number) in
            [("certcrl.crl.b64", "PEM", "1"), ("certcrl.crl.der", "DER", "1"), ("second.crl", "PEM", "2")]
        {
            let arguments = [
                "crl",
                "-in",
                list,
                "-inform",
                form,
                "-CAfile",
                "certnew.cer",
                "-noout",
                "-text",
                "-crlnumber",
            ];
            holds(
                &self.openssl(&arguments),
                &["verify OK", "No Revoked Certificates", &format!("crlNumber=0x0{number}")],
            );
        }
        let checked =
            ["verify", "-crl_check", "-CRLfile", "second.crl", "-CAfile", "certnew.cer", "cert.cer"];
        holds(&self.openssl(&checked), &["cert.cer: OK"]);
    }

    fn ask_openssl_about_containers(&self) {
        for (file, form, certificates) in
            [("cert.p7b", "DER", 2), ("certnew.p7b.b64", "PEM", 1), ("certnew.p7b.der", "DER", 1)]
        {
            let printed = self.openssl(&["pkcs7", "-in", file, "-inform", form, "-print_certs"]);
            assert_eq!(printed.matches("subject=").count(), certificates, "{file}: {printed}");
            holds(&printed, &[AUTHORITY]);
            assert_eq!(printed.contains(SERVER), certificates == 2, "{file}: {printed}");
        }
        let password = format!("pass:{PFX_PASSWORD}");
        for (file, protection) in
            [("modern.pfx", "PBES2, PBKDF2, AES-256-CBC"), ("legacy.pfx", "pbeWithSHA1And3-KeyTripleDES-CBC")]
        {
            let arguments = ["pkcs12", "-info", "-in", file, "-passin", &password, "-nodes"];
            let opened = self.openssl(&arguments);
            holds(&opened, &[protection, "BEGIN PRIVATE KEY", "friendlyName: localhost"]);
            assert_eq!(opened.matches("BEGIN CERTIFICATE").count(), 2, "{file}");
        }
        let wrong = ["pkcs12", "-in", "modern.pfx", "-passin", "pass:wrong", "-nodes"];
        self.programs.openssl.run(self.folder.folder(), &wrong, b"").refused();
        let key = self.openssl(&["pkcs12", "-in", "modern.pfx", "-passin", &password, "-nodes", "-nocerts"]);
        self.folder.write("server.key", key.as_bytes());
        let of_key = self.openssl(&["pkey", "-in", "server.key", "-pubout"]);
        assert_eq!(of_key, self.openssl(&["x509", "-in", "cert.cer", "-noout", "-pubkey"]));
    }

    fn ask_java(&self) {
        let run = |arguments: &[&str]| {
            let verdict = self.programs.keytool.run(self.folder.folder(), arguments, b"");
            assert!(verdict.accepted, "keytool {arguments:?}: {}{}", verdict.text(), verdict.complaints);
            verdict.text()
        };
        for file in ["cert.cer", "cert.der"] {
            holds(
                &run(&["-printcert", "-file", file]),
                &["DNSName: localhost", "serverAuth", &format!("CN={AUTHORITY}")],
            );
        }
        holds(&run(&["-printcertreq", "-file", REQUEST_FILE]), &["CN=localhost"]);
        holds(&run(&["-printcrl", "-file", "certcrl.crl.der"]), &[AUTHORITY]);
        for file in ["modern.pfx", "legacy.pfx"] {
            let store = format!("{file}.jks");
            run(&[
                "-importkeystore",
                "-noprompt",
                "-srckeystore",
                file,
                "-srcstoretype",
                "PKCS12",
                "-srcstorepass",
                PFX_PASSWORD,
                "-destkeystore",
                &store,
                "-deststoretype",
                "JKS",
                "-deststorepass",
                "changeit",
                "-destkeypass",
                "changeit",
            ]);
            let listed = run(&["-list", "-v", "-keystore", &store, "-storepass", "changeit"]);
            holds(&listed, &["PrivateKeyEntry", "Certificate chain length: 2", &format!("CN={AUTHORITY}")]);
        }
    }

    fn ask_nss(&self) {
        let run = |program: &certwright_interop::Program, arguments: &[&str]| {
            let verdict = program.run(self.folder.folder(), arguments, b"");
            let said = format!("{}{}", verdict.text(), verdict.complaints);
            (verdict.accepted, said)
        };
        let (certutil, pk12util) = (&self.programs.certutil, &self.programs.pk12util);
        for (database, pfx) in [("nss-modern", "modern.pfx"), ("nss-legacy", "legacy.pfx")] {
            if let Err(error) = std::fs::create_dir(self.folder.folder().join(database)) {
                panic!("{database}: {error}");
            }
            let here = format!("sql:{database}");
            let must = |program, arguments: &[&str]| {
                let (accepted, said) = run(program, arguments);
                assert!(accepted, "{arguments:?}: {said}");
                said
            };
            must(certutil, &["-N", "-d", &here, "--empty-password"]);
            must(certutil, &["-A", "-d", &here, "-n", "server", "-t", ",,", "-a", "-i", "cert.cer"]);
            let valid = ["-V", "-u", "V", "-d", &here, "-n", "server"];
            let (accepted, said) = run(certutil, &valid);
            assert!(!accepted && said.contains("invalid"), "without the root: {said}");
            must(certutil, &["-A", "-d", &here, "-n", "root", "-t", "CT,,", "-a", "-i", "certnew.cer"]);
            holds(&must(certutil, &valid), &["certificate is valid"]);
            must(pk12util, &["-i", pfx, "-d", &here, "-W", PFX_PASSWORD]);
            holds(&must(certutil, &["-K", "-d", &here]), &["rsa"]);
        }
    }

    fn ask_gnutls(&self) {
        let run = |arguments: &[&str]| {
            let verdict = self.programs.certtool.run(self.folder.folder(), arguments, b"");
            assert!(verdict.accepted, "certtool {arguments:?}: {}{}", verdict.text(), verdict.complaints);
            verdict.text()
        };
        let about = run(&["--certificate-info", "--infile", "cert.cer"]);
        holds(&about, &["DNSname: localhost", "TLS WWW Server", "Certificate Authority (CA): FALSE"]);
        let verified = run(&[
            "--verify",
            "--load-ca-certificate",
            "certnew.cer",
            "--verify-hostname",
            SERVER,
            "--infile",
            "cert.cer",
        ]);
        holds(&verified, &["Chain verification output: Verified. The certificate is trusted."]);
        let chain = self.chain();
        let verified = run(&["--verify-chain", "--infile", &chain.to_string_lossy()]);
        holds(&verified, &["Chain verification output: Verified. The certificate is trusted."]);
        holds(&run(&["--crl-info", "--infile", "certcrl.crl.b64"]), &[AUTHORITY, "No revoked certificates"]);
        for file in ["modern.pfx", "legacy.pfx"] {
            let opened = run(&["--p12-info", "--inder", "--infile", file, "--password", PFX_PASSWORD]);
            holds(&opened, &["Encrypted"]);
        }
    }
}

/// Fails unless the text holds each of these.
#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}
