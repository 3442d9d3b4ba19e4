//! The second depth: every field in words, its spellings, and a button that copies each.

use certwright_e2e::{Page, Workshop};

pub fn read(page: &Page, shop: &Workshop) {
    page.click_link("Fields");
    let fields = page.within("Fields");
    for field in [
        "Not after",
        "Organization 2.5.4.10",
        "DNS name",
        "www.example.org",
        "192.0.2.7",
        "TLS server",
        "TLS client",
        "Digital signature",
        "Organization validated (OV)",
        "http://crl.example.org/a.crl",
        "status_request (OCSP must-staple)",
        "1.3.6.1.4.1.99999.7",
        "unheard of",
    ] {
        fields.see(field);
    }
    fields.within("Key usage").see("critical");
    page.look_over("object-fields");
    the_serial_number_in_each_spelling(page, shop);
    fingerprints(page, shop);
    names_in_both_orders(page, shop);
}

fn the_serial_number_in_each_spelling(page: &Page, shop: &Workshop) {
    let said = shop.openssl(&["x509", "-in", "server.pem", "-noout", "-serial"]);
    let hex = said.trim().trim_start_matches("serial=").to_owned();
    page.press_tab_until("Copy Serial number");
    page.press("Enter");
    page.wait_for("the serial number", || (page.clipboard() == colons(&hex)).then_some(()));
    page.see("Copied");
    page.press_tab_until("More of Serial number");
    page.press("Enter");
    let number = shop.openssl(&["asn1parse", "-in", "server.pem"]);
    assert!(number.contains(&hex), "{number}");
    for (form, text) in [("hexadecimal", hex.clone()), ("decimal", decimal(&hex))] {
        copied(page, &format!("Copy Serial number {form}"), &text);
    }
    page.look_over("object-fields-spellings");
}

fn fingerprints(page: &Page, shop: &Workshop) {
    for digest in ["sha256", "sha1"] {
        let said =
            shop.openssl(&["x509", "-in", "server.pem", "-noout", "-fingerprint", &format!("-{digest}")]);
        let with_colons = said.trim().rsplit('=').next().unwrap_or_default().to_owned();
        let label = if digest == "sha1" { "SHA-1" } else { "SHA-256" };
        let part = page.within("Fingerprints");
        copied(&part, &format!("Copy {label}"), &with_colons);
        part.click_button(&format!("More of {label}"));
        part.see(&with_colons.replace(':', "").to_lowercase());
    }
}

fn names_in_both_orders(page: &Page, shop: &Workshop) {
    let name = |order: &str| {
        let said = shop.openssl(&["x509", "-in", "server.pem", "-noout", "-subject", "-nameopt", order]);
        said.trim().trim_start_matches("subject=").to_owned()
    };
    let part = page.within("Subject");
    copied(&part, "Copy Subject", &name("rfc2253"));
    part.click_button("More of Subject");
    part.see(&name("oneline"));
}

/// Presses a button of this name and looks into the clipboard.
#[track_caller]
fn copied(page: &Page, button: &str, text: &str) {
    page.click_button(button);
    let mut last = String::new();
    page.wait_for(&format!("{text:?} from {button:?}, which gave {last:?}"), || {
        last = page.clipboard();
        (last == text).then_some(())
    });
}

fn colons(hex: &str) -> String {
    let pairs = hex.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned());
    pairs.collect::<Vec<_>>().join(":")
}

/// A hexadecimal number in decimal digits.
fn decimal(hex: &str) -> String {
    let mut digits = vec![0_u32];
    for letter in hex.chars() {
        let mut carry = letter.to_digit(16).unwrap_or_default();
        for digit in &mut digits {
            let sum = *digit * 16 + carry;
            (*digit, carry) = (sum % 10, sum / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}
