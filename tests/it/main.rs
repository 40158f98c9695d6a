//! All integration tests in one binary.

mod exports;
mod house;
mod layering;
mod report;
mod source;
