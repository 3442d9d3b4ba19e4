//! Step 7: trust stores, one to be filled by the probe, one by a file.

use certwright_e2e::journey::{go_to, make_store};

use super::{AUTHORITY, Exchange, SERVER};

impl Exchange {
    pub fn make_the_stores(&self) {
        let page = &self.browser;
        make_store(page, "cup-trust");
        page.see("No one yet.");
        page.look_over("store-empty");
        self.judge_against("cup-trust", "Failed – Certificate Missing From Chain");
        make_store(page, "tomcat-trust");
        let file = self.folder.folder().join("certnew.cer");
        let part = page.within("Import a file");
        part.upload("Choose a file", &[&file]);
        part.see("certnew.cer: 1 certificate");
        part.fill(&format!("Name of {AUTHORITY} in the store, without extension"), "certnew.cer");
        page.look_over("store-import");
        part.click_button(&format!("Import {AUTHORITY}"));
        page.see("tomcat-trust now trusts certnew.");
        page.within("It trusts").see_control("certnew");
        assert!(!page.within("It trusts").shows("certnew.cer"));
        page.look_over("store-filled");
        self.judge_against("tomcat-trust", "Verified");
    }

    /// The certificate's own page, against a store.
    fn judge_against(&self, store: &str, verdict: &str) {
        let page = &self.browser;
        go_to(page, "Certificates");
        page.click_link(SERVER);
        page.click_button(&format!("Check against {store}"));
        let trust = page.within("Who trusts it");
        trust.see(&format!("Against {store}:"));
        trust.see(verdict);
        trust.see(AUTHORITY);
        page.look_over(&format!("certificate-against-{store}"));
    }
}
