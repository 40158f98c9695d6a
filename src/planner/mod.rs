//! What is planned, on a calendar: rows and bars, holidays, messages per head, and calendar files. Pure functions of
//! campaigns and of who belongs to their audiences.

pub mod calendar;
pub mod content;
pub mod holidays;
pub mod ics;
pub mod pressure;
pub mod rounds;
