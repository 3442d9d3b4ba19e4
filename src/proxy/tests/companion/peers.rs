//! Listeners on loopback, each in a thread of its own: TLS servers, and peers that misbehave.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection};

/// Listens, and hands each connection to `play`.
pub fn raw(play: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            play(stream.unwrap());
        }
    });
    address
}

/// A TLS server that shakes hands and waits for the client to leave.
pub fn tls(config: Arc<ServerConfig>) -> SocketAddr {
    raw(move |mut stream| {
        let mut server = ServerConnection::new(config.clone()).unwrap();
        while server.is_handshaking() {
            // A refusal has sent its alert by then.
            if server.complete_io(&mut stream).is_err() {
                break;
            }
        }
        drain(&mut stream);
    })
}

/// Sends `answer` after the client's first bytes, and waits for the client to leave.
pub fn answering(answer: Vec<u8>) -> SocketAddr {
    raw(move |mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(&answer);
        drain(&mut stream);
    })
}

/// Sends `greeting`, then one `drop` at every tick, for as long as the client stays.
pub fn dripping(greeting: &'static [u8], drop: &'static [u8]) -> SocketAddr {
    raw(move |mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        // Waiting for more from the client, which does not come, is the tick.
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        let mut next = stream.write_all(greeting);
        while next.is_ok() {
            if matches!(stream.read(&mut [0; 4096]), Ok(0)) {
                return;
            }
            next = stream.write_all(drop);
        }
    })
}

/// A port of loopback on which nothing listens.
pub fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Reads until the other side leaves.
pub fn drain(stream: &mut TcpStream) {
    while matches!(stream.read(&mut [0; 4096]), Ok(count) if count > 0) {}
}
