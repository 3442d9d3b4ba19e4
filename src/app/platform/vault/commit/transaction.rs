//! The one transaction of a commit: looks whether things are as expected, then makes all requests. It seals nothing.

use crate::platform::database::{Access, Database, Transaction, answer, failure, refused};
use crate::platform::script;
use crate::platform::vault::VaultFault;
use crate::platform::vault::contents::{HEAD, HEADER, stored_sequence, stored_vault};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbRequest;

/// Requests that are made before one is awaited, so that the page gets its turns.
const REQUESTS_AT_ONCE: usize = 128;

/// One request of a transaction.
pub enum Row {
    Add(String, JsValue),
    Put(String, JsValue),
    Delete(String),
}

/// What must be so for a transaction to go ahead.
pub enum Expected<'a> {
    /// There is no vault yet; this is the header of the new one.
    NoVault { header: &'a str },
    /// The latest commit of this vault is the one that we know of.
    Sequence { vault: &'a str, sequence: u64 },
}

/// One transaction: looks whether things are as expected, then makes all requests, and returns when they are on disk.
pub async fn transact(
    database: &Database,
    expected: Expected<'_>,
    rows: Vec<Row>,
    head: &JsValue,
) -> Result<(), VaultFault> {
    let transaction = database.begin(Access::Write)?;
    let mut made = Vec::with_capacity(rows.len() + 2);
    let requested = request(&transaction, &expected, rows, head, &mut made).await;
    if let Ok(false) = requested {
        transaction.abort();
        return Err(VaultFault::Stale);
    }
    let fault = match (requested, transaction.finished().await) {
        (Ok(_), Ok(())) => return Ok(()),
        (_, Err(error)) if !error.is_null() => error,
        (Err(error), _) | (Ok(_), Err(error)) => error,
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
    rows: Vec<Row>,
    head: &JsValue,
    made: &mut Vec<(String, IdbRequest)>,
) -> Result<bool, JsValue> {
    let meta = transaction.meta()?;
    match expected {
        Expected::NoVault { header } => {
            made.push((HEADER.into(), meta.add_with_key(&JsValue::from_str(header), &HEADER.into())?));
        }
        Expected::Sequence { vault, sequence } => {
            let stored = answer(meta.get(&HEAD.into())).await?;
            let same_vault = stored_vault(&stored).is_none_or(|stored| stored == *vault);
            if !same_vault || stored_sequence(&stored).unwrap_or(0) != *sequence {
                return Ok(false);
            }
        }
    }
    let store = transaction.records()?;
    for (index, row) in rows.into_iter().enumerate() {
        let (id, request) = match row {
            Row::Add(id, value) => (id.clone(), store.add_with_key(&value, &id.into())?),
            Row::Put(id, value) => (id.clone(), store.put_with_key(&value, &id.into())?),
            Row::Delete(id) => (id.clone(), store.delete(&id.into())?),
        };
        if (index + 1).is_multiple_of(REQUESTS_AT_ONCE) {
            made.push((id, request.clone()));
            answer(Ok(request)).await?;
        } else {
            made.push((id, request));
        }
    }
    let request = meta.put_with_key(head, &HEAD.into())?;
    made.push((HEAD.into(), request.unchecked_into()));
    Ok(true)
}
