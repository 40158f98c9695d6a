//! Section 8: the programme of experiments, a row for each kind.

use super::Ground;
use super::entry::{EN, Entries, Fill, Page};
use crate::model::experiment::Kind;
use crate::model::strategy::FieldValue;
use crate::ops::experiments::SavedExperiment;
use crate::ops::experiments::programme::{ProgrammeRow, programme};

/// What fields of a kind begin with, and how one test of it is called.
fn named(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Ab => ("AB", "A/B test"),
        Kind::Multivariate => ("MV", "multivariate test"),
        Kind::Personalization => ("PERS", "test of a personalization"),
        Kind::Pricing => ("PRICE", "test of prices"),
        Kind::Ux => ("UX", "UX test"),
    }
}

const ENDINGS: [&str; 5] = ["TESTS", "WIN", "LIFT", "IMPL", "IMPACT"];

pub fn fills(ground: &Ground, saved: &[SavedExperiment]) -> Entries {
    let mut found = Entries::new();
    for row in programme(saved, ground.definitions.currency) {
        let (prefix, one) = named(row.kind);
        let kept = saved.iter().filter(|saved| saved.experiment.plan.kind == row.kind).count();
        let page = Page::new("Experiments", ground.as_of, format!("All kept experiments; kind is {}", row.kind.name()));
        let of = |ending: &str| {
            if kept == 0 {
                return Err(format!(
                    "No {one} is kept in this workspace; plan one on the page Experiments, or attach the export of a \
                     test there"
                ));
            }
            fill(&page, &row, ending, one)
        };
        found.extend(ENDINGS.map(|ending| (format!("{prefix}_{ending}"), of(ending))));
    }
    found
}

fn fill(page: &Page, row: &ProgrammeRow, ending: &str, one: &str) -> Fill {
    let decided = EN.counted(row.decided, "decided test", "decided tests");
    let won = EN.counted(row.won, "adopted variant", "adopted variants");
    let undecided = || format!("No {one} was decided yet; decide it on the page Experiments");
    let nothing_won = || match row.decided {
        0 => undecided(),
        _ => {
            format!("{decided} of this kind, none with a variant adopted, so that there is nothing to tell of winners")
        }
    };
    match ending {
        "TESTS" => {
            let how = format!("Tests of this kind that are running; besides {decided}");
            page.told(FieldValue::Number(row.running as f64), how)
        }
        "WIN" => {
            let value = FieldValue::Percent(row.win_rate.ok_or_else(undecided)?);
            page.told(
                value,
                format!("Tests of which a variant was adopted, of all decided: {} of {}", row.won, row.decided),
            )
        }
        "LIFT" => {
            let value = FieldValue::Percent(row.average_lift.ok_or_else(nothing_won)?);
            let how = format!(
                "Mean relative difference of {won}, each in the measure that decided it. Luck is part of winning: such a \
                 mean is mostly too high"
            );
            page.told(value, how)
        }
        "IMPL" => {
            let value = FieldValue::Percent(row.implementation_rate.ok_or_else(nothing_won)?);
            page.told(value, format!("Of {won}, the share by which the shop works today"))
        }
        _ => {
            let missing = || match row.won {
                0 => nothing_won(),
                _ => "Nobody wrote down what the adopted variants that are in use are worth in a year; do it with the \
                      decision on the page Experiments"
                    .into(),
            };
            let worth = row.annual_impact.ok_or_else(missing)?;
            let how = "Sum of what the adopted variants in use are worth in a year, as kept with their decisions";
            page.told(FieldValue::Money(worth.minor, worth.currency), how)
        }
    }
}
