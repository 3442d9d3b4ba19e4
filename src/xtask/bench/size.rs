//! What a person downloads: each part of the hosted page and the single file, raw and compressed.

use anyhow::{Context, Result};

use crate::dist;
use crate::page::single_file::gzip;
use crate::page::{folder, hosted};
use crate::place;

/// The sizes as a table, from `target/page` and `dist/`.
pub fn table() -> Result<String> {
    let page = folder::read(&place::page(), "")?;
    let mut rows = vec!["| Bytes | raw | gzip -9 | brotli -11 |".to_owned(), "|---|---|---|---|".to_owned()];
    let (mut first_load, mut wasm, mut work) = (Sizes::default(), Sizes::default(), Sizes::default());
    for (name, contents) in page.iter().filter(|(name, _)| !name.starts_with("static/")) {
        let sizes = Sizes::of(contents)?;
        // The worker's program is fetched once the page is there.
        let whole = if name.starts_with(hosted::WORKER) { &mut work } else { &mut first_load };
        whole.add(&sizes);
        if name.ends_with(".wasm") && !name.starts_with(hosted::WORKER) {
            wasm.add(&sizes);
        }
    }
    let single = place::dist().join("certwright.html");
    let single = std::fs::read(&single).with_context(|| format!("could not read {}", single.display()))?;
    rows.push(wasm.row("the page's program (wasm)"));
    rows.push(first_load.row("first load of the hosted page in all: what it needs to be usable"));
    rows.push(work.row("the worker's program (wasm and glue), fetched behind the page's back then"));
    first_load.add(&work);
    rows.push(first_load.row("both"));
    rows.push(Sizes::of(&single)?.row("single-file edition"));
    Ok(rows.join("\n") + "\n")
}

#[derive(Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Sizes {
    fn of(contents: &[u8]) -> Result<Self> {
        let (gzip, brotli) = (gzip(contents)?.len(), dist::brotli(contents)?.len());
        Ok(Sizes { raw: contents.len(), gzip, brotli })
    }

    fn add(&mut self, other: &Sizes) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }

    fn row(&self, name: &str) -> String {
        format!("| {name} | {} | {} | {} |", grouped(self.raw), grouped(self.gzip), grouped(self.brotli))
    }
}

/// Digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_are_grouped_from_the_right() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), text);
        }
    }
}
