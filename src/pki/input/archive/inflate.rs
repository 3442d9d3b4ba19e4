//! Inflates (RFC 1951) up to a limit, and tells how much of the input the stream took.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// What came out of a stream.
pub(super) struct Inflated {
    pub data: Vec<u8>,
    /// Octets of the input that belong to the stream.
    pub taken: usize,
    /// Whether the stream came to its end within the limit.
    pub ended: bool,
    /// Whether there would have been more than the limit.
    pub cut: bool,
}

/// The first size of the output; it is doubled as needed.
const START: usize = 4 * 1024;

/// Inflates at most `limit` octets; damage ends the output early.
pub(super) fn inflate(input: &[u8], limit: usize) -> Inflated {
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    // One octet more than the limit, so that a stream that ends there is told from one that goes on.
    let most = limit.saturating_add(1);
    let mut out = Inflated { data: vec![0; START.min(most)], taken: 0, ended: false, cut: false };
    let mut written = 0;
    loop {
        let (status, taken, wrote) =
            decompress(&mut state, &input[out.taken..], &mut out.data, written, flags);
        out.taken += taken;
        written += wrote;
        match status {
            TINFLStatus::HasMoreOutput if out.data.len() < most => {
                let size = out.data.len().saturating_mul(2).min(most);
                out.data.resize(size, 0);
            }
            status => {
                out.ended = status == TINFLStatus::Done && written <= limit;
                out.cut = written > limit;
                out.data.truncate(written.min(limit));
                return out;
            }
        }
    }
}
