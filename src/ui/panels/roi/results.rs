//! What a calculator tells: the first figures large with the formula and its numbers, the others in a list.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Shown, print};
use crate::analytics::roi::{Outcome, OutputId, said};
use crate::ui::theme::{self, Theme, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;
use crate::ui::widgets::record::{form_card, heading};
use crate::ui::widgets::{hairline, remark, say, say_in, text};

/// Figures that stand in large.
const LARGE: usize = 3;

/// Draws the figures; gives the one that was clicked, whose sensitivity is then shown.
pub(super) fn show(ui: &mut Ui, shown: &Shown, chosen: OutputId) -> Option<OutputId> {
    let t = theme::of(ui);
    let height = t.line(Type::Caption) + t.line(Type::Kpi) + t.line(Type::Body) + 2.0 * t.space().x4;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let large = &shown.outcomes[..shown.outcomes.len().min(LARGE)];
    let mut clicked = None;
    card_at(ui, place, 0.0, |ui| {
        let width = place.width() / large.len().max(1) as f32;
        for (n, outcome) in large.iter().enumerate() {
            let cell = Rect::from_min_size(pos2(place.left() + n as f32 * width, place.top()), vec2(width, height));
            if n > 0 {
                ui.painter().vline(cell.left(), cell.y_range(), t.hairline(t.border.subtle));
            }
            if large_one(ui, t, cell, shown, outcome, chosen == outcome.output) {
                clicked = Some(outcome.output);
            }
        }
    });
    note(ui, chosen);
    clicked
}

fn large_one(ui: &Ui, t: &Theme, cell: Rect, shown: &Shown, outcome: &Outcome, chosen: bool) -> bool {
    let output = outcome.output.get();
    let inner = cell.shrink2(vec2(t.space().x4, t.space().x4));
    let response = ui.interact(cell.shrink(2.0), ui.scope_id().with(("output", output.key)), Sense::click());
    let value = outcome.value.map(|number| print::output(outcome.output, number, shown.inputs.currency));
    let words = value.clone().unwrap_or_else(|| "cannot tell".to_owned());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{}: {words}", output.name)));
    if response.hovered() || chosen {
        let fill = if chosen { t.surface.selected } else { t.surface.hover };
        ui.painter().rect_filled(cell.shrink(2.0), theme::corner(t.radius().medium), fill);
    }
    let line = |top: f32, kind: Type| Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), t.line(kind)));
    let caption = line(inner.top(), Type::Caption);
    let (font, ink) = (t.font(Type::Caption), t.text.subdued);
    paint::text_in(ui.painter(), caption, Align2::LEFT_CENTER, output.name, font, ink);
    let large = line(caption.bottom(), Type::Kpi);
    let (shown_value, ink) = value.as_deref().map_or(("—", t.text.subdued), |value| (value, t.text.strong));
    paint::text_in(ui.painter(), large, Align2::LEFT_CENTER, shown_value, t.font(Type::Kpi), ink);
    let below = line(large.bottom(), Type::Body);
    let how = outcome.why_not.as_deref().unwrap_or(&outcome.with_numbers);
    let cut = paint::text_in(ui.painter(), below, Align2::LEFT_CENTER, how, t.font(Type::Body), t.text.normal).1;
    paint::focus_ring(ui, t, cell.shrink(2.0), t.radius().medium, &response);
    let clicked = response.clicked();
    let mut hover = format!("{} = {}", output.symbol, outcome.symbols);
    if cut {
        hover = format!("{how}\n{hover}");
    }
    response.on_hover_text(format!("{}\n{hover}", outcome.words)).on_hover_cursor(egui::CursorIcon::PointingHand);
    clicked
}

/// What the chosen figure is, where its name does not say all.
fn note(ui: &mut Ui, chosen: OutputId) {
    let t = theme::of(ui);
    let note = match chosen {
        OutputId::Roi => said::what_roi_is(),
        other => other.get().note,
    };
    if note.is_empty() {
        return;
    }
    ui.add_space(-t.space().x2);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = t.space().x1;
        text::icon(ui, icons::INFO.outlined(), t.icon().small, t.text.subdued);
        say_in(ui, Type::Caption, t.text.subdued, note);
    });
}

/// The other figures with their formulas; gives the one that was clicked.
pub(super) fn others(ui: &mut Ui, shown: &Shown, chosen: OutputId) -> Option<OutputId> {
    let others = shown.outcomes.get(LARGE..).filter(|others| !others.is_empty())?;
    let t = theme::of(ui);
    let mut clicked = None;
    form_card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        heading(ui, "What follows from it", "Click a figure to see what it depends on", |_| {});
        ui.add_space(t.space().x2);
        for (n, outcome) in others.iter().enumerate() {
            if n > 0 {
                hairline(ui);
            }
            if small_one(ui, t, shown, outcome, chosen == outcome.output) {
                clicked = Some(outcome.output);
            }
        }
    });
    clicked
}

fn small_one(ui: &mut Ui, t: &Theme, shown: &Shown, outcome: &Outcome, chosen: bool) -> bool {
    let output = outcome.output.get();
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().normal), Sense::click());
    let value = outcome.value.map(|number| print::output(outcome.output, number, shown.inputs.currency));
    let value = value.unwrap_or_else(|| "—".to_owned());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{}: {value}", output.name)));
    if response.hovered() || chosen {
        let fill = if chosen { t.surface.selected } else { t.surface.hover };
        ui.painter().rect_filled(row.expand2(vec2(t.space().x2, 0.0)), theme::corner(t.radius().small), fill);
    }
    let name = row.with_max_x(row.left() + row.width() * 0.36);
    let (font, align) = (t.font(Type::Label), Align2::LEFT_CENTER);
    paint::text_in(ui.painter(), name, align, output.name, font.clone(), t.text.strong);
    let figure = Rect::from_min_max(pos2(name.right(), row.top()), pos2(name.right() + 120.0, row.bottom()));
    paint::text_in(ui.painter(), figure, Align2::RIGHT_CENTER, &value, font, t.text.strong);
    let how = Rect::from_min_max(pos2(figure.right() + t.space().x4, row.top()), row.max);
    let words = outcome.why_not.as_deref().unwrap_or(&outcome.with_numbers);
    paint::text_in(ui.painter(), how, align, words, t.font(Type::Body), t.text.subdued);
    paint::focus_ring(ui, t, row, t.radius().small, &response);
    let clicked = response.clicked();
    response
        .on_hover_text(format!("{}\n{} = {}\n{}", outcome.words, output.symbol, outcome.symbols, words))
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    clicked
}

/// Says what the calculator lacks, and what is worth knowing of its values.
pub(super) fn remarks(ui: &mut Ui, words: &[String]) {
    if words.is_empty() {
        return;
    }
    form_card(ui, |ui| {
        say(ui, Type::Emphasis, "To know about these values");
        for line in words {
            remark(ui, text::capital(line));
        }
    });
}
