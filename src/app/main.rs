//! Page and worker in one program, for editions that are one file.

fn main() {
    if certwright_app::is_worker() {
        certwright_app::serve();
    } else {
        certwright_app::draw();
    }
}
