//! The guard over raw sockets: what a page, a program or a rebound name may try.

use std::io::Read;
use std::time::Duration;

use certwright_proxy::security_headers::CONTENT_SECURITY_POLICY;
use certwright_proxy::server::Settings;
use certwright_proxy_api::{ApiError, ErrorCode, Hello, ProbeReport, ProbeRequest, Reach};

use crate::http::start;
use crate::peers;

const T: &str = "Authorization: Bearer TOKEN\r\n";
const J: &str = "Content-Type: application/json\r\n";

#[test]
fn the_address_carries_the_token_in_its_fragment() {
    let server = start(Settings::default());
    assert!(server.address.ip().is_loopback());
    assert_eq!(server.url, server.fill("http://HOST/#token=TOKEN"));
}

#[test]
fn the_page_needs_no_token_and_the_greeting_does() {
    let server = start(Settings::default());
    assert_eq!(server.get("/", "").status, 200);
    assert_eq!(server.get("/api/hello", "").status, 401);
    let answer = server.get("/api/hello", T);
    assert_eq!(answer.status, 200);
    assert!(serde_json::from_slice::<Hello>(&answer.body).unwrap().understands_us());
}

#[test]
fn attempts_from_elsewhere_are_refused_with_their_codes() {
    let server = start(Settings::default());
    let get = |headers: &str| format!("GET /api/hello HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
    let post = |headers: &str| {
        format!("POST /api/probe HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n{headers}\r\n")
    };
    let h = "Host: HOST\r\n";
    let evil = "Origin: http://evil.test\r\n";
    let large = "Content-Length: 300000\r\n";
    use ErrorCode::*;
    for (request, expect) in [
        (get("Host: evil.test\r\n"), WrongHost),
        (get("Host: 127.0.0.1\r\n"), WrongHost),
        (get(&format!("{h}{h}{T}")), WrongHost),
        (get(&format!("{h}Host: evil.test\r\n{T}")), WrongHost),
        (format!("GET /api/hello HTTP/1.0\r\n{T}\r\n"), WrongHost),
        (
            format!("GET http://evil.test/api/hello HTTP/1.1\r\nConnection: close\r\n{h}{T}\r\n"),
            AbsoluteTarget,
        ),
        (get(&format!("{h}{evil}")), WrongOrigin),
        (get(&format!("{h}{evil}{T}")), WrongOrigin),
        (get(&format!("{h}Origin: null\r\n{T}")), WrongOrigin),
        (get(&format!("{h}{T}Sec-Fetch-Site: cross-site\r\n")), CrossSite),
        (get(&format!("{h}{T}Sec-Fetch-Site: same-site\r\n")), CrossSite),
        (get(h), WrongToken),
        (get(&format!("{h}Authorization: Bearer 0000\r\n")), WrongToken),
        (get(&format!("{h}Cookie: token=TOKEN\r\n")), WrongToken),
        (post(&format!("{T}Content-Type: text/plain\r\nContent-Length: 0\r\n")), WrongContentType),
        (post(&format!("{T}{J}{large}")), TooLarge),
        (post(&format!("{T}{J}Content-Length: 2\r\n").replace("\r\n\r\n", "\r\n")), BadJson),
    ] {
        let request = if expect == BadJson { format!("{request}\r\n{{}}") } else { request };
        let answer = server.ask(&request);
        let error: ApiError = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(error.code, expect, "{request}");
        assert_eq!(answer.status, expect.http_status(), "{request}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{request}");
    }
}

#[test]
fn a_body_without_declared_length_is_cut_off_at_the_limit() {
    let server = start(Settings::default());
    let chunk = format!("8000\r\n{}\r\n", "x".repeat(0x8000)).repeat(9);
    let head = format!(
        "POST /api/probe HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n{T}{J}Transfer-Encoding: chunked\r\n\r\n"
    );
    let answer = server.ask(&format!("{head}{chunk}0\r\n\r\n"));
    assert_eq!(answer.status, 413);
}

#[test]
fn unknown_paths_and_methods_are_said_to_be() {
    let server = start(Settings::default());
    assert_eq!(server.get("/api/none", T).json()["code"], "not-found");
    assert_eq!(server.get("/api/probe", T).json()["code"], "wrong-method");
    assert_eq!(server.get("/no-such-file", "").status, 404);
    let put = "PUT / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(server.ask(put).status, 405);
}

#[test]
fn every_answer_has_the_security_headers() {
    let server = start(Settings::default());
    for answer in [
        server.get("/", ""),
        server.get("/no-such-file", ""),
        server.get("/api/hello", T),
        server.get("/api/hello", ""),
        server.get("/", "Origin: http://evil.test\r\n"),
    ] {
        assert_eq!(answer.header("content-security-policy"), Some(CONTENT_SECURITY_POLICY));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        let stored = answer.header("cache-control");
        assert!(matches!(stored, Some("no-cache" | "no-store")), "{stored:?}");
    }
    assert_eq!(server.get("/api/hello", T).header("cache-control"), Some("no-store"));
}

#[test]
fn a_half_sent_head_is_hung_up_on_and_gives_its_place_to_the_next() {
    let server = start(Settings {
        header_deadline: Duration::from_millis(200),
        connections: 1,
        ..Settings::default()
    });
    let mut half = server.send("GET / HTTP/1.1\r\nHost: HO");
    // There is one place, so this answer comes only when the half-sent head has lost it.
    assert_eq!(server.get("/", "").status, 200);
    let mut rest = Vec::new();
    half.read_to_end(&mut rest).unwrap();
    assert!(!rest.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn a_probe_over_http_reports() {
    let server = start(Settings::default());
    let peer = peers::nobody();
    let body = serde_json::to_string(&ProbeRequest::new("127.0.0.1", peer.port())).unwrap();
    let request = format!(
        "POST /api/probe HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nSec-Fetch-Site: same-origin\r\n\
         Connection: close\r\n{T}{J}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = server.ask(&request);
    assert_eq!(answer.status, 200);
    let report: ProbeReport = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(report.tcp, Reach::Refused);
}
