//! Flow pictures and calendar bars.

use egui::{Rect, Ui, pos2};

use crate::model::Day;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::calendar_bar::{CalendarBar, Span};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::flow::{Flow, Node};
use crate::ui::widgets::{remark, say};

/// What the part remembers.
#[derive(Default)]
pub struct Flows {
    chosen: String,
}

impl Flows {
    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let middle = area.top() + (area.height() * 0.6).round();
        let upper = Rect::from_min_max(area.min, pos2(area.right(), middle));
        let lower = Rect::from_min_max(pos2(area.left(), middle + t.shell().gutter), area.max);
        let names = ["VIP/Loyal", "Regular Buyers", "Occasional", "New Customers", "Browsers"];
        let node = |(i, name): (usize, &&str)| Node { name: (*name).to_owned(), colour: t.series(i) };
        let nodes: Vec<Node> = names.iter().enumerate().map(node).collect();
        let counts = vec![
            vec![410, 90, 12, 0, 0],
            vec![180, 1_900, 640, 0, 0],
            vec![30, 420, 2_600, 0, 0],
            vec![60, 700, 830, 0, 0],
            vec![0, 20, 110, 600, 2_400],
        ];
        let flow = Flow {
            frame: Frame {
                title: "870 went up a segment, 760 went down",
                line: "Customers by segment on two dates",
                about: "Each band is as high as the number of customers who went that way",
            },
            stages: &["14 Oct 2025", "14 Oct 2026"],
            nodes: &[&nodes, &nodes],
            counts: &[&counts],
            print: &locale::count,
        };
        let flowed = flow.show(ui, upper);
        if let Some((_, a, b)) = flowed.chosen {
            self.chosen = format!("{} to {}", names[a], names[b]);
        }
        if let Some(asked) = flowed.asked {
            cx.deliver_chart("Movement", asked, |row, column| flow.value(row, column));
        }
        card_at(ui, lower, t.space().x4, |ui| {
            say(ui, Type::Emphasis, "What runs when");
            let span = |name: &str, from: i32, to: i32, colour: usize, draft: bool| Span {
                name: name.into(),
                from: Day(20_700 + from),
                to: Day(20_700 + to),
                colour: t.series(colour),
                draft,
            };
            let spans = [
                span("Autumn sale", 10, 12, 0, false),
                span("Pre-event mails", 3, 9, 1, false),
                span("Post-event mails", 13, 19, 1, true),
                span("Newsletter", 6, 6, 2, false),
            ];
            let bar = CalendarBar {
                title: "What runs when",
                days: (Day(20_700), Day(20_734)),
                spans: &spans,
                marked: Some(Day(20_708)),
            };
            if let Some(i) = bar.show(ui) {
                self.chosen = spans[i].name.clone();
            }
            if !self.chosen.is_empty() {
                remark(ui, format!("Chosen {}", self.chosen));
            }
        });
        ui.advance_cursor_after_rect(area);
    }
}
