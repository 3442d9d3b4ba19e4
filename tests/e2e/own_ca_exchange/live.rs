//! Step 8: the server runs with what was issued; a client with the root trusts it, and the probe says so.

use std::fs;
use std::path::PathBuf;

use certwright_e2e::Nginx;
use certwright_e2e::journey::go_to;

use super::{AUTHORITY, Exchange, SERVER};

impl Exchange {
    /// Leaf and root in one file, as a server sends them.
    pub fn chain(&self) -> PathBuf {
        let part = |name: &str| fs::read(self.folder.folder().join(name)).unwrap_or_default();
        self.folder.write("chain.pem", &[part("cert.cer"), part("certnew.cer")].concat())
    }

    pub fn see_it_live(&self) {
        let key = self.folder.folder().join("server.key");
        let nginx =
            Nginx::start(&self.programs.nginx, &self.folder.folder().join("nginx"), &self.chain(), &key);
        let port = nginx.port();
        self.ask_curl(port);
        self.probe_and_import(port);
        self.probe_the_wrong_name(port);
    }

    fn ask_curl(&self, port: u16) {
        let address = format!("https://{SERVER}:{port}/");
        let curl = |more: &[&str]| {
            let arguments = [&["--silent", "--show-error", "--max-time", "20"], more, &[&address]].concat();
            self.programs.curl.run(self.folder.folder(), &arguments, b"")
        };
        let served = curl(&["--cacert", "certnew.cer"]).accepted();
        assert_eq!(String::from_utf8_lossy(&served), "served with our certificate");
        let complaint = curl(&[]).refused();
        assert!(complaint.contains("certificate"), "{complaint}");
    }

    fn probe_and_import(&self, port: u16) {
        let page = &self.browser;
        let card = page.within(&format!("{SERVER}:{port}"));
        self.probe(SERVER, port, "Common name or SAN (Cisco 12.5)");
        card.see("Peer Server Reachability Status");
        card.see("Reachable");
        card.see("Failed – Certificate Missing From Chain");
        card.see("Missing in cup-trust");
        page.look_over("probe-missing");
        card.tick(&format!("{AUTHORITY} is the right one"), true);
        card.click_button("Import the approved ones");
        card.see_no("Failed – Certificate Missing From Chain");
        card.see("Verified");
        card.see("In cup-trust");
        card.see("Server holds the key proven by the handshake");
        page.look_over("probe-verified");
        go_to(page, "Trust stores");
        page.click_link("cup-trust");
        page.within("It trusts").see_control(AUTHORITY);
    }

    /// The address is not in the certificate: the root is trusted, and still the answer is no.
    fn probe_the_wrong_name(&self, port: u16) {
        let page = &self.browser;
        let card = page.within(&format!("127.0.0.1:{port}"));
        self.probe("127.0.0.1", port, "Common name or SAN (Cisco 12.5)");
        card.see("Failed – SAN Mismatch");
        card.see("“127.0.0.1” is none of the certificate’s names.");
        self.probe("127.0.0.1", port, "Exactly the common name (Cisco 9.0)");
        card.see("Failed – Subject CN Mismatch");
        card.see(&format!("It is “{SERVER}”."));
        assert!(!card.shows("Verified"));
        page.look_over("probe-mismatch");
    }

    fn probe(&self, host: &str, port: u16, rule: &str) {
        let page = &self.browser;
        go_to(page, "Probe");
        page.fill("Peer server", host);
        page.fill("Peer server port", &port.to_string());
        page.choose("Certificate trust store", "cup-trust");
        page.choose("The name must match", rule);
        page.click_button("Submit");
    }
}
