//! What the data say about a touchpoint. Numbers are numbers here; whoever shows them writes them in the reader's way.

use serde::Serialize;

use crate::analytics::math::beta::wilson;
use crate::model::journey::Stage;
use crate::model::{Currency, Day};

/// How much the data say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// What it brings is counted.
    Measured,
    /// Something is counted, and something that matters is not.
    Partly,
    /// Nothing is known.
    NoData,
}

impl State {
    /// Every one, from the best on.
    pub const ALL: [Self; 3] = [Self::Measured, Self::Partly, Self::NoData];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "Measured",
            Self::Partly => "Partly",
            Self::NoData => "No data",
        }
    }
}

/// A number and what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Things counted.
    Count(u64),
    /// Minor units of the shop's currency.
    Money(i64),
    /// Minor units of the shop's currency for one of something.
    Each(f64),
    /// A share, 0–1.
    Share(f64),
    /// A relative change: 0.05 = 5% more.
    Change(f64),
    /// A plain number.
    Number(f64),
    /// A time, in seconds.
    Seconds(f64),
}

/// A piece of a line: words, or a number to be written in the reader's way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Words, with the blanks around them.
    Words(String),
    /// A number.
    Value(Quantity),
}

impl From<&str> for Piece {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Piece {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<Quantity> for Piece {
    fn from(value: Quantity) -> Self {
        Self::Value(value)
    }
}

/// Pieces that are read one after the other: "812,400 visits, $0.31 each".
pub type Line = Vec<Piece>;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Volume {
    /// How many.
    pub count: u64,
    /// Of what, in the plural: "visits".
    pub what: &'static str,
    /// People behind them, where they are told apart.
    pub people: Option<u64>,
}

/// Of people, those who went on within a time. Whoever has not had all of that time yet is open and in neither number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversion {
    /// What they went on to, in words: "looked at a product".
    pub to: &'static str,
    /// People who had the time.
    pub people: u64,
    /// Of them, those who went on.
    pub moved: u64,
    /// People who did not have all of it yet.
    pub open: u64,
    /// The time, in days.
    pub within_days: u32,
    /// moved ÷ people.
    pub rate: Option<f64>,
    /// Wilson interval of it, 95%.
    pub interval: Option<(f64, f64)>,
    /// Lower quartile, median and upper quartile of the seconds it took.
    pub seconds: Option<[f64; 3]>,
}

impl Conversion {
    /// From counts and the times of those who went on, in any order.
    pub fn of(to: &'static str, within_days: u32, [people, moved, open]: [u64; 3], mut times: Vec<i64>) -> Self {
        times.sort_unstable();
        let seconds = (!times.is_empty()).then(|| [0.25, 0.5, 0.75].map(|q| quantile(&times, q)));
        let rate = (people > 0).then(|| moved as f64 / people as f64);
        Self { to, people, moved, open, within_days, rate, interval: wilson(moved, people), seconds }
    }

    /// Median seconds.
    pub fn median(&self) -> Option<f64> {
        self.seconds.map(|[_, median, _]| median)
    }
}

/// A quantile of sorted values, between the two around it; values must not be empty.
pub(super) fn quantile(sorted: &[i64], q: f64) -> f64 {
    let at = q * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize] as f64, sorted[at.ceil() as usize] as f64);
    low + (high - low) * at.fract()
}

/// Orders that followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Followed {
    /// How many.
    pub orders: u64,
    /// Their revenue, minor units of the shop's currency.
    pub revenue: i64,
    /// Which orders are meant, in words.
    pub rule: &'static str,
}

/// Against the time before, as long as the period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Trend {
    /// What was counted then.
    pub before: u64,
    /// Relative change; `None` where nothing was counted then.
    pub change: Option<f64>,
}

impl Trend {
    /// From what was counted then to what was counted in the period.
    pub fn of(before: u64, count: u64) -> Self {
        Self { before, change: (before > 0).then(|| count as f64 / before as f64 - 1.0) }
    }
}

/// A figure of a touchpoint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// How much.
    pub value: Quantity,
}

/// What a decided experiment found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lift {
    /// Its name.
    pub experiment: String,
    /// Which variant against the control.
    pub variant: String,
    /// In which measure.
    pub metric: String,
    /// Relative difference: 0.05 = 5% more.
    pub lift: f64,
    /// Its standard error.
    pub error: f64,
    /// 95% interval.
    pub interval: (f64, f64),
    /// Whether the variant was adopted.
    pub adopted: bool,
}

/// What the data say about a cell of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Id of the cell.
    pub cell: String,
    /// Its stage.
    pub stage: Stage,
    /// How much they say.
    pub state: State,
    /// Why they do not say all, in words: "orders not tied"; empty where they do.
    pub reason: String,
    /// Which file would tell; empty where none is missing.
    pub import: String,
    /// The figure to begin with; empty without data.
    pub headline: Line,
    /// A second one.
    pub beside: Line,
    /// What is counted in the period.
    pub volume: Option<Volume>,
    /// People of the touchpoint who reached the next stage.
    pub conversion: Option<Conversion>,
    /// What was spent on it, minor units.
    pub cost: Option<i64>,
    /// The same for one of what is counted, minor units.
    pub cost_each: Option<f64>,
    /// Orders that followed.
    pub followed: Option<Followed>,
    /// Against the time before.
    pub trend: Option<Trend>,
    /// Channels of touches that are its own and occur: whose attribution belongs to the cell.
    pub channels: Vec<String>,
    /// The least and the most share of the orders that a model of attribution gives to these channels together.
    pub band: Option<(f64, f64)>,
    /// All its figures, the headline's too.
    pub facts: Vec<Fact>,
    /// What experiments on it found.
    pub lifts: Vec<Lift>,
}

impl Evidence {
    /// Nothing is known, for a reason; `import` says which file would tell.
    pub fn nothing(cell: &str, stage: Stage, reason: impl Into<String>, import: impl Into<String>) -> Self {
        Self {
            cell: cell.to_owned(),
            stage,
            state: State::NoData,
            reason: reason.into(),
            import: import.into(),
            headline: Line::new(),
            beside: Line::new(),
            volume: None,
            conversion: None,
            cost: None,
            cost_each: None,
            followed: None,
            trend: None,
            channels: Vec::new(),
            band: None,
            facts: Vec::new(),
            lifts: Vec::new(),
        }
    }
}

/// What a stage comes to in the period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageFigure {
    /// Which.
    pub stage: Stage,
    /// How many; `None` where nobody can tell.
    pub count: Option<u64>,
    /// Of what: "visitors", "carts started".
    pub what: &'static str,
    /// Why nobody can tell, and what file would; empty otherwise.
    pub reason: String,
    /// People who reached the next stage; after the last one, who ordered again.
    pub conversion: Option<Conversion>,
}

/// The matrix filled from data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Journey {
    /// Everything up to the end of this day.
    pub as_of: Day,
    /// First and last day that count, both included.
    pub period: (Day, Day),
    /// Days within which something follows.
    pub within_days: u32,
    /// Version of the definitions.
    pub definitions: u32,
    /// Currency of all money.
    pub currency: Currency,
    /// Stages, in order.
    pub stages: Vec<StageFigure>,
    /// Cells in the order of the matrix, those that are hidden left out.
    pub cells: Vec<Evidence>,
}

impl Journey {
    /// The evidence of a cell.
    pub fn cell(&self, id: &str) -> Option<&Evidence> {
        self.cells.iter().find(|evidence| evidence.cell == id)
    }

    /// Cells of a state.
    pub fn count(&self, state: State) -> usize {
        self.cells.iter().filter(|evidence| evidence.state == state).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_leave_out_who_did_not_have_the_time() {
        let found = Conversion::of("ordered", 30, [10, 4, 3], vec![40, 10, 30, 20]);
        assert_eq!((found.rate, found.seconds), (Some(0.4), Some([17.5, 25.0, 32.5])));
        let (low, high) = found.interval.unwrap();
        // Wilson 1927, as R's prop.test(4, 10, correct = FALSE) prints it.
        assert!((low - 0.168_180_33).abs() < 1e-7 && (high - 0.687_326_23).abs() < 1e-7);
        let nobody = Conversion::of("ordered", 30, [0, 0, 0], Vec::new());
        assert_eq!((nobody.rate, nobody.interval, nobody.seconds), (None, None, None));
    }
}
