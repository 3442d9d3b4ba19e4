//! The worker without the page: what computes, fetched while the page is looked at already.

fn main() {
    certwright_app::serve();
}
