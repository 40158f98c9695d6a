//! The strategy framework: its form, what fills it, and what is handed over.

mod fills;
mod form;
mod pages;
mod template;
