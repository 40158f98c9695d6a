//! The form against the list of the template's placeholders, in its order.

use std::collections::BTreeSet;

use cartwright::framework::template::{FormField, template};
use cartwright::model::strategy::FieldKind;
use cartwright::model::{content, journey, omnichannel};

/// Names of the template's placeholders, each once, in the order in which they first stand there.
const PLACEHOLDERS: &str = include_str!("../../data/framework/placeholders.txt");

fn names() -> Vec<&'static str> {
    PLACEHOLDERS.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_placeholder_has_its_field_and_there_is_no_other() {
    let names = names();
    assert_eq!(names.len(), 259);
    let mut placeholders: Vec<&str> = template().all().map(|field| field.placeholder.as_str()).collect();
    assert_eq!(placeholders.len(), 260, "the header’s AOV target and that of section 10 are two fields");
    let twice = |name: &&str| placeholders.iter().filter(|other| *other == name).count() == 2;
    assert_eq!(names.iter().filter(|name| twice(name)).collect::<Vec<_>>(), [&"AOV_TARGET"]);
    let known: BTreeSet<&str> = placeholders.iter().copied().collect();
    assert_eq!(known, names.iter().copied().collect::<BTreeSet<_>>());
    // Fields stand in the order of the template.
    let last = placeholders.iter().rposition(|name| *name == "AOV_TARGET").unwrap();
    placeholders.remove(last);
    assert_eq!(placeholders, names);
    for name in names.iter().filter(|name| **name != "AOV_TARGET") {
        assert_eq!(template().field(name).unwrap().placeholder, *name);
    }
    assert_eq!(template().field("AOV_IMPROVEMENT").unwrap().kind, FieldKind::Percent);
    assert_eq!(template().field("AOV_TARGET").unwrap().kind, FieldKind::Money);
}

/// The kinds that the template's signs ask for: `[X]%` a share, `$[X]` an amount, `[X]:1` a ratio, `[X]/10`, `[X]x/yr`.
fn kind_by_sign(key: &str) -> (FieldKind, &'static str) {
    let ends = |endings: &[&str]| endings.iter().any(|ending| key.ends_with(ending));
    let is = |keys: &[&str]| keys.contains(&key);
    let money_kpi = (key.starts_with("AOV_") || key.starts_with("CLV_")) && ends(&["_BASE", "_CURR", "_TARGET"]);
    let kpi_row = ["CONV", "AOV", "CLV", "RPR", "CART", "CTR"].iter().any(|kpi| key.starts_with(kpi));
    if is(&["CUSTOMER_COUNT", "MONTHLY_VISITORS"]) || ends(&["_SIZE", "_TESTS"]) {
        (FieldKind::Number, "")
    } else if ends(&["_FREQ"]) {
        (FieldKind::Number, "x/yr")
    } else if ends(&["_SAT"]) {
        (FieldKind::Number, "/10")
    } else if ends(&["_ROI"]) {
        (FieldKind::Ratio, "")
    } else if key == "DATA_COST" || (ends(&["_IMPACT"]) && !kpi_row) {
        (FieldKind::Money, "/yr")
    } else if ends(&["_COST"]) {
        (FieldKind::Money, "/mo")
    } else if ends(&["_AOV", "_LTV", "_REV", "_IMPACT"]) || money_kpi {
        (FieldKind::Money, "")
    } else if is(&["DATA_QUALITY", "MATCH_RATE", "CONSENT_RATE", "OPTOUT_RATE", "AOV_IMPROVEMENT", "CONVERSION_TARGET"])
        || ends(&["_REVENUE", "_CTR", "_CONV", "_LIFT", "_USAGE", "_SHARE", "_WIN", "_BASE", "_CURR", "_TARGET"])
        || is(&["AB_IMPL", "MV_IMPL", "PERS_IMPL", "PRICE_IMPL", "UX_IMPL"])
    {
        (FieldKind::Percent, "")
    } else if ends(&["_LEVEL"]) || is(&["GDPR_STATUS", "CCPA_STATUS"]) {
        (FieldKind::Choice, "")
    } else {
        (FieldKind::Text, "")
    }
}

#[test]
fn kinds_and_units_are_those_of_the_templates_signs() {
    for field in template().all() {
        assert_eq!((field.kind, field.unit.as_str()), kind_by_sign(&field.key), "{}", field.key);
    }
    let count = |kind: FieldKind| template().all().filter(|field| field.kind == kind).count();
    assert_eq!(count(FieldKind::Choice), 7);
    assert_eq!(count(FieldKind::Ratio), 7);
}

/// Where fields are kept: a page, a row and a column that there are.
fn is_home(field: &FormField) -> bool {
    let parts: Vec<&str> = field.home.split('.').collect();
    match parts.as_slice() {
        ["shop", "name"] => true,
        ["segments", _, "focus"] => true,
        ["journey", cell, "tactic"] => journey::touchpoint(cell).is_some(),
        ["content", row, column] => {
            content::FRAMEWORK.iter().any(|(id, ..)| id == row) && content::FIELDS.iter().any(|one| one.key == *column)
        }
        ["omnichannel", row, column] => {
            omnichannel::known(row).is_some() && omnichannel::FIELDS.iter().any(|one| one.key == *column)
        }
        ["technology", row, column] => {
            cartwright::model::assumption::COMPONENTS.iter().any(|one| one.id == *row)
                && ["solution", "integration", "performance", "cost"].contains(column)
        }
        ["kpis", metric, "baseline" | "target"] => cartwright::model::MetricId::parse(metric).is_some(),
        _ => false,
    }
}

#[test]
fn homes_are_records_that_there_are_and_tables_name_their_rows_as_these_do() {
    for field in template().all().filter(|field| !field.home.is_empty()) {
        assert!(is_home(field), "{}: {}", field.key, field.home);
        let page = field.page().unwrap();
        assert!(cartwright::ui::panels::PANELS.iter().any(|panel| panel.title == page), "{page}");
    }
    let homes: BTreeSet<&str> =
        template().all().map(|field| field.home.as_str()).filter(|home| !home.is_empty()).collect();
    assert!(journey::FRAMEWORK.iter().all(|of| homes.contains(format!("journey.{}.tactic", of.id).as_str())));
    assert_eq!(template().section("9").unwrap().groups.len(), cartwright::model::assumption::COMPONENTS.len());
    assert_eq!(template().section("omnichannel").unwrap().groups.len(), omnichannel::FRAMEWORK.len());
}
