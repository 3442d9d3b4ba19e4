//! The Web Lock behind the writer: asking for it, holding it, losing it.

use super::{Inner, script};
use futures_channel::oneshot;
use js_sys::{Array, Function, Object, Promise};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

const LOCK: &str = "certwright-vault";

/// How to ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Take it if no one has it, else queue for it.
    IfFree,
    /// Queue for it, behind all who do.
    Wait,
    /// Take it from whoever has it.
    Steal,
}

/// Asks for the lock, in place of the request before. Comes back when it is settled whether this tab has it, or
/// queues for it; gives false where the browser has no locks.
pub async fn ask(inner: &Rc<Inner>, how: Ask) -> bool {
    let number = inner.request.get() + 1;
    inner.request.set(number);
    if let Some(before) = inner.queued.take() {
        before.abort();
    }
    let (settle, settled) = oneshot::channel();
    let mut settle = Some(settle);
    let callback = Closure::once_into_js({
        let inner = inner.clone();
        move |lock: JsValue| -> JsValue {
            let held = granted(&inner, number, &lock);
            if let Some(settle) = settle.take() {
                let _ = settle.send(());
            }
            held
        }
    });
    let locks = script::property(&script::property(&js_sys::global(), "navigator"), "locks");
    let request = script::call(&locks, "request", &Array::of3(&LOCK.into(), &options(inner, how), &callback));
    let Ok(request) = request.map(|promise| promise.unchecked_into::<Promise>()) else {
        return false;
    };
    let (refuse, refused) = oneshot::channel();
    spawn_local(follow(inner.clone(), number, request, refuse));
    if how == Ask::Wait {
        return true;
    }
    // Either the callback runs, or the request ends without it: then locks are not to be had here.
    futures_util::future::select(settled, refused).await;
    inner.writer.get() || inner.request.get() != number || how == Ask::Steal
}

fn options(inner: &Inner, how: Ask) -> Object {
    match how {
        Ask::IfFree => script::object(&[("ifAvailable", &true.into())]),
        Ask::Steal => script::object(&[("steal", &true.into())]),
        Ask::Wait => match AbortController::new() {
            Ok(controller) => {
                let options = script::object(&[("signal", &controller.signal())]);
                inner.queued.replace(Some(controller));
                options
            }
            Err(_) => Object::new(),
        },
    }
}

/// The lock is here, or (with `null`) someone else has it. What is given back keeps the lock as long as it is pending.
fn granted(inner: &Rc<Inner>, number: u64, lock: &JsValue) -> JsValue {
    if inner.request.get() != number {
        return JsValue::UNDEFINED;
    }
    if lock.is_null() {
        inner.become_follower();
        let inner = inner.clone();
        inner.request.set(number + 1);
        spawn_local(async move {
            ask(&inner, Ask::Wait).await;
        });
        return JsValue::UNDEFINED;
    }
    let mut release = None;
    let held = Promise::new(&mut |resolve: Function, _| release = Some(resolve));
    inner.become_writer(release);
    held.into()
}

/// Waits for the end of a request: the lock was given up, or stolen, or the request was taken back.
async fn follow(inner: Rc<Inner>, number: u64, request: Promise, _refuse: oneshot::Sender<()>) {
    let _ = script::settled(Ok(request)).await;
    if inner.request.get() == number && inner.writer.get() {
        inner.become_follower();
        ask(&inner, Ask::Wait).await;
    }
}
