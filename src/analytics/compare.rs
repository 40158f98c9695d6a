//! Two segment tables side by side: before and after a change of the definitions, or on two dates.

use serde::Serialize;

use super::segments::{Segment, SegmentTable};
use crate::model::figure::Value;
use crate::model::{Figure, Locale, MetricId};

/// A figure in two tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    /// Whose figure; `None` = of all customers.
    pub segment: Option<Segment>,
    /// In the first table.
    pub before: Figure,
    /// In the second.
    pub after: Figure,
}

/// By how much a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Equal to the last unit.
    None,
    /// The difference divided by the size of the first value.
    Relative(f64),
    /// The difference of two shares, 0–1.
    Points(f64),
    /// Cannot be said: one of them is not defined, the first is zero, or they are in two currencies.
    Unknown,
}

impl Change {
    /// From one value to the other.
    pub fn between(before: Option<Value>, after: Option<Value>) -> Self {
        let relative = |a: f64, b: f64| if a == 0.0 { Self::Unknown } else { Self::Relative((b - a) / a.abs()) };
        match (before, after) {
            (None, None) => Self::Unknown,
            (a, b) if a == b => Self::None,
            (Some(Value::Share(a)), Some(Value::Share(b))) => Self::Points(b - a),
            (Some(Value::Money(a, x)), Some(Value::Money(b, y))) if x == y => relative(a as f64, b as f64),
            (Some(Value::Count(a)), Some(Value::Count(b))) => relative(a as f64, b as f64),
            (Some(Value::Number(a)), Some(Value::Number(b))) => relative(a, b),
            _ => Self::Unknown,
        }
    }

    /// `+4.1%`, `−1.2 points`, "no change"; "—" where nobody can tell.
    pub fn in_words(self, locale: Locale) -> String {
        let signed = |amount: f64, text: String| if amount > 0.0 { format!("+{text}") } else { text };
        match self {
            Self::None => "no change".into(),
            Self::Unknown => "—".into(),
            Self::Relative(share) if share.abs() < 0.000_5 => format!("under {}", locale.percent(0.001, 1)),
            Self::Relative(share) => signed(share, locale.percent(share, 1)),
            Self::Points(points) if points.abs() < 0.000_5 => format!("under {} points", locale.number(0.1, 1)),
            Self::Points(points) => signed(points, format!("{} points", locale.number(points * 100.0, 1))),
        }
    }
}

impl Moved {
    /// By how much.
    pub fn change(&self) -> Change {
        Change::between(self.before.value, self.after.value)
    }

    /// What it is called: the metric, and whose where it is not of all customers.
    pub fn name(&self) -> String {
        let metric = self.before.metric.metric().name;
        self.segment.map_or_else(|| metric.to_owned(), |segment| format!("{metric}, {}", segment.name()))
    }
}

/// The figures that a reader looks at first: six of all customers, then the size and the revenue of each segment.
pub fn headline(before: &SegmentTable, after: &SegmentTable) -> Vec<Moved> {
    const OF_ALL: [MetricId; 6] = [
        MetricId::Revenue,
        MetricId::Orders,
        MetricId::Aov,
        MetricId::Frequency,
        MetricId::LtvToDate,
        MetricId::Customers,
    ];
    let of_all = OF_ALL.map(|metric| Moved {
        segment: None,
        before: before.figure(&before.total, metric),
        after: after.figure(&after.total, metric),
    });
    let of_each = before.rows.iter().zip(&after.rows).flat_map(|(was, is)| {
        [MetricId::Customers, MetricId::Revenue].map(|metric| Moved {
            segment: was.segment,
            before: before.figure(was, metric),
            after: after.figure(is, metric),
        })
    });
    of_all.into_iter().chain(of_each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;

    #[test]
    fn a_change_is_relative_for_amounts_in_points_for_shares_and_unknown_where_nobody_can_tell() {
        let usd = |minor| Some(Value::Money(minor, Currency::USD));
        let words = |a, b| Change::between(a, b).in_words(Locale::En);
        assert_eq!(words(usd(10_000), usd(10_410)), "+4.1%");
        assert_eq!(words(usd(-10_000), usd(-5_000)), "+50.0%");
        assert_eq!(words(usd(10_000), usd(10_000)), "no change");
        assert_eq!(words(usd(10_000_000), usd(10_000_001)), "under 0.1%");
        assert_eq!(words(usd(0), usd(5)), "—");
        assert_eq!(words(None, usd(5)), "—");
        assert_eq!(words(usd(5), Some(Value::Money(5, Currency::parse("EUR").unwrap()))), "—");
        assert_eq!(words(Some(Value::Share(0.25)), Some(Value::Share(0.238))), "−1.2 points");
        assert_eq!(words(Some(Value::Count(4)), Some(Value::Count(3))), "−25.0%");
    }
}
