//! (framework)
