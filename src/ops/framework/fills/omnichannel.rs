//! Section 6: channels, from the omnichannel table of the page Journey.

use super::Ground;
use super::entry::{AS_TYPED, EN, Entries, Fill, Page, days};
use crate::analytics::journey::{ChannelRow, OmnichannelTable, Told};
use crate::model::strategy::FieldValue;

/// What fields of a channel begin with, which channel of the table it is, and what it is called in a sentence.
const ROWS: [(&str, &str, &str); 6] = [
    ("WEB", "website", "the website"),
    ("APP", "app", "the app"),
    ("EMAIL", "email", "e-mail"),
    ("SMS", "sms_push", "SMS and push"),
    ("SOCIAL", "social", "social commerce"),
    ("STORE", "store", "physical stores"),
];
const ENDINGS: [&str; 5] = ["FEATURES", "SYNC", "USAGE", "SAT", "SHARE"];

pub fn fills(ground: &Ground, table: &OmnichannelTable) -> Entries {
    let mut found = Entries::new();
    for (prefix, id, name) in ROWS {
        let row = table.rows.iter().find(|row| row.id == id);
        let of = |ending: &str| match row {
            Some(row) => fill(ground, table, row, ending, name),
            None => Err(format!("The row of {name} is hidden on the page Journey; show it there, or type here")),
        };
        found.extend(ENDINGS.map(|ending| (format!("{prefix}_{ending}"), of(ending))));
    }
    found
}

fn fill(ground: &Ground, table: &OmnichannelTable, row: &ChannelRow, ending: &str, name: &str) -> Fill {
    let typed = Page::new("Journey", ground.as_of, AS_TYPED);
    let counted = Page::new("Journey", table.as_of, format!("Last 12 months, {}", days(table.period)));
    match ending {
        "FEATURES" => typed.text(&row.features, &format!("what is personal on {name}")),
        "SYNC" => typed.text(&row.sync, &format!("how data of {name} come to the others")),
        "USAGE" => {
            let how = format!(
                "Customers who ordered there or came through it, of all who ordered or came: {} of {}",
                EN.count(row.customers),
                EN.count(table.active)
            );
            share(&typed, &counted, row.usage, how, || {
                format!(
                    "No order and no touchpoint of the last 12 months speaks of {name}; import orders with their sales \
                     channel or a file of touchpoints, or type the share here"
                )
            })
        }
        "SAT" => match row.satisfaction.value {
            Some(value) => typed.told(FieldValue::Number(value), typed.typed()),
            None => Err(format!(
                "Nobody typed how satisfied customers are with {name}; no export tells it by channel, so type what a \
                 survey found here, and the page Journey has it too"
            )),
        },
        _ => {
            let how = format!(
                "Revenue of the orders that belong to it, of the revenue of all: {} of {}. An order belongs to the channel \
                 that its sales channel names, else that of the last touch before it, else the website",
                table.currency.display(row.amount),
                EN.counted(row.orders, "order", "orders")
            );
            share(&typed, &counted, row.revenue, how, || {
                format!(
                    "No order of the last 12 months is known to come from {name}; import orders with their sales channel \
                     or a file of touchpoints, or type the share here"
                )
            })
        }
    }
}

fn share(typed: &Page, counted: &Page, told: Told, how: String, missing: impl FnOnce() -> String) -> Fill {
    let value = FieldValue::Percent(told.value.ok_or_else(missing)?);
    if !told.is_typed {
        return counted.told(value, how);
    }
    let data = told.data.map_or_else(String::new, |data| format!("; data say {}", EN.percent(data, 1)));
    typed.told(value, format!("{}{data}", typed.typed()))
}
