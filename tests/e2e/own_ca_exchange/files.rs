//! Steps 4 to 6: the certificate and the root as files, each with its receipt.

use std::fs;

use certwright_e2e::journey::go_to;

use super::{AUTHORITY, Exchange, PFX_PASSWORD, SERVER};

impl Exchange {
    /// Takes the newest download into the folder under another name, and holds the page's receipt against it.
    #[track_caller]
    pub fn take(&self, downloaded: &str, name: &str) -> Vec<u8> {
        let bytes = self.browser.take_download(downloaded);
        let path = self.folder.write(name, &bytes);
        let digest = self.openssl(&["dgst", "-sha256", "-r", &path.to_string_lossy()]);
        let digest = digest.split_whitespace().next().unwrap_or_default().to_owned();
        assert_eq!(digest.len(), 64, "{digest}");
        let receipts = self.browser.within("Written and read back");
        receipts.see(&format!("{downloaded} ·"));
        receipts.see(&format!("· {} bytes", bytes.len()));
        receipts.see(&digest);
        bytes
    }

    pub fn take_the_certificate(&self) {
        let page = &self.browser;
        let forms = page.within("Take it along");
        assert_eq!(page.value_of("File name"), "cert.cer");
        forms.click_button("Download");
        let pem = self.take("cert.cer", "cert.cer");
        assert!(pem.starts_with(b"-----BEGIN CERTIFICATE-----"));
        forms.choose("Form", "DER encoded binary X.509");
        forms.click_button("Download");
        let der = self.take("cert.cer", "cert.der");
        assert!(der.starts_with(&[0x30, 0x82]));
        forms.choose("Form", "PKCS#7 with its chain");
        forms.click_button("Download");
        self.take("certnew.p7b", "cert.p7b");
        forms.choose("Form", "PKCS#12 with its key");
        forms.fill("Password of the file", PFX_PASSWORD);
        forms.fill("Password again", "something else");
        page.see("The two are not the same yet");
        forms.fill("Password again", PFX_PASSWORD);
        page.see_no("The two are not the same yet");
        forms.click_button("Download");
        page.see("This file holds a private key.");
        forms.click_button("No, leave it here");
        forms.click_button("Download");
        forms.click_button("Download the private key");
        self.take("server.pfx", "modern.pfx");
        forms.choose("Where it is to be imported", "Windows Server 2012 R2 or 2016");
        forms.click_button("Download");
        forms.click_button("Download the private key");
        self.take("server.pfx", "legacy.pfx");
        page.see("Private key: RSA 2048");
        page.look_over("certificate-issued");
    }

    /// The file that the authority sent back goes to the request, as it would on another machine.
    pub fn complete_the_request(&self) {
        let page = &self.browser;
        page.see("It answers the request");
        page.click_link(SERVER);
        let file = self.folder.folder().join("cert.cer");
        page.within("Complete the request").upload("Choose a file", &[&file]);
        page.see(&format!("The request {SERVER} is complete."));
        page.see("The certificate was matched to this request’s key");
        page.look_over("request-complete");
        page.click_link("Open its certificate");
        page.see("It completes the request");
    }

    pub fn take_the_root(&self) {
        let page = &self.browser;
        go_to(page, "Authorities");
        page.see("0 pending · 1 issued");
        page.click_link(AUTHORITY);
        let card = page.within("Download a CA certificate, certificate chain, or CRL");
        for (encoding, suffix) in [("Base 64", "b64"), ("DER", "der")] {
            card.choose("Encoding method", encoding);
            for (button, file) in [
                ("Download CA certificate", "certnew.cer"),
                ("Download certificate chain", "certnew.p7b"),
                ("Download CRL", "certcrl.crl"),
            ] {
                card.click_button(button);
                let bytes = self.take(file, &format!("{file}.{suffix}"));
                assert_eq!(bytes.starts_with(b"-----BEGIN "), encoding == "Base 64", "{file} in {encoding}");
            }
        }
        card.click_button("Sign a new revocation list");
        page.see("Revocation list number 2 is signed.");
        card.choose("Encoding method", "Base 64");
        card.click_button("Download CRL");
        self.take("certcrl.crl", "second.crl");
        page.look_over("authority-downloads");
        let root = fs::read(self.folder.folder().join("certnew.cer.b64"));
        self.folder.write("certnew.cer", &root.unwrap_or_default());
    }
}
