//! Both frameworks as chapters of the document: what they ask for, what the shop says about it, and what its data say.

mod kept;
mod lists;
mod plans;

pub use kept::external;

use super::evidence::{Evidence, answer, questions_of};
use super::{
    Guide, GuideGroup, GuideItem, GuideList, ListKind, dates, marketing as marketing_guide, product as product_guide,
};
use crate::model::Day;
use crate::model::strategy::{Item, StrategyPlan};
use crate::report::document::{Block, Cell, Column, Table};

/// What stands where nothing is said.
const MISSING: &str = "—";

/// The product framework.
pub fn product(plan: &StrategyPlan, evidence: &Evidence, as_of: Day) -> Vec<Block> {
    Chapter { guide: product_guide(), plan, evidence, as_of }.blocks()
}

/// The marketing framework.
pub fn marketing(plan: &StrategyPlan, evidence: &Evidence, as_of: Day) -> Vec<Block> {
    Chapter { guide: marketing_guide(), plan, evidence, as_of }.blocks()
}

struct Chapter<'a> {
    guide: &'static Guide,
    plan: &'a StrategyPlan,
    evidence: &'a Evidence,
    as_of: Day,
}

impl Chapter<'_> {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(1, self.guide.title.clone()), Block::Text(self.guide.intro.clone())];
        for list in &self.guide.lists {
            blocks.push(Block::Heading(2, list.title.clone()));
            blocks.push(Block::Text(list.intro.clone()));
            match list.kind {
                ListKind::Plan => blocks.extend(self.plan(list)),
                ListKind::Strategies => blocks.push(self.strategies(list)),
                ListKind::Challenges => blocks.push(self.challenges(list)),
                ListKind::Lifecycle => blocks.push(self.lifecycle(list)),
                ListKind::Roadmap => blocks.push(self.roadmap(list)),
                ListKind::Reading | ListKind::Rated => blocks.push(self.rated(list)),
                ListKind::Metrics => blocks.push(self.metrics(list)),
                ListKind::Integrations | ListKind::Dimensions => blocks.push(self.served(list)),
                ListKind::Content => blocks.extend(self.content(list)),
                ListKind::Cases => blocks.extend(self.stories(list, &self.plan.cases)),
                ListKind::References => blocks.extend(self.stories(list, &self.plan.references)),
            }
        }
        blocks
    }

    /// What the shop says about an item.
    fn said(&self, item: &GuideItem) -> Option<&Item> {
        self.plan.items.get(&item.key)
    }

    fn status(&self, item: &GuideItem) -> Cell {
        let status = self.said(item).map(|said| said.status).unwrap_or_default();
        let late = if super::overdue(self.plan, &item.key, self.as_of) { ", overdue" } else { "" };
        Cell::text(format!("{}{late}", status.name()))
    }

    fn owner(&self, item: &GuideItem) -> Cell {
        text(self.said(item).map_or("", |said| &said.owner))
    }

    fn days(&self, item: &GuideItem) -> Cell {
        Cell::text(dates(self.plan, &item.key).map_or_else(|| MISSING.into(), span))
    }

    /// What the shop names as evidence and notes, then what data say.
    fn evidence(&self, item: &GuideItem) -> Cell {
        let said = self.said(item).map_or([""; 2], |said| [&said.evidence, &said.note]);
        let said = said.into_iter().filter(|words| !words.is_empty()).map(str::to_owned);
        joined(said.chain(self.answers(item)))
    }

    /// What data say about an item alone.
    fn data(&self, item: &GuideItem) -> Cell {
        joined(self.answers(item))
    }

    fn data_of(&self, group: &GuideGroup) -> Cell {
        joined(group.evidence.iter().filter_map(|question| answer(self.evidence, question, &group.title)))
    }

    fn answers(&self, item: &GuideItem) -> impl Iterator<Item = String> {
        questions_of(item).into_iter().filter_map(|question| answer(self.evidence, &question, &item.title))
    }
}

/// Days for people; without a last one they go on.
fn span((from, due): (Day, Option<Day>)) -> String {
    match due {
        Some(due) => format!("{} – {}", from.display(), due.display()),
        None => format!("From {}", from.display()),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> Cell {
    let parts: Vec<String> = parts.collect();
    text(&parts.join("; "))
}

fn text(words: &str) -> Cell {
    Cell::text(if words.is_empty() { MISSING } else { words })
}

/// Title and meaning in one cell.
fn what(item: &GuideItem) -> Cell {
    Cell::text(if item.words.is_empty() { item.title.clone() } else { format!("{}: {}", item.title, item.words) })
}

/// The groups of a list with their items; a group's name only beside its first row, so that it reads as a block.
fn rows(list: &GuideList) -> impl Iterator<Item = (&GuideGroup, &GuideItem)> {
    list.groups.iter().flat_map(|group| group.items.iter().map(move |item| (group, item)))
}

fn table(list: &GuideList, headers: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    let columns = headers.iter().map(|header| Column::new((*header).to_owned(), false)).collect();
    Block::Table(Table { caption: list.title.clone(), columns, rows, total: None })
}

/// A list without groups has no column for them.
fn grouped(list: &GuideList, headers: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    if list.groups.iter().any(|group| !group.title.is_empty()) {
        return table(list, headers, rows);
    }
    let rows = rows.into_iter().map(|row| row.into_iter().skip(1).collect()).collect();
    table(list, &headers[1..], rows)
}
