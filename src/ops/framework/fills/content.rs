//! Section 4: contents that follow the person. The page Journey keeps the texts; lifts are of experiments.

use super::Ground;
use super::entry::{AS_TYPED, EN, Entries, Fill, Page, list};
use crate::analytics::journey::ContentRow;
use crate::model::Contents;
use crate::model::content::Content;
use crate::model::journey::Level;
use crate::model::strategy::FieldValue;

/// What fields of a content begin with, and which content of the matrix it is.
const ROWS: [(&str, &str, &str); 5] = [
    ("HOME", "homepage", "the homepage"),
    ("CAT", "category", "category pages"),
    ("PROD", "product", "product pages"),
    ("SEARCH", "search", "search results"),
    ("EMAIL", "email", "e-mail content"),
];
const ENDINGS: [&str; 5] = ["LEVEL", "VAR", "TEST", "LIFT", "IMPL"];

pub fn fills(ground: &Ground, typed: &Contents, filled: &[ContentRow]) -> Entries {
    let mut found = Entries::new();
    for (prefix, id, name) in ROWS {
        let kept = typed.contents.iter().find(|content| content.id == id);
        let row = filled.iter().find(|row| row.id == id);
        let page = Page::new("Journey", ground.as_of, AS_TYPED);
        let of = |ending: &str| match (kept, row) {
            (Some(kept), Some(row)) => fill(&page, ending, kept, row, name),
            _ => Err(format!("The row of {name} is hidden on the page Journey; show it there, or type here")),
        };
        found.extend(ENDINGS.map(|ending| (format!("{prefix}_{ending}"), of(ending))));
    }
    found
}

fn fill(page: &Page, ending: &str, kept: &Content, row: &ContentRow, name: &str) -> Fill {
    match ending {
        "LEVEL" => level(page, kept, name),
        "VAR" => page.text(&row.variables, &format!("what {name} follow")),
        "TEST" => testing(page, kept, row, name),
        "LIFT" => lift(page, row, name),
        _ => page.text(&row.implementation, &format!("how {name} are built, and by whom")),
    }
}

/// Every row begins with “None”: that counts as said only where something else of the row is.
fn level(page: &Page, kept: &Content, name: &str) -> Fill {
    let touched = [&kept.variables, &kept.testing, &kept.implementation].iter().any(|text| !text.trim().is_empty());
    if kept.level == Level::None && !touched && kept.lift.is_none() {
        return Err(format!(
            "Nobody said yet how personal {name} are; choose it here, and the page Journey has it too"
        ));
    }
    let how = format!("{}; {}", page.typed(), kept.level.about().to_lowercase());
    page.told(FieldValue::Choice(kept.level.name().into()), how)
}

fn testing(page: &Page, kept: &Content, row: &ContentRow, name: &str) -> Fill {
    if kept.testing.trim().is_empty() && !row.testing.is_empty() {
        let page = Page::new("Experiments", page.as_of, "All kept experiments whose words speak of it");
        return page.told(FieldValue::Text(row.testing.clone()), "Kept experiments on this content, by name");
    }
    page.text(&row.testing, &format!("how it is tested whether {name} are better for it"))
}

fn lift(page: &Page, row: &ContentRow, name: &str) -> Fill {
    let Some(value) = row.lift.value else {
        let undecided = match row.undecided.as_slice() {
            [] => String::new(),
            names => format!("; not decided yet: {}", list(names)),
        };
        return Err(format!(
            "No experiment on {name} was decided for a variant{undecided}; decide one on the page Experiments, or type \
             the lift here"
        ));
    };
    if row.lift.is_typed {
        let data = row.lift.data.map_or_else(String::new, |data| format!("; experiments say {}", EN.percent(data, 1)));
        return page.told(FieldValue::Percent(value), format!("{}{data}", page.typed()));
    }
    let found = row.lifts.iter().rev().find(|lift| lift.adopted);
    let how = found.map_or_else(String::new, |lift| {
        format!(
            ": “{}” of “{}” in {}, {} – {} with 95%",
            lift.variant,
            lift.experiment,
            lift.metric.to_lowercase(),
            EN.percent(lift.interval.0, 1),
            EN.percent(lift.interval.1, 1)
        )
    });
    let page = Page::new("Experiments", page.as_of, "The experiment on it that was decided last");
    page.told(FieldValue::Percent(value), format!("Relative difference of the adopted variant to the control{how}"))
}
