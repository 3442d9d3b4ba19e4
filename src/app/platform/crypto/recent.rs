//! The keys that were imported most recently, so that a thousand signatures cost one import.

use std::collections::VecDeque;
use web_sys::CryptoKey;

/// SHA-256 of the SubjectPublicKeyInfo, and what the key was imported for.
pub type Name = ([u8; 32], &'static str);

/// At most so many keys, the oldest going first.
pub struct Recent {
    limit: usize,
    keys: VecDeque<(Name, CryptoKey)>,
}

impl Recent {
    pub fn new(limit: usize) -> Self {
        Self { limit, keys: VecDeque::new() }
    }

    /// Finds a key and makes it the most recent one.
    pub fn find(&mut self, name: &Name) -> Option<CryptoKey> {
        let at = self.keys.iter().position(|(known, _)| known == name)?;
        let entry = self.keys.remove(at)?;
        let key = entry.1.clone();
        self.keys.push_front(entry);
        Some(key)
    }

    /// Keeps a key and gives it back.
    pub fn keep(&mut self, name: Name, key: CryptoKey) -> CryptoKey {
        self.keys.truncate(self.limit.saturating_sub(1));
        self.keys.push_front((name, key.clone()));
        key
    }

    pub fn clear(&mut self) {
        self.keys.clear();
    }
}
