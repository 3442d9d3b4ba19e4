//! The vault's format: header, record envelope, head, backup file. Pure data and arithmetic; the sealing itself
//! (AES-256-GCM) and the storage are the page's, because the browser does both better.
//!
//! Format 1 is described in `docs/adr/0001-vault-format.md`.

use crate::secret::Passphrase;
use certwright_pki::UnixTime;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The format that this version writes. Older ones always open.
pub const FORMAT: u32 = 1;

/// How a key is derived from the passphrase. Argon2id, RFC 9106.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kdf {
    /// Always `argon2id` in format 1.
    pub algorithm: String,
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
    /// Salt, 16 octets.
    #[serde(with = "crate::base64")]
    pub salt: Vec<u8>,
}

impl Kdf {
    /// Today's choice: 64 MiB, three passes, one lane.
    pub fn current(salt: [u8; 16]) -> Self {
        Self { algorithm: "argon2id".into(), memory_kib: 64 * 1024, passes: 3, lanes: 1, salt: salt.to_vec() }
    }

    /// Derives the 32-octet key that wraps the data key.
    ///
    /// # Errors
    /// [`VaultFault::UnsupportedKdf`] for another algorithm or for costs above 1 GiB or 64 passes.
    pub fn derive(&self, passphrase: &Passphrase) -> Result<Zeroizing<[u8; 32]>, VaultFault> {
        let affordable = self.memory_kib <= 1024 * 1024 && self.passes <= 64 && self.lanes <= 16;
        if self.algorithm != "argon2id" || !affordable {
            return Err(VaultFault::UnsupportedKdf);
        }
        let params = argon2::Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| VaultFault::UnsupportedKdf)?;
        let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        let mut key = Zeroizing::new([0; 32]);
        argon
            .hash_password_into(passphrase.expose().as_bytes(), &self.salt, key.as_mut())
            .map_err(|_| VaultFault::UnsupportedKdf)?;
        Ok(key)
    }
}

/// Bytes sealed with AES-256-GCM; the tag is the last 16 octets of `ciphertext`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sealed {
    /// 12 random octets.
    #[serde(with = "crate::base64")]
    pub nonce: Vec<u8>,
    #[serde(with = "crate::base64")]
    /// Ciphertext and tag.
    pub ciphertext: Vec<u8>,
}

/// The first thing read from a vault or a backup: how to come by its data key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`] of the writer.
    pub format: u32,
    /// Random name of this vault, 32 hex digits; part of every associated data.
    pub vault: String,
    /// When it was made.
    pub created: UnixTime,
    /// How the passphrase becomes the wrapping key.
    pub kdf: Kdf,
    /// 64 octets (AES-256-GCM key, then HMAC-SHA-256 key of the head) sealed under the wrapping key.
    pub wrapped_key: Sealed,
}

/// The associated data of the wrapped key: everything in the header that is not the wrapped key.
pub fn header_associated_data(format: u32, vault: &str, kdf: &Kdf) -> Vec<u8> {
    let kdf_text = format!(
        "{}/{}/{}/{}/{}",
        kdf.algorithm,
        kdf.memory_kib,
        kdf.passes,
        kdf.lanes,
        crate::id::hex(&kdf.salt)
    );
    format!("certwright-vault-key\n{format}\n{vault}\n{kdf_text}").into_bytes()
}

/// The associated data of a record. `revision` is the sequence of the commit that wrote it, so that an older copy
/// of the same record doesn't open in its place, and a deleted one doesn't come back under an old number.
pub fn record_associated_data(vault: &str, id: &str, revision: u64) -> Vec<u8> {
    format!("certwright-record\n{FORMAT}\n{vault}\n{id}\n{revision}").into_bytes()
}

/// The associated data of the head.
pub fn head_associated_data(vault: &str, sequence: u64) -> Vec<u8> {
    format!("certwright-head\n{FORMAT}\n{vault}\n{sequence}").into_bytes()
}

/// What a vault holds altogether, updated with each commit: records that were removed, swapped or rolled back
/// behind our back no longer add up to it. A rollback of the *whole* database can't be seen from inside it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Head {
    /// Number of commits so far; a tab whose number is behind must not write.
    pub sequence: u64,
    /// Number of records.
    pub count: u64,
    /// XOR of HMAC-SHA-256(head key, id, revision) over all records.
    pub digest: [u8; 32],
}

impl Head {
    /// Takes a record in.
    pub fn add(&mut self, key: &[u8], id: &str, revision: u64) {
        self.count += 1;
        self.toggle(key, id, revision);
    }

    /// Takes a record out.
    pub fn remove(&mut self, key: &[u8], id: &str, revision: u64) {
        self.count = self.count.saturating_sub(1);
        self.toggle(key, id, revision);
    }

    fn toggle(&mut self, key: &[u8], id: &str, revision: u64) {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return };
        mac.update(id.as_bytes());
        mac.update(&[0]);
        mac.update(&revision.to_be_bytes());
        for (into, byte) in self.digest.iter_mut().zip(mac.finalize().into_bytes()) {
            *into ^= byte;
        }
    }
}

/// What can go wrong between the page and its vault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub enum VaultFault {
    /// The key derived from the passphrase doesn't open the data key.
    WrongPassphrase,
    /// A format newer than this page knows.
    NewerFormat { found: u32 },
    /// A key derivation that this page can't or won't run.
    UnsupportedKdf,
    /// A record doesn't open under the data key.
    DamagedRecord { id: String },
    /// The records don't add up to the head: something was removed, swapped or rolled back.
    NotWhole { expected: u64, found: u64 },
    /// Another tab has written since; this tab must read again before it writes.
    Stale,
    /// Another tab is the writer.
    Follower,
    /// A thing that must be new is there already, a serial number for example.
    Duplicate { id: String },
    /// The vault is locked.
    Locked,
    /// No such key in the vault.
    MissingKey,
    /// The browser refused: quota, private window, a blocked upgrade.
    Storage { what: String },
    /// Not a Certwright backup.
    NotABackup,
}

/// A record as the page hands it to storage: `body` is the record's JSON, not yet sealed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stored {
    /// `kind:name`, the key in storage; not secret.
    pub id: String,
    /// JSON of the record.
    #[serde(with = "crate::base64")]
    pub body: Vec<u8>,
}

/// One change within a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Write {
    /// Must not be there yet.
    Create(Stored),
    /// Replaces what is there, or creates it.
    Put(Stored),
    /// Removes it; its absence is no error.
    Delete(String),
}

impl Write {
    /// The id that it is about.
    pub fn id(&self) -> &str {
        match self {
            Self::Create(stored) | Self::Put(stored) => &stored.id,
            Self::Delete(id) => id,
        }
    }
}

/// First line of a backup file, followed by one line of [`Header`] JSON and one line of [`Sealed`] JSON whose
/// plaintext is a JSON array of [`Stored`] (keys included).
pub const BACKUP_MAGIC: &str = "certwright-backup 1";

/// The associated data of a backup's contents.
pub fn backup_associated_data(vault: &str) -> Vec<u8> {
    format!("certwright-backup\n{FORMAT}\n{vault}").into_bytes()
}

/// Writes a backup file's text.
///
/// # Errors
/// [`VaultFault::Storage`] if the header can't be written as JSON, which plain data always can.
pub fn write_backup(header: &Header, contents: &Sealed) -> Result<Vec<u8>, VaultFault> {
    let json = |what: serde_json::Result<String>| {
        what.map_err(|error| VaultFault::Storage { what: error.to_string() })
    };
    let header = json(serde_json::to_string(header))?;
    let contents = json(serde_json::to_string(contents))?;
    Ok(format!("{BACKUP_MAGIC}\n{header}\n{contents}\n").into_bytes())
}

/// Reads a backup file's header and sealed contents.
///
/// # Errors
/// [`VaultFault::NotABackup`], or [`VaultFault::NewerFormat`].
pub fn read_backup(bytes: &[u8]) -> Result<(Header, Sealed), VaultFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| VaultFault::NotABackup)?;
    let mut lines = text.lines();
    if lines.next() != Some(BACKUP_MAGIC) {
        return Err(VaultFault::NotABackup);
    }
    let header: Header =
        lines.next().and_then(|line| serde_json::from_str(line).ok()).ok_or(VaultFault::NotABackup)?;
    let contents =
        lines.next().and_then(|line| serde_json::from_str(line).ok()).ok_or(VaultFault::NotABackup)?;
    if header.format > FORMAT {
        return Err(VaultFault::NewerFormat { found: header.format });
    }
    Ok((header, contents))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_adds_up_in_any_order_and_sees_an_older_revision() {
        let key = [7; 32];
        let (mut one, mut two) = (Head::default(), Head::default());
        one.add(&key, "request:a", 1);
        one.add(&key, "key:b", 3);
        two.add(&key, "key:b", 3);
        two.add(&key, "request:a", 2);
        assert_ne!(one, two);
        two.remove(&key, "request:a", 2);
        two.add(&key, "request:a", 1);
        assert_eq!(one, two);
    }
}
