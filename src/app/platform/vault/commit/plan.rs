//! What a commit comes to: at most one change for each record, whatever the order of its writes. No browser in here.

use super::super::{SECRET, VaultFault, Write};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// One record's change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Must not be there.
    Add(Zeroizing<Vec<u8>>),
    Put(Zeroizing<Vec<u8>>),
    Delete,
}

/// All changes of a commit, by record.
pub type Changes = BTreeMap<String, Change>;

/// Folds the writes in their order.
///
/// # Errors
/// [`VaultFault::Duplicate`] for a creation of what `exists`, or of what an earlier write has made;
/// [`VaultFault::Storage`] for a private key among the records.
pub fn plan(writes: Vec<Write>, exists: impl Fn(&str) -> bool) -> Result<Changes, VaultFault> {
    let mut changes = Changes::new();
    for write in writes {
        let id = write.id().to_owned();
        let before = changes.get(&id);
        let there = match before {
            Some(change) => *change != Change::Delete,
            None => exists(&id),
        };
        let change = match write {
            Write::Create(_) if there => return Err(VaultFault::Duplicate { id }),
            Write::Create(_) | Write::Put(_) if id.starts_with(SECRET) => {
                return Err(VaultFault::Storage {
                    what: "a private key can't be written as a record".into(),
                });
            }
            Write::Create(stored) if before.is_none() => Change::Add(stored.body.into()),
            Write::Put(stored) if matches!(before, Some(Change::Add(_))) => Change::Add(stored.body.into()),
            Write::Create(stored) | Write::Put(stored) => Change::Put(stored.body.into()),
            Write::Delete(_) => Change::Delete,
        };
        changes.insert(id, change);
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::super::super::Stored;
    use super::*;

    fn create(id: &str, body: u8) -> Write {
        Write::Create(Stored { id: id.into(), body: vec![body] })
    }

    fn put(id: &str, body: u8) -> Write {
        Write::Put(Stored { id: id.into(), body: vec![body] })
    }

    fn delete(id: &str) -> Write {
        Write::Delete(id.into())
    }

    fn body(octet: u8) -> Zeroizing<Vec<u8>> {
        vec![octet].into()
    }

    #[test]
    fn writes_of_one_record_fold_into_the_change_that_they_add_up_to() {
        let rows: [(Vec<Write>, Option<Change>); 7] = [
            (vec![create("new", 1)], Some(Change::Add(body(1)))),
            (vec![create("new", 1), put("new", 2)], Some(Change::Add(body(2)))),
            (vec![put("new", 1), put("new", 2)], Some(Change::Put(body(2)))),
            (vec![create("new", 1), delete("new")], Some(Change::Delete)),
            (vec![delete("old"), create("old", 3)], Some(Change::Put(body(3)))),
            (vec![put("old", 1), delete("old")], Some(Change::Delete)),
            (vec![], None),
        ];
        for (writes, expected) in rows {
            let changes = plan(writes.clone(), |id| id == "old");
            assert_eq!(changes.map(|changes| changes.into_values().next()), Ok(expected), "{writes:?}");
        }
    }

    #[test]
    fn creating_what_is_there_is_a_duplicate() {
        for writes in [
            vec![create("old", 1)],
            vec![create("new", 1), create("new", 2)],
            vec![put("new", 1), create("new", 2)],
        ] {
            let id = writes[0].id().to_owned();
            assert_eq!(plan(writes, |id| id == "old"), Err(VaultFault::Duplicate { id }));
        }
    }

    #[test]
    fn a_private_key_is_no_record_but_may_be_deleted() {
        assert!(matches!(plan(vec![put("secret:a", 1)], |_| false), Err(VaultFault::Storage { .. })));
        assert!(plan(vec![delete("secret:a")], |_| true).is_ok());
    }
}
