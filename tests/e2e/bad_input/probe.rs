//! Probes that find no certificate, each with its own reason.

use std::net::{Ipv4Addr, TcpListener};

use certwright_e2e::journey::{Holdings, go_to};
use certwright_e2e::{Page, Proxy, StaticSite, free_port};

use super::{NOTHING, furnished};

#[test]
fn a_probe_that_finds_no_certificate_says_why() {
    let proxy = Proxy::start();
    let browser = furnished(&proxy);
    let page = &browser;
    let before = Holdings::of(page);

    go_to(page, "Probe");
    for (host, port, says) in [
        ("", "443", "The peer server is missing."),
        ("localhost", "99999", "“99999” is not a port."),
        ("localhost", "none", "“none” is not a port."),
    ] {
        submit(page, host, port);
        page.within("main").see(says);
    }

    let closed = free_port();
    probe(page, "127.0.0.1", closed, "can’t be reached.", "Unreachable", "Failed – Network Error");
    page.see("The host is there, but nothing listens at this port.");
    page.look_over("probe-unreachable");
    probe(
        page,
        "no-such-host.invalid",
        443,
        "There is no host named no-such-host.invalid.",
        "Unreachable",
        "Failed – Network Error",
    );

    let site = StaticSite::of_document("plain");
    let port =
        site.url().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(0);
    probe(page, "127.0.0.1", port, "This port does not speak TLS, it speaks HTTP.", "Reachable", "Failed");
    page.look_over("probe-not-tls");

    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let silent = silent.unwrap_or_else(|error| panic!("no port on loopback: {error}"));
    let port = silent.local_addr().map(|address| address.port()).unwrap_or(0);
    probe(page, "127.0.0.1", port, "The server went silent.", "Reachable", "Failed – Network Error");
    assert_eq!(Holdings::of(page), before);
    assert_eq!(page.console_errors(), NOTHING);

    drop(proxy);
    go_to(page, "Probe");
    submit(page, "127.0.0.1", &closed.to_string());
    page.within("main").see("The companion does not answer.");
    page.see("Nothing was lost.");
    page.look_over("probe-without-companion");
    assert_eq!(Holdings::of(page), before);
    // The browser itself notes the refused connection; there is nothing else.
    let others: Vec<_> =
        page.console_errors().into_iter().filter(|error| !error.contains("ERR_CONNECTION_REFUSED")).collect();
    assert_eq!(others, NOTHING);
}

fn submit(page: &Page, host: &str, port: &str) {
    page.fill("Peer server", host);
    page.fill("Peer server port", port);
    page.click_button("Submit");
}

fn probe(page: &Page, host: &str, port: u16, says: &str, reachability: &str, verdict: &str) {
    submit(page, host, &port.to_string());
    let card = page.within(&format!("{host}:{port}"));
    card.see(says);
    card.see(
        &format!("Peer Server Reachability Status ✕ {reachability}").replace("✕ Reachable", "✓ Reachable"),
    );
    card.see(&format!("SSL Connection/Certificate Verification Status ✕ {verdict}"));
}
