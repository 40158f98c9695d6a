//! The window. The only module that knows egui.
//!
//! The window's thread draws and nothing else: workspaces, files and analyses belong to workers (`worker`), whose
//! answers lie in slots (`slot`) with the key they were computed for.

pub mod app;
pub mod bookmark;
mod carry;
mod chart_files;
pub mod commands;
pub mod cx;
pub mod deliver;
mod details;
mod dialog;
pub mod door;
mod draft;
mod edit;
mod erase;
pub mod geometry;
mod history;
mod importing;
mod lifetime;
mod listings;
pub mod locale;
mod modal;
mod new_shop;
mod notices;
mod open;
mod pack;
pub mod palette;
pub mod panels;
mod paths;
mod person;
mod preferences;
pub mod probe;
pub mod run;
mod second;
pub mod settings;
mod shell;
mod shop;
mod slot;
pub mod theme;
mod timeline;
pub mod touches;
pub mod widgets;
mod worker;

pub use app::App;
