//! Experiments: kept, sealed, filled from files and from the shop's own orders, read and remembered.

mod cli;
mod files;
mod hillstrom;
mod joined;
mod planned;
mod planted;
mod record;
