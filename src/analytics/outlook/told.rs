//! What an outlook tells: plain data for command line, window and documents.

use serde::{Deserialize, Serialize};

use crate::analytics::forecast::Span;
use crate::model::kpi::Grain;
use crate::model::{Currency, Day};

/// What is foretold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Orders.
    Orders,
    /// Revenue by the shop's definitions, minor units.
    #[default]
    Revenue,
    /// Revenue ÷ orders, minor units.
    Aov,
}

impl Of {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Orders, Self::Revenue, Self::Aov];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "Orders",
            Self::Revenue => "Revenue",
            Self::Aov => "Average order value",
        }
    }
}

/// Steps that are foretold unless others are asked for.
pub fn usual(grain: Grain) -> u32 {
    match grain {
        Grain::Day => 28,
        Grain::Week => 13,
        Grain::Month => 6,
    }
}

/// More steps are not foretold.
pub fn most(grain: Grain) -> u32 {
    match grain {
        Grain::Day => 90,
        Grain::Week => 52,
        Grain::Month => 12,
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What is foretold.
    pub of: Of,
    /// By which step.
    pub grain: Grain,
    /// Whole steps ahead; as many as are usual when `None`.
    pub ahead: Option<u32>,
    /// ISO code of the country whose holidays count; none when `None`.
    pub country: Option<String>,
}

impl Asked {
    /// Whole steps ahead, as many as can be foretold at most.
    pub fn steps(&self) -> u32 {
        self.ahead.unwrap_or(usual(self.grain)).clamp(1, most(self.grain))
    }
}

/// A sale that is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What it is called.
    pub name: String,
    /// Its moments.
    pub span: Span,
}

/// A day with a name, such as a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// When.
    pub day: Day,
    /// What it is called, the same every year.
    pub name: String,
}

/// A step that is known, whole.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Past {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What came; `None` for revenue per order where there was no order.
    pub value: Option<f64>,
    /// Days of it that are in or just after a sale, or for which there is no data.
    pub left_out: u32,
}

/// Why some days ahead are not ordinary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A planned sale, with what past sales of the shop brought.
    Sale,
    /// A holiday, with what it did in past years.
    Holiday,
}

/// Days ahead that are not ordinary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// What it is.
    pub kind: EventKind,
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What its days are multiplied by, and its 95 % interval; `None` where the past cannot tell, and nothing is put on.
    pub factor: Option<(f64, (f64, f64))>,
    /// Past occurrences that tell of it.
    pub past: u32,
}

/// A step ahead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ahead {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Expected; in units of the measure.
    pub middle: f64,
    /// In which it lies with 80 %.
    pub within_80: (f64, f64),
    /// In which it lies with 95 %.
    pub within_95: (f64, f64),
    /// Days of it that are known already, with what came on them; they are part of the figures.
    pub known: Option<Known>,
    /// Positions in [`Outlook::events`] of what falls into it.
    pub events: Vec<usize>,
}

/// The known part of a step that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Known {
    /// Days.
    pub days: u32,
    /// What came on them.
    pub value: f64,
}

/// An amount with its intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Told {
    /// Expected.
    pub middle: f64,
    /// In which it lies with 80 %.
    pub within_80: (f64, f64),
    /// In which it lies with 95 %.
    pub within_95: (f64, f64),
}

/// How far a rule was off on the shop's own past, at the steps that are asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleError {
    /// The rule, for people.
    pub rule: String,
    /// Absolute errors of the steps ÷ what came.
    pub wape: f64,
    /// Mean absolute error ÷ the mean difference between a step and the one a season before it, over the days before;
    /// below 1 is better than the seasonal naive rule was there.
    pub mase: Option<f64>,
    /// What was foretold too much (above zero) or too little ÷ what came.
    pub bias: f64,
}

/// How the past was foretold again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldOut {
    /// Days from which the past was foretold again.
    pub origins: u32,
    /// First and last day that was foretold.
    pub days: (Day, Day),
    /// The rule that is used.
    pub own: RuleError,
    /// The seasonal naive rule.
    pub naive: RuleError,
    /// Share of steps whose value lay in the 80 % interval, 0–1.
    pub within_80: f64,
    /// In the 95 % interval.
    pub within_95: f64,
}

/// A factor by which a weekday or a month differs from the mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Season {
    /// Day of the week (0 = Monday) or month (1 = January).
    pub at: u32,
    /// 1 = as the mean.
    pub factor: f64,
}

/// What is expected, step by step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// What is foretold.
    pub of: Of,
    /// By which step.
    pub grain: Grain,
    /// The last day that was known.
    pub origin: Day,
    /// Currency of revenue.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// Whole steps that are known, oldest first; the last three years.
    pub history: Vec<Past>,
    /// Steps ahead; the first may have begun.
    pub ahead: Vec<Ahead>,
    /// All steps ahead together, with what is known of the first; of revenue per order: revenue ÷ orders of all.
    pub total: Told,
    /// What is put on top of ordinary days.
    pub events: Vec<Event>,
    /// The rule that is used, for people.
    pub rule: String,
    /// Whether that is the seasonal naive rule.
    pub used_naive: bool,
    /// How it did on the past.
    pub held_out: HeldOut,
    /// Every rule that was tried, nearest first.
    pub tried: Vec<RuleError>,
    /// Weekdays, Monday first; empty where they cannot be told.
    pub weekdays: Vec<Season>,
    /// Months, January first; empty before two years are known.
    pub months: Vec<Season>,
    /// The last year against the one before it, by ordinary days: relative change; `None` before two years are known.
    pub growth: Option<f64>,
    /// What one must know to read it, in sentences.
    pub notes: Vec<String>,
}
