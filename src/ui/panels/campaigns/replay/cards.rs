//! What the sale comes to, in four figures.

use egui::{Align, Align2, Layout, Rect, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::data::{Replayed, Replays};
use crate::analytics::sale::{BreakEven, Judged, said};
use crate::report::table_export::table_format;
use crate::ui::cx::{Cx, counted};
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::settings::short_path;
use crate::ui::theme::{self, Tone, Type, corner, icons};
use crate::ui::widgets::{Button, paint, remark, text};

const HEIGHT: f32 = 92.0;

/// Draws the cards and the way to the baskets.
pub fn show(cx: &mut Cx, ui: &mut Ui, found: &Replays, judged: &Judged) {
    let of = &found.plans[0];
    let Some((replay, _)) = &of.done else { return };
    let money = |minor: i64| locale::money(minor, replay.currency);
    let nobody = &replay.nobody;
    let hours = (of.plan.ends - of.plan.starts).num_hours();
    let expected = match &found.forecast {
        Ok(forecast) => {
            let (reckoned, line) = match forecast.revenue_with_sale() {
                Some(reckoned) => (reckoned, ""),
                None => (forecast.revenue.sum, ", without the sale"),
            };
            // Nobody foretells cents.
            let money = |value: f64| locale::current().money_whole(value.round() as i64, replay.currency);
            let (low, high) = reckoned.within(0.95);
            (money(reckoned.middle), format!("{} – {}{line}", money(low), money(high)))
        }
        Err(why) => ("—".to_owned(), why.clone()),
    };
    let ships = of
        .plan
        .tiers
        .iter()
        .zip(&replay.tiers)
        .filter(|(tier, _)| tier.benefit == crate::model::plan::Benefit::FreeShipping);
    let shipped: u64 = ships.map(|(_, sums)| sums.applied).sum();
    let break_even = match judged.break_even {
        BreakEven::At(at) => {
            let orders = (replay.before.baskets as f64 * (1.0 + at)).ceil().max(0.0);
            let sign = if at > 0.0 { "+" } else { "" };
            let line = format!("{} instead of {}", locale::number(orders, 0), locale::count(replay.before.baskets));
            (format!("{sign}{}", locale::percent(at, 0)), line)
        }
        BreakEven::Never => ("—".to_owned(), "every order loses".to_owned()),
        BreakEven::Unknown => ("—".to_owned(), "what the goods cost is not known".to_owned()),
    };
    let cards = [
        (format!("Expected revenue, {hours} h"), expected.0, expected.1),
        (
            "Discounts, if nobody changes".to_owned(),
            money(nobody.discount),
            format!("{} of {} qualify", locale::count(nobody.served), counted(nobody.baskets, "basket", "baskets")),
        ),
        (
            "Shipping you pay".to_owned(),
            money(nobody.shipping),
            counted(shipped, "basket ships free", "baskets ship free"),
        ),
        ("Orders to break even".to_owned(), break_even.0, break_even.1),
    ];
    let t = theme::of(ui);
    let gap = t.space().x3;
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let width = (row.width() - 3.0 * gap) / 4.0;
    for (n, (label, value, line)) in cards.iter().enumerate() {
        let x = row.left() + n as f32 * (width + gap);
        let rect = Rect::from_min_size(pos2(x, row.top()), vec2(width, HEIGHT));
        one(ui, rect, label, value, line);
    }
    reasons_button(cx, ui, of);
}

fn one(ui: &mut Ui, rect: Rect, label: &str, value: &str, line: &str) {
    let t = theme::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(("card", label)), Sense::hover());
    response
        .widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Group, true, format!("{label}: {value}, {line}")));
    let edge = t.hairline(t.border.normal);
    ui.painter().rect(rect, corner(t.radius().large), t.surface.panel, edge, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(t.space().x4 - 2.0, t.space().x3));
    let line_at = |y: f32, tall: f32| Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), tall));
    let painter = ui.painter_at(rect);
    let caption = t.font(Type::Caption);
    let top = line_at(inner.top(), t.line(Type::Caption));
    paint::text_in(&painter, top, Align2::LEFT_CENTER, label, caption.clone(), t.text.subdued);
    let middle = line_at(top.bottom() + 2.0, t.line(Type::Kpi));
    paint::text_in(&painter, middle, Align2::LEFT_CENTER, value, t.font(Type::Kpi), t.text.strong);
    let low = line_at(middle.bottom() + 2.0, t.line(Type::Caption));
    paint::text_in(&painter, low, Align2::LEFT_CENTER, line, caption, t.text.subdued);
}

/// Saves what becomes of every basket, and why.
fn reasons_button(cx: &mut Cx, ui: &mut Ui, of: &Replayed) {
    ui.horizontal(|ui| {
        let Some((replay, _)) = &of.done else { return };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            reasons(cx, ui, of);
            // What does not fit is cut, and whole in a hover.
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                remark(ui, text::capital(&said::headline(replay)));
            });
        });
    });
}

fn reasons(cx: &mut Cx, ui: &mut Ui, of: &Replayed) {
    let button = Button::new("Per-basket reasons…").icon(icons::DOWNLOAD).small();
    let about = "Every basket with why each tier applied, was overshadowed, or what is missing to it";
    if !ui.add(button).on_hover_text(about).clicked() {
        return;
    }
    let Some(format) = table_format("xlsx") else { return };
    let (plan, days) = (of.plan.clone(), of.done.as_ref().map(|(replay, _)| replay.window.days));
    let name = format!("{} baskets.xlsx", plan.name.replace('/', " "));
    cx.ask_save(Ask::Save { name, extension: "xlsx" }, move |cx, path| {
        let shown = short_path(&path);
        let work = move |home: &mut crate::ui::shop::Home, progress: &crate::jobs::Progress| {
            let session = home.session()?;
            let prepared = session.prepare_sale(&plan, days, progress)?;
            session.export_baskets(&plan, &prepared, &path, format, progress)
        };
        cx.command("Saving the baskets", "baskets", work, move |cx, result| match result {
            Ok(written) => {
                let title = format!("{} saved", counted(written.rows, "basket", "baskets"));
                cx.notices.tell(Tone::Good, title, shown, None);
            }
            Err(error) => cx.notices.failed("The baskets were not saved", &error),
        });
    });
}
