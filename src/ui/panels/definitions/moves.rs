//! What a change of the definitions would move, shown before it is kept.

use std::sync::Arc;

use egui::Ui;

use crate::analytics::compare::{Change, Moved, headline};
use crate::analytics::segments::SegmentTable;
use crate::model::{Definitions, Figure};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::slot::View;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::figure::{Tip, exact};
use crate::ui::widgets::{Cell, Column, Table, TableState, remark, say, states};

/// The card and what it remembers.
#[derive(Default)]
pub struct Moves {
    table: TableState,
    moved: Option<(Arc<SegmentTable>, Arc<SegmentTable>, Vec<Moved>)>,
}

impl Moves {
    /// Draws what would move under `draft`.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, draft: &Definitions) {
        let Some(shop) = &cx.shop else { return };
        say(ui, Type::Emphasis, "What moves if you keep this");
        let view = match (shop.segments(), shop.drafted_view()) {
            (None, _) => {
                remark(ui, "Nothing yet: there is no figure before orders are imported");
                return;
            }
            (Some(before), View::Ready(after)) => Ok((before.clone(), after)),
            (_, other) => Err(other),
        };
        match view {
            Ok((before, after)) => {
                let definitions = shop.facts.definitions.clone();
                self.take(&before, &after);
                self.ready(cx, ui, &definitions, draft);
            }
            Err(View::Working(step, _)) => {
                states::working(ui, &step, "");
            }
            Err(View::Failed(why)) => {
                remark(ui, why);
            }
            Err(_) => {
                remark(ui, "Nobody would be a customer under these definitions");
            }
        }
    }

    fn take(&mut self, before: &Arc<SegmentTable>, after: &Arc<SegmentTable>) {
        let known = |(a, b, _): &(Arc<SegmentTable>, Arc<SegmentTable>, Vec<Moved>)| {
            Arc::ptr_eq(a, before) && Arc::ptr_eq(b, after)
        };
        if !self.moved.as_ref().is_some_and(known) {
            self.moved = Some((before.clone(), after.clone(), headline(before, after)));
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, own: &Definitions, draft: &Definitions) {
        let Some((_, after, moved)) = &self.moved else { return };
        let still = moved.iter().filter(|moved| moved.change() == Change::None).count();
        let line = match moved.len() - still {
            0 => "No headline figure moves".to_owned(),
            1 => format!("1 of {} headline figures moves", moved.len()),
            n => format!("{n} of {} headline figures move", moved.len()),
        };
        remark(ui, format!("{line}. Last 12 months, as of {}", locale::date(after.as_of)));
        let t = theme::of(ui);
        let columns = [
            Column::text("Figure", 150.0).grow(1.0),
            Column::number("Now", 104.0),
            Column::number("If kept", 104.0),
            Column::number("Change", 96.0),
        ];
        let draft = Definitions { version: after.definitions, ..draft.clone() };
        let shown = Table::new("What moves", &columns, moved.len() as u64, t.row().dense).plain().show(
            ui,
            &mut self.table,
            |row, column, cell| {
                let Some(moved) = usize::try_from(row).ok().and_then(|row| moved.get(row)) else { return };
                match column {
                    0 => cell.text(&moved.name()),
                    1 => figure(cell, &moved.before, own),
                    2 => figure(cell, &moved.after, &draft),
                    _ => match moved.change() {
                        Change::None => cell.subdued("no change"),
                        change => cell.label(&change.in_words(locale::current())),
                    },
                }
            },
        );
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                let Some(moved) = usize::try_from(row).ok().and_then(|row| moved.get(row)) else { return Value::Empty };
                match column {
                    0 => Value::Text(moved.name()),
                    1 => Value::from(moved.before.value),
                    2 => Value::from(moved.after.value),
                    _ => Value::Text(moved.change().in_words(locale::current())),
                }
            });
        }
    }
}

fn figure(cell: &mut Cell<'_>, figure: &Figure, definitions: &Definitions) {
    cell.figure(&exact(figure.value), false, || Tip::of(figure, definitions, String::new()));
}
