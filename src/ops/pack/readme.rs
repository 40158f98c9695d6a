//! What stands beside the files of a pack: what is inside, what was taken out, of which day.

use std::fmt::Write;

use super::{Mode, Packed};
use crate::model::Day;
use crate::model::currency::group_thousands;

/// Its file name.
pub const NAME: &str = "README.txt";

/// What it tells of.
pub struct About<'a> {
    /// Name of the shop.
    pub shop: &'a str,
    /// Day of the figures; `None` where there are none.
    pub day: Option<Day>,
    /// What is in the pack.
    pub mode: Mode,
    /// Its files.
    pub files: &'a [String],
    /// What was taken out and hidden.
    pub packed: &'a Packed,
}

/// The text. Lines end as every system reads them.
pub fn readme(about: &About<'_>) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        let _ = write!(out, "{text}\r\n");
    };
    line(&format!("{}: client pack", about.shop.replace(char::is_control, " ")));
    line(&about.day.map_or_else(|| "No data yet".into(), |day| format!("Figures as of the end of {}", day.display())));
    line("");
    line("What is inside");
    for file in about.files {
        line(&format!("- {file}: {}", what(file)));
    }
    line("");
    match about.mode {
        Mode::Pseudonymised => {
            line("What became a pseudonym");
            line("The same person has the same pseudonym throughout. Nobody can turn it back: the salt was not kept.");
            let nothing = super::TakenOut::default();
            let taken_out = about.packed.taken_out.as_ref().unwrap_or(&nothing);
            taken_out.renamed.iter().for_each(|(what, n)| line(&format!("- {what}: {}", group_thousands(*n))));
            line("");
            line("What was taken out");
            taken_out.removed.iter().for_each(|(what, n)| line(&format!("- {what}: {}", group_thousands(*n))));
            line("");
            line("What is the same");
            line("Customers, orders, days, amounts, products, countries, and with them every figure.");
            line(
                "Days and amounts of orders could still be recognised by who knows them: keep the file as you keep data of customers.",
            );
        }
        Mode::Aggregated => {
            line("What is not inside");
            line("No workspace, and no row of a customer, order or visit.");
            line(&format!(
                "Groups of fewer than 5 people are not shown, nor those beside them where a sum would tell: {} rows and cells.",
                group_thousands(about.packed.few)
            ));
        }
    }
    line("");
    line("Workspaces open in Cartwright, for reading. Everything else opens without it.");
    out
}

fn what(file: &str) -> &'static str {
    let extension = file.rsplit('.').next().unwrap_or_default();
    match (file, extension) {
        ("segments.csv", _) => "segments with size, revenue, order value, frequency and lifetime value",
        ("cohorts.csv", _) => {
            "customers by the month of their first order, and how many bought again so many months after"
        }
        ("kpis.csv", _) => "every metric with baseline and target",
        ("months.csv", _) => "revenue, orders, buyers and order value by month",
        ("tables.xlsx", _) => "the same tables as one workbook",
        (_, "cartwright") => "the workspace, with pseudonyms in the place of people",
        _ => "the framework, filled",
    }
}
