//! A sheet to write into, and bands of several ways to reckon.

use egui::{Rect, Ui, pos2};

use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::bands::{BandRow, Bands};
use crate::ui::widgets::figure::percent;
use crate::ui::widgets::remark;
use crate::ui::widgets::spreadsheet::{SheetColumn, SheetState, Spreadsheet};

const STATUS: [&str; 3] = ["Draft", "Live", "Done"];

/// What the part remembers.
pub struct Sheets {
    cells: Vec<[String; 3]>,
    state: SheetState,
    opened: Option<usize>,
    band: Option<usize>,
}

impl Default for Sheets {
    fn default() -> Self {
        let row = |name: &str| [name.to_owned(), String::new(), STATUS[0].to_owned()];
        Self {
            cells: ["Product pages", "Search results", "Checkout", "Newsletter"].map(row).to_vec(),
            state: SheetState::default(),
            opened: None,
            band: None,
        }
    }
}

impl Sheets {
    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let middle = area.top() + (area.height() * 0.5).round();
        let upper = Rect::from_min_max(area.min, pos2(area.right(), middle));
        let lower = Rect::from_min_max(pos2(area.left(), middle + t.shell().gutter), area.max);
        card_at(ui, upper, t.space().x4, |ui| self.sheet(ui));
        self.bands(cx, ui, lower);
        ui.advance_cursor_after_rect(area);
    }

    fn sheet(&mut self, ui: &mut Ui) {
        if let Some(row) = self.opened {
            remark(ui, format!("Opened {}", self.cells[row][0]));
        }
        let columns = [
            SheetColumn::fixed("Touchpoint", 160.0, 1.0),
            SheetColumn::text("Tactic", 160.0, 2.0),
            SheetColumn::choice("Status", 120.0, STATUS),
        ];
        let groups: Vec<String> =
            (0..self.cells.len()).map(|row| if row < 2 { "Consideration" } else { "Purchase" }.to_owned()).collect();
        let sheet = Spreadsheet {
            name: "Touchpoints",
            columns: &columns,
            groups: &groups,
            value: &|row, column| self.cells[row][column].clone(),
            wrong: &|row, column| (column == 1 && self.cells[row][1] == "?").then(|| "Say what is done".to_owned()),
        };
        let shown = sheet.show(ui, &mut self.state);
        for written in shown.written {
            self.cells[written.row][written.column] = written.text;
        }
        self.opened = shown.opened.or(self.opened);
    }

    fn bands(&mut self, cx: &mut Cx, ui: &mut Ui, place: Rect) {
        let ways = ["First touch", "Last touch", "Linear"].map(str::to_owned);
        let row = |name: &str, ways: [f64; 3], doubt: f64| BandRow {
            name: name.to_owned(),
            ways: ways.map(Some).to_vec(),
            interval: Some((ways[2] - doubt, ways[2] + doubt)),
            words: format!("{} – {}", percent(ways[0].min(ways[1])), percent(ways[0].max(ways[1]))),
        };
        let unknown = BandRow { name: "Push".into(), ways: vec![None; 3], interval: None, words: "cannot tell".into() };
        let rows = [
            row("Paid search", [0.31, 0.18, 0.24], 0.02),
            row("E-mail", [0.09, 0.34, 0.21], 0.03),
            row("Organic search", [0.22, 0.2, 0.21], 0.04),
            unknown,
        ];
        let bands = Bands {
            frame: Frame {
                title: "Paid search brings 18 to 31% of the orders",
                line: "Share of orders, by every model",
                about: "A stroke is what one model says, the dot what the chosen one says with its interval",
            },
            what: "Channel",
            ways: &ways,
            chosen: 2,
            rows: &rows,
            print: &percent,
        };
        if let Some(asked) = bands.show(ui, place, &mut self.band) {
            cx.deliver_chart("Bands", asked, |row, column| bands.value(row, column));
        }
    }
}
