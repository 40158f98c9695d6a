//! The strategy framework: its form, what fills it, and what is handed over.

mod form;
mod template;
