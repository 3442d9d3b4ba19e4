//! Who may ask: decides on a request's head alone, before anything is read or done. Knows no routes but the `/api` prefix.

use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method};
use certwright_proxy_api::{ErrorCode, REQUEST_LIMIT};

use crate::token::Token;

/// Every path below this one needs the token.
pub const API_PREFIX: &str = "/api";

/// The checks, for one address and one token.
#[derive(Clone, Debug)]
pub struct Guard {
    authority: String,
    origin: String,
    token: Token,
}

impl Guard {
    /// Guards the server at `http://authority/`.
    pub fn new(authority: &str, token: Token) -> Self {
        Self { authority: authority.to_owned(), origin: format!("http://{authority}"), token }
    }

    /// Admits a request or says the first reason why not, in this order: target form, host,
    /// origin, site; and under `/api`: token, content type, declared size.
    ///
    /// # Errors
    /// The code to answer with.
    pub fn admit(&self, request: &Parts) -> Result<(), ErrorCode> {
        if request.uri.scheme().is_some() || request.uri.authority().is_some() {
            return Err(ErrorCode::AbsoluteTarget);
        }
        if !has_only(request, &HOST, &self.authority) {
            return Err(ErrorCode::WrongHost);
        }
        if request.headers.contains_key(ORIGIN) && !has_only(request, &ORIGIN, &self.origin) {
            return Err(ErrorCode::WrongOrigin);
        }
        let api = is_api(request.uri.path());
        if !is_own_site(request) && (api || !is_navigation(request)) {
            return Err(ErrorCode::CrossSite);
        }
        if api { self.admit_api(request) } else { Ok(()) }
    }

    /// The checks that only `/api` needs.
    fn admit_api(&self, request: &Parts) -> Result<(), ErrorCode> {
        let presented = only(request, &AUTHORIZATION).and_then(|value| value.strip_prefix(b"Bearer "));
        if !presented.is_some_and(|token| self.token.matches(token)) {
            return Err(ErrorCode::WrongToken);
        }
        if request.method != Method::POST {
            return Ok(());
        }
        if !only(request, &CONTENT_TYPE).is_some_and(is_json) {
            return Err(ErrorCode::WrongContentType);
        }
        let declared = only(request, &CONTENT_LENGTH)
            .and_then(|value| std::str::from_utf8(value).ok()?.parse::<usize>().ok());
        if declared.is_some_and(|length| length > REQUEST_LIMIT) {
            return Err(ErrorCode::TooLarge);
        }
        Ok(())
    }
}

/// Says whether a path is under `/api`.
pub fn is_api(path: &str) -> bool {
    path.strip_prefix(API_PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The header's value if it occurs exactly once.
fn only<'r>(request: &'r Parts, name: &HeaderName) -> Option<&'r [u8]> {
    let mut values = request.headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value.as_bytes()),
        _ => None,
    }
}

/// Says whether the header occurs exactly once, with this value.
fn has_only(request: &Parts, name: &HeaderName, value: &str) -> bool {
    only(request, name) == Some(value.as_bytes())
}

/// Says whether a browser made the request for our own page, or for nobody's (an address typed in,
/// or a program that is no browser and sends no such header).
fn is_own_site(request: &Parts) -> bool {
    let name = HeaderName::from_static("sec-fetch-site");
    !request.headers.contains_key(&name)
        || has_only(request, &name, "same-origin")
        || has_only(request, &name, "none")
}

/// Says whether a browser opens the page as a whole, by a link from elsewhere. That shows the
/// asking site nothing, and frames are none.
fn is_navigation(request: &Parts) -> bool {
    request.method == Method::GET
        && has_only(request, &HeaderName::from_static("sec-fetch-mode"), "navigate")
        && has_only(request, &HeaderName::from_static("sec-fetch-dest"), "document")
}

/// Says whether a content type is JSON, with or without parameters.
fn is_json(content_type: &[u8]) -> bool {
    let essence = content_type.split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"application/json")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use axum::http::Request;

    use super::*;

    const HERE: &str = "127.0.0.1:4711";

    /// A request line and headers, with `TOKEN` standing for the token.
    fn check(head: &str, expect: Result<(), ErrorCode>) {
        let token = Token::generate().unwrap();
        let guard = Guard::new(HERE, token.clone());
        let head = head.replace("TOKEN", token.reveal());
        let mut parts = head.split(" | ");
        let (method, target) = parts.next().unwrap().split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(target);
        for header in parts {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        assert_eq!(guard.admit(&parts), expect, "{head}");
    }

    #[test]
    fn the_first_failing_check_answers() {
        const H: &str = "Host: 127.0.0.1:4711";
        const T: &str = "Authorization: Bearer TOKEN";
        const J: &str = "Content-Type: application/json";
        use ErrorCode::*;
        for (head, expect) in [
            (format!("GET / | {H}"), Ok(())),
            (format!("GET /api/hello | {H} | {T}"), Ok(())),
            (format!("POST /api/probe | {H} | {T} | {J}"), Ok(())),
            (format!("POST /api/probe | {H} | {T} | {J}; charset=utf-8"), Ok(())),
            (
                format!(
                    "POST /api/probe | {H} | {T} | {J} | Origin: http://{HERE} | Sec-Fetch-Site: same-origin"
                ),
                Ok(()),
            ),
            (format!("GET http://evil.test/ | {H}"), Err(AbsoluteTarget)),
            (format!("GET http://{HERE}/ | {H}"), Err(AbsoluteTarget)),
            ("GET /".to_owned(), Err(WrongHost)),
            ("GET / | Host: evil.test".to_owned(), Err(WrongHost)),
            ("GET / | Host: evil.test:4711".to_owned(), Err(WrongHost)),
            ("GET / | Host: 127.0.0.1".to_owned(), Err(WrongHost)),
            ("GET / | Host: localhost:4711".to_owned(), Err(WrongHost)),
            (format!("GET / | {H} | {H}"), Err(WrongHost)),
            (format!("GET / | {H} | Host: evil.test"), Err(WrongHost)),
            ("GET / | Host: evil.test | Origin: http://evil.test".to_owned(), Err(WrongHost)),
            (format!("GET / | {H} | Origin: http://evil.test"), Err(WrongOrigin)),
            (format!("GET / | {H} | Origin: null"), Err(WrongOrigin)),
            (format!("GET / | {H} | Origin: https://{HERE}"), Err(WrongOrigin)),
            (format!("GET / | {H} | Origin: http://localhost:4711"), Err(WrongOrigin)),
            (format!("POST /api/probe | {H} | {T} | {J} | Origin: http://evil.test"), Err(WrongOrigin)),
            (format!("OPTIONS /api/probe | {H} | Origin: http://evil.test"), Err(WrongOrigin)),
            (
                format!("GET / | {H} | Origin: http://evil.test | Sec-Fetch-Site: cross-site"),
                Err(WrongOrigin),
            ),
            (format!("GET / | {H} | Sec-Fetch-Site: cross-site"), Err(CrossSite)),
            (format!("GET / | {H} | Sec-Fetch-Site: same-site"), Err(CrossSite)),
            (format!("GET / | {H} | Sec-Fetch-Site: none"), Ok(())),
            (
                format!(
                    "GET / | {H} | Sec-Fetch-Site: cross-site | Sec-Fetch-Mode: navigate | Sec-Fetch-Dest: document"
                ),
                Ok(()),
            ),
            (
                format!(
                    "GET / | {H} | Sec-Fetch-Site: cross-site | Sec-Fetch-Mode: navigate | Sec-Fetch-Dest: iframe"
                ),
                Err(CrossSite),
            ),
            (
                format!(
                    "GET /api/hello | {H} | {T} | Sec-Fetch-Site: cross-site | Sec-Fetch-Mode: navigate | Sec-Fetch-Dest: document"
                ),
                Err(CrossSite),
            ),
            (format!("GET /api/hello | {H} | Sec-Fetch-Site: same-site"), Err(CrossSite)),
            (format!("GET /api/hello | {H}"), Err(WrongToken)),
            (format!("GET /api | {H}"), Err(WrongToken)),
            (format!("GET /api/none | {H}"), Err(WrongToken)),
            (format!("GET /apiary | {H}"), Ok(())),
            (format!("GET /api/hello | {H} | {T}0"), Err(WrongToken)),
            (format!("GET /api/hello | {H} | {T} | {T}"), Err(WrongToken)),
            (format!("GET /api/hello | {H} | Authorization: Basic TOKEN"), Err(WrongToken)),
            (format!("GET /api/hello?token=TOKEN | {H}"), Err(WrongToken)),
            (format!("POST /api/probe | {H} | {J}"), Err(WrongToken)),
            (format!("POST /api/probe | {H} | {T}"), Err(WrongContentType)),
            (format!("POST /api/probe | {H} | {T} | Content-Type: text/plain"), Err(WrongContentType)),
            (format!("POST /api/probe | {H} | {T} | {J}x"), Err(WrongContentType)),
            (format!("POST /api/probe | {H} | {T} | {J} | Content-Length: 262144"), Ok(())),
            (format!("POST /api/probe | {H} | {T} | {J} | Content-Length: 262145"), Err(TooLarge)),
            (format!("POST /api/probe | {H} | {T} | Content-Length: 262145"), Err(WrongContentType)),
        ] {
            check(&head, expect);
        }
    }
}
