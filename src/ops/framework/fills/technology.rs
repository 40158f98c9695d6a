//! Section 9: the technology stack, which the page ROI and value keeps.

use super::Ground;
use super::entry::{AS_TYPED, Entries, Fill, Page, plain};
use crate::analytics::roi::{Technology, TechnologyRow};
use crate::model::Currency;
use crate::model::strategy::FieldValue;

/// What fields of a component begin with, which component of the stack it is, and what it is called in a sentence.
const ROWS: [(&str, &str, &str); 6] = [
    ("CDP", "cdp", "the CDP platform"),
    ("REC", "recommendation", "the recommendation engine"),
    ("TEST", "testing", "the testing platform"),
    ("ANAL", "analytics", "analytics"),
    ("MA", "automation", "marketing automation"),
    ("AI", "ai", "the AI/ML platform"),
];
const ENDINGS: [&str; 5] = ["SOLUTION", "INT", "PERF", "COST", "ROI"];

pub fn fills(ground: &Ground, found: &Technology) -> Entries {
    let mut entries = Entries::new();
    for (prefix, id, name) in ROWS {
        let page = Page::new("ROI and value", ground.as_of, AS_TYPED);
        let row = found.rows.iter().find(|row| row.row.component == id);
        let of = |ending: &str| match row {
            Some(row) => fill(&page, row, ending, name, found.currency),
            None => Err(format!("The stack on the page ROI and value has no row of {name}; type it here")),
        };
        entries.extend(ENDINGS.map(|ending| (format!("{prefix}_{ending}"), of(ending))));
    }
    entries
}

fn fill(page: &Page, row: &TechnologyRow, ending: &str, name: &str, currency: Currency) -> Fill {
    let because = |words: &str| row.why_not.as_deref().map_or_else(|| words.to_owned(), |why| plain(why).to_owned());
    match ending {
        "SOLUTION" => page.text(&row.row.solution, &format!("what stands for {name}")),
        "INT" => page.text(&row.row.integration, &format!("how {name} hangs together with the rest")),
        "PERF" => page.text(&row.row.performance, &format!("how well {name} does")),
        "COST" => match row.cost {
            Some(cost) => page.told(FieldValue::Money(cost, currency), format!("{}: cost of a month", page.typed())),
            None if row.row.cost.is_some() => Err(format!("What {name} costs cannot be told: {}", because(""))),
            None => Err(format!(
                "Nobody typed yet what {name} costs in a month; type it here, and the page ROI and value has it too"
            )),
        },
        _ => match (row.ratio, row.cost, row.benefit) {
            (Some(ratio), Some(cost), Some(benefit)) => {
                let (benefit, cost) = (currency.display(benefit), currency.display(cost));
                let how =
                    format!("Benefit ÷ cost of a month, both typed on the page ROI and value: {benefit} ÷ {cost}");
                page.told(FieldValue::Ratio(ratio), how)
            }
            _ => Err(format!(
                "The return of {name} cannot be told: {}; type cost and benefit of a month on the page ROI and value",
                because("they are not typed")
            )),
        },
    }
}
