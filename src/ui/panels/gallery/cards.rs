//! KPI cards, and the states of a card: empty, working, too little, failed.

use std::cmp::Ordering;

use egui::{Rect, Ui, pos2, vec2};

use crate::model::TooLittle;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::Button;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::kpi::{Delta, Kpi};
use crate::ui::widgets::states::{self, Failure, Step};

const COURSE: [f64; 12] = [4.1, 3.6, 4.4, 4.6, 4.5, 5.0, 5.1, 5.0, 5.4, 5.5, 5.3, 5.9];

/// Draws the part.
pub fn show(ui: &mut Ui) {
    let t = theme::of(ui);
    let gap = t.space().x3;
    let width = ((ui.available_width() - 5.0 * gap) / 6.0).floor();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for kpi in kpis() {
            let (label, value) = (kpi.label, kpi.value.unwrap_or("—"));
            kpi.show(ui, width, || tip(label, value));
        }
    });
    ui.add_space(gap);
    let area = ui.available_rect_before_wrap();
    let half = vec2((area.width() - t.shell().gutter) / 2.0, ((area.height() - t.shell().gutter) / 2.0).min(250.0));
    let at = |column: f32, row: f32| {
        let min = area.min + vec2(column * (half.x + t.shell().gutter), row * (half.y + t.shell().gutter));
        Rect::from_min_size(pos2(min.x, min.y), half)
    };
    card_at(ui, at(0.0, 0.0), t.space().x4, |ui| {
        let button = Button::accent("Import files…").icon(icons::DROP);
        states::empty(ui, icons::SEGMENTS, "No orders yet", "Import a shop’s orders to see its customers", button);
    });
    card_at(ui, at(1.0, 0.0), t.space().x4, |ui| {
        let done = (412_000, 1_000_000);
        let step = Step { words: "Reading orders".into(), done, seconds: 4.2, unit: "rows" };
        states::working(ui, &step, "The old picture stays until the new one is ready");
        ui.add_space(t.space().x4);
        states::working(ui, &Step { words: "Looking for files".into(), ..Step::default() }, "");
    });
    card_at(ui, at(0.0, 1.0), t.space().x4, |ui| {
        let missing = TooLittle { have: 412, need: 1_000, what: "repeat buyers" };
        let line = "About 5 more weeks at today’s pace, or import older orders now";
        let button = Button::accent("Import older orders…").icon(icons::DROP);
        states::too_little(ui, "Too little data to predict lifetime value", line, &missing, button);
    });
    card_at(ui, at(1.0, 1.0), t.space().x4, |ui| {
        let failure = Failure {
            title: "The table was not saved".into(),
            about: "Customers.xlsx".into(),
            happened: "The disk is full".into(),
            safe: "Nothing was changed; no half file was left behind".into(),
            to_do: "Make room, then save it again".into(),
        };
        states::failed(ui, &failure, |ui| {
            ui.add(Button::accent("Try again").icon(icons::REFRESH));
        });
    });
    ui.advance_cursor_after_rect(area);
}

fn delta(change: &str, direction: Ordering, good: Option<bool>) -> Option<Delta> {
    Some(Delta { change: change.into(), direction, good, against: "12 months before".into() })
}

fn kpis() -> [Kpi<'static>; 6] {
    let kpi = |label, value, delta, line| Kpi { label, value: Some(value), delta, course: &COURSE, line };
    [
        kpi("Revenue", "$5.53M", delta("+8.4%", Ordering::Greater, Some(true)), ""),
        kpi("Cost per new customer", "$31.40", delta("+6.8%", Ordering::Greater, Some(false)), ""),
        kpi("Refund rate", "2.9%", delta("−0.4 pp", Ordering::Less, Some(true)), ""),
        kpi("Orders", "61,412", delta("0.0%", Ordering::Equal, None), ""),
        Kpi { label: "Average order value", value: Some("$90.12"), delta: None, course: &[], line: "Target $95.00" },
        Kpi {
            label: "Lifetime value",
            value: None,
            delta: None,
            course: &[],
            line: "588 more repeat buyers are needed",
        },
    ]
}

fn tip(label: &str, value: &str) -> Tip {
    Tip {
        figure: super::figure(),
        name: label.to_owned(),
        value: value.to_owned(),
        rows: vec![
            ("In words", "What it is, as the registry of metrics says".into()),
            ("Rows", "61,412 orders".into()),
        ],
    }
}
