//! A forecast as a piece of a document.

use super::words::{MISSING, fact, period};
use crate::analytics::outlook::{Ahead, Outlook, RuleError, said};
use crate::model::Locale;
use crate::report::document::{Block, Cell, Column, Table};

/// What is expected step by step, by which rule, and how it did on the past.
pub fn forecast_section(outlook: &Outlook) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(1, format!("{} by {}", outlook.of.name(), outlook.grain.name())),
        Block::Text(format!("{}.", said::verdict(outlook))),
        steps(outlook),
        Block::Text(format!("{}. {}.", said::rule(outlook), said::held_out(outlook))),
        rules(outlook),
    ];
    if !outlook.events.is_empty() {
        blocks.push(Block::List(outlook.events.iter().map(said::event).collect()));
    }
    let growth = said::growth(outlook).map(|growth| vec![fact("Growth", growth)]);
    blocks.extend(growth.map(Block::Facts));
    blocks.extend(outlook.notes.iter().cloned().map(Block::Note));
    blocks
}

fn columns(names: &[(&str, bool)]) -> Vec<Column> {
    names.iter().map(|(header, numeric)| Column::new((*header).into(), *numeric)).collect()
}

fn steps(outlook: &Outlook) -> Block {
    let (of, currency) = (outlook.of, outlook.currency);
    let major = |value: f64| said::major(of, currency, value);
    let row = |step: &Ahead| {
        let events: Vec<&str> =
            step.events.iter().filter_map(|at| outlook.events.get(*at)).map(|event| event.name.as_str()).collect();
        vec![
            Cell::text(period((step.from, step.to))),
            Cell::number(major(step.middle), said::amount(of, currency, step.middle)),
            Cell::text(said::range(of, currency, step.within_80)),
            Cell::text(said::range(of, currency, step.within_95)),
            Cell::text(said::remark(step, &events)),
        ]
    };
    let total = &outlook.total;
    Block::Table(Table {
        caption: format!("{}, known up to {}", outlook.of.name(), outlook.origin.display()),
        columns: columns(&[
            (outlook.grain.name(), false),
            ("Expected", true),
            ("With 80%", true),
            ("With 95%", true),
            ("Remark", false),
        ]),
        rows: outlook.ahead.iter().map(row).collect(),
        total: Some(vec![
            Cell::text("All together"),
            Cell::number(major(total.middle), said::amount(of, currency, total.middle)),
            Cell::text(said::range(of, currency, total.within_80)),
            Cell::text(said::range(of, currency, total.within_95)),
            Cell::default(),
        ]),
    })
}

fn rules(outlook: &Outlook) -> Block {
    let percent = |share: f64| Cell::number(share, Locale::En.percent(share, 1));
    let row = |error: &RuleError| {
        let scaled =
            error.mase.map_or_else(|| Cell::text(MISSING), |mase| Cell::number(mase, Locale::En.number(mase, 2)));
        vec![Cell::text(error.rule.clone()), percent(error.wape), scaled, percent(error.bias)]
    };
    Block::Table(Table {
        caption: "Rules on the shop's own past, nearest first".into(),
        columns: columns(&[("Rule", false), ("Error", true), ("Scaled error", true), ("Too high on average", true)]),
        rows: outlook.tried.iter().map(row).collect(),
        total: None,
    })
}
