//! Files that are known and yet not read: each is named for what it is.

use serde::Serialize;

use super::preview::Preview;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What the file is: "Google Ads campaign report".
    pub what: String,
    /// One sentence for people: what it is, why it is not read and what to do instead.
    pub sentence: String,
}

/// The refusal of a file that is known not to be readable here.
pub fn refusal(_preview: &Preview) -> Option<Refusal> {
    None
}
