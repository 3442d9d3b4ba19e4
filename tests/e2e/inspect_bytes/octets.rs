//! The third depth: the tree and the octets mark each other, and the field that they belong to.

use certwright_e2e::{Page, Workshop};
use serde_json::json;

pub fn read(page: &Page, shop: &Workshop) {
    let der = shop.read("server.der");
    from_a_field(page, &der);
    page.look_over("object-bytes-field");
    from_the_tree(page, &der);
    from_an_octet(page, &der);
    a_part_is_taken_along(page, shop, &der);
}

/// A field's own button leads to its octets.
fn from_a_field(page: &Page, der: &[u8]) {
    page.within("Fields").click_button("More of Not after");
    page.click_button("Show among the bytes: Not after");
    page.within("Bytes").see("Validity › Not after");
    let at = times(der).1;
    expect_marked(page, der, at);
}

/// The two times of the validity, by their places.
fn times(der: &[u8]) -> ((usize, usize), (usize, usize)) {
    let first = der.windows(2).position(|two| two == [0x17, 13]).unwrap_or_default();
    ((first, first + 15), (first + 15, first + 30))
}

fn from_the_tree(page: &Page, der: &[u8]) {
    let bytes = page.within("Bytes");
    page.press_tab_until_start_of("Not before UTCTime");
    page.press("Enter");
    bytes.see("Validity › Not before");
    expect_marked(page, der, times(der).0);
    bytes.click_button("Subject SEQUENCE");
    bytes.see("Subject");
    page.look_over("object-bytes");
}

/// With the mouse, then with the keys.
fn from_an_octet(page: &Page, der: &[u8]) {
    let name = b"www.example.org";
    let at = der.windows(name.len()).position(|part| part == name).unwrap_or_default();
    let before = at - 2;
    // The names come after what is shown, so the cursor goes there by the tree first.
    let bytes = page.within("Bytes");
    let extensions = der.windows(2).position(|two| two == [0xA3, 0x82]).unwrap_or_default();
    bytes.click_button(&format!("Parts of Extensions, octet {extensions}"));
    bytes.click_button(&format!("Parts of Extensions, octet {}", extensions + 4));
    bytes.click_button("Extension SEQUENCE Subject alternative name");
    bytes.see("Subject alternative name");
    click_octet(page, at + 3);
    bytes.see("Subject alternative name › DNS name");
    bytes.see(&format!("cursor at {}", at + 3));
    expect_marked(page, der, (before, at + name.len()));
    assert_eq!(pressed(page), 1, "the tree shows the same");
    page.press_tab_until("Octets; the arrow keys move the cursor");
    for (key, cursor) in [
        ("ArrowRight", at + 4),
        ("ArrowDown", at + 20),
        ("ArrowUp", at + 4),
        ("ArrowLeft", at + 3),
        ("End", der.len() - 1),
        ("Home", 0),
    ] {
        page.press(key);
        bytes.see(&format!("cursor at {cursor}"));
        expect_cursor_in_view(page);
    }
    page.press("End");
    bytes.see("Signature");
    page.look_over("object-bytes-end");
}

fn a_part_is_taken_along(page: &Page, shop: &Workshop, der: &[u8]) {
    let bytes = page.within("Bytes");
    page.press("Home");
    bytes.see("cursor at 0");
    bytes.click_button("Validity SEQUENCE");
    let start = times(der).0.0 - 2;
    let part = &der[start..start + 32];
    expect_marked(page, der, (start, start + 32));
    let hex: String = part.iter().map(|octet| format!("{octet:02x}")).collect();
    page.press_tab_until("Copy what is chosen Hex");
    page.press("Enter");
    page.wait_for("the octets in hex", || (page.clipboard() == hex).then_some(()));
    bytes.click_button("Copy what is chosen PEM");
    page.wait_for("the octets as PEM", || page.clipboard().starts_with("-----BEGIN").then_some(()));
    shop.write("part.pem", page.clipboard().as_bytes());
    let parsed = shop.openssl(&["asn1parse", "-in", "part.pem"]);
    assert_eq!(parsed.matches("UTCTIME").count(), 2, "{parsed}");
    bytes.click_button("Save as DER");
    let name = page
        .wait_for("the part as a file", || page.downloads().into_iter().find(|name| name.ends_with(".der")));
    assert_eq!(page.take_download(&name), part);
}

/// Fails unless just these octets are marked, and are what the file has there.
#[track_caller]
fn expect_marked(page: &Page, der: &[u8], (start, end): (usize, usize)) {
    let wanted: Vec<String> = der[start..end].iter().map(|octet| format!("{octet:02x}")).collect();
    let wanted = format!("{start}: {}", wanted.join(" "));
    let script = "const all = [...document.querySelectorAll('.hex b[data-marked]')]; \
        return all.length ? `${all[0].dataset.at}: ${all.map((one) => one.innerText.trim()).join(' ')}` : ''";
    page.wait_for(&format!("{wanted:?} to be marked"), || {
        (page.execute(script, json!([])).as_str() == Some(wanted.as_str())).then_some(())
    });
}

/// Waits until the octet under the cursor is in view within its box.
#[track_caller]
pub fn expect_cursor_in_view(page: &Page) {
    let script = "const box = document.getElementById('octets-all').getBoundingClientRect(); \
        const octet = document.querySelector('.hex b[data-cursor]')?.getBoundingClientRect(); \
        return !!octet && octet.top >= box.top && octet.bottom <= box.bottom";
    page.wait_for("the cursor in view", || (page.execute(script, json!([])) == json!(true)).then_some(()));
}

/// How many elements of the tree are shown as chosen.
fn pressed(page: &Page) -> u64 {
    let script = "return document.querySelectorAll('.outline [aria-pressed=true]').length";
    page.execute(script, json!([])).as_u64().unwrap_or_default()
}

/// Presses the mouse on an octet that is shown.
#[track_caller]
fn click_octet(page: &Page, at: usize) {
    let script = "const octet = document.querySelector(`.hex b[data-at='${arguments[0]}']`); \
        if (!octet) return null; \
        octet.scrollIntoView({ block: 'center' }); \
        const box = octet.getBoundingClientRect(); \
        return [box.x + box.width / 2, box.y + box.height / 2]";
    let place = page.wait_for(&format!("octet {at}"), || {
        let place = page.execute(script, json!([at]));
        Some((place[0].as_f64()?, place[1].as_f64()?))
    });
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": place.0, "y": place.1, "button": "left", "clickCount": 1 });
        page.devtools("Input.dispatchMouseEvent", event);
    }
}
