//! Explained changes and differences as pieces of a document.

use super::words::{MISSING, count, period};
use crate::analytics::explain::{Change, Difference, Factor, Part, Row, said};
use crate::model::{Currency, Locale};
use crate::report::document::{Block, Cell, Column, Table};

/// Why revenue moved: what each factor made of it, then the groups with their factors.
pub fn change_blocks(change: &Change) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(1, said::title(change, Locale::En)),
        Block::Text(format!("{}.", said::verdict(change, Locale::En))),
        Block::Facts(vec![
            ("Before".into(), period(change.settings.before)),
            ("After".into(), period(change.settings.after)),
            ("Groups".into(), change.settings.by.in_words().into()),
        ]),
        parts(change),
        groups(change),
    ];
    blocks.extend(said::notes(change, Locale::En).into_iter().map(Block::Note));
    blocks
}

fn parts(change: &Change) -> Block {
    let currency = change.currency;
    let row = |(depth, part): (usize, &Part)| {
        let name = format!("{}{}", "– ".repeat(depth), part.factor.name());
        vec![Cell::text(name), signed(part.amount, currency), Cell::text(part.factor.in_words())]
    };
    Block::Table(Table {
        caption: "What each factor made of it; parts add up to the cent".into(),
        columns: columns(&[("Part", false), ("Amount", true), ("What it is", false)]),
        rows: said::lines(&change.parts).into_iter().map(row).collect(),
        total: Some(vec![Cell::text("Change of revenue"), signed(change.amount(), currency), Cell::default()]),
    })
}

fn groups(change: &Change) -> Block {
    let currency = change.currency;
    let factors: Vec<Factor> = said::factors(&change.rows);
    let money = |minor: i64| Cell::number(currency.major(minor), currency.display(minor));
    let cells = |name: &str, amounts: [i64; 3], part: &dyn Fn(Factor) -> i64| {
        let [before, after, change] = amounts;
        let mut cells = vec![Cell::text(name), money(before), money(after), signed(change, currency)];
        cells.extend(factors.iter().map(|factor| signed(part(*factor), currency)));
        cells
    };
    let row = |row: &Row| {
        cells(&said::name(row), [row.before.revenue(), row.after.revenue(), row.amount()], &|factor| row.part(factor))
    };
    let sum = |factor| change.rows.iter().map(|row| row.part(factor)).sum();
    let mut names = vec![(change.settings.by.name(), false), ("Before", true), ("After", true), ("Change", true)];
    names.extend(factors.iter().map(|factor| (factor.name(), true)));
    let whole = [change.before.revenue(), change.after.revenue(), change.amount()];
    Block::Table(Table {
        caption: format!("By {}", change.settings.by.name().to_lowercase()),
        columns: columns(&names),
        rows: change.rows.iter().map(row).collect(),
        total: Some(cells("Together", whole, &sum)),
    })
}

/// The shop's revenue turned into a platform's figure, step by step.
pub fn difference_blocks(found: &Difference) -> Vec<Block> {
    let currency = found.currency;
    let row = |name: String, amount: Cell, orders: Option<u64>| {
        let orders = orders.map_or_else(|| Cell::text(MISSING), |n| Cell::number(n as f64, count(n)));
        vec![Cell::text(name), amount, orders]
    };
    let money = |minor: i64| Cell::number(currency.major(minor), currency.display(minor));
    let mut rows = vec![row("Revenue by your definitions".into(), money(found.ours), Some(found.our_orders))];
    rows.extend(
        found.steps.iter().map(|step| row(said::what(step.what), signed(step.amount, currency), Some(step.orders))),
    );
    let by_rules = row(found.asked.platform.name(), money(found.by_their_rules), Some(found.their_orders));
    let mut total = by_rules.clone();
    if let (Some(theirs), Some(rest)) = (found.asked.theirs, found.not_explained) {
        rows.push(by_rules);
        rows.push(row("Not explained".into(), signed(rest, currency), None));
        total = row(format!("{} says", found.asked.platform.tool()), money(theirs.amount), None);
    }
    let mut blocks = vec![
        Block::Heading(1, format!("Your revenue as {}", found.asked.platform.name())),
        Block::Text(format!("{}.", said::outcome(found, Locale::En))),
        Block::Facts(vec![
            ("Days".into(), period(found.asked.days)),
            ("How it counts".into(), found.asked.platform.in_words().into()),
        ]),
        Block::Table(Table {
            caption: "Step by step".into(),
            columns: columns(&[("Step", false), ("Amount", true), ("Orders", true)]),
            rows,
            total: Some(total),
        }),
    ];
    blocks.extend(found.left.iter().map(|left| Block::Note(said::left(left, currency, Locale::En))));
    if found.not_explained.is_some_and(|rest| rest != 0) {
        blocks.push(Block::List(found.asked.platform.hints().iter().map(|hint| (*hint).to_owned()).collect()));
    }
    blocks
}

fn signed(minor: i64, currency: Currency) -> Cell {
    Cell::number(currency.major(minor), said::signed(minor, currency, Locale::En))
}

fn columns(columns: &[(&str, bool)]) -> Vec<Column> {
    columns.iter().map(|(header, numeric)| Column::new((*header).to_owned(), *numeric)).collect()
}
