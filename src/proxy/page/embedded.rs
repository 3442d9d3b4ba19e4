//! The files that the build script put into this program.

use std::borrow::Cow;

use super::File;

/// One file of the page, as the build script wrote it down.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedFile {
    /// The path below the page's folder, with slashes.
    pub path: &'static str,
    /// The entity tag, with its quotes.
    pub etag: &'static str,
    /// The content.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/page_files.rs"));

/// The file with this path; `files` are sorted by path.
pub(super) fn find(files: &'static [EmbeddedFile], path: &str) -> Option<File> {
    let index = files.binary_search_by(|file| file.path.cmp(path)).ok()?;
    let file = files[index];
    Some(File { bytes: Cow::Borrowed(file.bytes), etag: Cow::Borrowed(file.etag) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_sorted_and_begin_a_page() {
        assert!(FILES.is_sorted_by(|one, next| one.path < next.path));
        assert!(find(FILES, "index.html").is_some());
        assert!(find(FILES, "no-such-file").is_none());
    }
}
