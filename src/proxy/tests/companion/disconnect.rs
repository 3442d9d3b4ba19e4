//! A client that leaves takes its probe along, and probes have a number.

use std::sync::mpsc::channel;
use std::time::Duration;

use certwright_proxy::probe::{Limits, Lookup, Prober};
use certwright_proxy::server::Settings;

use crate::http::start;
use crate::peers;

/// Longer than any test waits.
const NEVER: Duration = Duration::from_secs(600);
/// How long the news may take.
const SOON: Duration = Duration::from_secs(5);

fn patient(probes: usize) -> Settings {
    let limits = Limits { whole: NEVER, ..Limits::default() };
    let prober = Prober::new(limits, Lookup::system());
    Settings { prober, probes, ..Settings::default() }
}

fn request(port: u16) -> String {
    let body = format!(r#"{{"protocol":1,"host":"127.0.0.1","port":{port}}}"#);
    format!(
        "POST /api/probe HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nAuthorization: Bearer TOKEN\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn a_client_that_leaves_ends_its_probe_and_frees_its_place() {
    let (tell, told) = channel();
    let silent = peers::raw(move |mut stream| {
        tell.send("met").unwrap();
        peers::drain(&mut stream);
        tell.send("left").unwrap();
    });
    let server = start(patient(1));
    let client = server.send(&request(silent.port()));
    assert_eq!(told.recv_timeout(SOON), Ok("met"));
    let second = server.ask(&request(silent.port()));
    assert_eq!(second.json()["code"], "busy");
    assert_eq!(second.status, 429);
    drop(client);
    assert_eq!(told.recv_timeout(SOON), Ok("left"));
    assert_eq!(server.ask(&request(peers::nobody().port())).json()["tcp"]["state"], "refused");
}
