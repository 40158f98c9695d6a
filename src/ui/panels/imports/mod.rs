//! Imports: what was imported, and the way from files to rows in the workspace.

mod columns;
mod done;
mod facts;
mod files;
mod foot;
mod issues;
mod past;

pub use issues::parse_rate;

use egui::{Rect, Ui, pos2, vec2};

use super::Panel;
use crate::import::field::TableKind;
use crate::ui::cx::{Cx, counted};
use crate::ui::importing::{Flow, Stage};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::states::{self, Failure};
use crate::ui::widgets::{Button, TableState, page_header, stepper, text};

/// Height of the foot with the counts and the button.
pub const FOOT: f32 = 74.0;

/// The page and what it remembers.
#[derive(Default)]
pub struct Imports {
    past: past::Past,
    done: done::Done,
    files: TableState,
    mapping: TableState,
    typed: issues::Typed,
}

impl Panel for Imports {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(mut flow) = cx.import.take() else { return self.past.ui(cx, ui) };
        let stays = self.flow(cx, ui, &mut flow);
        // Starting another import from here has put a new flow in place.
        if stays && cx.import.is_none() {
            cx.import = Some(flow);
        }
    }
}

impl Imports {
    /// Draws the import under way. Returns whether it goes on.
    fn flow(&mut self, cx: &mut Cx, ui: &mut Ui, flow: &mut Flow) -> bool {
        let checking = flow.files.get(flow.current).is_some_and(|file| file.checked.is_working());
        let idle = cx.working().is_none() && !checking;
        let escaped = idle && !cx.esc_taken && ui.input(|i| i.key_pressed(egui::Key::Escape));
        let mut stays = !escaped;
        let title = match flow.files.get(flow.current).and_then(|file| file.look()?.preview.recognised.as_ref()) {
            Some(recognised) if flow.stage == Stage::Columns => format!("Import {}", what(recognised.table)),
            _ => "Import".to_owned(),
        };
        let line = match flow.stage {
            Stage::Done => "Every row of every file is accounted for".to_owned(),
            Stage::Files => format!(
                "{}. Nothing is written until you choose Import; an import can be undone",
                counted(flow.files.len() as u64, "file", "files")
            ),
            Stage::Columns => format!(
                "File {} of {}. Nothing is written until you choose Import; an import can be undone",
                flow.current + 1,
                flow.files.len()
            ),
        };
        page_header(ui, &title, &line, |ui| match flow.stage {
            Stage::Done => stays &= !done::actions(cx, ui),
            _ if cx.working().is_none() => stays &= !ui.add(Button::plain("Cancel").key("Esc")).clicked(),
            _ => {}
        });
        if !stays && flow.stage != Stage::Done {
            cx.leave_import(flow);
        }
        stepper(ui, &["Files", "Columns and issues", "Result"], flow.stage as usize);
        if flow.stage != Stage::Done && cx.own_shop().is_none() {
            new_shop(cx, ui, flow);
        }
        ui.add_space(theme::of(ui).space().x1);
        match flow.stage {
            Stage::Files => files::show(cx, ui, flow, &mut self.files),
            Stage::Columns => self.columns(cx, ui, flow),
            Stage::Done => self.done.ui(cx, ui, flow),
        }
        stays
    }

    fn columns(&mut self, cx: &mut Cx, ui: &mut Ui, flow: &mut Flow) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let foot = FOOT;
        let gap = t.shell().gutter;
        let split = area.left() + ((area.width() - gap) * 0.62).round();
        let bottom = area.bottom() - foot - gap;
        let left = Rect::from_min_max(area.min, pos2(split, bottom));
        let right = Rect::from_min_max(pos2(split + gap, area.top()), pos2(area.right(), bottom));
        let below = Rect::from_min_size(pos2(area.left(), area.bottom() - foot), vec2(area.width(), foot));
        let (current, count) = (flow.current, flow.files.len());
        if let Some(file) = flow.files.get_mut(current) {
            if let (Some(why), false) = (file.looked.failure(), file.looked.is_working()) {
                let why = why.to_owned();
                let whole = Rect::from_min_max(area.min, pos2(area.right(), bottom));
                card_at(ui, whole, t.space().x4, |ui| unreadable(cx, ui, &file.name, &why));
            } else if let Some(looked) = file.look().cloned() {
                let mut step = 0;
                card_at(ui, left, 0.0, |ui| {
                    step = columns::show(cx, ui, file, &looked, (current, count), &mut self.mapping);
                });
                card_at(ui, right, 0.0, |ui| issues::show(cx, ui, file, &looked, &mut self.typed));
                flow.current = current.saturating_add_signed(step).min(count.saturating_sub(1));
            } else {
                card_at(ui, left, t.space().x4, |ui| {
                    let step = file.looked.step();
                    states::working(ui, &step, "");
                });
            }
        }
        card_at(ui, below, 0.0, |ui| foot::show(cx, ui, flow));
        ui.advance_cursor_after_rect(area);
    }
}

/// The name of the shop that the files make, and where it will lie.
fn new_shop(cx: &Cx, ui: &mut Ui, flow: &mut Flow) {
    let t = theme::of(ui);
    ui.horizontal(|ui| {
        let apart =
            if cx.shop.is_some() { "Your data gets a shop of its own, apart from the sample:" } else { "New shop:" };
        text::say_in(ui, Type::Body, t.text.normal, apart);
        flow.shop.field(cx, ui, 220.0);
        flow.shop.remark(ui);
    });
}

/// What the rows of a kind of table are called.
fn what(table: TableKind) -> &'static str {
    match table {
        TableKind::Lines => "order lines",
        TableKind::Orders => "orders",
        TableKind::Customers => "customers",
        TableKind::Products => "products",
        TableKind::Carts => "abandoned checkouts",
        TableKind::Discounts => "discount codes",
        TableKind::Spend => "ad spend",
        TableKind::Sends => "campaigns",
        TableKind::Visits => "visits",
        TableKind::Events => "events",
        TableKind::Touches => "touchpoints",
        TableKind::Metrics => "metrics",
    }
}

/// A file that is no table we read: what it is, and what to do.
fn unreadable(cx: &mut Cx, ui: &mut Ui, name: &str, why: &str) {
    let (happened, to_do) =
        why.split_once(". ").or_else(|| why.split_once("; ")).unwrap_or((why, "Choose another file"));
    let to_do = to_do.strip_prefix("Nothing was imported: ").map_or_else(|| to_do.to_owned(), text::capital);
    let failure = Failure {
        title: "The file is not imported".into(),
        about: name.to_owned(),
        happened: happened.to_owned(),
        safe: "Nothing was written; the file and your data are as they were".into(),
        to_do,
    };
    states::failed(ui, &failure, |ui| {
        if ui.add(Button::accent("Choose another file…").icon(icons::FOLDER)).clicked() {
            cx.ask_import();
        }
    });
}
