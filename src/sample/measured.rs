//! What the sample shop measured outside of its data: surveys, site speed and studies by month, and the board of KPIs with
//! its targets. Curves without chance: each metric has a level, a way and a swing over the year.

use crate::model::figure::Value;
use crate::model::kpi::{Grain, Measurement, Target};
use crate::model::metric::Unit;
use crate::model::{Board, Day, MetricId};

use super::CURRENCY;

/// A metric: where it stood in the last month, by how much it rose in a year, how far it swings, and of how many.
struct Curve(MetricId, f64, f64, f64, Option<u64>, &'static str);

const CURVES: &[Curve] = &[
    Curve(MetricId::Nps, 46.0, 5.0, 3.0, Some(420), "Post-purchase survey"),
    Curve(MetricId::Csat, 0.86, 0.02, 0.01, Some(420), "Post-purchase survey"),
    Curve(MetricId::Ces, 5.6, 0.2, 0.1, Some(310), "Support survey, 1–7"),
    Curve(MetricId::PageLoad, 1.9, -0.3, 0.1, None, "Field data of the site"),
    Curve(MetricId::SiteScore, 81.0, 6.0, 2.0, None, "Monthly audit of the site"),
    Curve(MetricId::TimeOnSite, 148.0, 6.0, 9.0, None, "Web analytics"),
    Curve(MetricId::PagesPerSession, 4.3, 0.2, 0.2, None, "Web analytics"),
    Curve(MetricId::ReturnVisitors, 0.34, 0.02, 0.015, None, "Web analytics"),
    Curve(MetricId::ChargebackRate, 0.004, -0.001, 0.000_6, None, "Payment provider"),
    Curve(MetricId::RiskShare, 0.011, 0.001, 0.002, None, "Payment provider"),
];

/// Months that were measured.
const MONTHS: i32 = 24;

/// Metrics by month up to the end, and the yearly study of the market.
pub fn measurements(end: Day) -> Vec<Measurement> {
    let mut found = Vec::new();
    let mut month = Grain::Month.around(end);
    for back in 0..MONTHS {
        let last = month.1.min(end);
        for curve in CURVES {
            let years = f64::from(back) / 12.0;
            let swing = (f64::from(back) * std::f64::consts::TAU / 12.0 + curve.1).sin() * curve.3;
            let number = curve.1 - curve.2 * years + swing;
            found.extend(one(curve.0, (month.0, last), number, curve.4, curve.5));
        }
        month = Grain::Month.around(Day(month.0.0 - 1));
    }
    let study = (Day(end.0 - 364), end);
    let yearly = [(MetricId::MarketShare, 0.021), (MetricId::MarketPosition, 6.0), (MetricId::BrandAwareness, 0.14)];
    found.extend(
        yearly.into_iter().flat_map(|(metric, number)| one(metric, study, number, None, "Yearly market study")),
    );
    found
}

fn one(metric: MetricId, days: (Day, Day), number: f64, n: Option<u64>, source: &str) -> Option<Measurement> {
    let unit = metric.metric().unit;
    // As exactly as such figures are told.
    let digits = if unit == Unit::Share { 10_000.0 } else { 10.0 };
    let value = unit.value((number * digits).round() / digits, CURRENCY)?;
    Some(Measurement { metric, from: days.0, to: days.1, value, n, source: source.into(), typed: true })
}

/// The board with the shop's targets and who looks after them.
pub fn board() -> Board {
    let mut board = Board::default();
    let money = |major: i64| Target::Value(Value::Money(major * CURRENCY.scale(), CURRENCY));
    board.targets.extend([
        (MetricId::Revenue, Target::Lift(0.1)),
        (MetricId::Aov, money(95)),
        (MetricId::RepeatRate, Target::Lift(0.05)),
        (MetricId::RepeatWithin90, Target::Value(Value::Share(0.3))),
        (MetricId::EmailCtr, Target::Value(Value::Share(0.035))),
        (MetricId::Cac, money(28)),
        (MetricId::Nps, Target::Value(Value::Number(50.0))),
    ]);
    let owners = [
        (MetricId::Revenue, "Management"),
        (MetricId::Conversion, "Shop team"),
        (MetricId::Aov, "Shop team"),
        (MetricId::EmailCtr, "CRM team"),
        (MetricId::RepeatRate, "CRM team"),
        (MetricId::Cac, "Advertising team"),
        (MetricId::Nps, "Service team"),
    ];
    board.owners.extend(owners.map(|(metric, owner)| (metric, owner.to_owned())));
    board
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_could_have_been_typed() {
        let found = measurements(Day(20_740));
        assert_eq!(found.len(), CURVES.len() * MONTHS as usize + 3);
        for one in &found {
            assert_eq!(one.check(), Ok(()), "{one:?}");
        }
        assert_eq!(board().problems(), []);
    }
}
