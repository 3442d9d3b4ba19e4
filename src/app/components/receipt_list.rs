//! Receipts of files that were written: size, fingerprint, and what was read back from the bytes.

use certwright_workbench::state::Receipt;
use std::rc::Rc;
use yew::prelude::*;

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct ReceiptListProps {
    pub receipts: Vec<Rc<Receipt>>,
}

/// Draws the receipts; nothing if there are none.
#[component]
pub fn ReceiptList(props: &ReceiptListProps) -> Html {
    if props.receipts.is_empty() {
        return html! {};
    }
    html! {
        <section class="stack" aria-labelledby="receipts-title">
            <h2 id="receipts-title">{ "Written and read back" }</h2>
            <ul class="receipts">
                { for props.receipts.iter().map(|receipt| html! {
                    <li key={receipt.number.to_string()}>
                        <p><strong>{ receipt.name.clone() }</strong>{ format!(" · {} · {} bytes", receipt.format, receipt.size) }</p>
                        { for receipt.read_back.iter().map(|line| html! { <p>{ line.clone() }</p> }) }
                        <p class="small">{ "SHA-256 " }<code>{ receipt.sha256.clone() }</code></p>
                    </li>
                }) }
            </ul>
        </section>
    }
}
