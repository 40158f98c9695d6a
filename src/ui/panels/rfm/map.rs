//! The map of two scores.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use crate::analytics::rfm::{Axis, Group, Pick, RfmTable, Row};
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::heat_map::{HeatCell, HeatMap, Scale};
use crate::ui::widgets::{choice, say, segmented};

/// What the cells show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum What {
    #[default]
    Buyers,
    Revenue,
    Ltv,
}

const WHAT: [(What, &str); 3] = [(What::Buyers, "Buyers"), (What::Revenue, "Revenue"), (What::Ltv, "LTV")];

/// Columns and rows.
const AXES: [(Axis, Axis); 3] =
    [(Axis::Recency, Axis::Frequency), (Axis::Recency, Axis::Monetary), (Axis::Frequency, Axis::Monetary)];

impl What {
    fn value(self, row: &Row) -> Option<i64> {
        match self {
            Self::Buyers => i64::try_from(row.customers).ok(),
            Self::Revenue => Some(row.revenue),
            Self::Ltv => row.ltv(),
        }
    }

    fn print(self, table: &RfmTable, value: i64) -> String {
        match self {
            Self::Buyers => locale::count(value.unsigned_abs()),
            Self::Revenue | Self::Ltv => money(value, table.currency, false),
        }
    }

    fn words(self, table: &RfmTable) -> String {
        let unit = table.currency.symbol();
        match self {
            Self::Buyers => "Buyers in each cell".into(),
            Self::Revenue => format!("Revenue of the last 12 months, {}", unit.trim()),
            Self::Ltv => format!("Revenue per buyer since the first order, {}", unit.trim()),
        }
    }
}

/// The card and what it remembers.
#[derive(Default)]
pub struct Map {
    what: What,
    axes: usize,
}

impl Map {
    /// Draws the card; a chosen cell becomes the pick.
    pub fn show(&mut self, ui: &mut Ui, rect: Rect, table: &RfmTable, pick: &mut Pick) {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let head = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), t.row().field));
            let mut bar = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::left_to_right(Align::Center)));
            let names: Vec<String> = AXES.map(|(x, y)| format!("{} × {}", x.name(), y.name().to_lowercase())).to_vec();
            if let Some(chosen) = choice(&mut bar, "Scores on the map", 232.0, &names[self.axes], &names) {
                self.axes = chosen;
            }
            bar.with_layout(Layout::right_to_left(Align::Center), |ui| {
                segmented(ui, "What the cells show", &WHAT, &mut self.what);
            });
            ui.advance_cursor_after_rect(head);
            let axes = AXES[self.axes];
            say(
                ui,
                Type::Caption,
                format!("{}; rows: {}, columns: {}", self.what.words(table), unit(axes.1), unit(axes.0)),
            );
            ui.add_space(t.space().x2);
            self.cells(ui, table, axes, pick);
        });
    }

    fn cells(&self, ui: &mut Ui, table: &RfmTable, (x, y): (Axis, Axis), pick: &mut Pick) {
        let t = theme::of(ui);
        let bins = table.settings.bins;
        // Rows go down from the best score, columns go right to it.
        let scores = |row: usize, column: usize| ((x, column as u8 + 1), (y, bins - row as u8));
        let most = (0..usize::from(bins))
            .flat_map(|row| (0..usize::from(bins)).map(move |column| (row, column)))
            .filter_map(|(row, column)| {
                let (x, y) = scores(row, column);
                self.what.value(&table.cell(x, y))
            })
            .max()
            .unwrap_or(0);
        let cell = |row: usize, column: usize| {
            let (x, y) = scores(row, column);
            let own = table.cell(x, y);
            let group = || Group::at(x.1, y.1, bins).map_or_else(String::new, |group| group.name().to_owned());
            let below = if (x.0, y.0) == AXES[0] { group() } else { String::new() };
            let value = self.what.value(&own).filter(|_| own.customers > 0);
            let text = value.map_or_else(|| "—".into(), |value| self.what.print(table, value));
            Some(HeatCell { value: value.unwrap_or(0) as f64, text, below, unfinished: false })
        };
        let name = |axis: Axis, score: u8| format!("{}{score}\n{}", axis.letter(), range(table, axis, score));
        let rows: Vec<String> = (1..=bins).rev().map(|score| name(y, score)).collect();
        let columns: Vec<String> = (1..=bins).map(|score| name(x, score)).collect();
        let around = t.line(Type::Caption) * 3.0 + t.space().x2;
        let high = (ui.available_height() - around) / f32::from(bins) - 2.0;
        let map = HeatMap {
            name: "RFM map",
            rows: &rows,
            columns: &columns,
            row: Some(high.clamp(36.0, 72.0)),
            cell: &cell,
            scale: Scale::Amount { from: 0.0, to: most.max(1) as f64 },
            print: &|value| self.what.print(table, value.round() as i64),
        };
        let place = |(axis, score): (Axis, u8), row: bool| {
            let at = if row { bins.checked_sub(score) } else { score.checked_sub(1) };
            at.filter(|_| axis == if row { y } else { x }).map(usize::from)
        };
        let mut chosen = match *pick {
            Pick::Cell(x, y) => place(y, true).zip(place(x, false)),
            _ => None,
        };
        let before = chosen;
        map.show(ui, &mut chosen);
        if let Some((row, column)) = chosen.filter(|_| chosen != before) {
            let (x, y) = scores(row, column);
            *pick = Pick::Cell(x, y);
        }
    }
}

fn unit(axis: Axis) -> &'static str {
    match axis {
        Axis::Recency => "days since the last order",
        Axis::Frequency => "orders",
        Axis::Monetary => "revenue since the first order",
    }
}

/// What a score stands for: `0–12`.
fn range(table: &RfmTable, axis: Axis, score: u8) -> String {
    let print = |value: i64| match axis {
        Axis::Monetary => money(value, table.currency, false),
        _ => locale::count(value.unsigned_abs()),
    };
    match table.range(axis, score) {
        None => "nobody".into(),
        Some((low, high)) if low == high => print(low),
        Some((low, _)) if axis == Axis::Monetary => format!("from {}", print(low)),
        Some((low, high)) => format!("{}–{}", print(low), print(high)),
    }
}
