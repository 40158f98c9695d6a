//! All integration tests in one binary.

mod exports;
mod house;
mod import;
mod layering;
mod report;
mod shared;
mod source;
