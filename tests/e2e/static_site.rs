//! A file server on loopback that stands for any static web host. Sends no headers but the media type.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::{fs, io};

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct StaticSite {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// File contents by path below the site's root.
pub type Files = BTreeMap<String, Vec<u8>>;

impl StaticSite {
    /// Serves the files below a folder as they are now.
    pub fn of_folder(folder: &Path) -> Self {
        StaticSite::of_folder_with(folder, |_| {})
    }

    /// Serves the files below a folder after a change to them, by path.
    pub fn of_folder_with(folder: &Path, change: impl FnOnce(&mut Files)) -> Self {
        let mut files = Files::new();
        if let Err(error) = read_below(folder, "", &mut files) {
            panic!("could not serve {}: {error}", folder.display());
        }
        change(&mut files);
        assert!(files.contains_key("index.html"), "{} holds no index.html", folder.display());
        StaticSite::of_files(files)
    }

    /// Serves one document as the site's only page.
    pub fn of_document(html: &str) -> Self {
        let page = ("index.html".to_owned(), html.as_bytes().to_vec());
        StaticSite::of_files(Files::from([page]))
    }

    fn of_files(files: Files) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.unwrap_or_else(|error| panic!("no port on loopback: {error}"));
        let stopping = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopping);
        let files = Arc::new(files);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if flag.load(Ordering::Relaxed) {
                    return;
                }
                let files = Arc::clone(&files);
                // A browser may give up a connection at any time; that is no failure.
                thread::spawn(move || answer(stream, &files).ok());
            }
        });
        StaticSite { address, stopping, thread: Some(thread) }
    }

    /// The address of the site's first page.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for StaticSite {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        // Wakes the thread out of its wait for a visitor.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn read_below(folder: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_below(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn answer(mut stream: TcpStream, files: &Files) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or("/");
    let path = path.split(['?', '#']).next().unwrap_or("/");
    let name = match path.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let (status, body) = match files.get(name) {
        Some(contents) => ("200 OK", contents.as_slice()),
        None => ("404 Not Found", &b"not found"[..]),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        media_type(name),
        body.len()
    )?;
    stream.write_all(body)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
