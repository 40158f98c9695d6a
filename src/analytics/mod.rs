//! (analytics)
