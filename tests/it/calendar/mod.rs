//! The calendar: rows and bars, calendar files read by a strict parser of their own, and whom campaigns write to.

mod ics;
mod reach;
mod rows;
