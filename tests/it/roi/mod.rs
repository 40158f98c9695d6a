//! Assumptions, scenarios and the calculators over them.

mod oracle;
mod promises;
