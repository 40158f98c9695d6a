//! Every widget in every state, for those who build pages. In the navigation only where the environment asks for it.

mod cards;
mod charts;
mod controls;
mod flows;
mod grid;
mod sheets;

use egui::Ui;

use super::Panel;
use crate::model::{Day, Figure, Filter, MetricId, Scope};
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::{page_header, segmented, text};

/// The environment variable that puts the gallery into the navigation.
pub const VARIABLE: &str = "CARTWRIGHT_GALLERY";

/// A part of the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Cards,
    Charts,
    Flows,
    Table,
    Sheets,
    Controls,
}

const PARTS: [(Part, &str); 6] = [
    (Part::Cards, "Cards"),
    (Part::Charts, "Charts"),
    (Part::Flows, "Flows"),
    (Part::Table, "Table"),
    (Part::Sheets, "Sheets"),
    (Part::Controls, "Controls"),
];

/// The page and what it remembers.
#[derive(Default)]
pub struct Gallery {
    part: Part,
    charts: charts::Charts,
    flows: flows::Flows,
    grid: grid::Grid,
    sheets: sheets::Sheets,
    controls: controls::Controls,
    drawer: bool,
}

impl Panel for Gallery {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        page_header(ui, "Gallery", "Every widget in every state", |ui| {
            segmented(ui, "Part of the gallery", &PARTS, &mut self.part);
            if ui.add(crate::ui::widgets::Button::plain("Open the drawer")).clicked() {
                self.drawer = true;
            }
        });
        match self.part {
            Part::Cards => cards::show(ui),
            Part::Charts => self.charts.show(cx, ui),
            Part::Flows => self.flows.show(cx, ui),
            Part::Table => self.grid.show(cx, ui),
            Part::Sheets => self.sheets.show(cx, ui),
            Part::Controls => self.controls.show(cx, ui),
        }
        if self.drawer {
            let within = drawer::place(ui.ctx());
            let drawer =
                Drawer { title: "Revenue, VIP/Loyal", line: "What stands behind a figure", within, scrolls: true };
            self.drawer = !drawer.show(ui.ctx(), |ui| {
                text::say(ui, theme::Type::Title, "$2,290,487.20");
                text::remark(ui, "The page beside it stays usable. Drag the edge between 420 and 720 points");
            });
        }
    }
}

/// A figure that stands for any.
fn figure() -> Figure {
    let scope = Scope { as_of: Day(20_000), period: None, filter: Filter::All, definitions: 1 };
    Figure { metric: MetricId::Revenue, scope, value: None }
}
