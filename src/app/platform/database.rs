//! IndexedDB, as thin as it can be: one database, two stores, transactions whose end is awaited. It knows nothing of
//! what is stored.

use super::script;
use certwright_workbench::vault::VaultFault;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise};
use std::pin::pin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const NAME: &str = "certwright";
const VERSION: u32 = 1;
const META: &str = "meta";
const RECORDS: &str = "records";

/// Browsers have been seen to leave the request to open unanswered.
const OPEN_TIMEOUT_MS: u32 = 10_000;

/// An open database.
#[derive(Clone, Debug)]
pub struct Database(IdbDatabase);

/// Whether a transaction may write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    Read,
    /// Written through to the disk before it counts as complete.
    Write,
}

/// A transaction over both stores. It ends by itself as soon as a turn of the event loop passes without a request.
#[derive(Debug)]
pub struct Transaction {
    inner: IdbTransaction,
    end: Promise,
}

impl Database {
    /// Opens the database, and makes it where there is none.
    ///
    /// # Errors
    /// [`VaultFault::Storage`] where the browser refuses.
    pub async fn open() -> Result<Self, VaultFault> {
        let factory = script::property(&js_sys::global(), "indexedDB");
        let factory: IdbFactory = factory.dyn_into().map_err(|_| refused(&script::missing("IndexedDB")))?;
        let request = factory.open_with_u32(NAME, VERSION).map_err(|error| refused(&error))?;
        let upgrade = Closure::once(|event: Event| {
            if let Some(request) =
                event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok())
                && let Ok(database) = request.result()
            {
                let database: IdbDatabase = database.unchecked_into();
                let _ = database.create_object_store(META);
                let _ = database.create_object_store(RECORDS);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let opened = pin!(answer(Ok(request.into())));
        let opened = match select(opened, TimeoutFuture::new(OPEN_TIMEOUT_MS)).await {
            Either::Left((opened, _)) => opened.map_err(|error| refused(&error))?,
            Either::Right(_) => {
                return Err(refused(&JsValue::from_str("IndexedDB does not answer")));
            }
        };
        let database: IdbDatabase = opened.unchecked_into();
        // A newer page in another tab, or the person clearing the data, must not have to wait for this tab.
        let close = Closure::<dyn Fn(Event)>::new(|event: Event| {
            if let Some(database) = event.target().and_then(|target| target.dyn_into::<IdbDatabase>().ok()) {
                database.close();
            }
        });
        database.set_onversionchange(Some(close.into_js_value().unchecked_ref()));
        Ok(Self(database))
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// [`VaultFault::Storage`] if the browser has closed the database.
    pub fn begin(&self, access: Access) -> Result<Transaction, VaultFault> {
        let mode = if access == Access::Write { "readwrite" } else { "readonly" };
        let options = script::object(&[("durability", &"strict".into())]);
        let stores = Array::of2(&META.into(), &RECORDS.into());
        let inner = script::call(&self.0, "transaction", &Array::of3(&stores, &mode.into(), &options));
        let inner: IdbTransaction = inner.map_err(|error| refused(&error))?.unchecked_into();
        let end = Promise::new(&mut |resolve: Function, _| {
            inner.set_oncomplete(Some(&resolve));
            inner.set_onabort(Some(&resolve));
        });
        Ok(Transaction { inner, end })
    }
}

impl Transaction {
    /// The store of header and head.
    pub fn meta(&self) -> Result<IdbObjectStore, JsValue> {
        self.inner.object_store(META)
    }

    /// The store of records.
    pub fn records(&self) -> Result<IdbObjectStore, JsValue> {
        self.inner.object_store(RECORDS)
    }

    /// Undoes everything.
    pub fn abort(&self) {
        let _ = self.inner.abort();
    }

    /// Waits until the transaction is complete.
    ///
    /// # Errors
    /// Why it was undone; `null` after [`Self::abort`].
    pub async fn finished(self) -> Result<(), JsValue> {
        let event: Event = script::settled(Ok(self.end)).await?.unchecked_into();
        match event.type_().as_str() {
            "complete" => Ok(()),
            _ => Err(self.inner.error().map_or(JsValue::NULL, JsValue::from)),
        }
    }
}

/// Waits for what a request gives.
///
/// # Errors
/// What the request failed with, or what was thrown instead of one.
pub async fn answer(request: Result<IdbRequest, JsValue>) -> Result<JsValue, JsValue> {
    let request = request?;
    let end = Promise::new(&mut |resolve: Function, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
    });
    script::settled(Ok(end)).await?;
    request.result().map_err(|error| failure(&request).unwrap_or(error))
}

/// What a finished request failed with, if it did.
pub fn failure(request: &IdbRequest) -> Option<JsValue> {
    request.error().ok().flatten().map(JsValue::from)
}

/// The browser's refusal as a fault.
pub fn refused(error: &JsValue) -> VaultFault {
    VaultFault::Storage { what: script::error_text(error) }
}
