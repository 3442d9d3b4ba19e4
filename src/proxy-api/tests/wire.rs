//! The messages as JSON, spelled out: a change here is a change of the protocol.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use certwright_proxy_api::*;
use serde_json::{from_value, json, to_value};

fn report() -> ProbeReport {
    ProbeReport {
        protocol: PROTOCOL_VERSION,
        target: Target { host: "mail.example".into(), port: 443, server_name: Some("mail.example".into()) },
        resolve: Resolve::Ok { found: 1 },
        addresses: vec![AddressReport {
            address: "2001:db8::1".parse().unwrap(),
            reach: Reach::Open { ms: 3 },
            in_use: true,
        }],
        tcp: Reach::Open { ms: 3 },
        tls: Tls::Alert { code: 116, name: "certificate_required".into() },
        chain: vec![Base64Der(vec![0x30, 0x00])],
        negotiated: Some(Negotiated {
            version: "TLS 1.3".into(),
            cipher: Some("TLS_AES_256_GCM_SHA384".into()),
            group: Some("x25519".into()),
            alpn: None,
        }),
        key_proven: Some(true),
        client_certificate: ClientCertificate::Asked { names: vec![Base64Der(vec![0x30, 0x00])] },
        ocsp_staple: None,
        timings_ms: TimingsMs { resolve: 1, tcp: 3, tls: 9, total: 13 },
    }
}

fn report_json() -> serde_json::Value {
    json!({
        "protocol": 1,
        "target": { "host": "mail.example", "port": 443, "server_name": "mail.example" },
        "resolve": { "state": "ok", "found": 1 },
        "addresses": [{ "address": "2001:db8::1", "reach": { "state": "open", "ms": 3 }, "in_use": true }],
        "tcp": { "state": "open", "ms": 3 },
        "tls": { "state": "alert", "code": 116, "name": "certificate_required" },
        "chain": ["MAA="],
        "negotiated": {
            "version": "TLS 1.3", "cipher": "TLS_AES_256_GCM_SHA384", "group": "x25519", "alpn": null
        },
        "key_proven": true,
        "client_certificate": { "state": "asked", "names": ["MAA="] },
        "ocsp_staple": null,
        "timings_ms": { "resolve": 1, "tcp": 3, "tls": 9, "total": 13 }
    })
}

#[test]
fn a_report_has_this_json() {
    assert_eq!(to_value(report()).unwrap(), report_json());
    assert_eq!(from_value::<ProbeReport>(report_json()).unwrap(), report());
}

#[test]
fn a_request_has_this_json() {
    let request = ProbeRequest::new("mail.example", 443);
    let value = json!({ "protocol": 1, "host": "mail.example", "port": 443 });
    assert_eq!(to_value(&request).unwrap(), value);
    assert_eq!(from_value::<ProbeRequest>(value).unwrap(), request);
}

#[test]
fn unknown_fields_are_ignored() {
    let mut value = report_json();
    value["colour"] = json!("blue");
    value["target"]["colour"] = json!("blue");
    value["tls"]["colour"] = json!("blue");
    assert_eq!(from_value::<ProbeReport>(value).unwrap(), report());
}

#[test]
fn unknown_states_read_as_unknown() {
    let mut value = report_json();
    value["resolve"] = json!({ "state": "dreamt" });
    value["tcp"] = json!({ "state": "tunnelled", "through": "a hole" });
    value["tls"] = json!({ "state": "not-tls", "kind": "gopher" });
    value["client_certificate"] = json!({ "state": "implored" });
    let read: ProbeReport = from_value(value).unwrap();
    assert_eq!(read.resolve, Resolve::Unknown);
    assert_eq!(read.tcp, Reach::Unknown);
    assert_eq!(read.tls, Tls::NotTls { kind: PlainProtocol::Unknown });
    assert_eq!(read.client_certificate, ClientCertificate::NotKnown);
}

#[test]
fn an_error_has_this_json() {
    let value = json!({ "code": "wrong-token", "message": "no" });
    let error = ApiError::with_message(ErrorCode::WrongToken, "no");
    assert_eq!(to_value(&error).unwrap(), value);
    assert_eq!(from_value::<ApiError>(value).unwrap(), error);
    let newer: ApiError = from_value(json!({ "code": "bored", "message": "" })).unwrap();
    assert_eq!(newer.code, ErrorCode::Unknown);
}

#[test]
fn every_code_is_kebab_case_and_names_itself() {
    for code in ErrorCode::ALL {
        assert_eq!(to_value(code).unwrap(), code.as_str());
        assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        assert!((400..600).contains(&code.http_status()), "{code:?}");
    }
}

#[test]
fn a_greeting_from_something_else_is_not_understood() {
    assert!(Hello::new("0.1.0").understands_us());
    for (name, protocol, expect) in [
        (PRODUCT_NAME, PROTOCOL_VERSION + 1, true),
        (PRODUCT_NAME, PROTOCOL_VERSION - 1, false),
        ("another", PROTOCOL_VERSION, false),
    ] {
        let hello = Hello { name: name.into(), version: "1".into(), protocol };
        assert_eq!(hello.understands_us(), expect, "{hello:?}");
    }
}
