//! Fields of the plans that people edit as texts: window, command line and files use the same.

use super::plan::{Case, ContentItem, ExternalSource, Item, ItemStatus};
use crate::model::currency::group_thousands;
use crate::model::sheet::{Field, choice, number, number_text, share, share_text};
use crate::model::{Currency, Day};

/// In major units: more than this is a slip of the hand.
const HIGHEST_COST: f64 = 1e12;

/// Fields of an item of a framework.
pub const ITEM_FIELDS: &[Field<Item>] = &[
    Field {
        key: "status",
        name: "Status",
        text: |row| row.status.name().into(),
        put: |row, text| {
            row.status = choice(text, ItemStatus::ALL, ItemStatus::key, ItemStatus::name)?.unwrap_or_default();
            Ok(())
        },
    },
    Field { key: "owner", name: "Owner", text: |row| row.owner.clone(), put: |row, text| put(&mut row.owner, text) },
    Field {
        key: "from",
        name: "From",
        text: |row| day_text(row.from),
        put: |row, text| {
            row.from = day(text)?;
            Ok(())
        },
    },
    Field {
        key: "due",
        name: "Due",
        text: |row| day_text(row.due),
        put: |row, text| {
            row.due = day(text)?;
            Ok(())
        },
    },
    Field {
        key: "evidence",
        name: "Evidence",
        text: |row| row.evidence.clone(),
        put: |row, text| put(&mut row.evidence, text),
    },
    Field { key: "note", name: "Note", text: |row| row.note.clone(), put: |row, text| put(&mut row.note, text) },
    Field {
        key: "rating",
        name: "Rating",
        text: |row| number_text(row.rating.map(f64::from)),
        put: |row, text| {
            row.rating = rating(text)?;
            Ok(())
        },
    },
    Field {
        key: "stage",
        name: "Stage",
        text: |row| row.stage.clone().unwrap_or_default(),
        put: |row, text| {
            row.stage = Some(text.to_owned()).filter(|text| !text.is_empty());
            Ok(())
        },
    },
];

/// Fields of a piece of content.
pub const CONTENT_FIELDS: &[Field<ContentItem>] = &[
    Field { key: "title", name: "Content", text: |row| row.title.clone(), put: |row, text| put(&mut row.title, text) },
    Field { key: "stage", name: "Stage", text: |row| row.stage.clone(), put: |row, text| put(&mut row.stage, text) },
    Field {
        key: "channel",
        name: "Channel",
        text: |row| row.channel.clone(),
        put: |row, text| put(&mut row.channel, text),
    },
    Field { key: "owner", name: "Owner", text: |row| row.owner.clone(), put: |row, text| put(&mut row.owner, text) },
    Field {
        key: "due",
        name: "Due",
        text: |row| day_text(row.due),
        put: |row, text| {
            row.due = day(text)?;
            Ok(())
        },
    },
    Field {
        key: "status",
        name: "Status",
        text: |row| row.status.name().into(),
        put: |row, text| {
            row.status = choice(text, ItemStatus::ALL, ItemStatus::key, ItemStatus::name)?.unwrap_or_default();
            Ok(())
        },
    },
];

/// Fields of a case study or a reference customer.
pub const CASE_FIELDS: &[Field<Case>] = &[
    Field { key: "title", name: "Title", text: |row| row.title.clone(), put: |row, text| put(&mut row.title, text) },
    Field {
        key: "category",
        name: "Category",
        text: |row| row.category.clone(),
        put: |row, text| put(&mut row.category, text),
    },
    Field {
        key: "situation",
        name: "Situation",
        text: |row| row.situation.clone(),
        put: |row, text| put(&mut row.situation, text),
    },
    Field {
        key: "action",
        name: "Action",
        text: |row| row.action.clone(),
        put: |row, text| put(&mut row.action, text),
    },
    Field {
        key: "result",
        name: "Result",
        text: |row| row.result.clone(),
        put: |row, text| put(&mut row.result, text),
    },
    Field {
        key: "evidence",
        name: "Evidence",
        text: |row| row.evidence.join("; "),
        put: |row, text| {
            let names = text.split(';').map(str::trim).filter(|name| !name.is_empty());
            row.evidence = names.map(str::to_owned).collect();
            Ok(())
        },
    },
    Field {
        key: "consent",
        name: "Agreed to be named",
        text: |row| day_text(row.consent),
        put: |row, text| {
            row.consent = day(text)?;
            Ok(())
        },
    },
    Field {
        key: "status",
        name: "Status",
        text: |row| row.status.name().into(),
        put: |row, text| {
            row.status = choice(text, ItemStatus::ALL, ItemStatus::key, ItemStatus::name)?.unwrap_or_default();
            Ok(())
        },
    },
];

/// Fields of a source of data that is not the shop's own; its cost, an amount, is set by [`set_cost`].
pub const SOURCE_FIELDS: &[Field<ExternalSource>] = &[
    Field { key: "name", name: "Source", text: |row| row.name.clone(), put: |row, text| put(&mut row.name, text) },
    Field {
        key: "quality",
        name: "Quality",
        text: |row| share_text(row.quality),
        put: |row, text| {
            row.quality = share(text)?;
            Ok(())
        },
    },
    Field {
        key: "match_rate",
        name: "Match rate",
        text: |row| share_text(row.match_rate),
        put: |row, text| {
            row.match_rate = share(text)?;
            Ok(())
        },
    },
    Field {
        key: "roi",
        name: "ROI",
        text: |row| number_text(row.roi),
        put: |row, text| {
            row.roi = number(text.trim_end_matches(":1"))?;
            Ok(())
        },
    },
];

/// Sets what a source costs in a year, from an amount as it is typed; an empty text empties it.
///
/// # Errors
/// A sentence when it is no amount of the currency.
pub fn set_cost(of: &mut ExternalSource, text: &str, currency: Currency) -> Result<(), String> {
    let plain: String = text.chars().filter(|c| !matches!(c, '$' | '€' | '£' | ' ')).collect();
    let amount = number(&plain)?;
    if amount.is_some_and(|amount| !(0.0..=HIGHEST_COST).contains(&amount)) {
        return Err(format!("a cost is an amount from 0 to {}", group_thousands(HIGHEST_COST as u64)));
    }
    of.cost = amount.map(|amount| (amount * currency.scale() as f64).round() as i64);
    Ok(())
}

fn put(to: &mut String, text: &str) -> Result<(), String> {
    text.clone_into(to);
    Ok(())
}

fn day(text: &str) -> Result<Option<Day>, String> {
    match Day::parse(text) {
        None if !text.is_empty() => Err(format!("“{text}” is not a date (YYYY-MM-DD)")),
        found => Ok(found),
    }
}

fn day_text(day: Option<Day>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

fn rating(text: &str) -> Result<Option<u8>, String> {
    match text.parse::<u8>() {
        _ if text.is_empty() => Ok(None),
        Ok(rating @ 1..=5) => Ok(Some(rating)),
        _ => Err(format!("“{text}” is no rating from 1 to 5")),
    }
}
