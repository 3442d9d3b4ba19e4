//! Steps 1 to 3: the authority, the request, and the decision on it.

use certwright_e2e::journey::go_to;

use super::{AUTHORITY, Exchange, REQUEST_FILE, SERVER};

impl Exchange {
    pub fn look_at_empty_lists(&self) {
        for (section, says) in [
            ("Requests", "No requests here."),
            ("Certificates", "No certificates yet."),
            ("Authorities", "There is no authority yet."),
            ("Trust stores", "Make a trust store"),
            ("Probe", "Make a trust store first."),
        ] {
            go_to(&self.browser, section);
            self.browser.see(says);
            self.browser.look_over(&format!("{}-empty", section.to_lowercase().replace(' ', "-")));
        }
    }

    pub fn look_at_full_lists(&self) {
        for section in ["Requests", "Certificates", "Authorities", "Trust stores", "Vault"] {
            go_to(&self.browser, section);
            self.browser.look_over(&format!("{}-full", section.to_lowercase().replace(' ', "-")));
        }
        go_to(&self.browser, "Requests");
        self.browser.click_link("Bring a request");
        self.browser.see("Its private key stays where it is.");
        self.browser.look_over("request-box");
    }

    /// By keyboard alone, from the rail to the finished authority.
    pub fn make_the_authority(&self) {
        let page = &self.browser;
        page.press_tab_until("Authorities");
        page.press("Enter");
        page.see("An authority signs what servers ask for.");
        page.press_tab_until("Make an authority");
        page.press("Enter");
        page.see("Step 1 of 4: Name");
        page.press_tab_until("Name of the authority (CN)");
        page.type_text(AUTHORITY);
        page.press_tab_until("Organization (O)");
        page.type_text("Example, Inc.");
        page.press_tab_until("Country (C)");
        page.type_text("US");
        page.look_over("authority-wizard-1");
        page.press("Enter");
        page.see("Step 2 of 4: Key");
        page.look_over("authority-wizard-2");
        page.press_tab_until("Next");
        page.press("Enter");
        page.see("Step 3 of 4: Validity");
        page.see("The authority issues nothing that is valid past its own end.");
        assert_eq!(page.value_of("Valid for (years)"), "10");
        page.look_over("authority-wizard-3");
        page.press_tab_until("Next");
        page.press("Enter");
        page.see("Step 4 of 4: Summary");
        for line in ["These can’t be changed afterwards", "RSA 2048", "SHA-256", "10 years", AUTHORITY] {
            page.see(line);
        }
        page.look_over("authority-wizard-4");
        page.press_tab_until("I have read this");
        page.press("Space");
        page.press_tab_until("Make the authority");
        page.press("Enter");
        page.see(&format!("The authority {AUTHORITY} is ready."));
        let tests = page.within("Self-test").shown();
        for line in [
            "Passed Its own certificate verifies",
            "Passed It signs a probe certificate, and the signature verifies",
            "Passed It signs an empty revocation list, and the signature verifies",
        ] {
            assert!(tests.contains(line), "{line} is not in {tests:?}");
        }
        assert!(!tests.contains("Failed"), "{tests}");
        page.see("Nothing is waiting for a decision.");
        page.look_over("authority-made");
    }

    /// A name, an organization, RSA 2048 as proposed, and a file name without extension.
    pub fn make_the_request(&self) {
        let page = &self.browser;
        go_to(page, "Requests");
        page.click_link("Make a request");
        page.fill("Name clients will type", SERVER);
        page.fill("Organization (O)", "Example, Inc.");
        page.fill("Organizational unit (OU)", "Mail");
        page.fill("City (L)", "San José");
        page.fill("State or province (ST)", "California");
        page.fill("Country (C)", "US");
        page.click_button("Hash and file name");
        page.fill("File name", REQUEST_FILE);
        page.look_over("request-form");
        page.click_button("Make the request");
        page.see(&format!("The request for {SERVER} is ready. Its private key is in the vault."));
        let read_back = page.within("Read back from the request").shown();
        for line in [
            format!("Name clients will type {SERVER}"),
            format!("CN={SERVER}"),
            "OU=Mail".to_owned(),
            "L=San José".to_owned(),
            format!("Names (SAN) DNS:{SERVER}"),
            "Public key RSA 2048".to_owned(),
        ] {
            assert!(read_back.contains(&line), "{line:?} is not in {read_back:?}");
        }
        assert_eq!(page.value_of("Save as"), REQUEST_FILE);
        page.click_button("Download the request");
        page.see(&format!("{REQUEST_FILE} is written"));
        self.take(REQUEST_FILE, REQUEST_FILE);
        page.click_button("Download as DER");
        self.take(REQUEST_FILE, "request.der");
        page.look_over("request-made");
    }

    pub fn deny_once_and_hand_in_again(&self) {
        let page = &self.browser;
        let hand_in = format!("Hand it to {AUTHORITY}");
        page.click_button(&hand_in);
        page.see(&format!("Handed to {AUTHORITY}. It is pending."));
        page.click_button("Deny it");
        page.fill("Reason", "the department is missing");
        page.click_button("Deny the request");
        page.see(&format!("{AUTHORITY} denied it on"));
        page.see(": the department is missing.");
        page.look_over("request-denied");
        go_to(page, "Requests");
        page.choose("Show", "Denied");
        page.see("Denied");
        page.click_link(SERVER);
        page.click_button(&hand_in);
        page.see(&format!("It is pending with {AUTHORITY}"));
        go_to(page, "Authorities");
        page.see("1 pending · 0 issued");
        page.click_link(AUTHORITY);
        page.see("Pending requests: 1");
        page.within("Pending requests").click_link(SERVER);
        page.see("Issue or deny");
    }

    pub fn look_and_issue(&self) {
        let page = &self.browser;
        assert_eq!(page.value_of("Profile"), "Web server");
        page.look_over("request-pending");
        page.click_button("Look at what will be signed");
        page.see(&format!("{AUTHORITY} will sign this"));
        for line in ["TLS server", "TLS client"] {
            page.see(line);
        }
        let uses = page.within("TLS server").shown();
        assert!(uses.contains("Yes"), "{uses}");
        let uses = page.within("Certificate authority").shown();
        assert!(uses.contains("No"), "{uses}");
        page.look_over("issue-preview");
        page.click_button("Issue the certificate");
        page.see("The certificate is issued.");
        page.see(&format!("A certificate issued by {AUTHORITY}, valid for another 39"));
    }
}
