//! Files that are too large, or not ours, to be kept in the repository. Tests that want them skip by saying so.

use std::path::PathBuf;

/// A file or folder of the shared test data, or `None` with a line that says what was skipped.
pub fn shared(rel: &str) -> Option<PathBuf> {
    let beside = || crate::source::root().join("../shared");
    let root = std::env::var_os("CARTWRIGHT_SHARED").map_or_else(beside, PathBuf::from);
    let path = root.join(rel);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {rel} is not there");
    None
}
