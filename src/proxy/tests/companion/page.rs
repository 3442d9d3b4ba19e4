//! The page's files over HTTP, from a folder.

use std::fs;
use std::path::PathBuf;

use certwright_proxy::page::Page;
use certwright_proxy::server::Settings;

use crate::http::{Running, start};

/// A folder of this name with a small page, made anew, and a server for it.
fn serve(name: &str) -> Running {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("page/css")).unwrap();
    let files: [(&str, &[u8]); 8] = [
        ("secret.txt", b"secret"),
        ("page/index.html", b"<!doctype html>plain"),
        ("page/index.html.br", b"brotli"),
        ("page/index.html.gz", b"gzip"),
        ("page/.hidden", b"secret"),
        ("page/css/base.css", b"body {}"),
        ("page/certwright-0123456789abcdef_bg.wasm", b"\0asm"),
        ("page/certwright-0123456789abcdef_bg.wasm.gz", b"gzip"),
    ];
    for (path, bytes) in files {
        fs::write(folder.join(path), bytes).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.txt"), folder.join("page/link.txt")).unwrap();
    start(Settings { page: Page::Folder(folder.join("page")), ..Settings::default() })
}

#[test]
fn files_come_with_type_lifetime_and_tag() {
    let server = serve("files");
    for (path, mime, lifetime, body) in [
        ("/", "text/html; charset=utf-8", "no-cache", &b"<!doctype html>plain"[..]),
        ("/css/base.css", "text/css; charset=utf-8", "no-cache", b"body {}"),
        (
            "/certwright-0123456789abcdef_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
            b"\0asm",
        ),
    ] {
        let answer = server.get(path, "");
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(mime), "{path}");
        assert_eq!(answer.header("cache-control"), Some(lifetime), "{path}");
        assert_eq!(answer.header("content-encoding"), None, "{path}");
        assert_eq!(answer.body, body, "{path}");
        let tag = answer.header("etag").unwrap();
        let again = server.get(path, &format!("If-None-Match: \"x\", {tag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
}

#[test]
fn the_best_accepted_encoding_is_sent() {
    let server = serve("encodings");
    for (path, accept, encoding, body) in [
        ("/", "gzip, br", Some("br"), &b"brotli"[..]),
        ("/", "gzip", Some("gzip"), b"gzip"),
        ("/", "br;q=0, identity", None, b"<!doctype html>plain"),
        ("/certwright-0123456789abcdef_bg.wasm", "gzip, br", Some("gzip"), b"gzip"),
        ("/css/base.css", "gzip, br", None, b"body {}"),
    ] {
        let answer = server.get(path, &format!("Accept-Encoding: {accept}\r\n"));
        assert_eq!(answer.header("content-encoding"), encoding, "{path} {accept}");
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{path} {accept}");
        assert_eq!(answer.body, body, "{path} {accept}");
    }
    let plain = server.get("/", "");
    let encoded = server.get("/", "Accept-Encoding: br\r\n");
    assert_ne!(plain.header("etag"), encoded.header("etag"));
    assert_eq!(plain.header("content-type"), encoded.header("content-type"));
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let server = serve("paths");
    for path in [
        "/../secret.txt",
        "/css/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/.hidden",
        "/link.txt",
        "/css",
        "//secret.txt",
    ] {
        let answer = server.get(path, "");
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.starts_with(b"secret"), "{path}");
    }
}

#[test]
fn a_head_request_gets_no_body() {
    let server = serve("head");
    let answer = server.ask("HEAD / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
    assert_eq!(answer.header("content-length"), Some("20"));
    assert_eq!(answer.body, b"");
}
