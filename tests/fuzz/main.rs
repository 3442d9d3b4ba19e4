//! libFuzzer around one target, which `CERTWRIGHT_FUZZ_TARGET` names; built and started by `cargo xtask fuzz`.
//!
//! Started alone it says which targets there are.
#![no_main]

use certwright_fuzz::{TARGETS, Target, structured};
use std::sync::LazyLock;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let wanted = std::env::var("CERTWRIGHT_FUZZ_TARGET").unwrap_or_default();
    match TARGETS.into_iter().find(|target| target.name == wanted) {
        Some(target) => target,
        None => {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            eprintln!("CERTWRIGHT_FUZZ_TARGET has to be one of {}", names.join(", "));
            std::process::exit(2);
        }
    }
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| (TARGET.run)(data));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    // Every other time the engine's own mutations, which also know what the comparisons in the program ask for.
    if TARGET.is_asn1
        && seed % 2 == 0
        && let Some(damaged) = structured(&data[..size], seed, max_size)
    {
        data[..damaged.len()].copy_from_slice(&damaged);
        return damaged.len();
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
});
