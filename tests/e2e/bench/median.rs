//! Medians, and how far the ratio of two of them can be trusted.

/// The middle value; the mean of the two middle ones of an even number.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count.is_multiple_of(2) => f64::midpoint(values[count / 2 - 1], values[count / 2]),
        count => values[count / 2],
    }
}

/// The 95 % interval of the ratio of two medians, from a thousand samples drawn from the samples.
pub fn ratio_interval(upper: &[f64], lower: &[f64]) -> (f64, f64) {
    let mut chance = Xorshift(0x9e37_79b9_7f4a_7c15);
    let mut ratios: Vec<f64> =
        (0..1_000).map(|_| median(&chance.drawn(upper)) / median(&chance.drawn(lower))).collect();
    ratios.sort_by(f64::total_cmp);
    (ratios[25], ratios[974])
}

/// Marsaglia's xorshift; always the same sequence, so that a table can be computed again.
struct Xorshift(u64);

impl Xorshift {
    fn drawn(&mut self, from: &[f64]) -> Vec<f64> {
        from.iter().map(|_| from[self.next() as usize % from.len()]).collect()
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
