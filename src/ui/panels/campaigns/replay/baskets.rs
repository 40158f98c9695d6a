//! Baskets of the replayed days by their value: who qualifies, who stands just below a tier.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Sense, Ui, WidgetInfo, pos2};

use super::super::data::Replayed;
use super::whole;
use crate::analytics::sale::{Bar, Replay};
use crate::model::SalePlan;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::scene::{Mark, paint_all};
use crate::ui::widgets::{chip, paint};

/// Draws the card.
pub fn show(cx: &mut Cx, ui: &mut Ui, rect: Rect, of: &Replayed) {
    let Some((replay, _)) = &of.done else { return };
    let t = theme::of(ui);
    let bars = &replay.distribution.bars;
    let line = line(&of.plan, replay);
    let frame = Frame {
        title: "Baskets of the replayed days",
        line: &line,
        about: "Baskets by the price of what is in the sale, before any discount. A basket is near a tier when it misses \
                at most the share of the threshold that the assumptions name",
    };
    let asked: Option<crate::ui::widgets::chart::Asked> = card_at(ui, rect, t.space().x4, |ui| {
        let inner = ui.max_rect();
        let asked = frame.head(ui, t, inner, |ui| {
            for (words, colour) in [("no tier", grey(t)), ("near a tier", t.series(1)), ("qualifies", t.series(0))] {
                legend(ui, t, words, colour);
            }
        });
        let body = inner.with_min_y(inner.top() + Frame::height(t));
        if bars.is_empty() {
            let words = "No tier begins at a basket value";
            paint::label(ui, body.center(), Align2::CENTER_CENTER, words, t.font(Type::Body), t.text.subdued);
            return None;
        }
        let marks = marks(ui, t, body, of, replay);
        let response = ui.interact(body, ui.scope_id().with("baskets"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Baskets by value. {line}")));
        paint_all(ui.painter(), t, &marks);
        if let Some(at) = response.hover_pos() {
            let plane = plane(t, body);
            let n = ((at.x - plane.left()) / plane.width() * bars.len() as f32).floor();
            if let Some(bar) = (n >= 0.0).then(|| bars.get(n as usize)).flatten() {
                response.on_hover_text_at_pointer(told(bar, n as i64, replay));
            }
        }
        let columns = ["Baskets from", "Qualify", "Near a tier", "No tier"].map(str::to_owned).to_vec();
        Some(frame.asked(t, asked?, (rect, body), &marks, (bars.len(), columns)))
    });
    if let Some(asked) = asked {
        cx.deliver_chart("Baskets of the replayed days", asked, |row, column| {
            let Some(bar) = usize::try_from(row).ok().and_then(|row| bars.get(row)) else { return Value::Empty };
            match column {
                0 => Value::Money(row as i64 * replay.distribution.step, replay.currency),
                1 => Value::Count(bar.served),
                2 => Value::Count(bar.near),
                _ => Value::Count(bar.other),
            }
        });
    }
}

/// `48, 56 and 43 stand just below $50, $75 and $100`.
fn line(plan: &SalePlan, replay: &Replay) -> String {
    let mut below: Vec<(i64, u64, String)> = Vec::new();
    for (tier, sums) in plan.tiers.iter().zip(&replay.tiers) {
        if let Some(from) = tier.when.from.filter(|_| sums.near > 0) {
            below.push((from.minor, sums.near, from.display()));
        }
    }
    below.sort();
    let step = whole(replay.distribution.step, replay.currency);
    if below.is_empty() {
        return format!("Baskets per {step}");
    }
    let list = |words: Vec<String>| match words.as_slice() {
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
        [] => String::new(),
    };
    let counts = list(below.iter().map(|(_, n, _)| locale::count(*n)).collect());
    let at = list(below.into_iter().map(|(_, _, at)| at).collect());
    format!("Baskets per {step}; {counts} stand just below {at}")
}

fn legend(ui: &mut Ui, t: &Theme, words: &str, colour: Color32) {
    crate::ui::widgets::say_in(ui, Type::Caption, t.text.normal, words);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, 10.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, colour);
}

fn grey(t: &Theme) -> Color32 {
    t.chart.bar_rest
}

fn plane(t: &Theme, body: Rect) -> Rect {
    let top = body.top() + 2.0 * t.line(Type::Caption) + t.space().x1;
    Rect::from_min_max(
        pos2(body.left() + 36.0, top),
        pos2(body.right() - 12.0, body.bottom() - t.line(Type::Caption) - t.space().x1),
    )
}

fn told(bar: &Bar, n: i64, replay: &Replay) -> String {
    let step = replay.distribution.step;
    let money = |minor: i64| locale::money(minor, replay.currency);
    let last = n + 1 == replay.distribution.bars.len() as i64;
    let range = if last {
        format!("{} and more", money(n * step))
    } else {
        format!("{} – {}", money(n * step), money((n + 1) * step))
    };
    format!(
        "{range}\n{} qualify, {} near a tier, {} no tier",
        locale::count(bar.served),
        locale::count(bar.near),
        locale::count(bar.other)
    )
}

fn marks(ui: &Ui, t: &Theme, body: Rect, of: &Replayed, replay: &Replay) -> Vec<Mark> {
    let bars = &replay.distribution.bars;
    let plane = plane(t, body);
    let most = bars.iter().map(|bar| bar.served + bar.near + bar.other).max().unwrap_or(0).max(1);
    let mut marks = Vec::new();
    let y = |n: f64| plane.bottom() - (n / most as f64) as f32 * plane.height();
    let tick = crate::ui::widgets::chart::plot::nice_step(most as f64 / 3.0).max(1.0);
    let mut at = 0.0;
    while at <= most as f64 {
        let line = vec![pos2(plane.left(), y(at).round()), pos2(plane.right(), y(at).round())];
        let ink = if at == 0.0 { t.chart.axis } else { t.border.subtle };
        marks.push(Mark::Line(line, t.stroke().hairline, ink));
        let words = locale::number(at, 0);
        marks.push(Mark::Word(pos2(plane.left() - t.space().x2, y(at)), Align2::RIGHT_CENTER, words, t.text.subdued));
        at += tick;
    }
    let width = plane.width() / bars.len() as f32;
    for (n, bar) in bars.iter().enumerate() {
        let x = plane.left() + n as f32 * width;
        let mut bottom = 0;
        for (count, ink) in [(bar.served, t.series(0)), (bar.near, t.series(1)), (bar.other, grey(t))] {
            if count > 0 {
                let rect = Rect::from_min_max(
                    pos2(x + 1.0, y((bottom + count) as f64)),
                    pos2(x + width - 1.0, y(bottom as f64)),
                );
                marks.push(Mark::Bar(rect, ink));
                bottom += count;
            }
        }
    }
    let step = replay.distribution.step.max(1);
    let money = |minor: i64| whole(minor, replay.currency);
    for n in (0..=bars.len()).step_by((bars.len() / 8).max(1)) {
        let x = plane.left() + n as f32 * width;
        let at = pos2(x, plane.bottom() + t.space().x1);
        marks.push(Mark::Word(at, Align2::CENTER_TOP, money(n as i64 * step), t.text.subdued));
    }
    let mut tiers: Vec<(i64, String)> = of
        .plan
        .tiers
        .iter()
        .filter_map(|tier| {
            Some((tier.when.from?.minor, format!("{} {}", tier.when.from?.display(), tier.benefit.in_words())))
        })
        .collect();
    tiers.sort();
    // Names that would run into one another stand on a second line.
    let mut free = [f32::NEG_INFINITY; 2];
    for (minor, words) in tiers {
        let x = (plane.left() + minor as f32 / step as f32 * width).round();
        if x > plane.right() {
            continue;
        }
        marks.push(Mark::Dashed(
            vec![pos2(x, body.top()), pos2(x, plane.bottom())],
            t.stroke().hairline,
            t.text.normal,
        ));
        let wide = chip::chip_width(ui, &words, false);
        if let Some(line) = free.iter().position(|free| x > *free) {
            let y = body.top() + line as f32 * t.line(Type::Caption);
            marks.push(Mark::Word(pos2(x + t.space().x1, y), Align2::LEFT_TOP, words, t.text.strong));
            free[line] = x + wide;
        }
    }
    marks
}
