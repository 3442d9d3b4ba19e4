//! Sorting lists of things: stable, and one sort for all types of element.
//!
//! The standard library writes its sort out anew, 4 kB each, for every element and every comparison; what is sorted
//! here and in the page is short, so that size counts and not the last tenth of speed.

use std::cmp::Ordering;

/// Sorts stably by a comparison.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &mut |one, other| compare(&items[one], &items[other]));
    for place in 0..items.len() {
        while places[place] != place {
            let target = places[place];
            items.swap(place, target);
            places.swap(place, target);
        }
    }
}

/// Sorts stably by a key.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Where each of `count` elements goes.
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut places = vec![0; count];
    for (place, element) in order.into_iter().enumerate() {
        places[element] = place;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{sort_by, sort_by_key};

    #[test]
    fn lists_come_out_as_the_standard_sort_leaves_them() {
        // A linear congruence gives lists of all sizes with many equal keys.
        let mut number: u32 = 1;
        for size in 0..200 {
            let mut ours: Vec<(u32, usize)> = (0..size)
                .map(|place| {
                    number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (number >> 28, place)
                })
                .collect();
            let mut theirs = ours.clone();
            theirs.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut ours, |(key, _)| *key);
            assert_eq!(ours, theirs);
            theirs.sort_by_key(|one| std::cmp::Reverse(one.0));
            sort_by(&mut ours, |one, other| other.0.cmp(&one.0));
            assert_eq!(ours, theirs);
        }
    }
}
