//! What is planned: phases, checklists, strategies, challenges, stages of the customer's life, the roadmap.

use super::{Chapter, grouped, joined, rows, span, table, text, what};
use crate::framework::guide::evidence::possible;
use crate::framework::guide::{Done, GuideGroup, GuideList, Role, done, group_dates, on_roadmap};
use crate::model::Locale;
use crate::report::document::{Block, Cell};

impl Chapter<'_> {
    /// How far each phase is, then every row with days, owner, status and evidence.
    pub(super) fn plan(&self, list: &GuideList) -> Vec<Block> {
        let progress = list.groups.iter().map(|group| {
            let when = group_dates(self.plan, group).map_or_else(|| "not dated yet".into(), span);
            let found = done(self.plan, &group.items, self.as_of);
            (group.title.clone(), format!("{when}; {}", in_words(found)))
        });
        let mut blocks = Vec::new();
        if list.groups.iter().any(|group| group.span.is_some()) {
            blocks.push(Block::Facts(progress.collect()));
        }
        let all = rows(list).map(|(group, item)| {
            let kind = match item.role {
                Role::Criterion => "Success criterion",
                Role::Indicator => "Success metric",
                _ => "To do",
            };
            let mut title = what(item);
            if !item.target.is_empty() {
                title.text = format!("{}: {}", title.text, item.target);
            }
            vec![
                Cell::text(&group.title),
                Cell::text(kind),
                title,
                self.days(item),
                self.owner(item),
                self.status(item),
                self.evidence(item),
            ]
        });
        blocks.push(grouped(list, &["Phase", "Kind", "What", "Days", "Owner", "Status", "Evidence"], all.collect()));
        blocks
    }

    pub(super) fn strategies(&self, list: &GuideList) -> Block {
        let all = rows(list).map(|(group, item)| {
            let kind = if item.role == Role::Indicator { "Success indicator" } else { "Activity" };
            vec![
                Cell::text(&group.title),
                Cell::text(kind),
                what(item),
                self.owner(item),
                self.status(item),
                self.evidence(item),
            ]
        });
        grouped(list, &["Strategy", "Kind", "What", "Owner", "Status", "What the data say"], all.collect())
    }

    pub(super) fn challenges(&self, list: &GuideList) -> Block {
        let all = rows(list).map(|(group, item)| {
            vec![
                Cell::text(format!("{}: {}", group.title, group.words)),
                self.data_of(group),
                what(item),
                self.owner(item),
                self.status(item),
            ]
        });
        table(list, &["Challenge", "What the data say", "What answers it", "Owner", "Status"], all.collect())
    }

    pub(super) fn lifecycle(&self, list: &GuideList) -> Block {
        let of = |group: &GuideGroup, role: Role| {
            joined(group.items.iter().filter(|item| item.role == role).map(|item| what(item).text))
        };
        let row = |group: &GuideGroup| {
            let found = done(self.plan, group.items.iter().filter(|item| item.role == Role::Answer), self.as_of);
            vec![
                Cell::text(&group.title),
                of(group, Role::Need),
                of(group, Role::Answer),
                Cell::text(in_words(found)),
                self.data_of(group),
            ]
        };
        let headers = ["Stage", "Customer needs", "Strategies", "Strategies by status", "What the data say"];
        table(list, &headers, list.groups.iter().map(row).collect())
    }

    /// The board, cards where the shop has moved them.
    pub(super) fn roadmap(&self, list: &GuideList) -> Block {
        let all = list.groups.iter().flat_map(|group| {
            on_roadmap(self.plan, list, group).into_iter().map(move |item| {
                let already = match possible(self.evidence, item) {
                    Some(true) => "Data make it possible",
                    Some(false) => "Data are missing",
                    None => "Asks nothing of data",
                };
                vec![
                    Cell::text(&group.title),
                    what(item),
                    Cell::text(already),
                    self.data(item),
                    text(self.said(item).map_or("", |said| &said.owner)),
                    self.status(item),
                ]
            })
        });
        table(list, &["Stage", "Feature", "Already possible", "What the data say", "Owner", "Status"], all.collect())
    }
}

/// `2 of 8 done (25%), 1 in progress, 1 overdue`.
fn in_words(found: Done) -> String {
    let mut words = format!("{} of {} done", found.done, found.wanted());
    if let Some(share) = found.share() {
        words.push_str(&format!(" ({})", Locale::En.percent(share, 0)));
    }
    for (n, what) in [(found.doing, "in progress"), (found.overdue, "overdue"), (found.dropped, "left out")] {
        if n > 0 {
            words.push_str(&format!(", {n} {what}"));
        }
    }
    words
}
