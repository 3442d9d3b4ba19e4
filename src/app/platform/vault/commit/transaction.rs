//! The one transaction of a commit: looks whether things are as expected, then makes all requests. It seals nothing.

use crate::platform::database::{Access, Database, Transaction, answer, failure, refused};
use crate::platform::script;
use crate::platform::vault::VaultFault;
use crate::platform::vault::contents::{HEAD, HEADER, stored_sequence, stored_vault};
use crate::platform::vault::keyring::Parcel;
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::IdbRequest;

/// Requests that are made before one is awaited, so that the page gets its turns.
const REQUESTS_AT_ONCE: usize = 64;

/// One request of a transaction.
pub enum Row {
    Add(String, Parcel),
    Put(String, Parcel),
    Delete(String),
}

/// What a commit writes.
pub struct Batch {
    pub rows: Vec<Row>,
    /// The revision of every record in it, and the new head's sequence.
    pub sequence: u64,
    pub head: Parcel,
}

/// What must be so for a transaction to go ahead.
pub enum Expected<'a> {
    /// There is no vault yet; this is the header of the new one.
    NoVault { header: &'a str },
    /// The latest commit is the one that we know of.
    Sequence(u64),
}

/// One transaction: looks whether things are as expected, then makes all requests, and returns when they are on disk.
pub async fn transact(
    database: &Database,
    expected: Expected<'_>,
    vault: &str,
    batch: Batch,
) -> Result<(), VaultFault> {
    let transaction = database.begin(Access::Write)?;
    let mut made = Vec::with_capacity(batch.rows.len() + 2);
    let requested = request(&transaction, &expected, vault, batch, &mut made).await;
    if !matches!(requested, Ok(true)) {
        // Without this, what was requested so far would be committed on its own.
        transaction.abort();
    }
    let fault = match (requested, transaction.finished().await) {
        (Ok(true), Ok(())) => return Ok(()),
        (Ok(false), _) => return Err(VaultFault::Stale),
        (_, Err(error)) if !error.is_null() => error,
        (Err(error), _) | (Ok(true), Err(error)) => error,
    };
    if script::error_name(&fault) == "ConstraintError" {
        let there = |request: &IdbRequest| {
            failure(request).is_some_and(|error| script::error_name(&error) == "ConstraintError")
        };
        if let Some((id, _)) = made.into_iter().find(|(_, request)| there(request)) {
            return Err(VaultFault::Duplicate { id });
        }
    }
    Err(refused(&fault))
}

/// Makes the requests; gives false if things are not as expected.
async fn request(
    transaction: &Transaction,
    expected: &Expected<'_>,
    vault: &str,
    batch: Batch,
    made: &mut Vec<(String, IdbRequest)>,
) -> Result<bool, JsValue> {
    let meta = transaction.meta()?;
    match expected {
        Expected::NoVault { header } => {
            made.push((HEADER.into(), meta.add_with_key(&JsValue::from_str(header), &HEADER.into())?));
            // What lies there without a header can't be opened any more.
            answer(transaction.records()?.clear()).await?;
        }
        Expected::Sequence(sequence) => {
            let stored = answer(meta.get(&HEAD.into())).await?;
            let same_vault = stored_vault(&stored).is_none_or(|stored| stored == vault);
            if !same_vault || stored_sequence(&stored).unwrap_or(0) != *sequence {
                return Ok(false);
            }
        }
    }
    let store = transaction.records()?;
    let revision = [("revision", &(batch.sequence as f64).into())];
    for (index, row) in batch.rows.into_iter().enumerate() {
        let (id, request) = match row {
            Row::Add(id, parcel) => {
                let value = stored_value(&parcel, &revision);
                (id.clone(), store.add_with_key(&value, &id.into())?)
            }
            Row::Put(id, parcel) => {
                let value = stored_value(&parcel, &revision);
                (id.clone(), store.put_with_key(&value, &id.into())?)
            }
            Row::Delete(id) => (id.clone(), store.delete(&id.into())?),
        };
        if (index + 1).is_multiple_of(REQUESTS_AT_ONCE) {
            answer(Ok(request.clone())).await?;
        }
        made.push((id, request));
    }
    let sequence = (batch.sequence as f64).into();
    let head = stored_value(&batch.head, &[("sequence", &sequence), ("vault", &vault.into())]);
    made.push((HEAD.into(), meta.put_with_key(&head, &HEAD.into())?));
    Ok(true)
}

/// What was sealed, with what is readable beside it.
fn stored_value(parcel: &Parcel, beside: &[(&str, &JsValue)]) -> JsValue {
    let value = script::object(beside);
    let sealed = script::object(&[
        ("nonce", &Uint8Array::from(parcel.nonce.as_slice())),
        ("ciphertext", &parcel.ciphertext),
    ]);
    Object::assign(&value, &sealed).into()
}
