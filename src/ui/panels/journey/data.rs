//! The matrix and what the data say of it, made into what is drawn.

use super::matrix::{CellView, Ink, StageView};
use crate::analytics::journey::{Evidence, Journey, Line, Quantity, State, said};
use crate::model::Currency;
use crate::model::journey::{Cell, Matrix, STAGES, Stage, Status};
use crate::ui::locale;
use crate::ui::widgets::figure;

/// What the matrix is coloured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// How much is known.
    #[default]
    Evidence,
    /// How often it was met.
    Volume,
    /// What the orders that followed came to.
    Revenue,
    /// The share of orders that the models ascribe to its channels.
    Attribution,
}

/// Every way to colour it.
pub const COLOURS: [(Colour, &str); 4] = [
    (Colour::Evidence, "Evidence"),
    (Colour::Volume, "Volume"),
    (Colour::Revenue, "Revenue"),
    (Colour::Attribution, "Attribution"),
];

/// The cells on view, stage by stage.
pub fn on_view(matrix: &Matrix) -> [Vec<&Cell>; 4] {
    STAGES.map(|stage| matrix.stage(stage).iter().filter(|cell| !cell.hidden).collect())
}

/// All stages as they are drawn.
pub fn stages(matrix: &Matrix, journey: Option<&Journey>, colour: Colour) -> Vec<StageView> {
    let cells = on_view(matrix);
    let amount = |cell: &Cell| amount(journey?.cell(&cell.id)?, colour);
    let most = cells.iter().flatten().filter_map(|cell| amount(cell)).fold(0.0_f64, f64::max);
    let one = |(stage, cells): (Stage, &Vec<&Cell>)| {
        let cells = cells.iter().map(|cell| CellView {
            heat: amount(cell).map(|amount| if most > 0.0 { amount / most } else { 0.0 }),
            heated: colour != Colour::Evidence,
            ..view(cell, journey)
        });
        StageView { cells: cells.collect(), ..head(matrix, journey, stage) }
    };
    STAGES.into_iter().zip(&cells).map(one).collect()
}

/// What colours a cell.
fn amount(evidence: &Evidence, colour: Colour) -> Option<f64> {
    match colour {
        Colour::Evidence => None,
        Colour::Volume => evidence.volume.as_ref().map(|volume| volume.count as f64),
        Colour::Revenue => evidence.followed.map(|followed| followed.revenue as f64),
        Colour::Attribution => evidence.band.map(|(least, most)| (least + most) / 2.0),
    }
}

fn head(matrix: &Matrix, journey: Option<&Journey>, stage: Stage) -> StageView {
    let figure = journey.and_then(|journey| journey.stages.iter().find(|figure| figure.stage == stage));
    let count = figure.and_then(|figure| figure.count);
    let words = match figure {
        Some(figure) if figure.count.is_none() => figure.reason.clone(),
        Some(figure) => figure.what.to_owned(),
        None => String::new(),
    };
    let onward = figure.and_then(|figure| figure.conversion.as_ref()).and_then(|conversion| {
        let share = locale::percent(conversion.rate?, 1);
        let mut about = format!(
            "{} of {} {} within {} days of coming",
            locale::count(conversion.moved),
            locale::counted(conversion.people, "person", "people"),
            conversion.to,
            conversion.within_days
        );
        if let Some((low, high)) = conversion.interval {
            about += &format!(", {} to {}", locale::percent(low, 1), locale::percent(high, 1));
        }
        if let Some(median) = conversion.median() {
            about += &format!(", half of them within {}", time(median));
        }
        if conversion.open > 0 {
            about += &format!("; {} did not have that time yet", locale::count(conversion.open));
        }
        Some((share, about))
    });
    StageView {
        name: stage.name(),
        figure: count.map_or_else(|| "—".to_owned(), locale::count),
        words,
        onward,
        lanes: [matrix.needs(stage).to_owned(), matrix.pains(stage).to_owned()],
        cells: Vec::new(),
    }
}

fn view(cell: &Cell, journey: Option<&Journey>) -> CellView {
    let evidence = journey.and_then(|journey| journey.cell(&cell.id));
    let currency = journey.map_or(Currency::USD, |journey| journey.currency);
    let (first, second) = match evidence {
        Some(evidence) if evidence.headline.is_empty() => (evidence.reason.clone(), String::new()),
        Some(evidence) => {
            let beside = match evidence.band {
                Some(band) => format!("{} of orders", share_band(band)),
                None if evidence.beside.is_empty() => evidence.reason.clone(),
                None => line(&evidence.beside, currency),
            };
            (line(&evidence.headline, currency), beside)
        }
        None => (String::new(), String::new()),
    };
    CellView {
        known: evidence.map_or(State::NoData, |evidence| evidence.state),
        name: cell.name.clone(),
        first,
        second,
        tactic: cell.tactic.lines().next().unwrap_or_default().to_owned(),
        status: (cell.status.name(), ink(cell.status)),
        feeling: cell.feeling,
        heat: None,
        heated: false,
    }
}

fn ink(status: Status) -> Ink {
    match status {
        Status::Live => Ink::Runs,
        Status::Test => Ink::Tried,
        _ => Ink::Rests,
    }
}

/// `9 – 14%`, or one percentage where both ends print alike.
pub fn share_band((least, most): (f64, f64)) -> String {
    let (low, high) = (figure::percent(least), figure::percent(most));
    if low == high { high } else { format!("{} – {high}", low.trim_end_matches('%')) }
}

/// Pieces as one line, in the reader's way.
pub fn line(pieces: &Line, currency: Currency) -> String {
    said::line(pieces, locale::current(), currency)
}

/// A quantity in the reader's way.
pub fn quantity(value: Quantity, currency: Currency) -> String {
    said::quantity(value, locale::current(), currency)
}

/// A time in the reader's way.
pub fn time(seconds: f64) -> String {
    said::time(seconds, locale::current())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_of_one_value_is_one_percentage() {
        assert_eq!(share_band((0.09, 0.14)), "9.0 – 14.0%");
        assert_eq!(share_band((0.1, 0.1)), "10.0%");
    }
}
