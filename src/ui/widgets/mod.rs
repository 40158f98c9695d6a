//! Widgets of the workbench, drawn from tokens. Each one carries a label that a screen reader and a test can find.

pub mod bullet;
pub mod button;
pub mod calendar;
pub mod calendar_bar;
pub mod card;
pub mod chart;
pub mod chip;
pub mod drawer;
pub mod fields;
pub mod figure;
pub mod filters;
pub mod form;
pub mod heat_map;
pub mod kpi;
pub mod mark;
pub mod menu;
pub mod pages;
pub mod paint;
pub mod pick;
pub mod record;
pub mod slider;
pub mod spreadsheet;
pub mod states;
pub mod table;
pub mod text;
pub mod typing;
pub mod verdict;

pub use button::{Button, icon_button, link};
pub use card::{card, card_at, hairline, page_header, scrolled, sheet};
pub use chip::{chip, removable_chip, segmented, stepper, tone_chip};
pub use form::{Field, check, choice};
pub use table::{Cell, Column, Table, TableState};
pub use text::{remark, say, say_in};
