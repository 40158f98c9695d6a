//! What the shop itself adds: the content plan, case studies, reference customers, sources of data of others.

use super::{Chapter, MISSING, rows, table, text, what};
use crate::framework::guide::{GuideList, content_channels, content_stages, place};
use crate::model::strategy::{Case, ExternalSource, StrategyPlan};
use crate::model::{Currency, Locale};
use crate::report::document::{Block, Cell, Column, Table};

impl Chapter<'_> {
    /// The content plan by day; nothing while nothing is planned.
    pub(super) fn content_plan(&self) -> Vec<Block> {
        if self.plan.content.is_empty() {
            return vec![Block::Note("No content is planned yet".into())];
        }
        let stage = |key: &str| content_stages().find(|group| group.key == key).map_or(MISSING, |group| &group.title);
        let channel =
            |key: &str| content_channels().find(|(_, item)| item.key == key).map_or(MISSING, |(_, item)| &item.title);
        let mut planned: Vec<_> = self.plan.content.iter().collect();
        planned.sort_by_key(|one| (one.due.is_none(), one.due));
        let row = |one: &&crate::model::strategy::ContentItem| {
            vec![
                Cell::text(&one.title),
                Cell::text(stage(&one.stage)),
                Cell::text(channel(&one.channel)),
                text(&one.owner),
                Cell::text(one.due.map_or_else(|| MISSING.into(), |due| due.display())),
                Cell::text(one.status.name()),
            ]
        };
        let headers = ["Content", "Stage", "Channel", "Owner", "Due", "Status"];
        let columns = headers.map(|header| Column::new(header.to_owned(), false)).into();
        let rows = planned.iter().map(row).collect();
        vec![Block::Table(Table { caption: "Content plan".into(), columns, rows, total: None })]
    }

    /// Categories or programmes, and what is told in them.
    pub(super) fn stories(&self, list: &GuideList, cases: &[Case]) -> Vec<Block> {
        let all = rows(list).map(|(_, item)| {
            let n = cases.iter().filter(|case| case.category == item.key).count();
            vec![what(item), Cell::number(n as f64, n.to_string())]
        });
        let mut blocks = vec![table(list, &["What", "Kept"], all.collect())];
        for case in cases {
            let category = place(&case.category).map_or(MISSING, |place| &place.item.title);
            let fact = |term: &str, words: &str| {
                (term.to_owned(), if words.is_empty() { MISSING.to_owned() } else { words.to_owned() })
            };
            let consent = match case.consent {
                Some(day) => format!("Since {}", day.display()),
                None => "No: do not name the customer".into(),
            };
            blocks.push(Block::Heading(3, case.title.clone()));
            blocks.push(Block::Facts(vec![
                fact("Category", category),
                fact("Situation", &case.situation),
                fact("Action", &case.action),
                fact("Result", &case.result),
                fact("Shown by", &case.evidence.join(", ")),
                fact("Agreed to be named", &consent),
                fact("Status", case.status.name()),
            ]));
        }
        blocks
    }
}

/// Sources of data that are not the shop's own, for the section on privacy; `None` while there are none.
pub fn external(plan: &StrategyPlan, currency: Currency) -> Option<Table> {
    let missing = || Cell::text(MISSING);
    let share = |share: Option<f64>| share.map_or_else(missing, |s| Cell::number(s, Locale::En.percent(s, 1)));
    let row = |one: &ExternalSource| {
        let cost = |minor| Cell::number(currency.major(minor), currency.display(minor));
        let ratio = |ratio| Cell::number(ratio, format!("{}:1", Locale::En.number(ratio, 1)));
        vec![
            Cell::text(&one.name),
            share(one.quality),
            share(one.match_rate),
            one.cost.map_or_else(missing, cost),
            one.roi.map_or_else(missing, ratio),
        ]
    };
    let headers = [("Source", false), ("Quality", true), ("Match rate", true), ("Cost a year", true), ("ROI", true)];
    (!plan.external.is_empty()).then(|| Table {
        caption: "External sources".into(),
        columns: headers.map(|(header, numeric)| Column::new(header.to_owned(), numeric)).into(),
        rows: plan.external.iter().map(row).collect(),
        total: None,
    })
}
