//! Octets in bulk that may hold a secret, wiped when they are let go.
//!
//! `zeroize` writes octet by octet, which for a file of many megabytes takes longer than reading it. Keys and passwords
//! use `zeroize`.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// Octets that are overwritten with zeros when they are dropped. What a growing vector leaves behind is not: make room
/// for all of it first.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Wiped(Vec<u8>);

impl From<Vec<u8>> for Wiped {
    fn from(octets: Vec<u8>) -> Self {
        Self(octets)
    }
}

impl Deref for Wiped {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl fmt::Debug for Wiped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wiped({} octets)", self.0.len())
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(octets: &mut Vec<u8>) {
    octets.clear();
    octets.resize(octets.capacity(), 0);
    // The compiler has to believe that somebody looks at them once more.
    std::hint::black_box(octets);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wiped_is_zero_to_the_end_of_its_room() {
        let mut octets = Vec::with_capacity(64);
        octets.extend_from_slice(b"secret");
        wipe(&mut octets);
        assert_eq!(octets, [0; 64]);
        assert_eq!(format!("{:?}", Wiped::from(b"secret".to_vec())), "Wiped(6 octets)");
    }
}
