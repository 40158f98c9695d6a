//! Lists that are rated, measured, or set against data.

use super::{Chapter, MISSING, grouped, joined, rows, table, text, what};
use crate::framework::guide::evidence::{possible, reached};
use crate::framework::guide::{GuideGroup, GuideList, ListKind};
use crate::report::document::{Block, Cell};

impl Chapter<'_> {
    pub(super) fn rated(&self, list: &GuideList) -> Block {
        let all = rows(list).map(|(group, item)| {
            let rating = self.said(item).and_then(|said| said.rating);
            let rating = rating.map_or_else(
                || Cell::text(MISSING),
                |rating| Cell::number(f64::from(rating), format!("{rating} of 5")),
            );
            let note = self.said(item).map_or("", |said| said.note.as_str());
            vec![Cell::text(&group.title), what(item), rating, self.data(item), text(note)]
        });
        grouped(list, &["Group", "What", "Weight here", "What the data say", "Note"], all.collect())
    }

    pub(super) fn metrics(&self, list: &GuideList) -> Block {
        let all = rows(list).map(|(group, item)| {
            let verdict = match reached(self.evidence, item) {
                Some(true) => "Reached",
                Some(false) => "Not reached",
                None => MISSING,
            };
            vec![Cell::text(&group.title), what(item), text(&item.target), self.data(item), Cell::text(verdict)]
        });
        grouped(list, &["Group", "Metric", "Target", "What the data say", "Target reached"], all.collect())
    }

    /// Systems and dimensions, set against what the data can serve.
    pub(super) fn served(&self, list: &GuideList) -> Block {
        let all = rows(list).map(|(group, item)| {
            let verdict = match possible(self.evidence, item) {
                Some(true) => "Yes",
                Some(false) => "No",
                None => MISSING,
            };
            let note = self.said(item).map_or("", |said| said.note.as_str());
            vec![
                Cell::text(&group.title),
                what(item),
                Cell::text(verdict),
                self.data(item),
                self.owner(item),
                text(note),
            ]
        });
        let asked = if list.kind == ListKind::Dimensions { "Data can serve it" } else { "In the data" };
        grouped(list, &["Group", "What", asked, "What the data say", "Owner", "Note"], all.collect())
    }

    /// Kinds of content or channels; behind the stages what is planned.
    pub(super) fn content(&self, list: &GuideList) -> Vec<Block> {
        let row =
            |group: &GuideGroup| vec![Cell::text(&group.title), joined(group.items.iter().map(|item| what(item).text))];
        let mut blocks = vec![table(list, &["Group", "Content"], list.groups.iter().map(row).collect())];
        if list.key == "channels" {
            blocks.extend(self.content_plan());
        }
        blocks
    }
}
