//! The program itself: its one line, its answers on the terminal, its exit codes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

use certwright_proxy_api::{ProbeReport, Reach, Tls};

use crate::chains::{Chain, TlsPeer};
use crate::peers;

const PROGRAM: &str = env!("CARGO_BIN_EXE_certwright-proxy");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn serving_prints_one_line_with_the_address() {
    let mut child = Command::new(PROGRAM).arg("--no-open").stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let address = line.strip_prefix("Certwright is at http://").unwrap();
    let (address, token) = address.trim_end().split_once("/#token=").unwrap();
    assert_eq!(token.len(), 48);
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_taken_port_is_said_to_be() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["serve", "--no-open", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains(&format!("cannot listen on 127.0.0.1:{port}")));
}

#[test]
fn a_probe_prints_words_or_json() {
    let chain = Chain::new();
    let sends = vec![chain.leaf.clone(), chain.intermediate];
    let peer = peers::tls(TlsPeer::new(sends, chain.leaf_key).config()).to_string();
    let words = run(&["probe", &peer, "--server-name", "mail.example"]);
    assert_eq!(words.status.code(), Some(0));
    let words = text(&words.stdout);
    for expect in [
        "server name mail.example\n",
        "handshake complete\n",
        "TLS 1.3, ",
        "names   DNS:mail.example\n",
        "issuer  CN=Test intermediate\n",
        "key     ECDSA P-256\n",
        "key         proven",
    ] {
        assert!(words.contains(expect), "{expect:?} in {words}");
    }
    let json = run(&["probe", "--json", &peer]);
    let report: ProbeReport = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report.tls, Tls::Ok);
    assert_eq!(report.chain[0].as_bytes(), chain.leaf.as_ref());
}

#[test]
fn exit_codes_tell_a_failed_handshake_from_bad_usage() {
    let nobody = peers::nobody().to_string();
    let refused = run(&["probe", &nobody, "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let report: ProbeReport = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(report.tcp, Reach::Refused);
    for arguments in [&["probe"][..], &["dance"], &["probe", "a b:1"], &["probe", "mail.example:0"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        assert_ne!(text(&output.stderr), "", "{arguments:?}");
    }
    assert!(text(&run(&["--help"]).stdout).contains("Usage:"));
}
