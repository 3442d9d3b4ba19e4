//! The page's files over HTTP: from this program, or from a folder while developing. Builds and changes none of them.

mod embedded;
mod encoding;
pub mod file_kind;
mod folder;

use std::borrow::Cow;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use certwright_proxy_api::ErrorCode;

pub use embedded::EmbeddedFile;

/// Where the page's files come from.
#[derive(Clone, Debug)]
pub enum Page {
    /// The files that were there when this program was built.
    Embedded(&'static [EmbeddedFile]),
    /// A folder, read anew for every request.
    Folder(PathBuf),
}

/// One file's bytes and tag.
#[derive(Debug)]
struct File {
    bytes: Cow<'static, [u8]>,
    etag: Cow<'static, str>,
}

impl Page {
    /// The page that was built into this program; without one, a note that says how to build it.
    pub fn built_in() -> Self {
        Self::Embedded(embedded::FILES)
    }

    /// Answers a request for a file.
    pub fn answer(&self, request: &Parts) -> Response {
        if !matches!(request.method, Method::GET | Method::HEAD) {
            let mut response = refuse(ErrorCode::WrongMethod);
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        let Some(path) = file_path(request.uri.path()) else {
            return refuse(ErrorCode::NotFound);
        };
        let Some((file, encoding)) = self.choose(path, &request.headers) else {
            return refuse(ErrorCode::NotFound);
        };
        respond(request, path, file, encoding)
    }

    /// The file in the best encoding that the client accepts and that exists beside it.
    fn choose(&self, path: &str, headers: &HeaderMap) -> Option<(File, Option<&'static str>)> {
        let plain = self.file(path)?;
        let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
        for (name, ending) in encoding::accepted(accepted) {
            if let Some(encoded) = self.file(&format!("{path}.{ending}")) {
                return Some((encoded, Some(name)));
            }
        }
        Some((plain, None))
    }

    /// The file at exactly this path.
    fn file(&self, path: &str) -> Option<File> {
        match self {
            Self::Embedded(files) => embedded::find(files, path),
            Self::Folder(root) => folder::read(root, path),
        }
    }
}

/// The path inside the page's folder: `index.html` for the root, and `None` for anything but plain
/// names, so that no path leads out of the folder or to a hidden file.
fn file_path(path: &str) -> Option<&str> {
    let path = path.strip_prefix('/')?;
    if path.is_empty() {
        return Some("index.html");
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let is_name = |name: &str| !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain);
    path.split('/').all(is_name).then_some(path)
}

/// The answer with a file, or that the client's copy is still good.
fn respond(request: &Parts, path: &str, file: File, encoding: Option<&'static str>) -> Response {
    let known = request.headers.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let is_known = known.flat_map(|list| list.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == file.etag
    });
    let length = file.bytes.len();
    let mut response = Response::new(Body::empty());
    let mut set = |name: HeaderName, value: &str| {
        // Tags, types and encodings are plain ASCII.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(ETAG, &file.etag);
    set(VARY, "accept-encoding");
    set(CACHE_CONTROL, file_kind::cache_control(path));
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    set(CONTENT_TYPE, file_kind::mime_type(path));
    if let Some(encoding) = encoding {
        set(CONTENT_ENCODING, encoding);
    }
    if request.method == Method::HEAD {
        set(CONTENT_LENGTH, &length.to_string());
    } else {
        *response.body_mut() = match file.bytes {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        };
    }
    response
}

/// The answer without a file, as a sentence.
pub fn refuse(code: ErrorCode) -> Response {
    let mut response = Response::new(Body::from(format!("{}\n", code.sentence())));
    let status = StatusCode::from_u16(code.http_status());
    *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_name_files() {
        for (path, expect) in [
            ("/", Some("index.html")),
            ("/index.html", Some("index.html")),
            ("/css/base.css", Some("css/base.css")),
            ("/a_b-c.1.js", Some("a_b-c.1.js")),
            ("/../Cargo.toml", None),
            ("/css/../../secret", None),
            ("/css/./base.css", None),
            ("/..", None),
            ("/css//base.css", None),
            ("/css/", None),
            ("/.git/config", None),
            ("/%2e%2e/secret", None),
            ("/..%2fsecret", None),
            ("/c:/windows", None),
            ("/..\\secret", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(file_path(path), expect, "{path}");
        }
    }
}
