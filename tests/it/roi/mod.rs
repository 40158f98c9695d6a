//! Assumptions, scenarios and the calculators over them.

mod cli;
mod oracle;
mod promises;
mod shop;
mod taken;
