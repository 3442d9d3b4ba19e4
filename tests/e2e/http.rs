//! One HTTP/1.1 request to a program on this machine. No TLS, no redirects, no reuse of connections.

use std::io::{BufRead, BufReader, Error, ErrorKind, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than any command of a driver may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// Sends a request with a JSON body and returns the status code and the body.
pub fn request(port: u16, method: &str, path: &str, body: &[u8]) -> Result<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut message = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    message.extend_from_slice(body);
    stream.write_all(&message)?;
    read_response(&mut BufReader::new(stream))
}

fn read_response(reader: &mut impl BufRead) -> Result<(u16, Vec<u8>)> {
    let status_line = line(reader)?;
    let status = status_line.split(' ').nth(1).and_then(|s| s.parse().ok());
    let status = status.ok_or_else(|| malformed("no status line"))?;
    let (mut length, mut chunked) = (None, false);
    loop {
        let header = line(reader)?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or((&header, ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse::<usize>().ok(),
            "transfer-encoding" => chunked = value.trim().eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    let mut body = Vec::new();
    match (chunked, length) {
        (true, _) => read_chunks(reader, &mut body)?,
        (false, Some(length)) => {
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
        }
        (false, None) => {
            reader.read_to_end(&mut body)?;
        }
    }
    Ok((status, body))
}

fn read_chunks(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Result<()> {
    loop {
        let size = usize::from_str_radix(line(reader)?.trim(), 16)
            .map_err(|_| malformed("a chunk without a size"))?;
        let start = body.len();
        body.resize(start + size, 0);
        reader.read_exact(&mut body[start..])?;
        line(reader)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn line(reader: &mut impl BufRead) -> Result<String> {
    let mut text = String::new();
    if reader.read_line(&mut text)? == 0 {
        return Err(malformed("the answer ends too early"));
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn malformed(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bodies_are_read_in_each_framing() {
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\nhello",
        ] {
            let (status, body) = read_response(&mut answer.as_bytes()).unwrap();
            assert_eq!((status, body.as_slice()), (200, &b"hello"[..]), "{answer}");
        }
    }

    #[test]
    fn a_cut_answer_is_an_error() {
        for answer in ["", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"] {
            assert!(read_response(&mut answer.as_bytes()).is_err(), "{answer}");
        }
    }
}
