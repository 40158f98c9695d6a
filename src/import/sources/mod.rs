//! One file per platform, and the list of them.
