//! A server in a thread, and requests to it over raw sockets, byte for byte as written.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use certwright_proxy::server::{Server, Settings};

/// A server under test; it ends with the test process.
pub struct Running {
    pub address: SocketAddr,
    pub token: String,
    pub url: String,
}

/// Starts a server.
pub fn start(settings: Settings) -> Running {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::bind(settings).await.unwrap();
            let token = server.token().reveal().to_owned();
            tell.send(Running { address: server.address(), token, url: server.url() }).unwrap();
            server.run().await;
        });
    });
    told.recv().unwrap()
}

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header that is there exactly once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.head.lines().filter_map(|line| {
            let (header, value) = line.split_once(": ")?;
            header.eq_ignore_ascii_case(name).then_some(value)
        });
        let value = values.next();
        assert_eq!(values.next(), None, "{name} is there twice");
        value
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Running {
    /// The request with `HOST` and `TOKEN` filled in.
    pub fn fill(&self, request: &str) -> String {
        request.replace("HOST", &self.address.to_string()).replace("TOKEN", &self.token)
    }

    /// Opens a connection and sends a request.
    pub fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(self.fill(request).as_bytes()).unwrap();
        stream
    }

    /// Sends a request and reads the answer to the end of the connection, which the request asks for.
    pub fn ask(&self, request: &str) -> Answer {
        let mut bytes = Vec::new();
        self.send(request).read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// Asks for a path with further header lines.
    pub fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n{headers}\r\n"))
    }
}
