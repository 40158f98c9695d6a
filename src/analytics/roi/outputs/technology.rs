//! What the technology stack brings, in sum; its rows are `analytics::roi::technology`'s.

use super::line::line;
use super::{Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(
        Id::TechnologyProfit,
        ("technology_profit", "Profit of technology", "TechP"),
        Unit::MONEY.each(Per::Month),
        "{technology_benefit} − {technology_cost}",
        |n| Ok(n.get(Of::TechnologyBenefit)? - n.get(Of::TechnologyCost)?),
    )
    .even(0.0),
    line(
        Id::TechnologyRatio,
        ("technology_ratio", "Benefit to cost", "TechX"),
        Unit::RATIO,
        "{technology_benefit} ÷ {technology_cost}",
        |n| Ok(n.get(Of::TechnologyBenefit)? / cost(n)?),
    )
    .note("So many to one, as the framework’s table has it")
    .even(1.0),
    line(
        Id::TechnologyRoi,
        ("technology_roi", "Return on technology", "TechROI"),
        Unit::SHARE,
        "{technology_profit} ÷ {technology_cost}",
        |n| Ok(n.get(Of::TechnologyBenefit)? / cost(n)? - 1.0),
    )
    .even(0.0),
];

fn cost(n: &Numbers) -> Result<f64, Why> {
    match n.get(Of::TechnologyCost)? {
        0.0 => Err(Why::Said("the technology costs nothing here, so there is no return on it")),
        cost => Ok(cost),
    }
}
