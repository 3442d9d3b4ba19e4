//! What a file's name and bytes say to HTTP: type, lifetime, tag. Shared with the build script, so it uses the standard library alone.

use std::hash::{DefaultHasher, Hasher};

/// The MIME type for a file's name.
pub fn mime_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// How long a browser may keep a file: for good if its name changes with its content, else only
/// to ask whether it is still the same.
pub fn cache_control(path: &str) -> &'static str {
    if has_content_hash(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Says whether a file's name holds its content's hash: a dash and at least 16 lowercase
/// hexadecimal digits, up to the next dot or underscore, as in `certwright-0123456789abcdef_bg.wasm`.
fn has_content_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('-').skip(1).any(|part| {
        let end = part.find(['.', '_']).unwrap_or(0);
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        end >= 16 && part.bytes().take(end).all(is_digit)
    })
}

/// A strong entity tag, with its quotes. It tells versions of a file apart, it does not authenticate.
pub fn etag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("\"{:016x}-{:x}\"", hasher.finish(), bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_content_hash_are_kept_for_good() {
        for (path, expect) in [
            ("certwright-0123456789abcdef.js", true),
            ("certwright-0123456789abcdef_bg.wasm", true),
            ("css/certwright-0123456789abcdef0123.css", true),
            ("index.html", false),
            ("service-worker.js", false),
            ("certwright-0123456789abcde.js", false),
            ("certwright-0123456789ABCDEF.js", false),
            ("certwright-0123456789abcdeg.js", false),
            ("0123456789abcdef.js", false),
            ("x-0123456789abcdef/index.html", false),
        ] {
            assert_eq!(has_content_hash(path), expect, "{path}");
        }
    }

    #[test]
    fn tags_differ_with_the_content() {
        assert_eq!(etag(b"a"), etag(b"a"));
        assert_ne!(etag(b"a"), etag(b"b"));
        assert_ne!(etag(b""), etag(b"\0"));
    }

    #[test]
    fn wasm_has_the_type_that_browsers_compile_while_loading() {
        assert_eq!(mime_type("certwright_bg.wasm"), "application/wasm");
        assert_eq!(mime_type("LICENSE"), "application/octet-stream");
    }
}
