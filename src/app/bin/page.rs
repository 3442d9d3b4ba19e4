//! The page without what only the worker does: the smaller part, which is there first.

fn main() {
    certwright_app::draw();
}
