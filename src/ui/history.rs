//! Undo, redo, and the list of steps from which one goes back or forth several at once.

use egui::accesskit::Role;
use egui::{Align2, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::cx::{Cx, counted};
use super::importing::Stage;
use super::locale;
use super::shop::Home;
use super::theme::{self, Tone, Type, corner, icons};
use super::widgets::{paint, remark, say};
use crate::jobs::Progress;
use crate::workspace::undo::Step;

/// Rows of the list before it scrolls.
const ROWS: f32 = 10.0;

impl Cx {
    /// Undoes the newest step.
    pub fn undo(&mut self) {
        let undo = |home: &mut Home, _: &Progress| home.session()?.undo();
        self.write("Undo", undo, |cx, step| cx.moved("Undone", "Nothing to undo", step));
    }

    /// Redoes the step that was undone last.
    pub fn redo(&mut self) {
        let redo = |home: &mut Home, progress: &Progress| home.session()?.redo(progress);
        self.write("Redo", redo, |cx, step| cx.moved("Redone", "Nothing to redo", step));
    }

    /// Goes back or forth until a step is the newest one that is done; 0 is before the first.
    pub fn go_to_step(&mut self, step: i64) {
        let go = move |home: &mut Home, progress: &Progress| home.session()?.go_to(step, progress);
        self.write("Going through the history", go, |cx, _| cx.drop_ended_import());
    }

    fn moved(&mut self, done: &str, nothing: &str, step: Option<Step>) {
        match step {
            Some(step) => {
                self.drop_ended_import();
                self.notices.tell(Tone::Good, done, step.label, None);
            }
            None => self.notices.tell(Tone::Info, nothing, "", None),
        }
    }

    /// What an import did is no longer so.
    fn drop_ended_import(&mut self) {
        self.import = self.import.take().filter(|flow| flow.stage != Stage::Done);
    }
}

/// A row of the list: a state of the shop, named by the step that led to it.
struct Row<'a> {
    /// Id to go to.
    step: i64,
    label: &'a str,
    at: Option<i64>,
    undone: bool,
    here: bool,
    /// What choosing it does.
    verb: String,
}

/// The list of steps, newest first. Returns the step to go to.
pub fn list(ui: &mut Ui, cx: &Cx) -> Option<i64> {
    let t = theme::of(ui);
    let shop = cx.shop.as_ref()?;
    let history = &shop.facts.history;
    let mut rows = Vec::new();
    for (n, step) in history.undone.iter().enumerate().rev() {
        let verb = format!("Redo {}", counted(n as u64 + 1, "step", "steps"));
        rows.push(Row { step: step.id, label: &step.label, at: Some(step.at), undone: true, here: false, verb });
    }
    for (n, step) in history.done.iter().enumerate() {
        let verb = format!("Undo {}", counted(n as u64, "step", "steps"));
        rows.push(Row { step: step.id, label: &step.label, at: Some(step.at), undone: false, here: n == 0, verb });
    }
    let first = if history.dropped > 0 { "As far back as the history reaches" } else { "The workspace was made" };
    let verb = format!("Undo {}", counted(history.done.len() as u64, "step", "steps"));
    rows.push(Row { step: 0, label: first, at: None, undone: false, here: history.done.is_empty(), verb });

    say(ui, Type::Section, "History");
    remark(ui, "Choose the step to go back or forth to. It stays over restarts");
    ui.add_space(t.space().x2);
    let mut chosen = None;
    let idle = cx.working().is_none();
    ScrollArea::vertical().max_height(ROWS * t.row().field).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for entry in &rows {
            if row(ui, entry, idle) {
                chosen = Some(entry.step);
            }
        }
    });
    ui.add_space(t.space().x2);
    match cx.working() {
        Some(step) => remark(ui, step.words),
        None => remark(ui, history.kept_in_words()),
    };
    ui.add_space(t.space().x2);
    chosen
}

fn row(ui: &mut Ui, row: &Row<'_>, idle: bool) -> bool {
    let t = theme::of(ui);
    let active = idle && !row.here;
    let sense = if active { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().field), sense);
    let state = match (row.here, row.undone) {
        (true, _) => "now",
        (_, true) => "undone",
        _ => "done",
    };
    let said = format!("{}, {state}", row.label);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, active, row.here, &said));
    let lively = active && (response.hovered() || response.has_focus());
    let fill = if row.here { t.surface.selected } else { t.surface.raised };
    if row.here || lively {
        ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    }
    let (ink, mark) = match (row.here, row.undone) {
        (true, _) => (t.accent.text, icons::CHECK),
        (_, true) => (t.text.subdued, icons::REDO),
        _ => (t.text.normal, icons::UNDO),
    };
    let centre = pos2(rect.left() + t.space().x3 + t.icon().small / 2.0, rect.center().y);
    if row.here || lively {
        paint::icon(ui.painter(), centre, mark, t.icon().small, ink);
    }
    let right = rect.right() - t.space().x3;
    let end = match (lively, row.at) {
        (true, _) => row.verb.clone(),
        (_, Some(at)) => locale::moment(at),
        _ => String::new(),
    };
    let at = pos2(right, rect.center().y);
    let end = paint::text(ui.painter(), at, Align2::RIGHT_CENTER, end, t.font(Type::Caption), t.text.subdued);
    let left = centre.x + t.icon().small / 2.0 + t.space().x2;
    let words = Rect::from_min_max(pos2(left, rect.top()), pos2(end.left() - t.space().x3, rect.bottom()));
    let (_, cut) = paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, row.label, t.font(Type::Body), ink);
    paint::focus_ring(ui, t, rect, t.radius().medium, &response);
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(row.label);
    } else if active {
        response.on_hover_cursor(egui::CursorIcon::PointingHand);
    }
    clicked
}
